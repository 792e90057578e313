"""Young people's own answers: PS-6, WK-4, AG-1, AG-6, LF-5, FD-10, FD-13 to FD-15."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import ibis.expr.types as ir

from alongside.measures.answers import (
    CULTURE,
    EMPOWERMENT,
    ENGAGEMENT,
    HOPE,
    VOICE,
    agrees,
    average,
    chosen,
    first_and_latest,
    ratings,
    scored,
)
from alongside.measures.definition import COUNT, PERCENT, SCORE, Measure, Summary
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import also, example, indicator, quartiles
from alongside.measures.paired import TOWARD_THE_MIDDLE
from alongside.measures.parts import parts
from alongside.measures.programme import activities, seen

FORM = "youth_survey"
ANONYMOUS = "Anonymous answers have no group; fewer than 11 are never published."
_UNKNOWN = "Surveys in which it was skipped."


def hope_change(frames: Frames, window: Window) -> ir.Table:
    """Mean of the hope items, the latest survey less the first, where named."""
    a = ratings(frames, FORM, HOPE)
    each = a.group_by("child_id", "response_id").aggregate(
        day=a.day.min(), value=a.value.mean()
    )
    pairs = first_and_latest(frames, window, each, ("child_id",))
    again = pairs.latest.notnull()
    return parts(
        pairs,
        day=pairs.day,
        numerator=again.ifelse(pairs.latest - pairs.first, 0.0),
        denominator=again,
        unknown=~again,
    )


def attended(frames: Frames, window: Window) -> ir.Table:
    """Empowerment events that young people attended."""
    a = activities(frames, "empowerment")
    a = a.filter(seen(frames, window, a.day))
    return parts(a, day=a.day, numerator=1)


def _survey(item: str, values: Sequence[object]) -> str:
    rows = [f"{n} {FORM} {item} 2023-02-01 {v}" for n, v in enumerate(values, start=1)]
    return "\n".join(["response_id form item answered_date value", *rows])


def _agreement(id_: str, item: str, question: str, why: str) -> Measure:
    return indicator(
        id_,
        question=question,
        why=why,
        numerator="Those who agree or strongly agree.",
        denominator="Surveys in the period in which it was answered.",
        unit=PERCENT,
        needs=("form_answer",),
        compute=partial(scored, form=FORM, items=(item,), score=agrees),
        unknown=_UNKNOWN,
        cautions=(ANONYMOUS,),
        example=example(
            "two of three agree, and one skipped it",
            form_answer=_survey(item, [4, 5, 3, "-"]),
            expect=(2, 3),
            unknown=1,
        ),
    )


def _three_surveys(items: Sequence[str]) -> str:
    rows = [f"1 {FORM} {item} 2023-02-01 4" for item in items]
    rows += [f"2 {FORM} {item} 2023-02-01 2" for item in items]
    rows += [f"3 {FORM} {items[0]} 2023-02-01 5"]
    return "\n".join(["response_id form item answered_date value", *rows])


def _scale(
    id_: str,
    items: Sequence[str],
    least: int,
    question: str,
    why: str,
    *,
    title: str = "",
    high: bool = False,
) -> Measure:
    return indicator(
        id_,
        title=title,
        question=question,
        why=why,
        numerator="Those whose mean is 4 or more."
        if high
        else "The mean of the items answered in each survey, added up.",
        denominator=(
            f"Surveys in the period with at least {least} of {len(items)} answered."
        ),
        unit=PERCENT if high else SCORE,
        needs=("form_answer",),
        compute=partial(
            scored,
            form=FORM,
            items=tuple(items),
            score=agrees if high else average,
            least=least,
        ),
        unknown="Surveys with fewer items answered.",
        cautions=(ANONYMOUS,),
        example=example(
            "one survey of 4, one of 2, and one hardly answered",
            form_answer=_three_surveys(items),
            expect=(1 if high else 6, 2),
            unknown=1,
        ),
    )


MEASURES: list[Measure] = [
    _agreement(
        "PS-6",
        "safe_where_living",
        "Do young people feel safe where they live?",
        "Only they can say.",
    ),
    _agreement(
        "WK-4",
        "knows_someone_in_field",
        "Do young people know someone in a field they care about?",
        "A person opens doors that a program cannot.",
    ),
    _scale(
        "AG-1",
        VOICE,
        4,
        "Do young people have a voice and a choice?",
        "Control over one's own life is what was taken.",
    ),
    _scale(
        "AG-1.high",
        VOICE,
        4,
        "How many young people say that they have a voice and a choice?",
        "A mean can hide those who are not heard.",
        title="Voice and choice of 4 or more",
        high=True,
    ),
    _scale(
        "AG-6",
        HOPE,
        2,
        "Are young people hopeful, and can they ask for help?",
        "Hope comes before most other changes.",
    ),
    *quartiles(
        indicator(
            "AG-6.change",
            title="Change in hope",
            question="Are young people more hopeful than at first?",
            why="Hope comes before most other changes.",
            numerator="Mean of the latest survey less the first one, each.",
            denominator="Young people who answered by name at least twice.",
            unit=SCORE,
            needs=("form_answer",),
            compute=hope_change,
            unknown="Young people without a later survey in the period.",
            cautions=("Anonymous surveys cannot be paired.", TOWARD_THE_MIDDLE),
            summary=Summary.MEDIAN,
            example=example(
                "from 2 to 4",
                form_answer="""
                    response_id child_id form         item    answered_date value
                    1           a        youth_survey hopeful 2022-10-05    2
                    2           a        youth_survey hopeful 2023-05-05    4
                """,
                expect=(2, 1),
            ),
        )
    ),
    _agreement(
        "LF-5",
        "money_for_needs",
        "Do young people have the money for what they need?",
        "Being in need of money is how many are drawn in.",
    ),
    _scale(
        "FD-10",
        ENGAGEMENT,
        2,
        "Do young people feel that their worker is building a relationship?",
        "Trust is what the rest of the program works through.",
    ),
    indicator(
        "FD-10.contact_just_right",
        title="Contact just right",
        question="Is the worker in touch as much as the young person wants?",
        why="Too much and too little both push people away.",
        numerator="Those who say: just the right amount.",
        denominator="Surveys in the period in which it was answered.",
        unit=PERCENT,
        needs=("form_answer",),
        compute=partial(chosen, form=FORM, item="contact_amount", choice="just_right"),
        unknown=_UNKNOWN,
        cautions=(ANONYMOUS,),
        example=example(
            "one of two; a third skipped it",
            form_answer="""
                response_id form         item           answered_date choice
                1           youth_survey contact_amount 2023-02-01    just_right
                2           youth_survey contact_amount 2023-02-01    not_enough
                3           youth_survey contact_amount 2023-02-01    -
            """,
            expect=(1, 2),
            unknown=1,
        ),
    ),
    _scale(
        "FD-14",
        EMPOWERMENT,
        2,
        "Do young people feel their own strength?",
        "Setting goals and seeing them met is how it grows.",
    ),
    indicator(
        "FD-14.events",
        title="Empowerment events attended",
        question="How often did young people attend an empowerment event?",
        why="A room of people who have come through is hope with faces.",
        numerator="Attendances in the period.",
        denominator="The same attendances.",
        unit=COUNT,
        needs=("activity",),
        compute=attended,
        summary=Summary.COUNT,
        example=example(
            "two attendances",
            activity="""
                child_id kind        status    activity_date
                a        empowerment completed 2023-01-05
                b        empowerment completed 2023-01-05
                b        empowerment missed    2023-02-05
            """,
            expect=(2, 2),
        ),
    ),
    _scale(
        "FD-15",
        CULTURE,
        4,
        "Are culture, history and gender respected?",
        "Being seen as oneself is part of being safe.",
    ),
]
MEASURES.append(also(MEASURES[2], "FD-13"))
