"""AG-3, SX-3 to SX-5: young parents and what they have; papers of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.codelists import VITAL_DOCUMENT
from alongside.measures.definition import (
    MEAN,
    PER_100_YEARS,
    PERCENT,
    Better,
    Measure,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator
from alongside.measures.library.routine_care import IN_CARE, WITH_UNIT, in_care_at_end
from alongside.measures.parts import parts
from alongside.measures.programme import (
    attach,
    final_day,
    mark,
    on_day,
    rate,
    same_child,
    seen,
    with_unit,
)

TOGETHER, APART = "wanted_and_together", "wanted_and_apart"
SUPPORTS = ("prenatal", "parenting_plan", "child_care", "legal", "housing")


def unintended(frames: Frames, window: Window) -> ir.Table:
    """Pregnancies not intended, over years with a unit; intention may be unknown."""
    h = frames["health_event"]
    h = h.filter(h.kind == "pregnancy")
    told = h.filter(~h.intended).select(
        "child_id", day="identified_date", amount=ibis.literal(1)
    )
    untold = h.filter(h.intended.isnull(), seen(frames, window, h.identified_date))
    return rate(frames, window, told).union(
        parts(
            untold,
            day=untold.identified_date,
            numerator=0,
            denominator=0,
            unknown=1,
        )
    )


def with_own_child(frames: Frames, window: Window) -> ir.Table:
    """Young parents in care who want to live with their child, and those who do."""
    care = in_care_at_end(frames, window)
    f = on_day(frames, final_day(frames, window), "with_own_child")
    f = f.filter(f.value.isin((TOGETHER, APART)))
    care = attach(
        care,
        f,
        same_child,
        ["child_id"],
        apart=lambda both: (both.o_value == APART).any(),
    )
    care = care.filter(care.apart.notnull())
    return parts(care, day=care.day, numerator=~care.apart)


def checklist(
    frames: Frames,
    window: Window,
    *,
    kind: str,
    values: Sequence[str],
    only: str | None = None,
) -> ir.Table:
    """How many of a list of things each young person with the unit has that day."""
    day = final_day(frames, window)
    people = with_unit(frames, window)
    if only is not None:
        people = mark(
            people, "one", on_day(frames, day, only), same_child, ["child_id"]
        )
        people = people.filter(people.one).drop("one")
    f = on_day(frames, day, kind)
    f = f.filter(f.value.isin(tuple(values)))
    people = attach(
        people, f, same_child, ["child_id"], held=lambda both: both.o_value.nunique()
    )
    return parts(people, day=people.day, numerator=people.held.fill_null(0))


MEASURES: list[Measure] = [
    indicator(
        "SX-3",
        question="How often do young people describe a new pregnancy as not intended?",
        why="It tells whether care of one's own choice is within reach.",
        numerator="New pregnancies described as not intended, while with the unit.",
        denominator="Days with the unit in the period, as years.",
        unit=PER_100_YEARS,
        needs=("fact", "health_event"),
        compute=unintended,
        unknown="New pregnancies for which nobody recorded what the youth says.",
        cautions=("All young people are in the denominator, whatever their gender.",),
        example=example(
            "one in two years together",
            fact=WITH_UNIT,
            health_event="""
                child_id kind      identified_date intended
                a        pregnancy 2023-01-01      no
                b        pregnancy 2023-01-01      yes
            """,
            expect=(1, 730),
        ),
    ),
    indicator(
        "SX-4",
        question="Do young parents in care live with their child when they want to?",
        why="Being together is what most young parents ask for.",
        numerator="Those who are together.",
        denominator="Young parents in care on the last day who want it.",
        unit=PERCENT,
        needs=("fact", "removal"),
        compute=with_own_child,
        example=example(
            "one of two together",
            removal=IN_CARE,
            fact="""
                child_id kind           value               start_date
                a        with_own_child wanted_and_together 2023-01-01
                b        with_own_child wanted_and_apart    2023-01-01
            """,
            expect=(1, 2),
        ),
    ),
    indicator(
        "SX-5",
        question="How many supports do expecting and parenting young people have?",
        why="Raising a child takes more than one kind of help.",
        numerator="Of care, plan, child care, legal help and housing: those in place.",
        denominator="Expecting and parenting young people with the unit that day.",
        unit=MEAN,
        needs=("fact",),
        compute=partial(
            checklist,
            kind="family_support",
            values=SUPPORTS,
            only="expecting_or_parenting",
        ),
        example=example(
            "two of five supports; the other young person is no parent",
            fact=WITH_UNIT
            + """
                a expecting_or_parenting parenting  2023-01-01 -
                a family_support         child_care 2023-01-01 -
                a family_support         legal      2023-01-01 -
            """,
            expect=(2, 1),
        ),
    ),
    indicator(
        "AG-3",
        question="How many of their vital documents do young people hold?",
        why="Without papers there is no job, no school and no home of one's own.",
        numerator="Of six vital documents, those each young person holds.",
        denominator="Young people with the unit on the last day.",
        unit=MEAN,
        needs=("fact",),
        compute=partial(checklist, kind="document", values=tuple(VITAL_DOCUMENT)),
        better=Better.UP,
        example=example(
            "one holds two documents, the other none",
            fact=WITH_UNIT
            + """
                a document birth_certificate 2023-01-01 -
                a document identity_card     2023-01-01 -
            """,
            expect=(2, 2),
        ),
    ),
]
