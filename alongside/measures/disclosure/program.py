"""Other tables of numbers that obey the same sums: an integer program (HiGHS)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from alongside.measures.disclosure.additions import Relation

Floats = npt.NDArray[np.float64]
SECONDS = 60.0
MOVED = 1e-6


@dataclass
class Program:
    """How far the movable numbers can move while every sum still holds."""

    values: Sequence[float]
    least: Sequence[float]
    whole: Sequence[bool]
    ids: Sequence[int]
    relations: Sequence[Relation]

    def __post_init__(self) -> None:
        self.column = {i: c for c, i in enumerate(self.ids)}
        self.down = np.array([self._lowest(i) for i in self.ids])
        self.counts = np.array([self.whole[i] for i in self.ids], dtype=float)
        rows: list[int] = []
        columns: list[int] = []
        weights: list[int] = []
        low: list[float] = []
        high: list[float] = []
        for relation in self.relations:
            terms = [(self.column[i], w) for i, w in relation.terms if i in self.column]
            if not terms:
                continue
            columns += [c for c, _ in terms]
            weights += [w for _, w in terms]
            rows += [len(low)] * len(terms)
            slack = sum(w * self.values[i] for i, w in relation.terms)
            low.append(-slack if relation.at_least else 0.0)
            high.append(np.inf if relation.at_least else 0.0)
        shape = (len(low), len(self.ids))
        self.sums = csr_array((weights, (rows, columns)), shape=shape, dtype=float)
        self.low, self.high = np.array(low), np.array(high)

    def _lowest(self, i: int) -> float:
        return self.least[i] - self.values[i]

    def furthest(self, goals: Mapping[int, float]) -> dict[int, float]:
        """One table in which as much as possible of these goals is reached.

        Each goal has a helper that follows its number as far as the goal; the helpers
        together are made as large as they can be.
        """
        goals = {i: g for i, g in goals.items() if i in self.column}
        size, extra = len(self.ids), len(goals)
        objective = np.concatenate([np.zeros(size), -np.ones(extra)])
        rows = np.repeat(np.arange(extra), 2)
        columns = np.array(
            [c for k, i in enumerate(goals) for c in (self.column[i], size + k)],
            dtype=np.int64,
        )
        weights = [w for g in goals.values() for w in (np.sign(g), -1.0)]
        follow = csr_array((weights, (rows, columns)), shape=(extra, size + extra))
        return (
            self._solve(
                objective,
                Bounds(
                    np.concatenate([self.down, np.full(extra, -np.inf)]),
                    np.concatenate(
                        [np.full(size, np.inf), [abs(g) for g in goals.values()]]
                    ),
                ),
                [LinearConstraint(follow, 0, np.inf)] if extra else [],
                extra,
            )
            or {}
        )

    def reach(self, target: int, goal: float) -> dict[int, float] | None:
        """A table that reaches the goal, if there is one."""
        return self.cheapest(target, goal, {}) if target in self.column else None

    def cheapest(
        self, target: int, goal: float, cost: Mapping[int, float]
    ) -> dict[int, float] | None:
        """The table that reaches the goal and departs least from what is shown."""
        shown = [i for i in self.ids if cost.get(i)]
        size, extra = len(self.ids), len(shown)
        objective = np.concatenate([np.zeros(size), [cost[i] for i in shown]])
        bounds = Bounds(
            np.concatenate([self.down, np.zeros(extra)]),
            np.full(size + extra, np.inf),
        )
        column = self.column[target]
        if goal > 0:
            bounds.lb[column] = goal
        else:
            bounds.ub[column] = goal
        return self._solve(objective, bounds, self._distances(shown), extra)

    def _distances(self, shown: Sequence[int]) -> list[LinearConstraint]:
        """Helpers that are at least as large as each shown number's departure."""
        if not shown:
            return []
        size, extra = len(self.ids), len(shown)
        at = np.array([self.column[i] for i in shown])
        each = np.arange(extra)
        ones = np.ones(extra)
        shape = (extra, size + extra)
        helper = csr_array((ones, (each, size + each)), shape=shape)
        moved = csr_array((ones, (each, at)), shape=shape)
        return [
            LinearConstraint(helper - moved, 0, np.inf),
            LinearConstraint(helper + moved, 0, np.inf),
        ]

    def _solve(
        self,
        objective: Floats,
        bounds: Bounds,
        constraints: list[LinearConstraint],
        extra: int,
    ) -> dict[int, float] | None:
        size = len(self.ids)
        if self.sums.shape[0]:
            padding = csr_array((self.sums.shape[0], extra))
            wide = _beside(self.sums, padding)
            constraints = [LinearConstraint(wide, self.low, self.high), *constraints]
        # The relaxation first: its tables are nearly always whole numbers already.
        for integrality in (np.zeros(size), self.counts):
            solved = milp(
                objective,
                integrality=np.concatenate([integrality, np.zeros(extra)]),
                bounds=bounds,
                constraints=constraints,
                options={"time_limit": SECONDS},
            )
            if solved.x is None:
                return None
            table = solved.x[:size]
            if self._is_whole(table):
                break
        return dict(zip(self.ids, table, strict=True))

    def _is_whole(self, table: Floats) -> bool:
        counts = table[self.counts > 0]
        return bool((np.abs(counts - np.round(counts)) < MOVED).all())


def _beside(left: csr_array, right: csr_array) -> csr_array:
    if not right.shape[1]:
        return left
    shape = (left.shape[0], left.shape[1] + right.shape[1])
    return csr_array((left.data, left.indices, left.indptr), shape=shape)
