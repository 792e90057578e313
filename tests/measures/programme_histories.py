"""Hypothesis strategies for the tables of daily work, crowded on a few young people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from alongside.measures import answers, codelists
from alongside.measures.example import Row
from alongside.measures.tables import TABLES
from tests.measures.histories import (
    BIRTH,
    COLUMNS,
    DAY,
    code,
    maybe,
)

Strategy = st.SearchStrategy[Any]
CHILD = st.sampled_from(["a", "a", "b", "c", "d"])
YES_NO = st.sampled_from([True, True, False, None])
VALUES: dict[str, list[str | None]] = {
    "unit": ["u1", "u2"],
    "worker": ["w1", "w2", None],
    "support_level": [*codelists.SUPPORT_LEVEL],
    "exploitation": ["none", "at_risk", "suspected", "confirmed", "unknown"],
    "court": ["star", "dream", "other"],
    "safety_plan": ["complete", "complete", "incomplete"],
    "case_plan": ["goals_and_strategies", "goals", "strategies", "neither", None],
    "document": [*codelists.VITAL_DOCUMENT, "pen"],
    "with_own_child": ["wanted_and_together", "wanted_and_apart", None],
    "family_support": ["prenatal", "child_care", "legal", "other"],
    "record_relief": ["eligible", "filed", "granted"],
}
KINDS = ["unit"] * 8 + ["away"] * 3 + ["detention"] * 2 + [*codelists.FACT_KIND]


@st.composite
def fact(draw: st.DrawFn) -> Row:
    """A fact whose value suits its kind; time with a unit is often long."""
    kind = draw(st.sampled_from(KINDS))
    start = draw(maybe(DAY))
    end = draw(maybe(DAY))
    if kind == "unit" and start is not None and draw(st.booleans()):
        start, end = start - timedelta(days=draw(st.integers(0, 400))), None
    if kind in ("away", "detention", "hospital") and start and draw(st.booleans()):
        end = start + timedelta(days=draw(st.integers(0, 40)))
    return {
        "child_id": draw(CHILD),
        "kind": kind,
        "value": draw(st.sampled_from(VALUES.get(kind, [None]))),
        "start_date": start,
        "end_date": end,
    }


INSTANT = st.builds(
    lambda day, at: datetime.combine(day, at),
    DAY,
    st.sampled_from([time(0), time(10), time(11, 30), time(23, 59)]),
)


@st.composite
def protocol_event(draw: st.DrawFn) -> Row:
    """An event with its times close to what each deadline allows."""
    occurred = draw(INSTANT)
    waits = st.sampled_from([0, 1, 89, 90, 91, 1440, 1441, 4320, 4321, 100_000])

    def later() -> datetime | None:
        wait = draw(maybe(waits))
        return None if wait is None else occurred + timedelta(minutes=wait)

    times = (
        "started_at",
        "advocate_at",
        "exam_at",
        "law_notified_at",
        "center_notified_at",
        "returned_at",
        "debriefed_at",
    )
    return {
        "child_id": draw(CHILD),
        "protocol": draw(st.sampled_from([*codelists.PROTOCOL])),
        "occurred_at": draw(st.sampled_from([occurred, occurred, occurred, None])),
        **{name: later() for name in times},
        "exam_accepted": draw(YES_NO),
        "steps_complete": draw(YES_NO),
    }


FORMS: dict[str, list[str]] = {
    "youth_survey": [
        *answers.VOICE,
        *answers.ENGAGEMENT,
        *answers.OWN_ITEMS,
        *answers.CULTURE,
        "contact_amount",
    ],
    "staff_survey": [*answers.LEADERSHIP, "harm_reduction"],
    "review": [
        "food",
        "shelter",
        "clothing",
        "own_needs",
        "recruitment",
        "partner_violence",
        "adults_outside_unit",
    ],
    "cans": ["3", "8", "14", "15", "18", "20", "21", "22", "23", "26", "32"],
    "cats2": ["total"],
    "cries8": ["total"],
    "use_report": ["days_per_30", "reason"],
    "stage_of_change": ["school", "leaving"],
    "follow_up": [
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
    ],
}
CHOICES = ["just_right", "too_much", "coping", "peer", "nothing"]
_ANSWER = {
    "youth_survey": st.integers(1, 5),
    "staff_survey": st.integers(1, 5),
    "cats2": st.sampled_from([10, 20, 21, 22, 31, 40]),
    "cries8": st.sampled_from([10, 20, 30]),
    "use_report": st.integers(0, 30),
    "stage_of_change": st.integers(0, 5),
    "follow_up": st.integers(0, 5),
}


@st.composite
def responses(draw: st.DrawFn) -> list[Row]:
    """Whole forms: all items of one form carry one young person and mostly one day."""
    rows: list[Row] = []
    for response in range(draw(st.integers(0, 14))):
        form = draw(st.sampled_from([*FORMS]))
        child, day = draw(maybe(CHILD)), draw(maybe(DAY))
        value = _ANSWER.get(form, st.integers(0, 3))
        items = st.lists(
            st.sampled_from(FORMS[form]), unique=True, min_size=1, max_size=8
        )
        complete = draw(st.booleans()) and len(FORMS[form]) <= 13
        rows += [
            {
                **dict.fromkeys(TABLES["form_answer"].columns),
                "response_id": str(response),
                "child_id": child,
                "form": form,
                "item": item,
                "answered_date": day,
                "value": draw(maybe(value)),
                "choice": draw(maybe(st.sampled_from(CHOICES))),
            }
            for item in (FORMS[form] if complete else draw(items))
        ]
    return rows


def number(low: float, high: float) -> Strategy:
    """A number or nothing."""
    return maybe(st.integers(int(low), int(high)).map(float))


def record(table: str, **columns: Strategy) -> Strategy:
    """A row with codes wherever the contract has them."""
    coded = {
        name: code(column.codes)
        for name, column in TABLES[table].columns.items()
        if column.codes is not None
    }
    dated = {
        name: maybe(DAY)
        for name in TABLES[table].columns
        if name.endswith("_date") or name == "week_start"
    }
    return st.fixed_dictionaries({"child_id": CHILD, **coded, **dated, **columns})


AGENCY = maybe(st.sampled_from(["health", "school"]))
ID = st.integers(1, 12).map(str)
ROWS: dict[str, Strategy] = {
    "fact": fact(),
    "protocol_event": protocol_event(),
    "health_event": record(
        "health_event",
        kind=st.sampled_from([*codelists.HEALTH_EVENT_KIND]),
        days=number(0, 9),
        wanted=YES_NO,
        intended=YES_NO,
        provider=maybe(st.sampled_from(["p1", "p2"])),
    ),
    "medication": record("medication", drug=maybe(st.sampled_from(["x", "y", "z"]))),
    "school_term": record(
        "school_term",
        enrolled_days=number(0, 90),
        credits=number(0, 30),
        exclusions=number(0, 3),
    ),
    "work_step": record("work_step", step=maybe(st.integers(0, 5))),
    "arrest": record("arrest"),
    "activity": record(
        "activity",
        kind=st.sampled_from([*codelists.ACTIVITY_KIND, "contact", "contact", "mdt"]),
        status=st.sampled_from(["completed", "completed", "scheduled", "missed", None]),
        channel=st.sampled_from(["in_person", "in_person", "phone", None]),
        agency=AGENCY,
        wanted=YES_NO,
        reason=maybe(
            st.sampled_from(
                [*codelists.PLACEMENT_REASON, "consent", "clear", "initial", "error_open"]
            )
        ),
        meeting_id=maybe(st.sampled_from(["m1", "m2"])),
    ),
    "referral_stage": st.fixed_dictionaries(
        {
            "child_id": CHILD,
            "referral_id": st.sampled_from(["r1", "r2", "r3", "r4"]),
            "stage": st.sampled_from([*codelists.REFERRAL_STAGE]),
            "reached_at": maybe(INSTANT),
            "outcome": maybe(st.just("told")),
        }
    ),
    "goal": record(
        "goal",
        domain=st.sampled_from(["education", "health", None]),
        first_rating=number(0, 3),
        latest_rating=number(0, 3),
    ),
    "action_step": record(
        "action_step",
        goal_id=maybe(ID),
        kind=st.sampled_from(["tie_removal", None]),
        agency=AGENCY,
    ),
    "service_referral": record(
        "service_referral",
        service=st.sampled_from(["mental_health", "substance_use", "housing", None]),
        wanted=YES_NO,
        outcome=maybe(st.just("began")),
    ),
    "service": record("service", service_referral_id=maybe(ID)),
    "staff": st.fixed_dictionaries(
        {"start_date": maybe(DAY), "end_date": maybe(DAY)}
    ),
    "training": st.fixed_dictionaries(
        {
            "staff_id": ID,
            "topic": st.sampled_from(
                ["harm_reduction", "culture", "csec_101", "csec_102", "other"]
            ),
            "hours": number(0, 50),
            "completed_date": maybe(DAY),
        }
    ),
    "wellness": st.fixed_dictionaries(
        {
            "kind": st.sampled_from([*codelists.WELLNESS_KIND]),
            "report_date": maybe(DAY),
            "progress": number(1, 5),
        }
    ),
    **{
        name: st.fixed_dictionaries({**COLUMNS[name], "child_id": CHILD})
        for name in ("removal", "placement", "concern", "case_open")
    },
}


@st.composite
def school_weeks(draw: st.DrawFn) -> list[Row]:
    """Weeks of a few young people, in a row from some day."""
    rows: list[Row] = []
    for child in ("a", "b"):
        start = draw(DAY) - timedelta(days=draw(st.integers(0, 200)))
        for week in range(draw(st.sampled_from([0, 3, 15, 16, 17, 20]))):
            rows.append(
                {
                    "child_id": child,
                    "week_start": start + timedelta(days=7 * week),
                    "days_attended": draw(number(0, 5)),
                    "setting": draw(st.sampled_from(["community", "detention", None])),
                }
            )
    return [{**row, "week_id": f"{n:03}"} for n, row in enumerate(rows)]


def numbered(table: str, rows: list[Row]) -> list[Row]:
    """Rows with every column, and keys that sort as text."""
    empty = dict.fromkeys(TABLES[table].columns)
    key = TABLES[table].key[0]
    return [{**empty, key: str(n), **row} for n, row in enumerate(rows, start=1)]


def filled(table: str, most: int) -> Strategy:
    """Rows of one table."""
    if table == "form_answer":
        return responses()
    if table == "school_week":
        return school_weeks().map(lambda rows: numbered("school_week", rows))
    return st.lists(ROWS[table], max_size=most).map(lambda rows: numbered(table, rows))


def children() -> Strategy:
    """A record for each young person but one."""
    return st.tuples(BIRTH, BIRTH, BIRTH).map(
        lambda born: numbered(
            "child",
            [
                {"child_id": child, "birth_date": day}
                for child, day in zip("abc", born, strict=True)
            ],
        )
    )


def extracts(*tables: str, most: int = 20) -> st.SearchStrategy[Mapping[str, list[Row]]]:
    """Whole extracts with these tables filled."""
    some = {name: filled(name, most) for name in tables}
    return st.fixed_dictionaries({"child": children(), **some}).map(
        lambda found: {name: found.get(name, []) for name in TABLES}
    )
