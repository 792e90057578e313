"""Undoing a commit from the history it left: whole, or not at all with the reason."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from psycopg import sql

from alongside.access import policies
from alongside.access.guards import ByYouth
from alongside.kernel.refusal import Refused
from alongside.meetings.models import Item, Opening
from alongside.people.models import Youth

_INSERT = "insert"
# Having minutes open is no work on them; whatever is then saved has its history.
_NO_WORK = {Opening}
_UNSEEN = (
    "Nothing was undone: somebody has added to one of these records what you may not"
    " see. Ask a supervisor to undo the import, or correct the records one by one."
)


@dataclass
class Written:
    """What one commit wrote, table by table, as its history tells it."""

    began: datetime | None = None
    made: dict[type[models.Model], list[int]] = field(default_factory=dict)
    changed: dict[type[models.Model], dict[int, int]] = field(default_factory=dict)
    events: dict[type[models.Model], set[int]] = field(default_factory=dict)
    youth: set[int] = field(default_factory=set)

    @property
    def made_youth(self) -> list[int]:
        """The young people whose records the commit began."""
        return self.made.get(Youth, [])


def written_by(request: UUID) -> Written:
    """Read the history of a commit: one query for each table that has one."""
    found = Written()
    for model in history_models():
        tracked = _tracked(model)
        made: list[int] = []
        changed: dict[int, int] = {}
        found.events[model] = set()
        for event in _events(model, request):
            found.events[model].add(event.pgh_id)
            found.youth.add(getattr(event, _youth_column(model)))
            at = event.pgh_created_at
            found.began = at if found.began is None else min(at, found.began)
            if event.pgh_label == _INSERT:
                made.append(event.pgh_obj_id)
            else:
                changed.setdefault(event.pgh_obj_id, event.pgh_id)
        found.made[tracked] = made
        inserted = set(made)
        found.changed[tracked] = {
            pk: first for pk, first in changed.items() if pk not in inserted
        }
    return found


def touched_since(written: Written) -> set[int]:
    """The young people on whose records somebody has worked after the commit."""
    touched: set[int] = set()
    if written.began is None:
        return touched
    for model in history_models():
        column = _youth_column(model)
        rows = _later(model, written).filter(**{f"{column}__in": list(written.youth)})
        own = written.events[model]
        touched.update(
            youth
            for event, youth in rows.values_list("pgh_id", column)
            if event not in own
        )
    for model in _without_history():
        column = _youth_column(model)
        rows = model._default_manager.filter(**{f"{column}__in": written.made_youth})
        touched.update(rows.values_list(column, flat=True))
    return touched


def _later(model: type[models.Model], written: Written) -> models.QuerySet[Any]:
    """The history of one table from the commit on.

    By its own count where the commit wrote; a table's count says nothing of another's.
    """
    rows = model._default_manager.all()
    if own := written.events[model]:
        return rows.filter(pgh_id__gt=min(own))
    return rows.filter(pgh_created_at__gt=written.began)


def take_back(written: Written) -> None:
    """Take back every row the commit made and every change it wrote."""
    try:
        with transaction.atomic():
            items = written.made.get(Item, [])
            Opening.objects.filter(item__in=items).delete()
            for tracked, made in written.made.items():
                if made:
                    _delete(tracked, made)
            for tracked, first in written.changed.items():
                _restore(tracked, first)
            with connection.cursor() as cursor:
                # A row the actor cannot see still points here: learn it now, not later.
                cursor.execute("set constraints all immediate")
                cursor.execute("set constraints all deferred")
    except IntegrityError as error:
        raise Refused(_UNSEEN) from error
    with connection.cursor() as cursor:
        cursor.execute("select exchange_take_back(%s::bigint[])", [written.made_youth])


def history_models() -> list[type[models.Model]]:
    """Every table that tells what rows about youth were."""
    return [
        model
        for model in policies.our_models()
        if policies.is_history(model) and isinstance(policies.guard_of(model), ByYouth)
    ]


def _without_history() -> list[type[models.Model]]:
    tracked = {_tracked(model) for model in history_models()}
    return [
        model
        for model in policies.our_models()
        if isinstance(policies.guard_of(model), ByYouth)
        and not policies.is_history(model)
        and model not in tracked
        and model not in _NO_WORK
    ]


def _restore(tracked: type[models.Model], first: dict[int, int]) -> None:
    """Rows that were there before get back the values they had before."""
    history = next(model for model in history_models() if _tracked(model) is tracked)
    before: dict[int, Any] = {}
    events: dict[int, list[Any]] = defaultdict(list)
    rows: models.QuerySet[Any] = history._default_manager.all()
    for event in rows.filter(pgh_obj_id__in=list(first)):
        events[event.pgh_obj_id].append(event)
    for pk, found in events.items():
        earlier = [event for event in found if event.pgh_id < first[pk]]
        if earlier:
            before[pk] = max(earlier, key=lambda event: event.pgh_id)
    columns = [
        column.attname
        for column in tracked._meta.local_concrete_fields
        if not column.primary_key
    ]
    for pk, event in before.items():
        values = {
            name: getattr(event, name) for name in columns if hasattr(event, name)
        }
        tracked._default_manager.filter(pk=pk).update(**values)


def _delete(tracked: type[models.Model], made: list[int]) -> None:
    """These rows and no others: what still points to one of them is found out below.

    Django's own way would look into tables that only definer functions read.
    """
    table = sql.Identifier(tracked._meta.db_table)
    statement = sql.SQL("delete from {} where id = any(%s::bigint[])").format(table)
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(), [made])


def _events(history: type[models.Model], request: UUID) -> Iterator[Any]:
    rows = history._default_manager.filter(pgh_context__request=str(request))
    yield from rows.order_by("pgh_id")


def _tracked(history: type[models.Model]) -> type[models.Model]:
    tracked: type[models.Model] = history.pgh_tracked_model  # type: ignore[attr-defined]  # every history has it
    return tracked


def _youth_column(model: type[models.Model]) -> str:
    guard = policies.guard_of(model)
    assert isinstance(guard, ByYouth)  # noqa: S101 (only such tables are asked)
    return guard.column
