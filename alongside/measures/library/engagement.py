"""FD-6, MH-7, OP-2, PX-6: needs become referrals, and referrals services."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.days import FAR, days_between, plus_days
from alongside.measures.definition import (
    COUNT,
    DAYS,
    PERCENT,
    Better,
    Measure,
    Summary,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import example, indicator
from alongside.measures.parts import parts
from alongside.measures.programme import (
    attach,
    known,
    seen,
)

START_DAYS = 30


def needs_referred(frames: Frames, window: Window) -> ir.Table:
    """Needs identified in the window, and those referred by the as-of date."""
    s = frames["service_referral"]
    s = s.filter(seen(frames, window, s.need_date))
    referred = (s.referred_date < frames.as_of).fill_null(False)
    return parts(s, day=s.need_date, numerator=referred)


def referrals(frames: Frames, window: Window) -> ir.Table:
    """Referrals to services made in the window: with when the service began, ended."""
    s = frames["service_referral"]
    s = s.filter(seen(frames, window, s.referred_date))
    began = known(frames, s.started_date)
    possible = (began >= s.referred_date).fill_null(False)
    return s.mutate(
        day=s.referred_date, began=possible.ifelse(began, ibis.null("date"))
    )


def counted_referrals(frames: Frames, window: Window, *, split: bool) -> ir.Table:
    """Referrals made, one by one, by service if split."""
    s = referrals(frames, window)
    service = s.service.fill_null("unknown") if split else None
    return parts(s, day=s.day, numerator=1, part=service)


def with_outcome(frames: Frames, window: Window) -> ir.Table:
    """Referrals made, and those whose outcome is recorded."""
    s = referrals(frames, window)
    return parts(s, day=s.day, numerator=s.outcome.notnull())


def begun(frames: Frames, window: Window) -> ir.Table:
    """Referrals made, and those whose service began within 30 days."""
    s = referrals(frames, window)
    by = plus_days(s.day, START_DAYS)
    settled = s.began.notnull() | (by < frames.as_of)
    return parts(
        s,
        day=s.day,
        numerator=settled & (s.began <= by),
        denominator=settled,
        unknown=~settled,
    )


def engaged(frames: Frames, window: Window, *, days: int) -> ir.Table:
    """Services begun in the window, and those that lasted at least so many days."""
    s = frames["service_referral"]
    s = s.filter(seen(frames, window, s.started_date))
    until = plus_days(s.started_date, days)
    end = known(frames, s.ended_date).fill_null(FAR)
    settled = (end < until) | (until < frames.as_of)
    return parts(
        s,
        day=s.started_date,
        numerator=settled & (end >= until),
        denominator=settled,
        unknown=~settled,
    )


def kept(frames: Frames, window: Window) -> ir.Table:
    """Wanted mental-health referrals of the window, with the first session kept."""
    s = referrals(frames, window)
    s = s.filter(s.service == "mental_health", s.wanted.fill_null(False))
    s = s.select("service_referral_id", "child_id", "day")
    v = frames["service"]
    v = v.filter(v.status == "kept", known(frames, v.session_date).notnull())
    return attach(
        s,
        v.select("service_referral_id", "session_date"),
        lambda s, o: [
            s.service_referral_id == o.o_service_referral_id,
            o.o_session_date >= s.day,
        ],
        ["service_referral_id"],
        first=lambda both: both.o_session_date.min(),
    )


def kept_in_time(frames: Frames, window: Window) -> ir.Table:
    """Of those, the ones whose first session was kept within 30 days."""
    s = kept(frames, window)
    by = plus_days(s.day, START_DAYS)
    settled = s["first"].notnull() | (by < frames.as_of)
    return parts(
        s,
        day=s.day,
        numerator=settled & (s["first"] <= by),
        denominator=settled,
        unknown=~settled,
    )


def until_kept(frames: Frames, window: Window) -> ir.Table:
    """Days to the first session kept; who waits is followed to the as-of date."""
    s = kept(frames, window)
    end = ibis.coalesce(s["first"], ibis.literal(frames.as_of))
    return parts(
        s, day=s.day, numerator=s["first"].notnull(), time=days_between(s.day, end)
    )


_SERVICES = """
    service_referral_id child_id service need_date  wanted referred_date started_date ended_date outcome
    1 a mental_health   2023-01-01 yes 2023-01-05 2023-01-20 2023-03-01 began
    2 a housing         2023-01-01 yes 2023-01-05 2023-03-01 -          -
    3 b mental_health   2023-01-01 yes 2023-01-05 -          -          -
    4 b tutoring        2023-01-01 no  -          -          -          -
