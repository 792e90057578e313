"""MH-1, MH-2: traumatic stress, by the same questions at first and the latest time."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.answers import first_and_latest, ratings
from alongside.measures.definition import PERCENT, Better, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import also, example, indicator
from alongside.measures.options import Options
from alongside.measures.paired import TOWARD_THE_MIDDLE
from alongside.measures.parts import parts

# Totals at or above these mean clinical concern; only published ones are here.
CUT_OFFS = {"cats": 21.0, "cats2": 21.0}
FORMS = ("cats", "cats2", "cries8", "cpss5", "pcl5", "ptsd_ri")


def totals(frames: Frames, window: Window) -> ir.Table:
    """First and latest total of each young person on each form."""
    every = [
        ratings(frames, form, ["total"]).mutate(form=ibis.literal(form))
        for form in FORMS
    ]
    return first_and_latest(frames, window, ibis.union(*every), ("child_id", "form"))


def reliably_changed(frames: Frames, window: Window, *, sign: int) -> ir.Table:
    """Pairs whose change is larger than chance, for the better (-1) or worse (1)."""
    pairs = totals(frames, window)
    given = dict(frames.options.reliable_change)
    cases = [(pairs.form == form, threshold) for form, threshold in given.items()]
    least = ibis.cases(*cases) if cases else ibis.null("float64")
    pairs = pairs.mutate(least=least)
    told = pairs.latest.notnull() & pairs.least.notnull()
    change = sign * (pairs.latest - pairs.first)
    return parts(
        pairs,
        day=pairs.day,
        numerator=told & (change >= pairs.least),
        denominator=told,
        unknown=~told,
    )


def below_cut_off(frames: Frames, window: Window) -> ir.Table:
    """Pairs that began at or above the cut-off, and are below it now."""
    pairs = totals(frames, window)
    cases = [(pairs.form == form, cut) for form, cut in CUT_OFFS.items()]
    pairs = pairs.mutate(cut=ibis.cases(*cases))
    pairs = pairs.filter(pairs.first >= pairs.cut)
    again = pairs.latest.notnull()
    return parts(
        pairs,
        day=pairs.day,
        numerator=again & (pairs.latest < pairs.cut),
        denominator=again,
        unknown=~again,
    )


_ANSWERS = """
    response_id child_id form  item  answered_date value
    1           a        cats2 total 2022-10-05    40
    2           a        cats2 total 2023-04-05    18
    3           b        cats2 total 2022-10-05    30
    4           b        cats2 total 2023-04-05    {later}
"""
_PAIRS = "Young people with a first and a later total on the same form."
_OWN = Options(reliable_change=(("cats2", 10.0),))


def _changed(suffix: str, sign: int, better: Better) -> Measure:
    verb = "improved" if sign < 0 else "worsened"
    return indicator(
        f"MH-1{suffix}",
        title=f"Traumatic stress reliably {verb}",
        question=f"Whose traumatic stress {verb} by more than chance?",
        why="Young people's own account of how they are.",
        numerator=f"Those whose total {verb} by at least the reliable change.",
        denominator=_PAIRS,
        unit=PERCENT,
        needs=("form_answer",),
        compute=partial(reliably_changed, sign=sign),
        unknown=(
            "Pairs on a form for which no reliable change was given, and young people"
            " without a later total in the period."
        ),
        cautions=(
            "The reliable change of each form is an option that whoever computes gives;"
            " none is assumed. Without it every pair is unknown.",
            TOWARD_THE_MIDDLE,
        ),
        better=better,
        example=example(
            "a reliable change of 10: one of two",
            form_answer=_ANSWERS.format(later=45),
            options=_OWN,
            expect=(1, 2),
        ),
    )


MEASURES: list[Measure] = [
    _changed("", -1, Better.UP),
    _changed(".worsened", 1, Better.DOWN),
    indicator(
        "MH-2",
        question="Who was above the cut-off at first and is below it now?",
        why="Below the cut-off, everyday life is usually within reach.",
        numerator="Those below the cut-off the latest time in the period.",
        denominator="Those at or above it at first, with a later total.",
        unit=PERCENT,
        needs=("form_answer",),
        compute=below_cut_off,
        unknown="Those at or above it at first, without a later total in the period.",
        cautions=("Only forms with a published cut-off: CATS, 21.", TOWARD_THE_MIDDLE),
        example=example(
            "one of two",
            form_answer=_ANSWERS.format(later=21),
            expect=(1, 2),
        ),
    ),
]
MEASURES += [
    also(MEASURES[0], "PX-8"),
    also(MEASURES[2], "PX-8.below_cut_off", title="Traumatic stress below the cut-off"),
]
