"""``alongside import``: a unit's own workbooks from the command line."""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alongside.config import ready
from alongside.config.terminal import Trouble, in_plain_words, say
from alongside.exchange.imports import FIELDS, LEAVE_OUT, DryRun, Mapping, to_json
from alongside.exchange.imports.vocabulary import plain
from alongside.kernel import clock
from alongside.kernel.refusal import Refused

if TYPE_CHECKING:
    from alongside.access.actor import Actor
    from alongside.access.models import Unit, User
    from alongside.exchange.models import ImportRun


@in_plain_words
def run(args: list[str]) -> int:
    """Read a unit’s own workbooks, and bring in what waits for no answer."""
    given = _arguments(args)
    files = [(path.name, _content(path)) for path in given.files]
    headings = _headings(given.mapping) if given.mapping else {}
    with ready.application():
        try:
            return _import(given, files, headings)
        except Refused as refused:
            raise Trouble(refused.reason) from refused


def _arguments(args: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("alongside import", description=run.__doc__)
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=".xlsx, .xls, .ods or .csv"
    )
    parser.add_argument("--unit", required=True, help="the unit’s name")
    parser.add_argument(
        "--as", dest="user", required=True, help="the email of who brings them in"
    )
    parser.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help='JSON of headings and fields: {"Remarks": "leave_out"}',
    )
    parser.add_argument(
        "--kept-to",
        type=_day,
        metavar="DATE",
        help="the last day somebody worked on the files; else the day they were saved",
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument(
        "--report", type=Path, metavar="FILE.json", help="where everything found goes"
    )
    return parser.parse_args(args)


def _import(
    given: argparse.Namespace, files: list[tuple[str, bytes]], headings: dict[str, str]
) -> int:
    from django.db import transaction

    from alongside.access.actor import acting, actor_for
    from alongside.exchange import actions

    at = clock.now()
    actor = actor_for(_user(given.user), at)
    _refuse_stranger(actor, _unit(given.unit), given.user)
    with acting(actor, at):
        started = actions.start_import(files, by=actor, at=at, kept_to=given.kept_to)
        if headings:
            corrections = _corrections(actions.mappings_of(started), headings)
            started = actions.correct_mappings(
                started, corrections, (), by=actor, keep=False
            )
        found = actions.rehearse(started, by=actor)
        _tell(found, actor)
        waits = bool(found.problems or found.questions)
        if given.dry_run or waits:
            transaction.set_rollback(True)
        else:
            started = actions.commit(started, by=actor, at=at)
    written = not (given.dry_run or waits)
    if given.report:
        _write_report(given.report, started, found, written)
    return _end(found, started, dry=given.dry_run, written=written)


def _end(found: DryRun, started: "ImportRun", *, dry: bool, written: bool) -> int:
    counts = found.counts()
    if written:
        told = started.result["report"]
        say(
            f"Brought in: {sum(told['youth'].values())} young people and"
            f" {told['meetings']} reviews. Undo it under Unit, Imports."
        )
        return 0
    if dry:
        say("This was a dry run: nothing was written.")
        return 0
    raise Trouble(
        f"Nothing was brought in: {counts['problems']} cells and"
        f" {counts['questions']} pairs of rows wait for an answer. Choose the same"
        " files under Unit, Imports, and answer there."
    )


def _tell(found: DryRun, actor: "Actor") -> None:
    """The tallies, and each cell that is in the way, by neutral names."""
    from alongside.desk.imports.wording import Wording, label, neutral
    from alongside.forms.vocabulary import vocabulary_for

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


def _write_report(
    path: Path, started: "ImportRun", found: DryRun, written: bool
) -> None:
    told: dict[str, Any] = {
        "files": started.result["files"],
        "written": written,
        "counts": found.counts(),
        **to_json(found),
    }
    if written:
        told["report"] = started.result["report"]
    try:
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    except OSError as error:
        raise Trouble(
            f"The report cannot be written to {path}: {error.strerror}."
        ) from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Trouble(
            f"{path} cannot be read: {error.strerror}. Check the name and the folder."
        ) from error


def _headings(path: Path) -> dict[str, str]:
    """The headings of a mapping file, each with a field that exists."""
    try:
        given = json.loads(_content(path))
    except ValueError as error:
        raise Trouble(f"{path} is not JSON: {error}.") from error
    fields = {one.name for listed in FIELDS.values() for one in listed} | {LEAVE_OUT}
    if not isinstance(given, dict) or not given:
        raise Trouble(f'{path} should look like {{"Remarks": "{LEAVE_OUT}"}}.')
    for heading, name in given.items():
        if name not in fields:
            raise Trouble(
                f"{path} sends “{heading}” to “{name}”, which is no field."
                f" The fields are: {', '.join(sorted(fields))}."
            )
    return {plain(heading): name for heading, name in given.items()}


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


def _unit(name: str) -> "Unit":
    from alongside.access.models import Unit

    found = list(Unit.objects.filter(name__iexact=name))
    if len(found) == 1:
        return found[0]
    if found:
        raise Trouble(f"Several agencies have a unit called “{name}”.")
    names = ", ".join(Unit.objects.order_by("name").values_list("name", flat=True))
    raise Trouble(f"There is no unit “{name}”. The units are: {names or 'none yet'}.")


def _user(email: str) -> "User":
    from alongside.access.models import User

    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise Trouble(
            f"Nobody signs in as “{email}”. Give the email of somebody of the unit."
        )
    return found


def _refuse_stranger(actor: "Actor", unit: "Unit", email: str) -> None:
    if actor.unit_id != unit.pk:
        raise Trouble(
            f"{email} does not work in {unit.name}. Give the email of somebody who"
            " does: what is brought in is theirs to see."
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"“{text}” is not a date like 2026-11-20"
        ) from error
