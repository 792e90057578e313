"""Survival curves drawn: steps, their band, and how many are still followed below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from alongside.measures.present import printable
from alongside.measures.report.charts import INK, MARK, WIDTH, Chart, axis, drawn
from alongside.measures.report.curves import Line

# Lines are told apart by their dashes and by their names; colour only helps.
DASHES = ([1, 0], [8, 3], [2, 3], [10, 3, 2, 3], [5, 2], [12, 2, 2, 2, 2, 2])
COLOURS = (MARK, "#914734", "#4a6b1f", "#5c4a8a", "#7a5c00", "#1b1b1b")
MOST_BANDS = 2  # more of them only cover one another
HEIGHT = 230
ROW = 20
MOST_TICKS = 6


def curves(lines: Sequence[Line], labels: Sequence[str], name: str) -> Chart:
    """A step curve for each line, with the numbers at risk under the days."""
    labels = [printable(label) for label in labels]
    end = max(line.days[-1] for line in lines)
    ticks = _ticks(max((line.days for line in lines), key=len))
    top = _curve(lines, labels, end, ticks)
    below = _at_risk(lines, labels, end, ticks)
    both = alt.vconcat(top, below, spacing=8).resolve_scale(
        color="independent", strokeDash="independent"
    )
    return drawn(both, _words(lines, labels, name))


def _ticks(days: Sequence[int]) -> list[int]:
    every = -(-(len(days) - 1) // (MOST_TICKS - 1))
    return [*days[:-1:every], days[-1]] if (len(days) - 1) % every else [*days[::every]]


def _curve(
    lines: Sequence[Line], labels: Sequence[str], end: int, ticks: list[int]
) -> Any:
    shades = alt.Scale(domain=list(labels), range=list(COLOURS[: len(labels)]))
    dashes = alt.Scale(domain=list(labels), range=list(DASHES[: len(labels)]))
    legend = _legend() if len(lines) > 1 else None
    base = alt.Chart(_points(lines, labels)).encode(
        x=_days(end, axis(values=ticks, grid=False, title="Day"))
    )
    color = alt.Color("line:N", sort=None, scale=shades, legend=legend)
    bare = alt.Color("line:N", sort=None, scale=shades, legend=None)
    share = alt.Y(
        "share:Q",
        scale=alt.Scale(zero=True, nice=True),
        axis=axis(title="Percent", grid=True, tickCount=5, format=",~f"),
    )
    line = base.mark_line(interpolate="step-after", strokeWidth=2.5).encode(
        y=share,
        color=color,
        strokeDash=alt.StrokeDash("line:N", sort=None, scale=dashes, legend=legend),
    )
    # The curve is known where there is a dot; between them nothing is told of it.
    dots = base.mark_point(fill="white", size=26, strokeWidth=2, opacity=1)
    layers = [line, dots.encode(y=share, color=bare)]
    if len(lines) <= MOST_BANDS:
        band = base.mark_area(interpolate="step-after", opacity=0.16)
        layers.insert(0, band.encode(y=alt.Y("low:Q"), y2="high:Q", color=bare))
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)


def _days(end: int, below: Any) -> Any:
    return alt.X(
        "day:Q", scale=alt.Scale(domain=[0, 1.01 * end], nice=False), axis=below
    )


def _legend() -> Any:
    return alt.Legend(
        orient="top",
        title=None,
        symbolType="stroke",
        symbolSize=900,
        symbolStrokeWidth=2.5,
        columns=2,
        labelFontSize=14,
        labelLimit=190,
    )


def _points(lines: Sequence[Line], labels: Sequence[str]) -> pd.DataFrame:
    """Where each curve is known, from nobody on the first day on."""
    return pd.DataFrame(
        [
            {"line": label, "day": day, "share": share, "low": low, "high": high}
            for line, label in zip(lines, labels, strict=True)
            for day, share, low, high in [
                (0, 0.0, 0.0, 0.0),
                *((s.interval.end, s.share, s.low, s.high) for s in line.steps),
            ]
        ]
    )


def _at_risk(
    lines: Sequence[Line], labels: Sequence[str], end: int, ticks: list[int]
) -> Any:
    rows = pd.DataFrame(
        [
            {"line": label, "day": day, "count": f"{count:,}"}
            for line, label in zip(lines, labels, strict=True)
            for day, count in zip(
                line.days, [*(s.at_risk for s in line.steps), line.left], strict=True
            )
            if day in ticks
        ]
    )
    above = axis(
        title="Still followed, without an event",
        values=ticks,
        orient="top",
        labels=False,
        domain=False,
        grid=False,
    )
    return (
        alt.Chart(rows)
        .mark_text(fontSize=14, color=INK)
        .encode(
            x=_days(end, above),
            y=alt.Y(
                "line:N",
                sort=list(labels),
                axis=axis(domain=False, labelLimit=180, labelPadding=28)
                if len(lines) > 1
                else None,
            ),
            text="count:N",
        )
        .properties(width=WIDTH, height=ROW * len(lines))
    )


def _words(lines: Sequence[Line], labels: Sequence[str], name: str) -> str:
    ends = [
        f"{label}: {line.steps[-1].share:,.1f}% by day {line.days[-1]}"
        for line, label in zip(lines, labels, strict=True)
    ]
    return (
        f"Step chart of {name}, from 0% on the first day. {'; '.join(ends)}. Below it"
        " stands how many are still followed. The table beside it has every number."
    )
