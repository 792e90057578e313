"""The due list: worked out from the unit's policies each time, and never stored."""

import calendar
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial
from importlib.resources import files
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from alongside.cases import reasons
from alongside.cases.rules import Clock, DueState, state_of
from alongside.cases.working_days import holidays_around
from alongside.forms.vocabulary import Vocabulary
from alongside.people.models import Youth


@dataclass(frozen=True, slots=True)
class Due:
    """Something expected for one young person, by when, and why."""

    youth_id: int
    youth_ref: UUID
    youth_name: str
    sort_key: str
    policy: str
    what: str
    kind: str
    due_on: date
    state: DueState
    booked_ref: UUID | None
    booked_day: date | None
    booked_at: datetime | None
    last_day: date | None
    officer_id: int | None
    act: str
    tells: tuple[str, ...]
    today: date
    facts: Callable[[], reasons.Facts] = field(repr=False, compare=False)

    @property
    def why(self) -> str:
        """The reason, in a sentence; worked out only for what is shown."""
        return reasons.why(self.facts(), self.state, self.today)

    @property
    def order(self) -> tuple[bool, date, str, str]:
        """What waits first: by its day, what is booked last."""
        booked = self.state is DueState.BOOKED
        day = self.booked_day if booked and self.booked_day else self.due_on
        return booked, day, self.sort_key, self.policy


def due_list(
    *,
    unit_id: int,
    today: date,
    until: date,
    zone: ZoneInfo,
    words: Vocabulary,
    youth: Iterable[int] | Youth | None = None,
    kinds: Collection[str] | None = None,
) -> list[Due]:
    """Everything due by a day for the young people a unit supports: one query.

    It runs under the asker's grants; ``youth`` narrows it to some or one of them,
    ``kinds`` to some kinds of activity.
    """
    ids = None if youth is None else _ids(youth)
    if ids == []:
        return []
    last = calendar.monthrange(today.year, today.month)[1]
    values: dict[str, Any] = {
        "unit": unit_id,
        "today": today,
        "until": until,
        "zone": str(zone),
        "youth": ids,
        "kinds": None if kinds is None else list(kinds),
        "month_start": today.replace(day=1),
        "month_end": today.replace(day=last),
        "holidays": list(holidays_around(today.year)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(ids is not None), values)
        columns = [column.name for column in cursor.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return sorted((_due(row, today, words) for row in rows), key=lambda due: due.order)


def next_of_each(dues: Iterable[Due]) -> dict[int, Due]:
    """The first thing due for each young person; one already booked comes last."""
    first: dict[int, Due] = {}
    for due in dues:
        first.setdefault(due.youth_id, due)
    return first


def _ids(youth: Iterable[int] | Youth) -> list[int]:
    return [youth.pk] if isinstance(youth, Youth) else sorted(set(youth))


@cache
def _statement(only_some: bool) -> str:
    text = files("alongside.cases").joinpath("queries/due.sql").read_text()
    only = "c.youth_id = any(%(youth)s::bigint[])" if only_some else "true"
    return text.replace("{only}", only)


def _due(row: dict[str, Any], today: date, words: Vocabulary) -> Due:
    state = state_of(row["due_on"], today, booked=row["is_booked"])
    return Due(
        youth_id=row["youth_id"],
        youth_ref=row["ref"],
        youth_name=_name(row),
        sort_key=row["sort_key"],
        policy=row["code"],
        what=reasons.small(row["name"]),
        kind=row["kind_id"],
        due_on=row["due_on"],
        state=state,
        booked_ref=row["booked_ref"],
        booked_day=row["booked_day"],
        booked_at=row["booked_at"],
        last_day=row["last_done"],
        officer_id=row["officer_id"],
        act=_act(row),
        tells=tuple(row["tells"]),
        today=today,
        facts=partial(_facts, row, words),
    )


def _facts(row: dict[str, Any], words: Vocabulary) -> reasons.Facts:
    return reasons.Facts(
        clock=Clock(row["clock"]),
        what=row["name"],
        kind=row["kind_id"],
        kind_name=row["kind_name"],
        days=row["days"],
        working_days=row["working_days"],
        per_month=row["per_month"],
        anchor=row["anchor"],
        expected_since=row["expected_since"],
        last_done=row["last_done"],
        month_done=int(row["month_done"]),
        level_name=words.name("support_level", row["level"] or ""),
        stay_name=words.name("stay_kind", row["stay_kind"] or "not_known"),
        place=row["stay_place"] or "",
        due_on=row["due_on"],
        booked_day=row["booked_day"],
    )


def _act(row: dict[str, Any]) -> str:
    if row["kind_id"].startswith("mdt"):
        return "book"
    return "log" if row["per_month"] is not None else "plan"


def _name(row: dict[str, Any]) -> str:
    parts = (row["given_name"], row["family_name"], row["suffix"])
    return " ".join(filter(None, parts)) or "Name not yet known"
