"""AC-3, RB-5, LF-2: what called for a protocol, and how soon each thing was done."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.definition import PERCENT, Better, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator
from alongside.measures.parts import parts
from alongside.measures.programme import (
    seen,
)

EXAM_HOURS, NOTICE_HOURS = 72, 24


TIMES = (
    "started_at",
    "advocate_at",
    "exam_at",
    "law_notified_at",
    "center_notified_at",
    "returned_at",
    "debriefed_at",
)


def events(frames: Frames, protocol: str) -> ir.Table:
    """What called for a protocol, as known: its day, and times that had come."""
    p = frames["protocol_event"]
    now = ibis.timestamp(frames.as_of.isoformat() + " 00:00:00")
    p = p.filter(p.protocol == protocol, p.occurred_at < now)
    nothing = ibis.null("timestamp")
    p = p.mutate(**{name: (p[name] < now).ifelse(p[name], nothing) for name in TIMES})
    return p.mutate(day=p.occurred_at.date(), now=now)


def in_window(frames: Frames, window: Window, protocol: str) -> ir.Table:
    """Those that became known in the window."""
    p = events(frames, protocol)
    return p.filter(seen(frames, window, p.day))


def within(
    frames: Frames,
    window: Window,
    *,
    protocol: str,
    ends: tuple[str, ...],
    minutes: int,
    accepted: bool = False,
) -> ir.Table:
    """Events for which all of some things were done in time.

    Those whose time is not over, and that are not done yet, are unknown.
    """
    p = in_window(frames, window, protocol)
    untold = ibis.literal(False)
    if accepted:
        p = p.filter(p.exam_accepted.fill_null(True))
        untold = p.exam_accepted.isnull()
    by = p.occurred_at + ibis.interval(minutes=minutes)
    done, in_time = ibis.literal(True), ibis.literal(True)
    for name in ends:
        done = done & p[name].notnull()
        in_time = in_time & (p[name] <= by).fill_null(False)
    settled = ~untold & (done | (by < p.now))
    return parts(
        p,
        day=p.day,
        numerator=settled & in_time,
        denominator=settled,
        unknown=~settled,
    )


def declined(frames: Frames, window: Window) -> ir.Table:
    """Recoveries where the young person did not want to be examined."""
    p = in_window(frames, window, "first_responder")
    told = p.exam_accepted.notnull()
    return parts(
        p, day=p.day, numerator=~p.exam_accepted, denominator=told, unknown=~told
    )


def supported_testimony(frames: Frames, window: Window) -> ir.Table:
    """Testimony with an advocate and every step of the protocol."""
    p = in_window(frames, window, "witness")
    told = p.steps_complete.notnull()
    return parts(
        p,
        day=p.day,
        numerator=told & p.advocate_at.notnull() & p.steps_complete,
        denominator=told,
        unknown=~told,
    )


RECOVERIES = """
    child_id protocol occurred_at started_at advocate_at exam_at exam_accepted
    a first_responder 2023-01-01T10:00 2023-01-01T10:30 2023-01-01T11:30 2023-01-04T10:00 yes
    b first_responder 2023-01-01T10:00 -                2023-01-01T11:31 2023-01-04T10:01 yes
    c first_responder 2023-01-01T10:00 2023-01-01T10:00 -                -                no
"""  # noqa: E501 (a table)


MISSING = """
    child_id protocol occurred_at started_at law_notified_at center_notified_at
    a locate 2023-01-01T10:00 2023-01-01T10:30 2023-01-02T10:00 2023-01-01T12:00
    b locate 2023-01-01T10:00 2023-01-01T10:30 2023-01-02T09:00 2023-01-02T10:01
"""


_BECAME_KNOWN = "Times a missing young person became known in the period."


_OPEN = "Those whose time is not over."


def timely(
    id_: str,
    title: str,
    question: str,
    why: str,
    numerator: str,
    denominator: str,
    compute: partial[ir.Table],
    rows: str,
    expect: tuple[float, float],
) -> Measure:
    return indicator(
        id_,
        title=title,
        question=question,
        why=why,
        numerator=numerator,
        denominator=denominator,
        unit=PERCENT,
        needs=("protocol_event",),
        compute=compute,
        unknown=_OPEN,
        example=example("one in time", protocol_event=rows, expect=expect),
    )


EXAM = timely(
    "AC-3",
    "",
    "After a recovery, does a wanted examination come within 72 hours?",
    "Some care only helps when it comes in days.",
    "Examinations begun within 72 hours.",
    "Recoveries in the period where the young person accepted one.",
    partial(
        within,
        protocol="first_responder",
        ends=("exam_at",),
        minutes=60 * EXAM_HOURS,
        accepted=True,
    ),
    RECOVERIES,
    (1, 2),
)


_BOTH = ("law_notified_at", "center_notified_at")


NOTIFIED, *_EACH = (
    timely(
        f"RB-5{suffix}",
        title,
        f"When someone is missing, is {who} told within 24 hours?",
        "The first day matters most, and the law asks for it.",
        f"Those for which {who} was told within 24 hours.",
        _BECAME_KNOWN,
        partial(within, protocol="locate", ends=ends, minutes=60 * NOTICE_HOURS),
        MISSING,
        expect,
    )
    for suffix, title, who, ends, expect in (
        ("", "", "everyone", _BOTH, (1, 2)),
        (
            ".law",
            "Law enforcement told in 24 hours",
            "law enforcement",
            _BOTH[:1],
            (2, 2),
        ),
        (
            ".center",
            "National center told in 24 hours",
            "the center",
            _BOTH[1:],
            (1, 2),
        ),
    )
)


MEASURES: list[Measure] = [
    EXAM,
    indicator(
        "AC-3.declined",
        title="Examinations declined",
        question="How many young people did not want to be examined?",
        why="It is their right, and a sign of how it was offered.",
        numerator="Those who declined.",
        denominator="Recoveries in the period where the answer is recorded.",
        unit=PERCENT,
        needs=("protocol_event",),
        compute=declined,
        unknown="Recoveries where the answer is not recorded.",
        better=Better.CONTEXT,
        example=example("one of three", protocol_event=RECOVERIES, expect=(1, 3)),
    ),
    NOTIFIED,
    *_EACH,
    indicator(
        "LF-2",
        question="Is nobody left alone when they testify?",
        why="Testifying without support can harm as much as help.",
        numerator="Those with an advocate and every step of the protocol done.",
        denominator="Calls to testify in the period with the steps recorded.",
        unit=PERCENT,
        needs=("protocol_event",),
        compute=supported_testimony,
        unknown="Those whose steps are not recorded.",
        example=example(
            "one of two",
            protocol_event="""
                child_id protocol occurred_at      advocate_at      steps_complete
                a        witness  2023-01-01T10:00 2023-01-02T10:00 yes
                b        witness  2023-01-01T10:00 -                yes
            """,
            expect=(1, 2),
        ),
    ),
]
