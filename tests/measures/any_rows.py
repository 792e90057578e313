"""Rows of any table of the contract, with a suitable cell in every column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time

from alongside.measures import codelists
from alongside.measures.example import Row
from alongside.measures.schema import Kind
from alongside.measures.tables import TABLES
from tests.measures.luck import CHILDREN, Luck, day, sometimes

TEXTS: dict[str, Sequence[str | None]] = {
    "provider": ["p1", "p2", None],
    "drug": ["x", "y", "z", None],
    "domain": ["education", "education", "health", None],
    "service": ["mental_health", "substance_use", "housing", None],
    "agency": ["health", "school", None],
    "meeting_id": ["m1", "m2", "m3", None],
    "topic": ["harm_reduction", "culture", "csec_101", "csec_102", "other"],
    "home_id": ["h1", "h2", None],
    "referral_id": ["r1", "r2", "r3", "r4", "r5", "r6"],
    "outcome": ["told", "told", None],
    "allegation": ["cse", "neglect"],
}
MOST = {
    "concern": 12,
    "activity": 90,
    "health_event": 90,
    "referral_stage": 50,
    "service": 90,
}


def any_rows(random: Luck, table: str) -> list[Row]:
    """Rows with a suitable cell in every column."""
    return [_any_row(random, table) for _ in range(MOST.get(table, 40))]


def _any_row(random: Luck, table: str) -> Row:
    row: Row = {}
    for name, column in TABLES[table].columns.items():
        if name in ("child_id", "staff_id"):
            row[name] = random.choice(CHILDREN if name == "child_id" else KEYS)
        elif column.refers_to is not None:
            row[name] = sometimes(random, f"{random.randint(1, 30):04}")
        elif column.kind is Kind.DATE:
            row[name] = sometimes(random, day(random))
        elif column.kind is Kind.INSTANT:
            row[name] = datetime.combine(day(random), time(random.choice([0, 23])))
        elif column.kind is Kind.YES_NO:
            row[name] = random.choice([True, True, False, None])
        elif column.codes is not None:
            row[name] = random.choice([*column.codes, *column.codes, None])
        elif column.kind is not Kind.TEXT:
            most = int(column.maximum or 30)
            number = random.randint(int(column.minimum or 0), most)
            whole = column.kind is Kind.WHOLE
            row[name] = sometimes(random, number if whole else float(number))
        else:
            row[name] = random.choice(TEXTS.get(name, [None]))
    own = OWN.get(table)
    return row if own is None else row | own(random)


KEYS = tuple(f"{n:04}" for n in range(1, 11))
OWN: dict[str, Callable[[Luck], Row]] = {
    "activity": lambda random: {
        "kind": random.choice(
            [*codelists.ACTIVITY_KIND, *["contact"] * 4, "mdt", *["credit_check"] * 4]
        ),
        "status": random.choice(["completed"] * 5 + ["missed", "cancelled", None]),
        "channel": random.choice(["in_person"] * 4 + ["phone"]),
        "reason": random.choice(
            [
                *codelists.PLACEMENT_REASON,
                "consent",
                "clear",
                "repaired",
                "initial",
                None,
            ]
        ),
    },
    "staff": lambda random: {
        "end_date": random.choice([None, None, day(random)]),
    },
    "action_step": lambda random: {
        "kind": random.choice(["tie_removal", None]),
        "status": random.choice(["done", "open", "open", "dropped", None]),
    },
    "health_event": lambda random: {
        "kind": random.choice([*codelists.HEALTH_EVENT_KIND]),
    },
    "concern": lambda random: {
        "kind": random.choice([*codelists.CONCERN_KIND]),
    },
    "referral_stage": lambda random: {
        "stage": random.choice([*codelists.REFERRAL_STAGE]),
        "child_id": "a",
    },
    "wellness": lambda random: {"kind": random.choice([*codelists.WELLNESS_KIND])},
}
