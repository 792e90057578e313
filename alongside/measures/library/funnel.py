"""funnel.*: what became of reports of commercial sexual exploitation (rule C1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.assure import case
from alongside.measures.definition import MEAN, PERCENT, Measure
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.parts import inside, parts

Test = Callable[[ir.Table], ir.BooleanValue]
FINDINGS = ("substantiated", "inconclusive", "unfounded")


def reports(frames: Frames, window: Window) -> ir.Table:
    """One row per child in a report: the first, where a pair is repeated."""
    r = frames.cse_reports
    r = r.filter(inside(window, r.report_date))
    # A source that knows the order of its rows says so; else the earliest is first.
    first = [r.source_row] if "source_row" in r.columns else []
    order = [*first, r.report_date, r.screened_in.desc(), r.disposition]
    pair = ibis.window(group_by=[r.report_id, r.child_id], order_by=order)
    r = r.mutate(repeat=ibis.row_number().over(pair))
    return r.filter(r.repeat == 0).mutate(
        screened=r.screened_in.fill_null(False),
        finding=r.disposition.fill_null(""),
    )


def share(
    frames: Frames, window: Window, *, of: Test, count: Test, unknown: Test
) -> ir.Table:
    """A share of the reports of the window."""
    r = reports(frames, window)
    r = r.filter(of(r))
    return parts(r, day=r.report_date, numerator=count(r), unknown=unknown(r))


def per_young_person(frames: Frames, window: Window) -> ir.Table:
    """Reports over the young people they are about."""
    r = reports(frames, window)
    people = r.group_by("child_id").aggregate(
        day=r.report_date.min(), reports=r.count()
    )
    return parts(people, day=people.day, numerator=people.reports)


def _every(r: ir.Table) -> ir.BooleanValue:
    return ibis.literal(True)


def _no(r: ir.Table) -> ir.BooleanValue:
    return ibis.literal(False)


def _screened(r: ir.Table) -> ir.BooleanValue:
    return r.screened


def _disposed(r: ir.Table) -> ir.BooleanValue:
    return r.screened & (r.finding != "")


def _pending(r: ir.Table) -> ir.BooleanValue:
    return r.screened & (r.finding == "")


def _screening_unknown(r: ir.Table) -> ir.BooleanValue:
    return r.screened_in.isnull()


def _found(finding: str) -> Test:
    return lambda r: r.screened & (r.finding == finding)


EXAMPLE = """
    child_id report_date allegation screened_in disposition
    a        2022-11-01  cse        yes         substantiated
    a        2023-01-01  cse        yes         inconclusive
    b        2023-01-01  cse        yes         unfounded
    b        2023-02-01  cse        yes         -
    c        2023-02-01  cse        no          -
"""
_OF_REPORTS = "Reports of commercial sexual exploitation in the period."
_OF_SCREENED = "Reports of exploitation in the period that were screened in."
_OF_DISPOSED = "Screened-in reports of exploitation that have a disposition."


def _measure(
    name: str,
    title: str,
    numerator: str,
    of: str,
    compute: partial[ir.Table],
    expect: tuple[float, float],
    unknown: str = "Nothing is counted as unknown.",
) -> Measure:
    return Measure(
        id=f"funnel.{name}",
        title=title,
        question="What became of reports of commercial sexual exploitation?",
        why=(
            "The same count reads very differently as a share of all reports and of"
            " those investigated, so each share names its denominator."
        ),
        numerator=numerator,
        denominator=of,
        unit=MEAN if name == "reports_per_young_person" else PERCENT,
        source="The statewide evaluation of the CSEC program; rule C1.",
        needs=("child", "report"),
        compute=compute,
        unknown=unknown,
        cautions=("One row is one child in one report; nobody is too old to count.",),
        examples=(
            case(f"funnel.{name}", "five reports", report=EXAMPLE, expect=expect),
        ),
    )


_SCREENING = "Reports whose screening decision is not recorded."
_PENDING = "Screened-in reports without a disposition."

MEASURES: list[Measure] = [
    _measure(
        "screened_in",
        "Reports of exploitation screened in",
        "Reports accepted for investigation.",
        _OF_REPORTS,
        partial(share, of=_every, count=_screened, unknown=_screening_unknown),
        (4, 5),
        _SCREENING,
    ),
    _measure(
        "screened_out",
        "Reports of exploitation screened out",
        "Reports not accepted for investigation.",
        _OF_REPORTS,
        partial(
            share,
            of=_every,
            count=lambda r: (~r.screened_in).fill_null(False),
            unknown=_screening_unknown,
        ),
        (1, 5),
        _SCREENING,
    ),
    *(
        _measure(
            finding,
            f"Screened-in reports of exploitation that were {finding}",
            f"Reports whose disposition is {finding}.",
            _OF_SCREENED,
            partial(share, of=_screened, count=_found(finding), unknown=_pending),
            (1, 4),
            _PENDING,
        )
        for finding in FINDINGS
    ),
    _measure(
        "no_disposition",
        "Screened-in reports of exploitation without a disposition",
        "Reports without a disposition.",
        _OF_SCREENED,
        partial(share, of=_screened, count=_pending, unknown=_no),
        (1, 4),
    ),
    *(
        _measure(
            f"{finding}_of_disposed",
            f"Disposed reports of exploitation that were {finding}",
            f"Reports whose disposition is {finding}.",
            _OF_DISPOSED,
            partial(share, of=_disposed, count=_found(finding), unknown=_no),
            (1, 3),
        )
        for finding in FINDINGS
    ),
    _measure(
        "substantiated_of_reports",
        "All reports of exploitation that were substantiated",
        "Screened-in reports whose disposition is substantiated.",
        _OF_REPORTS,
        partial(share, of=_every, count=_found("substantiated"), unknown=_pending),
        (1, 5),
        _PENDING,
    ),
    _measure(
        "reports_per_young_person",
        "Reports of exploitation per young person",
        _OF_REPORTS,
        "Young people whom those reports are about.",
        partial(per_young_person),
        (5, 3),
    ),
]
