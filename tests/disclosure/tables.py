"""Tables of raw counts written as text, and random ones with margins and months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from math import prod
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from alongside.kernel.dates import add_months
from alongside.measures.disclosure import Internal

YEAR = (date(2023, 7, 1), date(2024, 7, 1))
AS_OF = date(2025, 1, 1)


def row(
    measure: str = "m.a",
    n: float = 20,
    d: float = 100,
    *,
    u: float = 0,
    period: tuple[date, date] = YEAR,
    unit: str = "%",
    people: float | None = None,
    counted: float | None = None,
    largest: float = 1,
    by: Mapping[str, str | None] | None = None,
    **groups: str | None,
) -> dict[str, Any]:
    """One row of raw counts; everybody counts once unless told."""
    return {
        "measure": measure,
        "period_start": period[0],
        "period_end": period[1],
        **{f"by_{name}": value for name, value in {**(by or {}), **groups}.items()},
        "numerator": n,
        "denominator": d,
        "value": None if not d else (100 if unit == "%" else 1) * n / d,
        "unit": unit,
        "unknown": u,
        "as_of": AS_OF,
        "definition": f"{measure} v1",
        "people": d if people is None else people,
        "people_counted": n if counted is None else counted,
        "largest": largest,
    }


def internal(rows: Iterable[Mapping[str, Any]]) -> Internal:
    """Raw counts, as disclosure control takes them."""
    return Internal(pd.DataFrame(list(rows)))


@dataclass(frozen=True)
class Fine:
    """Counts at the finest grain: by period, group and answer."""

    groups: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...]
    periods: tuple[tuple[date, date], ...]
    answers: tuple[str, ...]
    counts: tuple[int, ...]
    shown: tuple[str, ...]  # the answers that are measures of this release

    @property
    def is_whole(self) -> bool:
        """Whether the shares shown together are everybody."""
        return self.shown == self.answers

    def rows(self) -> list[dict[str, Any]]:
        """Every margin of the groups, of the periods, and every answer as a share."""
        cells = product(self.periods, *self.choices, self.answers)
        fine = dict(zip(cells, self.counts, strict=True))
        spans = [*((p,) for p in self.periods), self.periods]
        found = []
        for span in spans[: len(spans) if len(self.periods) > 1 else 1]:
            for wanted in product(*((None, *c) for c in self.choices)):
                total = _sum(fine, span, wanted)
                for answer in self.shown:
                    found.append(
                        row(
                            f"m.{answer}",
                            _sum(fine, span, wanted, answer),
                            total,
                            period=(span[0][0], span[-1][1]),
                            by=dict(zip(self.groups, wanted, strict=True)),
                        )
                    )
        return found


def _sum(
    fine: Mapping[tuple[Any, ...], int],
    span: Sequence[Any],
    wanted: Sequence[str | None],
    answer: str | None = None,
) -> int:
    return sum(
        count
        for (period, *groups, given), count in fine.items()
        if period in span
        and all(w in (None, g) for w, g in zip(wanted, groups, strict=True))
        and answer in (None, given)
    )


@st.composite
def fine_tables(
    draw: st.DrawFn, *, crossed: bool | None = None, halves: bool | None = None
) -> Fine:
    """A county table, alone or by gender too, for a year or its halves."""
    counties = ("Alder", "Birch", "Cedar", "Dogwood")[: draw(st.integers(2, 4))]
    groups: tuple[str, ...] = ("county",)
    choices: tuple[tuple[str, ...], ...] = (counties,)
    if draw(st.booleans()) if crossed is None else crossed:
        groups, choices = ("county", "gender"), (counties, ("F", "M"))
    middle = add_months(YEAR[0], 6)
    periods: tuple[tuple[date, date], ...] = (YEAR,)
    if draw(st.booleans()) if halves is None else halves:
        periods = (YEAR[0], middle), (middle, YEAR[1])
    answers = ("a", "b", "c")[: draw(st.integers(2, 3))]
    shown = answers[: draw(st.integers(1, len(answers)))]
    size = len(periods) * len(answers) * prod(map(len, choices))
    count = st.one_of(st.integers(0, 14), st.integers(0, 14), st.integers(11, 3000))
    counts = draw(st.lists(count, min_size=size, max_size=size))
    return Fine(groups, choices, periods, answers, tuple(counts), shown)
