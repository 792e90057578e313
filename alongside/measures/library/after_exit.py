"""LT-*: how young people are 6 and 12 months after the unit, as far as is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import ibis.expr.types as ir

from alongside.measures.answers import AGREE, ratings
from alongside.measures.days import FAR, plus_days, plus_months
from alongside.measures.definition import MEAN, PERCENT, SCORE, Measure, Unit
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator
from alongside.measures.library.safety import EXPLOITED, KNOWN
from alongside.measures.parts import parts
from alongside.measures.programme import attach, enrolled, facts, mark, seen

AROUND = 45  # days before or after the anniversary in which an answer still counts
HORIZONS = (12, 6)
SUFFICIENCY = ("housing", "income", "documents", "accounts")
Score = Callable[[ir.Table], ir.Value]


def left(frames: Frames, window: Window, months: int) -> ir.Table:
    """Those whose anniversary of leaving falls in the window, if they stayed away."""
    e = enrolled(frames)
    gone = e.filter(e.end < FAR)
    gone = gone.select("child_id", gone="end", day=plus_months(gone.end, months))
    gone = gone.filter(seen(frames, window, gone.day))
    gone = mark(
        gone,
        "back",
        e,
        lambda g, o: [
            g.child_id == o.o_child_id,
            o.o_start >= g.gone,
            o.o_start <= g.day,
        ],
        ("child_id", "gone"),
    )
    return gone.filter(~gone.back).drop("back")


def asked(
    frames: Frames,
    window: Window,
    *,
    months: int,
    items: Sequence[str],
    score: Score,
) -> ir.Table:
    """Everyone's answers around the anniversary; who was not reached is unknown."""
    people = left(frames, window, months)
    people = attach(
        people,
        ratings(frames, "follow_up", items),
        lambda p, o: [
            p.child_id == o.o_child_id,
            o.o_day >= plus_days(p.day, -AROUND),
            o.o_day <= plus_days(p.day, AROUND),
        ],
        ("child_id", "gone"),
        answered=lambda both: both.o_item.nunique(),
        highest=lambda both: both.o_value.max(),
        yes=lambda both: both.o_item.nunique(where=both.o_value >= 1),
    )
    told = (people.answered == len(items)).fill_null(False)
    amount = score(people)
    if amount.type().is_boolean():  # PostgreSQL makes no number of yes and no
        amount = amount.ifelse(1, 0)
    return parts(
        people,
        day=people.day,
        numerator=told.ifelse(amount.cast("float64"), 0.0),
        denominator=told,
        unknown=~told,
    )


def free(frames: Frames, window: Window, *, months: int) -> ir.Table:
    """Those of whom something is known since they left, and without exploitation."""
    people, key = left(frames, window, months), ("child_id", "gone")
    f = facts(frames, "exploitation")

    def since(p: ir.Table, o: ir.Table) -> list[ir.BooleanValue]:
        return [p.child_id == o.o_child_id, o.o_start < p.day, o.o_end > p.gone]

    people = mark(people, "recorded", f.filter(f.value.isin(KNOWN)), since, key)
    people = mark(people, "status", f.filter(f.value.isin(EXPLOITED)), since, key)
    c = frames.concerns
    people = mark(
        people,
        "concern",
        c.filter(c.kind.isin(EXPLOITED)).select("child_id", "happened"),
        lambda p, o: [
            p.child_id == o.o_child_id,
            o.o_happened >= p.gone,
            o.o_happened < p.day,
        ],
        key,
    )
    harmed = people.status | people.concern
    told = people.recorded | harmed
    return parts(
        people,
        day=people.day,
        numerator=told & ~harmed,
        denominator=told,
        unknown=~told,
    )


def _answer(p: ir.Table) -> ir.Value:
    return p.highest


def _count(p: ir.Table) -> ir.Value:
    return p.yes


def _yes(p: ir.Table) -> ir.Value:
    return p.highest >= 1


def _no(p: ir.Table) -> ir.Value:
    return p.highest < 1


def _agrees(p: ir.Table) -> ir.Value:
    return p.highest >= AGREE


def _name(id_: str, months: int) -> str:
    if months == HORIZONS[0]:
        return id_
    return f"{id_}{'_' if '.' in id_ else '.'}{months}m"


def _exits(months: int) -> str:
    gone = "2022-04-01" if months == 12 else "2022-10-01"
    return f"""
        child_id kind value start_date end_date
        a        unit u1    2020-01-01 {gone}
        b        unit u1    2020-01-01 {gone}
        c        unit u1    2020-01-01 {gone}
    """


