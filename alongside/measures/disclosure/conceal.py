"""Which further numbers must be hidden so that no hidden number can be worked out.

For each protected number two other tables are looked for that agree with everything
shown: one in which it is as low as must remain possible, one in which it is as high.
They are the proof. Where none exists, the cheapest one is found that departs from the
shown numbers as little as possible, and what it departs from is hidden: then it exists.
The search is a small integer program (SciPy's HiGHS), one for each connected part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from alongside.measures.disclosure.additions import Relation

Floats = npt.NDArray[np.float64]
SECONDS = 60.0
MOVED = 1e-6


@dataclass(frozen=True)
class Puzzle:
    """The true numbers, what ties them together, and what must not come out."""

    values: Sequence[float]
    least: Sequence[float]
    whole: Sequence[bool]
    relations: Sequence[Relation]
    wanted: Mapping[int, tuple[float, float]]  # the range that must remain possible
    hidden: frozenset[int]  # not shown, whatever happens
    cost: Mapping[int, float]  # shown, but may be hidden; all others are known


@dataclass
class Concealed:
    """What is hidden in the end, and what could not be protected."""

    hidden: set[int] = field(default_factory=set)
    exposed: set[int] = field(default_factory=set)


def conceal(puzzle: Puzzle) -> Concealed:
    """Hide what is needed, part by part."""
    found = Concealed(hidden=set(puzzle.hidden))
    for part in _parts(puzzle):
        part.protect(found)
    return found


@dataclass
class Part:
    """Numbers tied together by sums; other parts say nothing about them."""

    ids: list[int]
    puzzle: Puzzle
    relations: list[Relation]

    def protect(self, found: Concealed) -> None:
        """Hide numbers until each wanted range is possible, upwards and downwards."""
        for up in (True, False):
            waiting = {
                i
                for i in self.ids
                if i in self.puzzle.wanted and self._distance(i, up) > MOVED
            }
            while waiting:
                waiting -= self._free(waiting, found.hidden, up)
                if not waiting:
                    break
                hardest = max(waiting, key=lambda i: (self._distance(i, up), -i))
                table = self._cheapest(hardest, found.hidden, up)
                if table is None:
                    self._give_up(waiting, found)
                    break
                found.hidden |= {i for i, by in table.items() if abs(by) > MOVED}
                waiting -= self._reached(waiting, table, up)

    def _give_up(self, waiting: set[int], found: Concealed) -> None:
        """Show nothing of this part; what is known already may still give it away."""
        found.hidden |= {i for i in self.ids if i in self.puzzle.cost}
        movable = self.puzzle.hidden | self.puzzle.cost.keys()
        if any(i not in movable for r in self.relations for i, _ in r.terms):
            found.exposed |= waiting

    def _goal(self, i: int, up: bool) -> float:
        """How far the number has to move."""
        low, high = self.puzzle.wanted[i]
        x = self.puzzle.values[i]
        return max(0.0, high - x) if up else min(0.0, low - x)

    def _distance(self, i: int, up: bool) -> float:
        return abs(self._goal(i, up))

    def _reached(
        self, waiting: Iterable[int], table: Mapping[int, float], up: bool
    ) -> set[int]:
        return {
            i
            for i in waiting
            if abs(table.get(i, 0.0)) >= self._distance(i, up) - MOVED
            and table.get(i, 0.0) * (1 if up else -1) >= -MOVED
        }

    def _free(self, waiting: set[int], hidden: set[int], up: bool) -> set[int]:
        """Those that can already be there, as many at once as one table shows."""
        movable = [i for i in self.ids if i in hidden]
        program = Program(self.puzzle, movable, self.relations)
        done: set[int] = set()
        while left := sorted(waiting - done):
            table = program.furthest({i: self._goal(i, up) for i in left})
            new = self._reached(left, table, up)
            if not new:
                break
            done |= new
        return done

    def _cheapest(
        self, target: int, hidden: set[int], up: bool
    ) -> dict[int, float] | None:
        movable = [i for i in self.ids if i in hidden or i in self.puzzle.cost]
        cost = {i: c for i, c in self.puzzle.cost.items() if i not in hidden}
        program = Program(self.puzzle, movable, self.relations)
        return program.cheapest(target, self._goal(target, up), cost)


@dataclass
class Program:
    """How far the movable numbers can move while every sum still holds."""

    puzzle: Puzzle
    ids: Sequence[int]
    relations: Sequence[Relation]

    def __post_init__(self) -> None:
        self.column = {i: c for c, i in enumerate(self.ids)}
        self.down = np.array([self._lowest(i) for i in self.ids])
        self.whole = np.array([self.puzzle.whole[i] for i in self.ids], dtype=float)
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
            slack = sum(w * self.puzzle.values[i] for i, w in relation.terms)
            low.append(-slack if relation.at_least else 0.0)
            high.append(np.inf if relation.at_least else 0.0)
        shape = (len(low), len(self.ids))
        self.sums = csr_array((weights, (rows, columns)), shape=shape, dtype=float)
        self.low, self.high = np.array(low), np.array(high)

    def _lowest(self, i: int) -> float:
        return self.puzzle.least[i] - self.puzzle.values[i]

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
        for integrality in (np.zeros(size), self.whole):
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
        counts = table[self.whole > 0]
        return bool((np.abs(counts - np.round(counts)) < MOVED).all())


def _beside(left: csr_array, right: csr_array) -> csr_array:
    if not right.shape[1]:
        return left
    shape = (left.shape[0], left.shape[1] + right.shape[1])
    return csr_array((left.data, left.indices, left.indptr), shape=shape)


def _parts(puzzle: Puzzle) -> Iterator[Part]:
    """The connected parts that hold something to protect."""
    parent = list(range(len(puzzle.values)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    movable = puzzle.hidden | puzzle.cost.keys()
    for relation in puzzle.relations:
        tied = [root(i) for i, _ in relation.terms if i in movable]
        for other in tied[1:]:
            parent[root(other)] = root(tied[0])
    members: dict[int, list[int]] = {}
    for i in sorted(movable):
        members.setdefault(root(i), []).append(i)
    sums: dict[int, list[Relation]] = {}
    for relation in puzzle.relations:
        if some := [i for i, _ in relation.terms if i in movable]:
            sums.setdefault(root(some[0]), []).append(relation)
    for at, ids in members.items():
        if any(i in puzzle.wanted for i in ids):
            yield Part(ids, puzzle, sums.get(at, []))
