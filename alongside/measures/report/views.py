"""What stands in a section: tables, and charts with the words for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.measures.report.charts import Chart


@dataclass(frozen=True)
class Table:
    """A table with a caption; its first column names the rows."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: int  # how many of the last columns hold numbers
    links: Sequence[str] = ()  # for each row, the section it is about


@dataclass(frozen=True)
class View:
    """One way of looking at a measure: a chart, if there is one, and its table."""

    table: Table
    chart: Chart | None = None
    note: str = ""
