"""Somebody who has the published table, pencil, paper and a solver; and nothing else.

Written apart from the code it attacks: it reads what anybody reads, writes down every
sum it can think of, and asks for each hidden number how low and how high it can be
(linear programming) and whether the sums alone determine it (exact fractions).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from alongside.measures.disclosure import Published

Name = tuple[Any, ...]  # (measure, start, end, groups..., "numerator"|...)
ROLES = ("numerator", "denominator", "rest")


class Attacker:
    """What can be worked out about the hidden numbers of shares in one release."""

    def __init__(self, *releases: Published, families: bool = True) -> None:
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
