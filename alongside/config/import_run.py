"""One import from the command line, once the application is loaded."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from alongside.access.actor import Actor, acting, actor_for
from alongside.access.models import Unit, User
from alongside.config.terminal import Trouble, say
from alongside.desk.imports.wording import Wording, label, neutral
from alongside.exchange import actions
from alongside.exchange.imports import FIELDS, LEAVE_OUT, DryRun, Mapping, to_json
from alongside.exchange.imports.vocabulary import plain
from alongside.exchange.models import ImportRun
from alongside.forms.vocabulary import vocabulary_for
from alongside.kernel import clock


def bring_in(
    files: list[tuple[str, bytes]],
    *,
    unit: str,
    user: str,
    kept_to: date | None,
    headings: dict[str, str],
    dry_run: bool,
    report: Path | None,
) -> int:
    """Rehearse, tell what was found, and commit if nothing waits for an answer."""
    at = clock.now()
    actor = actor_for(_user(user), at)
    _refuse_stranger(actor, _unit(unit), user)
    with acting(actor, at):
        started = actions.start_import(files, by=actor, at=at, kept_to=kept_to)
        if headings:
            corrections = _corrections(actions.mappings_of(started), headings)
            started = actions.correct_mappings(
                started, corrections, (), by=actor, keep=False
            )
        found = actions.rehearse(started, by=actor)
        _tell(found, actor)
        written = not (dry_run or found.problems or found.questions)
        if written:
            started = actions.commit(started, by=actor, at=at)
        else:
            transaction.set_rollback(True)
    if report:
        _write_report(report, started, found, written)
    return _end(found, started, dry=dry_run, written=written)


def _end(found: DryRun, started: ImportRun, *, dry: bool, written: bool) -> int:
    counts = found.counts()
    if written:
        told = started.told["report"]
        say(
            f"Brought in: {_many(sum(told['youth'].values()), 'young person')} and"
            f" {_many(told['meetings'], 'review')}. Undo it under Unit, Imports."
        )
        return 0
    if dry:
        say("This was a dry run: nothing was written.")
        return 0
    raise Trouble(
        f"Nothing was brought in: {_many(counts['problems'], 'cell')} and"
        f" {_many(counts['questions'], 'pair')} of rows wait for an answer. Choose"
        " the same files under Unit, Imports, and answer there."
    )


def _many(count: int, what: str) -> str:
    plural = "young people" if what == "young person" else f"{what}s"
    return f"{count} {what if count == 1 else plural}"


def _tell(found: DryRun, actor: Actor) -> None:
    """The tallies, and each cell that is in the way, by neutral names."""
    wording = Wording(vocabulary_for(actor), found.kept_to)
    counts = found.counts()
    say(
        f"{counts['youth']} young people: {counts['new']} new, {counts['matched']}"
        f" as on record, {counts['changed']} changed; {counts['youth_ready']} ready."
    )
    say(f"{counts['meetings']} reviews; {counts['meetings_ready']} ready.")
    for one in found.problems:
        place = ", ".join(filter(None, (one.place.file, one.place.sheet)))
        of = f" of {neutral(one.youth)}" if one.youth else ""
        says = wording.written(one.field, one.value, None, one.label)
        say(
            f"  {place}, {one.place.cell}: {label(one.field)}{of}, “{says}”."
            f" {neutral(one.message)}"
        )
    for pair in found.questions:
        alike = ", ".join(pair.alike)
        say(f"  One person or two? {pair.a.name} and {pair.b.name}: {alike}.")
    for remark in found.remarks:
        say(f"  {neutral(remark)}")


def _write_report(path: Path, started: ImportRun, found: DryRun, written: bool) -> None:
    told: dict[str, Any] = {
        "files": started.told["files"],
        "written": written,
        "counts": found.counts(),
        **to_json(found),
    }
    if written:
        told["report"] = started.told["report"]
    try:
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    except OSError as error:
        raise Trouble(
            f"The report cannot be written to {path}: {error.strerror}."
        ) from error


def _corrections(
    mappings: list[Mapping], headings: dict[str, str]
) -> dict[tuple[int, str], str]:
    found = dict(_matching(mappings, headings))
    met = {
        plain(column.heading)
        for one in mappings
        for column in one.columns
        if plain(column.heading) in headings
    }
    if missing := sorted(set(headings) - met):
        raise Trouble(
            f"No sheet has the heading “{missing[0]}” that the mapping names."
        )
    return found


def _matching(
    mappings: list[Mapping], headings: dict[str, str]
) -> Iterator[tuple[tuple[int, str], str]]:
    for at, one in enumerate(mappings):
        fields = {each.name for each in FIELDS[one.subject]} if one.subject else set()
        for column in one.columns:
            name = headings.get(plain(column.heading))
            if name is not None and name in fields | {LEAVE_OUT}:
                yield (at, column.column), name


def _unit(name: str) -> Unit:
    found = list(Unit.objects.filter(name__iexact=name))
    if len(found) == 1:
        return found[0]
    if found:
        raise Trouble(f"Several agencies have a unit called “{name}”.")
    names = ", ".join(Unit.objects.order_by("name").values_list("name", flat=True))
    raise Trouble(f"There is no unit “{name}”. The units are: {names or 'none yet'}.")


def _user(email: str) -> User:
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise Trouble(
            f"Nobody signs in as “{email}”. Give the email of somebody of the unit."
        )
    return found


def _refuse_stranger(actor: Actor, unit: Unit, email: str) -> None:
    if actor.unit_id != unit.pk:
        raise Trouble(
            f"{email} does not work in {unit.name}. Give the email of somebody who"
            " does: what is brought in is theirs to see."
        )
