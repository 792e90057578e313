"""Charts as SVG: one drawing for the web page and for the paper, and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from alongside.measures.definition import Unit
from alongside.measures.present import printable, value_words

FONTS = Path(__file__).parent / "fonts"
WIDTH = 420
MOST_BARS = 30
INK, QUIET, LINE, MARK = "#1b1b1b", "#5d5d52", "#dfdfd8", "#07648d"
_VERSION = alt.SCHEMA_VERSION.removeprefix("v").rsplit(".", 1)[0]


@dataclass(frozen=True)
class Point:
    """One place on a chart; a hidden number leaves a gap."""

    label: str
    value: float | None


@dataclass(frozen=True)
class Chart:
    """A drawing, and what it shows for those who do not see it."""

    svg: str
    alt: str
    width: int
    height: int


def over_time(points: Sequence[Point], unit: Unit, name: str) -> Chart | None:
    """A line of the periods in order; nothing if fewer than two can be shown."""
    shown = [p for p in points if p.value is not None]
    if len(shown) < 2:
        return None
    base = alt.Chart(_values(points)).encode(
        x=alt.X("label:N", sort=None, axis=axis(labelAngle=0, labelOverlap=True)),
        y=_amounts("y", unit),
    )
    line = base.mark_line(color=MARK, strokeWidth=2.5, interpolate="linear")
    dots = base.mark_point(color=MARK, filled=True, size=55, opacity=1)
    layered = alt.layer(line, dots)
    sized = layered.properties(width=WIDTH, height=220)
    return drawn(sized, _line_words(points, shown, unit, name))


def by_group(points: Sequence[Point], unit: Unit, name: str) -> Chart | None:
    """A bar for each group; nothing if fewer than two can be shown, or too many."""
    shown = [p for p in points if p.value is not None]
    if len(shown) < 2 or len(points) > MOST_BARS:
        return None
    base = alt.Chart(_values(shown)).encode(
        y=alt.Y("label:N", sort=None, axis=axis(labelLimit=170)),
        x=_amounts("x", unit),
    )
    bars = base.mark_bar(color=MARK, height={"band": 0.65})
    sized = bars.properties(width=WIDTH, height=26 * len(shown) + 10)
    return drawn(sized, _bar_words(points, shown, unit, name))


def _values(points: Sequence[Point]) -> Any:
    # The drawing library stops the whole program at a control character.
    return pd.DataFrame(
        [{"label": printable(p.label), "value": p.value} for p in points]
    )


def _amounts(channel: str, unit: Unit) -> Any:
    of = alt.Y if channel == "y" else alt.X
    title = "Percent" if unit.label == "%" else unit.label.capitalize()
    return of(
        "value:Q",
        scale=alt.Scale(zero=True, nice=True),
        axis=axis(title=title, grid=True, tickCount=5, format=",~f"),
    )


def axis(**settings: Any) -> Any:
    """An axis that stays in the background."""
    return alt.Axis(**{"title": None, "domainColor": QUIET, "ticks": False} | settings)


def drawn(chart: Any, words: str) -> Chart:
    """A chart as SVG, in the look that all of them have."""
    spec = (
        chart.configure(font="Public Sans", background="transparent", aria=False)
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=14,
            titleFontSize=14,
            titleFontWeight="normal",
            labelColor=INK,
            titleColor=QUIET,
            gridColor=LINE,
            labelPadding=6,
        )
        .to_dict(validate=False)
    )
    _use_fonts()
    svg = vl_convert.vegalite_to_svg(spec, vl_version=_VERSION, allowed_base_urls=[])
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    if size is None:
        raise AssertionError("a drawing always has a size")
    return Chart(svg, words, round(float(size[1])), round(float(size[2])))


@cache
def _use_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def _line_words(
    points: Sequence[Point], shown: Sequence[Point], unit: Unit, name: str
) -> str:
    first, last = shown[0], shown[-1]
    low, high = (f(shown, key=_amount) for f in (min, max))
    return (
        f"Line chart of {name}, from {_said(first, unit)} in {first.label} to"
        f" {_said(last, unit)} in {last.label}. The lowest is {_said(low, unit)} in"
        f" {low.label}, the highest {_said(high, unit)} in {high.label}."
        f"{_gaps(points, shown)} The table beside it has every number."
    )


def _bar_words(
    points: Sequence[Point], shown: Sequence[Point], unit: Unit, name: str
) -> str:
    low, high = (f(shown, key=_amount) for f in (min, max))
    return (
        f"Bar chart of {name}. The lowest is {low.label} with {_said(low, unit)}, the"
        f" highest {high.label} with {_said(high, unit)}.{_gaps(points, shown)} The"
        " table beside it has every number."
    )


def _gaps(points: Sequence[Point], shown: Sequence[Point]) -> str:
    missing = [p.label for p in points if p not in shown]
    return f" Not shown: {', '.join(missing)}." if missing else ""


def _amount(point: Point) -> float:
    return point.value or 0.0


def _said(point: Point, unit: Unit) -> str:
    return value_words(point.value, unit, full=True)
