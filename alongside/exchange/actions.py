"""An import from its files to its commit, and back."""

from datetime import date, datetime
from hashlib import sha256
from uuid import UUID, uuid4

import pghistory
from django.db import connection, transaction

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.exchange import rules, undo
from alongside.exchange.bring_in import BringIn
from alongside.exchange.imports import (
    Answers,
    DryRun,
    KeptMapping,
    Mapping,
    Section,
    dry_run,
    from_json,
    propose,
    read,
    recognise,
    to_json,
)
from alongside.exchange.models import ImportFile, ImportRun
from alongside.exchange.models import KeptMapping as KeptRow
from alongside.exchange.roster import roster_of
from alongside.kernel.refusal import Refused, refuse_if
from alongside.people.models import Youth


@transaction.atomic
def start_import(
    files: list[tuple[str, bytes]], kept_to: date, *, by: Actor, at: datetime
) -> ImportRun:
    """Keep the files, read them, and propose which column is what.

    Raises ``Unreadable`` with one sentence for a file that cannot be read.
    """
    by.must(Permission.IMPORT_RUN)
    run = ImportRun.objects.create(
        unit_id=by.own_unit, by_id=by.user_id, at=at, kept_to=kept_to
    )
    for name, content in files:
        read(name, content)
        ImportFile.objects.create(
            unit_id=by.own_unit, run=run, name=name, content=content
        )
    kept = _kept(by)
    run.mappings = [to_json(propose(section, kept)) for section in sections(run)]
    run.state = ImportRun.State.MAPPING
    run.save(update_fields=["mappings", "state"])
    return run


def sections(run: ImportRun) -> list[Section]:
    """The sheets of the files as they were recognised; read anew each time."""
    return [
        section
        for file in run.files.order_by("pk")
        for section in recognise(read(file.name, bytes(file.content)))
    ]


def rehearse(run: ImportRun, *, by: Actor) -> DryRun:
    """The dry run with the columns and answers as they stand; nothing is written."""
    by.must(Permission.IMPORT_RUN)
    return dry_run(
        sections(run),
        [from_json(Mapping, one) for one in run.mappings],
        roster_of(run.unit_id, run.kept_to),
        run.kept_to,
        from_json(Answers, run.answers) if run.answers else Answers(),
    )


@transaction.atomic
def commit(run: ImportRun, *, by: Actor, at: datetime) -> BringIn:
    """Write everything that waits for no answer, in one transaction."""
    by.must(Permission.IMPORT_RUN)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    found = rehearse(run, by=by)
    refuse_if(rules.refusal_to_commit(run.state, found.counts()))
    request = uuid4()
    with _marked(request, by):
        brought = BringIn(found, by, at)
        brought.run()
    run.state, run.committed_at = ImportRun.State.COMMITTED, at
    run.commit_request, run.result = request, to_json(found)
    run.save(update_fields=["state", "committed_at", "commit_request", "result"])
    record(
        Event.IMPORT_COMMITTED,
        by=by,
        at=at,
        about=run,
        youth=[one.pk for one in brought.youth.values()],
        rows=brought.written,
    )
    return brought


@transaction.atomic
def undo_import(run: ImportRun, *, by: Actor, at: datetime) -> None:
    """Take the whole import back; refused when somebody has worked on it since."""
    by.must(Permission.IMPORT_RUN)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    refuse_if(rules.refusal_to_undo(run.state, []))
    if run.commit_request is None:
        raise Refused("This import wrote nothing, so there is nothing to take back.")
    since = undo.touched_since(run.commit_request)
    names = [one.name for one in Youth.objects.filter(pk__in=since).by_name()]
    refuse_if(rules.refusal_to_undo(run.state, names))
    undo.undo(run.commit_request)
    run.state, run.undone_at, run.undone_by_id = (
        ImportRun.State.UNDONE,
        at,
        by.user_id,
    )
    run.save(update_fields=["state", "undone_at", "undone_by"])
    record(Event.IMPORT_UNDONE, by=by, at=at, about=run)


def keep_mapping(mapping: Mapping, *, by: Actor) -> None:
    """Remember which heading is which field, for the next workbook like this one."""
    by.must(Permission.IMPORT_RUN)
    KeptRow.objects.update_or_create(
        unit_id=by.own_unit,
        headings=sha256(mapping.signature.encode()).hexdigest(),
        defaults={"mapping": to_json(mapping.kept())},
    )


def _kept(by: Actor) -> list[KeptMapping]:
    rows = KeptRow.objects.filter(unit=by.own_unit)
    return [from_json(KeptMapping, row.mapping) for row in rows]


def _marked(request: UUID, by: Actor) -> "pghistory.context":
    """The history of the commit carries its own number, to be undone by."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('alongside.request', %s, true)", [str(request)]
        )
    return pghistory.context(request=str(request), user=by.user_id)
