"""An import from its files to its commit, and back."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pghistory
from django.db import connection, transaction

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.exchange import rules, undo
from alongside.exchange.bring_in import BringIn
from alongside.exchange.bring_meetings import BringMeetings
from alongside.exchange.imports import (
    Answers,
    Decision,
    DryRun,
    KeptMapping,
    Reply,
    Section,
    dry_run,
    from_json,
    propose,
    read,
    recognise,
    to_json,
)
from alongside.exchange.imports import Mapping as SheetMapping
from alongside.exchange.models import ImportFile, ImportRun
from alongside.exchange.models import KeptMapping as KeptRow
from alongside.exchange.report import report_of, sheets_of
from alongside.exchange.roster import roster_of
from alongside.kernel.refusal import NotFound, Refused, refuse_if
from alongside.meetings.models import Meeting
from alongside.people.models import Youth


@transaction.atomic
def start_import(
    files: list[tuple[str, bytes]],
    *,
    by: Actor,
    at: datetime,
    kept_to: date | None = None,
) -> ImportRun:
    """Keep the files, read them, and propose which column is what.

    Without ``kept_to`` the files were kept to the day they were last saved.
    Raises ``Unreadable`` with one sentence for a file that cannot be read.
    """
    by.must(Permission.IMPORT_RUN)
    refuse_if(rules.refusal_to_start([len(content) for _, content in files]))
    today = at.astimezone(by.zone).date()
    books = [read(name, content) for name, content in files]
    saved = max((one.saved_on for one in books if one.saved_on), default=today)
    kept_to = kept_to or min(saved, today)
    refuse_if(rules.refusal_to_keep_to(kept_to, today))
    found = [section for book in books for section in recognise(book)]
    run = ImportRun.objects.create(
        unit_id=by.own_unit, by_id=by.user_id, at=at, kept_to=kept_to
    )
    ImportFile.objects.bulk_create(
        ImportFile(unit_id=by.own_unit, run=run, name=name[-255:], content=content)
        for name, content in files
    )
    kept = _kept(by)
    run.mappings = [to_json(propose(section, kept)) for section in found]
    run.state = ImportRun.State.MAPPING
    remarks = [f"{book.name}: {said}" for book in books for said in book.remarks]
    run.result = {
        "files": [name for name, _ in files],
        "sheets": sheets_of(found),
        "remarks": remarks,
    }
    run.save()
    return run


def sections(run: ImportRun) -> list[Section]:
    """The sheets of the files as they were recognised; read anew each time."""
    return [
        section
        for file in run.files.order_by("pk")
        for section in recognise(read(file.name, bytes(file.content)))
    ]


def mappings_of(run: ImportRun) -> list[SheetMapping]:
    """Where each column of each sheet goes, as it stands now."""
    return [from_json(SheetMapping, one) for one in run.mappings]


def corrected(
    run: ImportRun,
    corrections: Mapping[tuple[int, str], str],
    left_out: Collection[int],
) -> list[Any]:
    """The same as the user says, for ``run.mappings``; nothing is saved."""
    mappings = mappings_of(run)
    for (at, column), name in corrections.items():
        if mappings[at].field_of(column) != name:
            mappings[at] = mappings[at].corrected(column, name)
    return [
        to_json(replace(one, left_out=at in left_out))
        for at, one in enumerate(mappings)
    ]


def answers_of(run: ImportRun) -> Answers:
    """What was answered so far, by whoever did."""
    return from_json(Answers, run.answers) if run.answers else Answers()


@transaction.atomic
def correct_mappings(
    run: ImportRun,
    corrections: Mapping[tuple[int, str], str],
    left_out: Collection[int],
    *,
    by: Actor,
    keep: bool,
) -> ImportRun:
    """Send columns where the user says; ``left_out`` are sheets not wanted at all."""
    run = _open_run(run, by)
    run.mappings = corrected(run, corrections, left_out)
    if keep:
        for one in mappings_of(run):
            if one.columns and not one.left_out:
                keep_mapping(one, by=by)
    _forget_dry_run(run)
    run.save(update_fields=["mappings", "result"])
    return run


@transaction.atomic
def answer(
    run: ImportRun,
    *,
    by: Actor,
    questions: Mapping[str, Decision | None] | None = None,
    problems: Mapping[str, Reply | None] | None = None,
    officers: Mapping[str, str] | None = None,
) -> ImportRun:
    """Add answers to those given before; ``None`` takes one back."""
    run = _open_run(run, by)
    now = answers_of(run)
    given = Answers(
        _merged(now.questions, questions),
        _merged(now.problems, problems),
        now.words,
        _merged(now.officers, {k: v or None for k, v in (officers or {}).items()}),
    )
    if given != now:
        run.answers = to_json(given)
        _forget_dry_run(run)
        run.save(update_fields=["answers", "result"])
    return run


@transaction.atomic
def rehearse(run: ImportRun, *, by: Actor) -> DryRun:
    """The dry run with columns and answers as they stand; kept until they change."""
    by.must(Permission.IMPORT_RUN)
    if kept := run.told.get("found"):
        return from_json(DryRun, kept)
    found = _rehearse(run)
    # That took its time: somebody may have answered more by now, or brought it in.
    now = _own_run(run, by)
    unchanged = (now.mappings, now.answers) == (run.mappings, run.answers)
    if unchanged and rules.refusal_to_work_on(now.state) is None:
        now.result = {**now.told, "found": to_json(found)}
        now.state = ImportRun.State.REHEARSED
        now.save(update_fields=["result", "state"])
        run.result, run.state = now.result, now.state
    return found


@transaction.atomic
def commit(
    run: ImportRun, *, by: Actor, at: datetime, ready_only: bool = False
) -> ImportRun:
    """Write everything that waits for no answer, in one transaction.

    While something waits this is refused, unless ``ready_only`` says to go without it.
    """
    run = _open_run(run, by)
    found = _rehearse(run)
    refuse_if(rules.refusal_to_commit(run.state, found.counts(), ready_only))
    request = uuid4()
    with _marked(str(request)):
        brought = BringIn(found, by, at)
        brought.write_youth()
        meetings = BringMeetings(brought)
        meetings.write()
        brought.write_last_reviews()
    run.state, run.committed_at = ImportRun.State.COMMITTED, at
    run.commit_request = request
    told = report_of(found, answers_of(run), brought, meetings)
    run.result = {**_about_files(run), "report": told}
    run.mappings = []  # with first values of every column, those left out too
    run.save()
    run.files.all().delete()
    record(
        Event.IMPORT_COMMITTED,
        by=by,
        at=at,
        about=run,
        youth=[one.pk for one in brought.youth.values()],
        meetings=meetings.written,
    )
    return run


@transaction.atomic
def wait_for_worker(run: ImportRun, *, by: Actor, ready_only: bool) -> ImportRun:
    """Hand a long import to the worker; refused for what ``commit`` would refuse."""
    run = _open_run(run, by)
    counts = rehearse(run, by=by).counts()
    refuse_if(rules.refusal_to_commit(run.state, counts, ready_only))
    run.state = ImportRun.State.WRITING
    run.result = {**run.told, "refused": ""}
    run.save(update_fields=["state", "result"])
    return run


@transaction.atomic
def commit_in_turn(
    run: ImportRun, *, by: Actor, at: datetime, ready_only: bool
) -> None:
    """What the worker does: write it, or say on the import why not."""
    run = _own_run(run, by)
    if run.state != ImportRun.State.WRITING:
        return
    run.state = ImportRun.State.REHEARSED
    run.save(update_fields=["state"])
    try:
        commit(run, by=by, at=at, ready_only=ready_only)
    except Refused as refused:
        run.result = {**run.told, "refused": refused.reason}
        run.save(update_fields=["result"])


@transaction.atomic
def stop_waiting(run: ImportRun, *, by: Actor) -> ImportRun:
    """Take a long import back to its dry run, if the worker has not begun with it."""
    run = _own_run(run, by)
    if run.state == ImportRun.State.WRITING:
        run.state = ImportRun.State.REHEARSED
        run.save(update_fields=["state"])
    return run


@transaction.atomic
def undo_import(run: ImportRun, *, by: Actor, at: datetime) -> ImportRun:
    """Take the whole import back; refused when somebody has worked on it since."""
    run = _own_run(run, by)
    refuse_if(rules.refusal_to_undo(run.state, run.committed_at, at))
    if run.commit_request is None:
        raise Refused("This import wrote nothing, so there is nothing to take back.")
    written = undo.written_by(run.commit_request)
    since = undo.touched_since(written)
    names = [one.name for one in Youth.objects.filter(pk__in=since).by_name()]
    refuse_if(rules.refusal_to_lose(names))
    undo.take_back(written)
    _take_sessions_back(run)
    run.state, run.undone_at, run.undone_by_id = ImportRun.State.UNDONE, at, by.user_id
    run.save(update_fields=["state", "undone_at", "undone_by"])
    youth = sorted(written.youth)
    record(Event.IMPORT_UNDONE, by=by, at=at, about=run, youth=youth)
    return run


@transaction.atomic
def drop_import(run: ImportRun, *, by: Actor) -> ImportRun:
    """Give an import up before anything was written; its files go."""
    run = _open_run(run, by)
    run.state, run.answers, run.mappings = ImportRun.State.DROPPED, {}, []
    run.result = _about_files(run)
    run.save(update_fields=["state", "answers", "mappings", "result"])
    run.files.all().delete()
    return run


def keep_mapping(mapping: SheetMapping, *, by: Actor) -> None:
    """Remember which heading is which field, for the next workbook like this one."""
    by.must(Permission.IMPORT_RUN)
    KeptRow.objects.update_or_create(
        unit_id=by.own_unit,
        headings=sha256(mapping.signature.encode()).hexdigest(),
        defaults={"mapping": to_json(mapping.kept())},
    )


def _own_run(run: ImportRun, by: Actor) -> ImportRun:
    """The import as it is now; until the transaction ends nobody else changes it."""
    by.must(Permission.IMPORT_RUN)
    found = ImportRun.objects.select_for_update().filter(pk=run.pk).first()
    if found is None or found.unit_id != by.unit_id:
        raise NotFound
    return found


def _open_run(run: ImportRun, by: Actor) -> ImportRun:
    run = _own_run(run, by)
    refuse_if(rules.refusal_to_work_on(run.state))
    return run


def _rehearse(run: ImportRun) -> DryRun:
    return dry_run(
        sections(run),
        mappings_of(run),
        roster_of(run.unit_id, run.kept_to),
        run.kept_to,
        answers_of(run),
    )


def _forget_dry_run(run: ImportRun) -> None:
    run.result = {key: value for key, value in run.told.items() if key != "found"}


def _about_files(run: ImportRun) -> dict[str, Any]:
    kept = ("files", "sheets", "remarks")
    return {key: value for key, value in run.told.items() if key in kept}


def _merged(now: dict[str, Any], given: Mapping[str, Any] | None) -> dict[str, Any]:
    merged = {**now, **(given or {})}
    return {key: value for key, value in merged.items() if value is not None}


def _kept(by: Actor) -> list[KeptMapping]:
    rows = KeptRow.objects.filter(unit=by.own_unit)
    return [from_json(KeptMapping, row.mapping) for row in rows]


def _take_sessions_back(run: ImportRun) -> None:
    made = run.told.get("report", {}).get("sessions", [])
    Meeting.objects.filter(pk__in=made, items=None).delete()


@contextmanager
def _marked(request: str) -> Iterator[None]:
    """The history of the commit carries its own number, to be undone by."""
    with connection.cursor() as cursor, pghistory.context() as context:
        cursor.execute("select current_setting('alongside.request', true)")
        (before,) = cursor.fetchone()
        metadata = dict(context.metadata)
        _number(cursor, request)
        # A context inside another one changes it for good, so it is put back by hand.
        context.metadata["request"] = request
        # What begins with "select", as a new record does, is history without its own
        # context: it gets that of the statement before.
        cursor.execute("set constraints all deferred")
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(metadata)
        _number(cursor, before)


def _number(cursor: Any, request: str | None) -> None:
    cursor.execute("select set_config('alongside.request', %s, true)", [request or ""])
