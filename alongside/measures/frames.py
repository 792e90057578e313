"""What measures are computed from: the tables, and what many of them share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import cached_property

import ibis
import ibis.expr.types as ir
import pandas as pd

from alongside.measures import days
from alongside.measures.care import ADULT_MONTHS, Removals, episodes, stays
from alongside.measures.codelists import CONCERN_KIND
from alongside.measures.options import Options

Keep = Callable[[ir.Table], ir.Table]


class Frames:
    """The tables as of a date; what is shared is computed once if ``keep`` keeps it.

    Compiling to SQL keeps nothing, and everything becomes one statement.
    """

    def __init__(
        self,
        tables: Mapping[str, ir.Table],
        as_of: date,
        options: Options | None = None,
        keep: Keep = lambda table: table,
    ) -> None:
        self.tables = tables
        self.as_of = as_of
        self.options = options or Options()
        self._keep = keep
        self._shared: dict[str, ir.Table] = {}
        self.statements: dict[Hashable, str] = {}  # already compiled
        self.results: dict[Hashable, pd.DataFrame] = {}  # of measures already run

    def __getitem__(self, name: str) -> ir.Table:
        return self.tables[name]

    def shared(self, name: str, build: Callable[[], ir.Table]) -> ir.Table:
        """A table that many measures start from, built when first asked for."""
        if name not in self._shared:
            self._shared[name] = self._keep(build())
        return self._shared[name]

    def within(
        self, day: ir.DateValue, start: ir.DateValue, months: int
    ) -> ir.BooleanValue:
        """Whether a day is within so many months of another (G5)."""
        last = days.plus_months(start, months)
        return day <= last if self.options.anniversary_inclusive else day < last

    @cached_property
    def federal_removals(self) -> Removals:
        """Removal rows of children whose age is known and under eighteen (E1 to E5)."""
        return self._removals(federal=True)

    @cached_property
    def federal_care(self) -> ir.Table:
        """Episodes as the federal measures see them."""
        return self._episodes(self.federal_removals)

    @cached_property
    def removals(self) -> Removals:
        """Removal rows of everybody, past eighteen too."""
        return self._removals(federal=False)

    @cached_property
    def care(self) -> ir.Table:
        """Episodes of everybody, past eighteen too."""
        return self._episodes(self.removals)

    def federal_stays(self, some: ir.Table) -> ir.Table:
        """The placements of some federal episodes (P5-3)."""
        removals = self.federal_removals
        return stays(some, removals, self["placement"], self.as_of)

    def all_stays(self, some: ir.Table) -> ir.Table:
        """The placements of some episodes, past eighteen too."""
        return stays(some, self.removals, self["placement"], self.as_of)

    @cached_property
    def victim_reports(self) -> ir.Table:
        """Substantiated reports of children under eighteen (V1 to V3)."""
        r = self["report"]
        r = r.filter(
            r.screened_in,
            r.disposition == "substantiated",
            r.report_date < self.as_of,
        ).select("report_id", "child_id", "report_date", "incident_date")
        r = r.join(self["child"].select("child_id", "birth_date"), "child_id")
        r = r.filter(
            r.report_date >= r.birth_date,
            r.report_date < days.plus_months(r.birth_date, ADULT_MONTHS),
        ).drop("birth_date")
        impossible = (r.incident_date > r.report_date).fill_null(False)
        return self._keep(
            r.mutate(
                incident_date=impossible.ifelse(ibis.null("date"), r.incident_date)
            )
        )

    @cached_property
    def cse_reports(self) -> ir.Table:
        """Reports of exploitation, as they were recorded (C1)."""
        r = self["report"]
        return self._keep(r.filter(r.allegation == "cse", r.report_date < self.as_of))

    @cached_property
    def concerns(self) -> ir.Table:
        """Valid concerns, and the day each happened as far as is known (C3, C6)."""
        c = self["concern"]
        c = c.filter(c.kind.isin(tuple(CONCERN_KIND)), c.identified_date < self.as_of)
        births = self["child"].select(of_child="child_id", born="birth_date")
        c = c.left_join(births, c.child_id == births.of_child)
        c = c.filter(c.born.isnull() | (c.identified_date >= c.born))
        possible = (c.incident_date <= c.identified_date).fill_null(False)
        happened = possible.ifelse(c.incident_date, c.identified_date)
        adult_on = days.plus_months(c.born, ADULT_MONTHS)
        return self._keep(
            c.select(
                "concern_id",
                "child_id",
                "kind",
                "identified_date",
                happened=happened,
                adult_on=adult_on,
            )
        )

    def _removals(self, *, federal: bool) -> Removals:
        found = Removals.known(
            self["removal"], self["child"], self.as_of, federal=federal
        )
        return Removals(self._keep(found.rows))

    def _episodes(self, removals: Removals) -> ir.Table:
        return self._keep(episodes(removals, self.as_of, self.options))
