"""Survival curves in a section: one for everyone, and one chart for each breakdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from alongside.measures import present
from alongside.measures.report.curve_chart import curves
from alongside.measures.report.curves import Line, Step, drawable
from alongside.measures.report.views import Table, View

NO_CURVE = (
    "Curve",
    "Not drawn: in every way to part the days, some interval would tell of few people.",
)
_NOTE = (
    "The curve is known at the ends of the intervals in the table, which are as fine as"
    " they can be without telling of few people. The interval of confidence (95%) is"
    " Greenwood's, from the numbers shown."
)


def curve_views(
    frame: pd.DataFrame, groups: Sequence[str], name: str
) -> Iterator[View]:
    """Every chart of curves that can be drawn of a measure."""
    rows = frame[frame["measure"].str.startswith(f"{name}.days_")]
    for by in (None, *groups):
        found = drawable(rows, groups, by)
        if found:
            yield _view(*found, by, name)


def _view(
    lines: Sequence[Line], about: Mapping[str, Any], by: str | None, name: str
) -> View:
    period = present.period_words(about["period_start"], about["period_end"])
    title = present.title_of(name)
    words = f"{title[:1].lower()}{title[1:]}, day by day"
    said = [present.group_words(by or "", line.group) for line in lines]
    several = f" by {present.group_name(by).lower()}" if by else ""
    return View(
        table=Table(
            caption=f"{title}: curve{several}, {period}",
            headings=[
                *([present.group_name(by)] if by else []),
                "Days",
                "By then (%)",
                "95% interval",
                "Events",
                "At risk",
                "Left early",
            ],
            rows=[
                [*([label] if by else []), *_cells(step)]
                for line, label in zip(lines, said, strict=True)
                for step in line.steps
            ],
            numbers=5,
        ),
        chart=curves(lines, said, words + several),
        note=_NOTE,
    )


def _cells(step: Step) -> list[str]:
    interval = step.interval
    first = interval.start + 1 if interval.start else 0
    return [
        f"{first} to {interval.end}",
        f"{step.share:,.1f}",
        f"{step.low:,.1f} to {step.high:,.1f}",
        f"{step.events:,}",
        f"{step.at_risk:,}",
        f"{step.ended:,}",
    ]