"""  # noqa: E501 (a table)


_SESSIONS = """
    child_id service_referral_id session_date status
    a        1                   2023-01-10   missed
    a        1                   2023-01-20   kept
    b        3                   2023-04-20   kept
"""


_MH = "Referrals to mental-health care in the period that the young person wanted."


_OVER = "Those whose days are not over."


def _services(
    id_: str,
    compute: partial[ir.Table],
    numerator: str,
    denominator: str,
    question: str,
    expect: tuple[float, float],
    *,
    title: str = "",
    unknown: str = "Nothing is counted as unknown.",
    count: bool = False,
) -> Measure:
    return indicator(
        id_,
        title=title,
        question=question,
        why="A need that nobody takes up is a promise broken.",
        numerator=numerator,
        denominator=denominator,
        unit=COUNT if count else PERCENT,
        needs=("service_referral",),
        compute=compute,
        unknown=unknown,
        summary=Summary.COUNT if count else Summary.RATIO,
        example=example("three referrals", service_referral=_SERVICES, expect=expect),
    )


MEASURES: list[Measure] = [
    _services(
        "FD-6",
        partial(needs_referred),
        "Those for which a referral was made.",
        "Needs identified in the period.",
        "Is something done about the needs that were found?",
        (3, 4),
        title="Needs with a referral",
    ),
    _services(
        "FD-6.count",
        partial(counted_referrals, split=True),
        "Referrals made in the period.",
        "The same referrals.",
        "How many referrals were made, to which services?",
        (3, 3),
        title="Referrals by service",
        count=True,
    ),
    _services(
        "FD-6.outcome",
        partial(with_outcome),
        "Those whose outcome is recorded.",
        "Referrals made in the period.",
        "Does anybody know how the referral turned out?",
        (1, 3),
        title="Referrals with an outcome",
    ),
    _services(
        "OP-2",
        partial(counted_referrals, split=False),
        "Referrals made in the period.",
        "The same referrals.",
        "How many referrals were made?",
        (3, 3),
        count=True,
    ),
    _services(
        "PX-6",
        partial(begun),
        "Those whose service began within 30 days.",
        "Referrals made in the period.",
        "Do referrals become services?",
        (1, 3),
        title="Services begun within 30 days",
        unknown=_OVER,
    ),
    *(
        _services(
            f"PX-6.engaged_{days}",
            partial(engaged, days=days),
            f"Those that lasted at least {days} days.",
            "Services begun in the period.",
            "Do services last?",
            expect,
            title=f"Still engaged after {days} days",
            unknown=_OVER,
        )
        for days, expect in ((30, (2, 2)), (90, (1, 2)))
    ),
    indicator(
        "MH-7",
        question="Does wanted mental-health care begin within 30 days?",
        why="Wanting help is the moment to give it.",
        numerator="Those whose first kept session was within 30 days.",
        denominator=_MH,
        unit=PERCENT,
        needs=("service_referral", "service"),
        compute=kept_in_time,
        unknown=_OVER,
        example=example(
            "one of two", service_referral=_SERVICES, service=_SESSIONS, expect=(1, 2)
        ),
    ),
    indicator(
        "MH-7.days",
        title="Days to the first session kept",
        question="How long until the first session that was kept?",
        why="Wanting help is the moment to give it.",
        numerator="Those with a session kept.",
        denominator=_MH,
        unit=DAYS,
        needs=("service_referral", "service"),
        compute=until_kept,
        unknown="Those without a session kept by the as-of date.",
        cautions=("The value is the median time by Kaplan-Meier.",),
        better=Better.DOWN,
        summary=Summary.SURVIVAL,
        example=example(
            "both", service_referral=_SERVICES, service=_SESSIONS, expect=(2, 2)
        ),
    ),
]