_REACHED = (
    "Young people who left the unit {months} months before, in the period, and were"
    " reached."
)
_CAUTIONS = (
    "Those who can be reached are likely to be doing better: read the share unknown.",
    f"An answer up to {AROUND} days before or after the day counts; without several"
    " answers the highest does.",
)


def _asked(
    id_: str,
    title: str,
    question: str,
    numerator: str,
    items: Sequence[str],
    score: Score,
    answers: tuple[int, int],
    expect: float,
    unit: Unit = PERCENT,
) -> list[Measure]:
    rows = [f"1 a follow_up {item} 2023-04-05 {answers[0]}" for item in items]
    rows += [f"2 b follow_up {item} 2023-04-05 {answers[1]}" for item in items]
    text = "\n".join(["response_id child_id form item answered_date value", *rows])
    return [
        indicator(
            _name(id_, months),
            title=title + ("" if months == HORIZONS[0] else f", {months} months on"),
            question=question,
            why="What lasts after the unit is what it was for.",
            numerator=numerator,
            denominator=_REACHED.format(months=months),
            unit=unit,
            needs=("fact", "form_answer"),
            compute=partial(asked, months=months, items=tuple(items), score=score),
            unknown="Those who left then and were not reached.",
            cautions=_CAUTIONS,
            example=example(
                "two reached, one not",
                fact=_exits(months),
                form_answer=text,
                expect=(expect, 2),
                unknown=1,
            ),
        )
        for months in HORIZONS
    ]


def _free(months: int) -> Measure:
    return indicator(
        _name("LT-2", months),
        title="Free of exploitation"
        + ("" if months == HORIZONS[0] else f", {months} months on"),
        question="Who has stayed free of exploitation since leaving the unit?",
        why="It is what everyone hopes for.",
        numerator="Those without suspected or confirmed exploitation since.",
        denominator=(
            f"Young people who left {months} months before, in the period, and of whom"
            " something is recorded since."
        ),
        unit=PERCENT,
        needs=("fact", "concern"),
        compute=partial(free, months=months),
        unknown="Those who left then and of whom nothing is recorded since.",
        cautions=("No record is not the same as safety: read the share unknown.",),
        example=example(
            "one free, one not, one unknown",
            fact=_exits(months) + " a exploitation none 2022-12-01 -",
            concern="""
                child_id kind      identified_date
                b        confirmed 2023-01-01
            """,
            expect=(1, 2),
            unknown=1,
        ),
    )


MEASURES: list[Measure] = [
    *_asked(
        "LT-1",
        "Education, training or work",
        "Are young people in education, training or work after the unit?",
        "Those who say yes.",
        ("education_or_work",),
        _yes,
        (1, 0),
        1,
    ),
    *map(_free, HORIZONS),
    *_asked(
        "LT-3",
        "Housing, income, documents and accounts",
        "Can young people stand on their own feet?",
        "Of four things, those each one has.",
        SUFFICIENCY,
        _count,
        (1, 0),
        4,
        MEAN,
    ),
    *_asked(
        "LT-3.agency",
        "In control of one's own life",
        "Do young people feel in control of their own lives?",
        "Their answers, 1 to 5, added up.",
        ("in_control",),
        _answer,
        (4, 2),
        6,
        SCORE,
    ),
    *_asked(
        "LT-4",
        "No unmet health need",
        "Do young people get the care they need after the unit?",
        "Those without an unmet need.",
        ("unmet_health_need",),
        _no,
        (1, 0),
        1,
    ),
    *_asked(
        "LT-4.access",
        "Knows where to get care",
        "Do young people know where to get care after the unit?",
        "Those who do.",
        ("knows_where_to_get_care",),
        _yes,
        (1, 0),
        1,
    ),
    *_asked(
        "LT-5",
        "Someone to turn to",
        "Is there an adult outside the unit to turn to?",
        "Those who name at least one.",
        ("adults_outside_unit",),
        _yes,
        (2, 0),
        1,
    ),
    *_asked(
        "LT-5.leaving",
        "Can leave unhealthy ties",
        "Can young people leave ties that harm them?",
        "Those who agree or strongly agree.",
        ("can_leave_unhealthy_ties",),
        _agrees,
        (4, 3),
        1,
    ),
    *_asked(
        "LT-6",
        "Knows where to go for help",
        "Do young people know where to go for help?",
        "Those who agree or strongly agree.",
        ("knows_where_to_go",),
        _agrees,
        (4, 3),
        1,
    ),
    *_asked(
        "LT-6.belonging",
        "A sense of belonging",
        "Do young people feel that they belong?",
        "Those who agree or strongly agree.",
        ("belongs",),
        _agrees,
        (5, 2),
        1,
    ),
]
