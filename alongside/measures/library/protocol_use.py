"""FD-16 to FD-19: whether each protocol is used for those it is meant for."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.days import FAR
from alongside.measures.definition import PERCENT, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import also, example, indicator
from alongside.measures.library.protocols import (
    EXAM,
    MISSING,
    NOTIFIED,
    RECOVERIES,
    events,
    in_window,
    timely,
    within,
)
from alongside.measures.library.safety import away_episodes
from alongside.measures.parts import parts
from alongside.measures.programme import (
    clipped,
    last_day,
    mark,
    periods,
    same_child,
    seen,
)

ADVOCATE_MINUTES = 90


def started(frames: Frames, window: Window, *, protocol: str) -> ir.Table:
    """Events for which the protocol was started."""
    p = in_window(frames, window, protocol)
    return parts(p, day=p.day, numerator=p.started_at.notnull())


def detained(frames: Frames, window: Window) -> ir.Table:
    """Young people detained with a concern, and those with the protocol started."""
    until = last_day(frames, window)
    d = clipped(periods(frames, "detention"), window.start, until)
    d = d.group_by("child_id").aggregate(day=d.start.min())
    c = frames.concerns
    d = mark(
        d, "concern", c.filter(c.identified_date < until), same_child, ["child_id"]
    )
    d = d.filter(d.concern)
    p = in_window(frames, window, "detention")
    p = p.filter(p.started_at.notnull()).select("child_id")
    d = mark(d, "protocol", p, same_child, ["child_id"])
    return parts(d, day=d.day, numerator=d.protocol)


def testifying(frames: Frames, window: Window) -> ir.Table:
    """Young people asked to testify, and the protocol started for them by the end."""
    a = frames["activity"]
    a = a.filter(
        a.kind == "testimony",
        (a.status != "cancelled").fill_null(True),
        seen(frames, window, a.activity_date),
    )
    people = a.group_by("child_id").aggregate(day=a.activity_date.min())
    p = events(frames, "witness")
    p = p.filter(p.started_at.notnull(), p.day < last_day(frames, window))
    people = mark(people, "protocol", p.select("child_id"), same_child, ["child_id"])
    return parts(people, day=people.day, numerator=people.protocol)


def located(frames: Frames, window: Window) -> ir.Table:
    """Times away that began in the window, and the protocol started during them."""
    a = away_episodes(frames)
    a = a.filter(seen(frames, window, a.start))
    p = events(frames, "locate")
    p = p.filter(p.started_at.notnull()).select("child_id", "day")
    a = mark(
        a,
        "protocol",
        p,
        lambda a, o: [
            a.child_id == o.o_child_id,
            o.o_day >= a.start,
            (o.o_day < a.end) | (a.end == ibis.literal(FAR)),
        ],
        ("child_id", "start"),
    )
    return parts(a, day=a.start, numerator=a.protocol)


def debriefed(frames: Frames, window: Window) -> ir.Table:
    """Returns in the window, and whether somebody talked it over."""
    p = events(frames, "locate")
    p = p.mutate(back=p.returned_at.date())
    p = p.filter(seen(frames, window, p.back))
    return parts(p, day=p.back, numerator=p.debriefed_at.notnull())


MEASURES: list[Measure] = [
    indicator(
        "FD-16",
        question="When law enforcement finds a young person, is the protocol used?",
        why="A young person in danger is met by help and not by handcuffs.",
        numerator="Those for which the protocol was started.",
        denominator="Recoveries in the period.",
        unit=PERCENT,
        needs=("protocol_event",),
        compute=partial(started, protocol="first_responder"),
        example=example("two of three", protocol_event=RECOVERIES, expect=(2, 3)),
    ),
    timely(
        "FD-16.advocate_90_minutes",
        "Advocate there within 90 minutes",
        "Does an advocate arrive within 90 minutes?",
        "Somebody on their side, before anything else is asked.",
        "Those where an advocate arrived within 90 minutes.",
        "Recoveries in the period.",
        partial(
            within,
            protocol="first_responder",
            ends=("advocate_at",),
            minutes=ADVOCATE_MINUTES,
        ),
        RECOVERIES,
        (1, 3),
    ),
    also(EXAM, "FD-16.exam_72_hours", title="Examination within 72 hours"),
    indicator(
        "FD-17",
        question="Is the detention protocol used for those it is meant for?",
        why="Detention must not be where help stops.",
        numerator="Those for whom the protocol was started in the period.",
        denominator="Young people detained in the period with any concern by its end.",
        unit=PERCENT,
        needs=("fact", "concern", "protocol_event"),
        compute=detained,
        example=example(
            "one of two; the third has no concern",
            fact="""
                child_id kind      start_date end_date
                a        detention 2023-01-01 2023-01-20
                b        detention 2023-01-01 2023-01-20
                c        detention 2023-01-01 2023-01-20
            """,
            concern="""
                child_id kind      identified_date
                a        confirmed 2022-01-01
                b        suspected 2022-01-01
            """,
            protocol_event="""
                child_id protocol  occurred_at      started_at
                a        detention 2023-01-02T10:00 2023-01-02T12:00
                c        detention 2023-01-02T10:00 2023-01-02T12:00
            """,
            expect=(1, 2),
        ),
    ),
    indicator(
        "FD-18",
        question="Is the testimony protocol used for those who are called?",
        why="Preparation and company make testifying bearable.",
        numerator="Those for whom the protocol was started by then.",
        denominator="Young people called to testify in the period.",
        unit=PERCENT,
        needs=("activity", "protocol_event"),
        compute=testifying,
        example=example(
            "one of two",
            activity="""
                child_id kind      status    activity_date
                a        testimony completed 2023-02-01
                b        testimony scheduled 2023-02-01
            """,
            protocol_event="""
                child_id protocol occurred_at      started_at
                a        witness  2023-01-02T10:00 2023-01-02T12:00
            """,
            expect=(1, 2),
        ),
    ),
    indicator(
        "FD-19",
        question="When a young person leaves, is the search protocol started?",
        why="Being looked for tells someone that they matter.",
        numerator="Those during which the protocol was started.",
        denominator="Times away without permission that began in the period.",
        unit=PERCENT,
        needs=("fact", "protocol_event"),
        compute=located,
        example=example(
            "one of two",
            fact="""
                child_id kind start_date end_date
                a        away 2023-01-01 2023-01-08
                b        away 2023-02-01 2023-02-08
            """,
            protocol_event=MISSING,
            expect=(1, 2),
        ),
    ),
    also(NOTIFIED, "FD-19.notified_24_hours", title="Notice given in 24 hours"),
    indicator(
        "FD-19.debriefed",
        title="Talked over after the return",
        question="After a return, does somebody talk it over?",
        why="What made someone leave is the key to the next time.",
        numerator="Those after which the debrief was done.",
        denominator="Returns in the period.",
        unit=PERCENT,
        needs=("protocol_event",),
        compute=debriefed,
        cautions=(
            "No public deadline was found: any debrief by the as-of date counts.",
        ),
        example=example(
            "one of two",
            protocol_event="""
                child_id protocol occurred_at      returned_at      debriefed_at
                a        locate   2023-01-02T10:00 2023-01-08T12:00 2023-01-09T12:00
                b        locate   2023-01-02T10:00 2023-01-08T12:00 -
            """,
            expect=(1, 2),
        ),
    ),
]
