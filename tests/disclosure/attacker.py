"""Somebody who has the published table, pencil, paper and a solver; and nothing else.

Written apart from the code it attacks: it reads what anybody reads, writes down every
sum it can think of, and asks for each hidden number how low and how high it can be
(linear programming) and whether the sums alone determine it (exact fractions).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from alongside.measures.disclosure import Published

Name = tuple[Any, ...]  # (measure, start, end, groups..., "numerator"|...)
ROLES = ("numerator", "denominator", "rest")


class Attacker:
    """What can be worked out about the hidden numbers of shares in one release."""

    def __init__(
        self,
        *releases: Published,
        families: bool = True,
        followed: Sequence[str] = (),
    ) -> None:
        self.known: dict[Name, float] = {}
        self.names: dict[Name, int] = {}
        self.sums: list[dict[Name, int]] = []
        self.hidden: set[Name] = set()
        groups = sorted({name for release in releases for name in release.groups})
        self.keys = ["measure", "period_start", "period_end", *groups]
        for release in releases:
            self._read(release)
        self._add_rows()
        self._add_groups()
        self._add_periods()
        if families:
            self._add_families()
        for release in releases:
            self._add_followed(release, followed)

    def _read(self, release: Published) -> None:
        for cells in release.frame().to_dict("records"):
            found = (cells.get(name) for name in self.keys)
            key = tuple(None if pd.isna(cell) else cell for cell in found)
            for role in ("numerator", "denominator"):
                name = (*key, role)
                self.names.setdefault(name, len(self.names))
                if not pd.isna(cells[role]):
                    self.known[name] = cells[role]
                else:
                    self.hidden.add(name)
            self.names.setdefault((*key, "rest"), len(self.names))
        self.hidden -= self.known.keys()

    def _add_rows(self) -> None:
        for key in {name[:-1] for name in self.names}:
            self.sums.append(
                {(*key, "numerator"): 1, (*key, "rest"): 1, (*key, "denominator"): -1}
            )

    def _add_groups(self) -> None:
        for at in range(3, len(self.keys)):
            parts = defaultdict(list)
            for name in self.names:
                if name[at] is not None:
                    parts[(*name[:at], None, *name[at + 1 :])].append(name)
            for total, names in parts.items():
                if total in self.names:
                    self.sums.append({**dict.fromkeys(names, 1), total: -1})

    def _add_periods(self) -> None:
        same = defaultdict(list)
        for name in self.names:
            same[(name[0], *name[3:])].append(name)
        for names in same.values():
            longest = max(names, key=lambda n: n[2] - n[1])
            parts = [n for n in names if n != longest]
            if sum((n[2] - n[1]).days for n in parts) == (longest[2] - longest[1]).days:
                self.sums.append({**dict.fromkeys(parts, 1), longest: -1})

    def _add_families(self) -> None:
        """Answers to one question: the same denominator, which together they are."""
        same = defaultdict(list)
        for name in self.names:
            if name[-1] == "numerator":
                same[name[1:-1]].append(name)
        for slot, names in same.items():
            wholes = [(n[0], *slot, "denominator") for n in names]
            self.sums.append({**dict.fromkeys(names, 1), wholes[0]: -1})
            self.sums += [{wholes[0]: 1, other: -1} for other in wholes[1:]]

    def _add_followed(self, release: Published, measures: Sequence[str]) -> None:
        """Results of people followed over time, the shortest horizon first.

        Who had an event, who was lost and who is left are all of them; who is counted
        by an earlier day is among those of a later one; and whoever is at risk next
        was at risk, had no event and was not lost.
        """
        for cells in release.frame().to_dict("records"):
            measure = next((m for m in measures if cells["measure"].startswith(m)), "")
            if not measure:
                continue
            name = (*(cells[key] for key in self.keys), "unknown")
            if pd.isna(cells["unknown"]):
                self.hidden.add(name)
            else:
                self.known[name] = cells["unknown"]
            n, d, left = ((*name[:-1], r) for r in ("numerator", "denominator", "left"))
            self.sums.append({n: 1, name: 1, left: 1, d: -1})
        known = {n[:-1]: days_of(n[0]) for n in self.names if n[-1] == "denominator"}
        for measure in measures:
            parts = [(d, k) for k, d in known.items() if d and k[0].startswith(measure)]
            self._add_intervals([key for _, key in sorted(parts)])
        for shorter, longer in pairwise(measures):
            for key in [key for key in known if key[0] == longer]:
                earlier, between = (shorter, *key[1:]), ("between", *key[1:])
                if earlier in known:
                    self._add_horizons(earlier, between, key)
        named = (name for terms in self.sums for name in terms)
        for name in named:
            self.names.setdefault(name, len(self.names))

    def _add_intervals(self, keys: Sequence[Name]) -> None:
        if not keys:
            return
        total = (keys[0][0].partition(".days_")[0], *keys[0][1:])
        for role in ("numerator", "unknown"):
            terms = {(*key, role): 1 for key in keys}
            self.sums.append({**terms, (*total, role): -1})
        first = {(*keys[0], "denominator"): 1, (*total, "denominator"): -1}
        self.sums.append(first)
        for now, later in pairwise(keys):
            self.sums.append({(*now, "left"): 1, (*later, "denominator"): -1})

    def _add_horizons(self, earlier: Name, between: Name, later: Name) -> None:
        for role in ("numerator", "unknown"):
            names = ((*key, role) for key in (earlier, between, later))
            self.sums.append(dict(zip(names, (1, 1, -1), strict=True)))
        ends = {(*earlier, "denominator"): 1, (*later, "denominator"): -1}
        self.sums.append(ends)

    def range_of(self, name: Name) -> tuple[float, float]:
        """The least and the most the number can be."""
        matrix, right = self._matrix()
        low, high = (
            linprog(
                sign * self._unit(name),
                A_eq=matrix,
                b_eq=right,
                bounds=(0, None),
                method="highs",
            )
            for sign in (1, -1)
        )
        assert low.status == 0, low.message
        most = np.inf if high.status == 3 else -high.fun
        return round(low.fun, 6), round(most, 6)

    def _unit(self, name: Name) -> Any:
        unit = np.zeros(len(self.names))
        unit[self.names[name]] = 1
        return unit

    def _matrix(self) -> tuple[Any, Any]:
        rows = [*self.sums, *({name: 1} for name in self.known)]
        matrix = np.zeros((len(rows), len(self.names)))
        for at, terms in enumerate(rows):
            for name, weight in terms.items():
                matrix[at, self.names[name]] += weight
        right = [0.0] * len(self.sums) + list(self.known.values())
        return matrix, np.array(right)

    def determined(self) -> set[Name]:
        """The hidden numbers that the sums alone give away, by exact elimination."""
        unknown = [name for name in self.names if name not in self.known]
        column = {name: at for at, name in enumerate(unknown)}
        rows = []
        for terms in self.sums:
            line = [Fraction(0)] * len(unknown)
            for name, weight in terms.items():
                if name in column:
                    line[column[name]] += weight
            rows.append(line)
        pivots = _reduced(rows)
        return {
            unknown[pivot]
            for pivot, line in pivots.items()
            if sum(1 for weight in line if weight) == 1
            and unknown[pivot] in self.hidden
        }


def days_of(measure: str) -> tuple[int, float] | None:
    """The days that an interval of a curve is about, by its name."""
    _, _, days = measure.partition(".days_")
    if not days:
        return None
    start, _, end = days.partition("_")
    return int(start), float(end) if end.isdigit() else np.inf


def _reduced(rows: list[list[Fraction]]) -> Mapping[int, list[Fraction]]:
    """Reduced row echelon form: pivot column -> row."""
    pivots: dict[int, list[Fraction]] = {}
    for line in rows:
        for pivot, other in pivots.items():
            if line[pivot]:
                factor = line[pivot]
                line = [a - factor * b for a, b in zip(line, other, strict=True)]
        at = next((i for i, weight in enumerate(line) if weight), None)
        if at is None:
            continue
        line = [weight / line[at] for weight in line]
        for pivot, other in pivots.items():
            if other[at]:
                factor = other[at]
                pivots[pivot] = [
                    a - factor * b for a, b in zip(other, line, strict=True)
                ]
        pivots[at] = line
    return pivots
