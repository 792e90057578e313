"""CANS: needs met, needs new, strengths built; first rating against the latest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import ibis.expr.types as ir

from alongside.measures.answers import first_and_latest, ratings
from alongside.measures.definition import MEAN, PERCENT, Better, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import Example, example, indicator
from alongside.measures.paired import TOWARD_THE_MIDDLE
from alongside.measures.parts import parts
from alongside.measures.programme import pick, seen

ACTIONABLE = 2  # of 0 to 3; a strength at 2 or 3 is not usable yet
BEHAVIORAL = tuple(map(str, range(1, 10)))
SELF_HARM = ("21", "22", "23")


def met(frames: Frames, window: Window, *, items: Sequence[str]) -> ir.Table:
    """Items rated 2 or 3 at first, and rated 0 or 1 the latest time."""
    rows = ratings(frames, "cans", items)
    pairs = first_and_latest(frames, window, rows, ("child_id", "item"))
    pairs = pairs.filter(pairs.first >= ACTIONABLE)
    again = pairs.latest.notnull()
    return parts(
        pairs,
        day=pairs.day,
        numerator=pairs.latest < ACTIONABLE,
        denominator=again,
        unknown=~again,
    )


def newly_actionable(frames: Frames, window: Window) -> ir.Table:
    """For each young person rated again, how many items became actionable."""
    rows = ratings(frames, "cans", BEHAVIORAL)
    pairs = first_and_latest(frames, window, rows, ("child_id", "item"))
    worse = (pairs.first < ACTIONABLE) & (pairs.latest >= ACTIONABLE)
    people = pairs.group_by("child_id").aggregate(
        day=pairs.day.max(),
        items=worse.fill_null(False).sum(),
        again=pairs.latest.count(),
    )
    return parts(
        people,
        day=people.day,
        numerator=people.items,
        denominator=people.again > 0,
        unknown=people.again == 0,
    )


def at_risk_of_self_harm(frames: Frames, window: Window) -> ir.Table:
    """Each young person's latest ratings in the window."""
    rows = ratings(frames, "cans")
    rows = rows.filter(seen(frames, window, rows.day))
    forms = rows.group_by("child_id", "response_id").aggregate(
        day=rows.day.min(),
        rated=rows.item.count(where=rows.item.isin(SELF_HARM)),
        highest=rows.value.max(where=rows.item.isin(SELF_HARM)),
    )
    latest = pick(forms, ["child_id"], forms.day.desc(), forms.response_id.desc())
    actionable = (latest.highest >= ACTIONABLE).fill_null(False)
    told = actionable | (latest.rated == len(SELF_HARM))
    return parts(
        latest,
        day=latest.day,
        numerator=actionable,
        denominator=told,
        unknown=~told,
    )


CAUTIONS = (
    "Ratings by a certified rater; items are never added into one total.",
    TOWARD_THE_MIDDLE,
    "Read it together with new actionable needs.",
)
_UNKNOWN = (
    "Actionable ones first rated in the period, or in the year before, that were not"
    " rated again in the period."
)


def _rows(*ratings_: str) -> str:
    heading = "response_id child_id form item answered_date value"
    return "\n".join([heading, *ratings_])


def _example(item: str) -> Example:
    return example(
        "one of two was met; the third was not rated again",
        form_answer=_rows(
            f"1 a cans {item} 2022-10-05 3",
            f"2 a cans {item} 2023-04-05 1",
            f"3 b cans {item} 2022-10-05 2",
            f"4 b cans {item} 2023-04-05 2",
            f"5 c cans {item} 2022-10-05 2",
        ),
        expect=(1, 2),
        unknown=1,
    )


def _met(id_: str, what: str, items: Sequence[str], why: str) -> Measure:
    built = id_ == "RL-5"
    verb = "built" if built else "met"
    state = "not yet usable" if built else "actionable"
    return indicator(
        id_,
        question=f"Of {what} that were {state} at first, how many are {verb} now?",
        why=why,
        numerator="Those rated 0 or 1 the latest time in the period.",
        denominator=f"Items rated 2 or 3 at first ({what}) and rated again.",
        unit=PERCENT,
        needs=("form_answer",),
        compute=partial(met, items=tuple(items)),
        unknown=_UNKNOWN,
        cautions=CAUTIONS,
        example=_example(items[0]),
    )


MEASURES: list[Measure] = [
    _met(
        "PH-4", "medical needs (item 18)", ["18"], "Health comes first in many plans."
    ),
    _met("PH-5", "sleep needs (item 20)", ["20"], "Sleep is where recovery shows."),
    _met(
        "MH-3",
        "behavioral and emotional needs (items 1 to 9)",
        BEHAVIORAL,
        "Each need has its own course, so each is counted.",
    ),
    indicator(
        "MH-4",
        question="How many behavioral and emotional needs are new?",
        why="Needs met say little when as many new ones appear.",
        numerator="Items rated 0 or 1 at first and 2 or 3 the latest time.",
        denominator="Young people rated again in the period.",
        unit=MEAN,
        needs=("form_answer",),
        compute=newly_actionable,
        unknown="Young people not rated again in the period.",
        better=Better.DOWN,
        example=example(
            "one new need among two young people",
            form_answer=_rows(
                "1 a cans 3 2022-10-05 0",
                "2 a cans 3 2023-04-05 2",
                "3 b cans 3 2022-10-05 2",
                "4 b cans 3 2023-04-05 2",
            ),
            expect=(1, 2),
        ),
    ),
    indicator(
        "MH-5",
        question="For how many young people is self-harm something to act on now?",
        why="Whoever is in danger must be seen at once.",
        numerator="Those with any of items 21 to 23 rated 2 or 3.",
        denominator="Young people whose latest ratings in the period tell.",
        unit=PERCENT,
        needs=("form_answer",),
        compute=at_risk_of_self_harm,
        unknown="Young people rated without all three items, and none at 2 or 3.",
        example=example(
            "one of two; the third was not fully rated",
            form_answer=_rows(
                "1 a cans 21 2023-01-05 2",
                "2 b cans 21 2023-01-05 0",
                "2 b cans 22 2023-01-05 1",
                "2 b cans 23 2023-01-05 0",
                "3 c cans 21 2023-01-05 0",
            ),
            expect=(1, 2),
            unknown=1,
        ),
    ),
    _met(
        "ED-6",
        "school needs (items 15 to 17)",
        ["15", "16", "17"],
        "School is the way to most plans of one's own.",
    ),
    _met(
        "AG-4", "decision-making needs (item 14)", ["14"], "Choices become one's own."
    ),
    _met(
        "SU-2",
        "substance-use needs (item 8)",
        ["8"],
        "It is told with special care: the item may be protected.",
    ),
    _met(
        "RB-3",
        "risk behaviors (items 26 to 28)",
        ["26", "27", "28"],
        "Behavior is a way to survive, and changes when safety comes.",
    ),
    _met(
        "RL-5",
        "strengths (items 32, 33, 36, 38, 39)",
        ["32", "33", "36", "38", "39"],
        "What carries a young person after the unit is gone.",
    ),
]
