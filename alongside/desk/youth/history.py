"""Every change of every table about one youth, from the history the triggers keep."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models
from psycopg import sql

from alongside.access.policies import is_history, our_models

# One branch a table: its newest events of this youth, each with the one before it.
_BRANCH = (
    "(select {label} as label, e.pgh_id, e.pgh_created_at, e.pgh_label, e.pgh_context,"
    " to_jsonb(e) as after,"
    " (select to_jsonb(p) from {table} p where p.pgh_obj_id = e.pgh_obj_id"
    " and p.pgh_id < e.pgh_id order by p.pgh_id desc limit 1) as before"
    " from {table} e where e.{youth} = %(youth)s and e.pgh_created_at <= %(at)s"
    # What one transaction changed has one instant: the table and the key go on from it.
    " and (e.pgh_created_at < %(at)s or {label} > %(label)s"
    " or ({label} = %(label)s and e.pgh_id < %(key)s))"
    " order by e.pgh_created_at desc, e.pgh_id desc limit %(limit)s)"
)
# Whose rows say something to a reader; the order is only that of the statement.
_TABLES = (
    *("people.Youth", "people.OtherName", "people.Identifier", "people.Person"),
    *("people.OwnWords", "people.Document", "people.Stay", "people.Schooling"),
    *("cases.Case", "cases.Support", "cases.Assignment", "cases.LegalStatus"),
    *("cases.ChildWelfareStatus", "cases.CourtAssignment", "cases.HandOver"),
    *("cases.CoverNote", "activities.Activity", "referrals.Referral"),
    *("plans.Goal", "plans.ActionStep", "plans.ProgressNote", "meetings.Item"),
)


@dataclass(frozen=True, slots=True)
class After:
    """Where a page of changes goes on: after this one, the newest first."""

    at: datetime
    label: str = ""
    key: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was made, changed or taken out: as it was before and after."""

    label: str
    key: int
    how: str
    at: datetime
    by: int | None
    before: dict[str, Any]
    after: dict[str, Any]


def changes_of(youth_id: int, after: After, limit: int) -> list[Change]:
    """The newest changes first, as far as the asker may see them: one query."""
    values: dict[str, Any] = {
        **{"youth": youth_id, "limit": limit},
        **{"at": after.at, "label": after.label, "key": after.key},
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(), values)
        return [_change(*row) for row in cursor.fetchall()]


def _change(
    label: str, key: int, at: datetime, how: str, context: Any, after: Any, before: Any
) -> Change:
    context, after, before = (_plain(value) for value in (context, after, before))
    if how == "delete":
        before, after = after, {}
    user = context.get("user")
    by = user if isinstance(user, int) else None
    return Change(label, key, how, at, by, before, after)


def _plain(value: Any) -> dict[str, Any]:
    """PostgreSQL's document as a dict, however the driver was set up to read it."""
    if isinstance(value, str):
        value = json.loads(value)
    return dict(value or {})


@cache
def _statement() -> str:
    branches = " union all ".join(_branches())
    return (
        f"select * from ({branches}) every"  # noqa: S608 (made of our own tables' names)
        " order by pgh_created_at desc, label, pgh_id desc limit %(limit)s"
    )


def _branches() -> Iterator[str]:
    tracked = {
        model.pgh_tracked_model._meta.label: model  # type: ignore[attr-defined]  # every history has it
        for model in our_models()
        if is_history(model)
    }
    for label in _TABLES:
        event: type[models.Model] = tracked[label]
        youth = "pgh_obj_id" if label == "people.Youth" else "youth_id"
        yield (
            sql.SQL(_BRANCH)
            .format(
                label=sql.Literal(label),
                table=sql.Identifier(event._meta.db_table),
                youth=sql.Identifier(youth),
            )
            .as_string(None)
        )
