"""Undoing a commit from the history it left: whole, or not at all with the reason."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import models

from alongside.access import policies
from alongside.access.guards import ByYouth
from alongside.people.models import Youth

_INSERT, _UPDATE = "insert", "update"


def history_models() -> list[type[models.Model]]:
    """Every table that tells what rows about youth were."""
    return [
        model
        for model in policies.our_models()
        if policies.is_history(model) and isinstance(policies.guard_of(model), ByYouth)
    ]


def touched_since(request: UUID) -> Counter[int]:
    """Changes after the commit, by the youth they are about; none means undoable."""
    youth, began = set(_youth_of(request)), _first_of(request)
    later: Counter[int] = Counter()
    if began is None:
        return later
    for model in history_models():
        column = _youth_column(model)
        rows = model._default_manager.filter(
            pgh_created_at__gte=began, **{f"{column}__in": youth}
        ).exclude(pgh_context__request=str(request))
        later.update(rows.values_list(column, flat=True))
    return later


def undo(request: UUID) -> int:
    """Take back every row the commit made and every change it wrote; how many."""
    done = 0
    for model in history_models():
        tracked: type[models.Model] = model.pgh_tracked_model  # type: ignore[attr-defined]
        if tracked is Youth:
            continue
        done += _restore(model, tracked, request) + _remove(model, tracked, request)
    youth_history = next(m for m in history_models() if _tracks(m) is Youth)
    return (
        done
        + _restore(youth_history, Youth, request)
        + _remove(youth_history, Youth, request)
    )


def _restore(
    history: type[models.Model], tracked: type[models.Model], request: UUID
) -> int:
    """Rows that were there before get back the values they had before."""
    events = list(_events(history, request))
    made = {event.pgh_obj_id for event in events if event.pgh_label == _INSERT}
    first = {
        event.pgh_obj_id: event
        for event in reversed(events)
        if event.pgh_obj_id not in made
    }
    for pk, event in first.items():
        before = (
            history._default_manager.filter(pgh_obj_id=pk, pgh_id__lt=event.pgh_id)
            .order_by("-pgh_id")
            .first()
        )
        if before is not None:
            values = {
                column.attname: getattr(before, column.attname)
                for column in tracked._meta.local_concrete_fields
                if not column.primary_key and hasattr(before, column.attname)
            }
            tracked._default_manager.filter(pk=pk).update(**values)
    return len(first)


def _remove(
    history: type[models.Model], tracked: type[models.Model], request: UUID
) -> int:
    made = [
        event.pgh_obj_id
        for event in _events(history, request)
        if event.pgh_label == _INSERT
    ]
    tracked._default_manager.filter(pk__in=made).delete()
    return len(made)


def _events(history: type[models.Model], request: UUID) -> Iterator[Any]:
    yield from history._default_manager.filter(
        pgh_context__request=str(request)
    ).order_by("pgh_id")


def _youth_of(request: UUID) -> Iterator[int]:
    for model in history_models():
        yield from model._default_manager.filter(
            pgh_context__request=str(request)
        ).values_list(_youth_column(model), flat=True)


def _first_of(request: UUID) -> Any:
    times = [
        found
        for model in history_models()
        if (
            found := model._default_manager.filter(pgh_context__request=str(request))
            .order_by("pgh_id")
            .values_list("pgh_created_at", flat=True)
            .first()
        )
    ]
    return min(times, default=None)


def _tracks(history: type[models.Model]) -> type[models.Model]:
    tracked: type[models.Model] = history.pgh_tracked_model  # type: ignore[attr-defined]
    return tracked


def _youth_column(history: type[models.Model]) -> str:
    guard = policies.guard_of(history)
    assert isinstance(guard, ByYouth)  # noqa: S101 (history_models keeps no other)
    return guard.column
