"""Dense histories of daily work for a handful of young people, from one drawn seed.

Drawing every cell would leave most measures with nothing to count; a seed fills the
tables, and crowds their dates around the edges that the rules care about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from alongside.kernel.dates import add_months
from alongside.measures import answers, codelists
from alongside.measures.example import Row
from alongside.measures.tables import TABLES
from tests.measures.any_rows import any_rows
from tests.measures.histories import WINDOW
from tests.measures.luck import CHILDREN, Luck, day, sometimes

VALUES: dict[str, Sequence[str | None]] = {
    "unit": ["u1", "u2"],
    "worker": ["w1", "w2", "w3", None],
    "support_level": ["full", "full", "full", "at_risk", "secondary"],
    "exploitation": ["none", "none", "none", "at_risk", "confirmed", "unknown"],
    "court": ["star", "dream", "other"],
    "safety_plan": ["complete", "complete", "incomplete"],
    "case_plan": ["goals_and_strategies", "goals", "strategies", "neither", None],
    "document": ["birth_certificate", "identity_card", "health_card", "pen"],
    "with_own_child": ["wanted_and_together", "wanted_and_apart", None],
    "family_support": ["prenatal", "child_care", "legal", "other"],
    "record_relief": ["eligible", "filed", "granted"],
}
LONGEST = {
    "away": 20,
    "detention": 20,
    "hospital": 10,
    "safety_plan": 8,
    "support_level": 600,
}
OFTEN = {"away": 12, "safety_plan": 8}
PROTOCOL_TIMES = (
    "started_at",
    "advocate_at",
    "exam_at",
    "law_notified_at",
    "center_notified_at",
    "returned_at",
    "debriefed_at",
)
WAITS = (0, 1, 89, 90, 91, 1440, 1441, 4320, 4321, 100_000)
FORMS: dict[str, Sequence[str]] = {
    "youth_survey": (
        *answers.VOICE,
        *answers.ENGAGEMENT,
        *answers.OWN_ITEMS,
        *answers.CULTURE,
        "contact_amount",
    ),
    "staff_survey": (*answers.LEADERSHIP, "harm_reduction"),
    "review": (
        "food",
        "shelter",
        "clothing",
        "own_needs",
        "recruitment",
        "partner_violence",
        "adults_outside_unit",
    ),
    "cans": (
        *map(str, range(1, 10)),
        *["14", "15", "18", "20", "21", "22", "23", "26", "27", "32", "38"],
    ),
    "cats2": ("total",),
    "cries8": ("total",),
    "use_report": ("days_per_30", "reason"),
    "stage_of_change": ("school", "leaving"),
    "follow_up": (
        "education_or_work",
        "housing",
        "income",
        "documents",
        "accounts",
        "in_control",
        "unmet_health_need",
        "knows_where_to_get_care",
        "adults_outside_unit",
        "can_leave_unhealthy_ties",
        "knows_where_to_go",
        "belongs",
    ),
}
LARGEST = {"cats2": 60, "cries8": 40, "use_report": 30, "cans": 3, "review": 2}


def fact_rows(random: Luck) -> list[Row]:
    """Time with a unit for almost everyone, and many facts of every kind."""
    rows: list[Row] = []
    for child in CHILDREN:
        for _ in range(random.choice([0, 1, 1])):
            start = WINDOW.start + timedelta(days=random.randrange(-700, 120))
            length = random.choice([None, None, 100, 300, 400, 500, 600])
            end = None if length is None else start + timedelta(days=length)
            rows.append(_fact(child, "unit", "u1", start, end))
        rows += _telling_time_with_unit(random, child)
        for kind in codelists.FACT_KIND:
            for _ in range(random.randint(0, OFTEN.get(kind, 3))):
                start = day(random)
                length = random.randrange(LONGEST.get(kind, 300))
                end = sometimes(random, start + timedelta(days=length), 0.7)
                value = random.choice(VALUES.get(kind, [None]))
                if kind != "unit" or random.random() < 0.1:
                    rows.append(_fact(child, kind, value, start, end))
    return rows


def _telling_time_with_unit(random: Luck, child: str) -> list[Row]:
    """Now and then: gone for exactly 6 or 12 months, or with barely enough days."""
    anchor = random.choice(random.anchors)
    start = anchor - timedelta(days=600)
    if random.random() < 0.3:
        end = add_months(anchor, random.choice([-6, -12]))
        return [_fact(child, "unit", "u1", start, end)]
    if random.random() < 0.3:
        enough = start + timedelta(days=random.choice([59, 60, 61]))
        again = start + timedelta(days=95)
        return [
            _fact(child, "unit", "u1", start, enough),
            _fact(child, "unit", "u2", again, None),
        ]
    return []


def _fact(
    child: str, kind: str, value: str | None, start: date, end: date | None
) -> Row:
    return {
        "child_id": child,
        "kind": kind,
        "value": value,
        "start_date": start,
        "end_date": end,
    }


def form_rows(random: Luck) -> list[Row]:
    """Forms of each kind: named or not, complete or not, some of them on one day."""
    rows: list[Row] = []
    number = 0
    for form, items in FORMS.items():
        for child in (*CHILDREN, None):
            more = 8 if form == "follow_up" else 0
            for _ in range(random.choice([0, 1, 2, 3, 6]) + more):
                number += 1
                when = sometimes(random, day(random), 0.97)
                share = random.choice([0.5, 0.95, 1, 1])
                rows += [
                    {
                        "response_id": f"{number:04}",
                        "child_id": child,
                        "form": form,
                        "item": item,
                        "answered_date": when,
                        "value": sometimes(random, _answer(random, form)),
                        "choice": random.choice(
                            ["just_right", "too_much", "coping", "peer", "no", None]
                        ),
                    }
                    for item in items
                    if random.random() < share
                ]
    return rows


def _answer(random: Luck, form: str) -> float:
    if form == "follow_up":
        return float(random.choice([0, 0, 1, 2, 4, 5]))
    return float(random.randint(0, LARGEST.get(form, 5)))


def protocol_rows(random: Luck) -> list[Row]:
    """Events with times close to what each deadline allows."""
    rows = []
    for _ in range(30):
        at = datetime.combine(day(random), time(random.choice([0, 10, 23]), 30))
        rows.append(
            {
                "child_id": random.choice(CHILDREN),
                "protocol": random.choice([*codelists.PROTOCOL]),
                "occurred_at": at,
                "exam_accepted": random.choice([True, True, False, None]),
                "steps_complete": random.choice([True, False, None]),
                **{
                    name: sometimes(
                        random, at + timedelta(minutes=random.choice(WAITS)), 0.7
                    )
                    for name in PROTOCOL_TIMES
                },
            }
        )
    return rows


def week_rows(random: Luck) -> list[Row]:
    """School weeks in a row; some young people have just enough of them."""
    return [
        {
            "child_id": child,
            "week_start": start + timedelta(days=7 * week),
            "days_attended": sometimes(random, float(random.randint(0, 5))),
            "setting": random.choice(["community", "community", "detention", None]),
        }
        for child in CHILDREN
        for start in [WINDOW.start + timedelta(days=random.randrange(-200, 200))]
        for week in range(random.choice([0, 10, 20, 24, 40]))
    ]


def removal_rows(random: Luck) -> list[Row]:
    """Some time in care for everyone, long enough to be counted."""
    rows: list[Row] = []
    for child in CHILDREN:
        for _ in range(random.choice([1, 1, 2])):
            start = WINDOW.start + timedelta(days=random.randrange(-300, 300))
            length = random.choice([None, 5, 30, 200, 400])
            end = None if length is None else start + timedelta(days=length)
            reason = random.choice([*codelists.EXIT_REASON])
            rows.append(
                {
                    "child_id": child,
                    "entry_date": start,
                    "exit_date": end,
                    "exit_reason": None if end is None else reason,
                    "agency": random.choice(["child_welfare", "probation"]),
                }
            )
    return rows


def placement_rows(random: Luck) -> list[Row]:
    """Stays that often follow each other, so that homes are left and returned to."""
    rows: list[Row] = []
    for removal in range(1, 8):
        start = WINDOW.start + timedelta(days=random.randrange(-200, 200))
        for _ in range(random.choice([2, 4, 6])):
            end = start + timedelta(days=random.choice([0, 3, 20, 60]))
            setting = random.choice([*codelists.SETTING, "absent", "absent", "kin"])
            rows.append(
                {
                    "removal_id": f"{removal:04}",
                    "start_date": start,
                    "end_date": sometimes(random, end, 0.95),
                    "setting": sometimes(random, setting, 0.95),
                    "home_id": random.choice(["h1", "h1", "h2", None]),
                }
            )
            start = end + timedelta(days=random.choice([0, 0, 0, 2, -2]))
    return rows


def activity_rows(random: Luck) -> list[Row]:
    """All kinds of activities, and months full of contacts in person."""
    rows = any_rows(random, "activity")
    for child in CHILDREN:
        for _ in range(4):
            month = add_months(date(2022, 11, 1), random.randrange(8))
            rows += [
                {
                    "child_id": child,
                    "kind": "contact",
                    "status": "completed",
                    "channel": "in_person",
                    "activity_date": month + timedelta(days=random.randrange(25)),
                }
                for _ in range(random.choice([3, 4, 5]))
            ]
    return rows


def session_rows(random: Luck) -> list[Row]:
    """Sessions, several for each referral."""
    rows = any_rows(random, "service")
    return [row | {"status": random.choice(["kept", "kept", "missed"])} for row in rows]


MADE: dict[str, Callable[[Luck], list[Row]]] = {
    "fact": fact_rows,
    "form_answer": form_rows,
    "protocol_event": protocol_rows,
    "school_week": week_rows,
    "removal": removal_rows,
    "placement": placement_rows,
    "activity": activity_rows,
    "service": session_rows,
}


def histories(seed: int, *tables: str) -> Mapping[str, list[Row]]:
    """An extract with these tables filled, always the same for a seed."""
    random = Luck(seed)
    born = [None, date(2005, 6, 1), date(2006, 1, 1), date(2008, 1, 1)]
    ages = [*born, date(2002, 3, 1), date(2004, 12, 1), date(2013, 5, 1)]
    found = {
        "child": [
            {"child_id": child, "birth_date": random.choice(ages)} for child in CHILDREN
        ]
    }
    for name in tables:
        made = MADE.get(name)
        found[name] = made(random) if made else any_rows(random, name)
    return {name: numbered(name, found.get(name, [])) for name in TABLES}


def numbered(table: str, rows: list[Row]) -> list[Row]:
    """Rows with every column, and keys that sort as text."""
    empty = dict.fromkeys(TABLES[table].columns)
    key = TABLES[table].key[0]
    given = ("child", "form_answer")
    return [
        {**empty, **row} if table in given else {**empty, **row, key: f"{n:04}"}
        for n, row in enumerate(rows, start=1)
    ]
