"""What measures are computed from: the tables, and what many of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

import ibis
import ibis.expr.types as ir

from alongside.measures import care, days
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

    def __getitem__(self, name: str) -> ir.Table:
        return self.tables[name]

    def within(
        self, day: ir.DateValue, start: ir.DateValue, months: int
    ) -> ir.BooleanValue:
        """Whether a day is within so many months of another (G5)."""
        last = days.plus_months(start, months)
        return day <= last if self.options.anniversary_inclusive else day < last

    @cached_property
    def federal_removals(self) -> care.Removals:
        """Removal rows of children whose age is known and under eighteen (E1 to E5)."""
        return self._removals(federal=True)

    @cached_property
    def federal_care(self) -> ir.Table:
        """Episodes as the federal measures see them."""
        return self._episodes(self.federal_removals)

    @cached_property
    def removals(self) -> care.Removals:
        """Removal rows of everybody, past eighteen too."""
        return self._removals(federal=False)

    @cached_property
    def care(self) -> ir.Table:
        """Episodes of everybody, past eighteen too."""
        return self._episodes(self.removals)

    def federal_stays(self, episodes: ir.Table) -> ir.Table:
        """The placements of some federal episodes (P5-3)."""
        removals = self.federal_removals
        return care.stays(episodes, removals, self["placement"], self.as_of)

    def stays(self, episodes: ir.Table) -> ir.Table:
        """The placements of some episodes, past eighteen too."""
        return care.stays(episodes, self.removals, self["placement"], self.as_of)

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
            r.report_date < days.plus_months(r.birth_date, care.ADULT_MONTHS),
        ).drop("birth_date")
        impossible = (r.incident_date > r.report_date).fill_null(False)
        return self._keep(
            r.mutate(
                incident_date=impossible.ifelse(ibis.null("date"), r.incident_date)
            )
        )

    def _removals(self, *, federal: bool) -> care.Removals:
        found = care.Removals.known(
            self["removal"], self["child"], self.as_of, federal=federal
        )
        return care.Removals(self._keep(found.rows))

    def _episodes(self, removals: care.Removals) -> ir.Table:
        return self._keep(care.episodes(removals, self.as_of, self.options))
