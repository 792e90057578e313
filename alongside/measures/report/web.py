"""The report as one HTML file that needs nothing else, and runs no script."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache, partial
from html import escape
from itertools import count
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from alongside.measures.present import HIDDEN
from alongside.measures.report.charts import FONTS, Chart
from alongside.measures.report.content import Report
from alongside.measures.report.views import Table

HERE = Path(__file__).parent
WEIGHTS = {400: "PublicSans-Regular.woff2", 700: "PublicSans-Bold.woff2"}


def page(report: Report) -> str:
    """The whole report as one accessible page."""
    numbers = count(1)
    templates = _templates()
    return templates.get_template("report.html").render(
        report=report,
        style=Markup(_style()),  # noqa: S704 (our own)
        fonts={weight: _font(name) for weight, name in WEIGHTS.items()},
        table=partial(_table, templates),
        drawing=lambda chart: _drawing(chart, next(numbers)),
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    return (HERE / "report.css").read_text("utf-8")


@cache
def _font(name: str) -> str:
    return b64encode((FONTS / name).read_bytes()).decode("ascii")


def _table(templates: Environment, table: Table) -> Markup:
    template = templates.get_template("table.html")
    # The template escapes every cell itself.
    return Markup(template.render(table=table, hidden=HIDDEN))  # noqa: S704 (escaped)


def _drawing(chart: Chart, number: int) -> Markup:
    """The drawing as one image with words; its ids are its own on the page."""
    size = f'width="{chart.width}" viewBox="0 0 {chart.width} {chart.height}"'
    opening = f'<svg role="img" aria-label="{escape(chart.alt)}" focusable="false" '
    svg = re.sub(r"<svg [^>]*>", "", chart.svg, count=1)
    # The parts are not images of their own: the whole has the words.
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    svg = re.sub(r'\bid="', f'id="c{number}-', svg)
    svg = re.sub(r"url\(#", f"url(#c{number}-", svg)
    names = 'xmlns="http://www.w3.org/2000/svg" '
    made = f'<figure class="chart">{opening}{names}{size}>{svg}</figure>'
    return Markup(made)  # noqa: S704 (labels are escaped by the drawing library)
