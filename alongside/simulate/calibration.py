"""Simulated against published figures, side by side, counted by the measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from math import sqrt
from pathlib import Path

import ibis

from alongside.measures.engine import Engine
from alongside.measures.library import MEASURES
from alongside.measures.tables import ADMINISTRATIVE
from alongside.simulate import published
from alongside.simulate.assumptions import ASSUMED

HEADINGS = ("Figure", "Published", "Simulated", "Of", "Error", "Agrees")
_SPREAD = 2.58  # standard errors; chance alone goes beyond them once in a hundred
INTRODUCTION = (
    f"Published: {published.SOURCE} California's counties that opted in. A figure"
    " agrees when it lies in the range that the published wording allows, widened by"
    " 2.58 standard errors (“Error”): how far chance alone moves a figure counted from"
    " so few. Everything else in the simulated state is an assumption and agrees with"
    " nothing."
)


@dataclass(frozen=True)
class Line:
    """One figure, as published and as simulated."""

    figure: published.Published
    numerator: float
    denominator: float

    @property
    def simulated(self) -> float | None:
        """The simulated figure; empty when there is nobody to count."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def error(self) -> float | None:
        """The larger standard error of the two figures, counted from so few."""
        if self.simulated is None:
            return None
        # with few people the simulated one can be nothing; the published one is not
        return max(map(self._error_of, (self.simulated, self.figure.value)))

    @property
    def agrees(self) -> bool | None:
        """Whether the difference is no more than rounding and chance."""
        found, error = self.simulated, self.error
        if found is None or error is None:
            return None
        low = self.figure.value if self.figure.low is None else self.figure.low
        high = self.figure.value if self.figure.high is None else self.figure.high
        room = _SPREAD * error
        return low - room <= found <= high + room

    def _error_of(self, value: float) -> float:
        spread = value * (1 - value) if self.figure.is_share else value
        return sqrt(spread / self.denominator)

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as text, in the order of ``HEADINGS``."""
        return (
            self.figure.says,
            self._text(self.figure.value),
            self._text(self.simulated),
            f"{self.denominator:,.0f}",
            "-" if self.error is None else f"± {self._text(self.error)}",
            {True: "yes", False: "no", None: "-"}[self.agrees],
        )

    def _text(self, value: float | None) -> str:
        if value is None:
            return "-"
        if not self.figure.is_share:
            return f"{value:.2f}"
        return f"{100 * value:.2f}%"


def calibration(folder: Path) -> list[Line]:
    """Every published figure beside the one counted from the folder."""
    connection = ibis.duckdb.connect()
    tables = {
        table.name: connection.read_parquet(folder / f"{table.name}.parquet")
        for table in ADMINISTRATIVE
    }
    engine = Engine(connection, tables)
    measures = [MEASURES[figure.measure] for figure in published.FIGURES]
    results = engine.run(measures, [published.WINDOW], engine.frames(ASSUMED.as_of))
    found = results.set_index("measure")[["numerator", "denominator"]]
    children = float(tables["child"].count().execute())
    counted = {name: (row.numerator, row.denominator) for name, row in found.iterrows()}
    return [
        *_totals(counted, children),
        *(Line(f, *counted.get(f.measure, (0, 0))) for f in published.FIGURES),
    ]


def _totals(counted: dict[str, tuple[float, float]], children: float) -> Iterator[Line]:
    people = counted.get("concern.confirmed", (0, 0))[1]
    reports = counted.get("funnel.screened_in", (0, 0))[1]
    yield Line(
        published.Published(
            "Young people with any concern, of all children"
            f" (the extract is taken to hold {ASSUMED.known_share:.0%} of them)",
            published.WITH_ANY_CONCERN / published.CHILD_POPULATION,
            "concern.confirmed",
        ),
        people,
        children / ASSUMED.known_share,
    )
    yield Line(
        published.Published(
            "Reports of exploitation per young person with any concern",
            published.REPORTS_PER_PERSON,
            "funnel.screened_in",
            is_share=False,
        ),
        reports,
        people,
    )


def as_markdown(lines: list[Line]) -> str:
    """The comparison as a page of text."""
    rows = [HEADINGS, ("---",) * len(HEADINGS), *(line.cells for line in lines)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"# Simulated against published\n\n{INTRODUCTION}\n\n{table}\n"


def as_html(lines: list[Line]) -> str:
    """The comparison as one self-contained page."""
    heads = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    body = "\n".join(_html_row(line.cells) for line in lines)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simulated against published</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem;
  padding: 0 1rem; color: #1b1b1b; background: #fff; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ padding: .4rem .75rem; border-bottom: 1px solid #a9aeb1; text-align: right;
  font-variant-numeric: tabular-nums; }}
th:first-child, td:first-child, tbody th {{ text-align: left; font-weight: normal; }}
thead th {{ font-weight: bold; }}
</style>
</head>
<body>
<main>
<h1>Simulated against published</h1>
<p>{escape(INTRODUCTION)}</p>
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{body}
</tbody>
</table>
</main>
</body>
</html>
"""


def _html_row(cells: tuple[str, ...]) -> str:
    first, *rest = map(escape, cells)
    numbers = "".join(f"<td>{cell}</td>" for cell in rest)
    return f'<tr><th scope="row">{first}</th>{numbers}</tr>'
