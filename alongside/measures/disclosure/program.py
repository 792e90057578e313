"""Other tables of numbers that obey the same sums: an integer program (HiGHS)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from alongside.measures.disclosure.additions import Relation

Floats = npt.NDArray[np.float64]
SECONDS = 60.0
MOVED = 1e-6
INTEGER, CONTINUOUS = 1, 0  # of highspy.HighsVarType


@dataclass
class Program:
    """How far numbers can move while every sum still holds.

    Hidden numbers move freely, shown ones at a cost. Every question starts where the
    last one ended, which is why thousands of them take seconds.
    """

    values: Sequence[float]
    least: Sequence[float]
    whole: Sequence[bool]
    hidden: Sequence[int]
    cost: Mapping[int, float]  # of each shown number that may move, by one
    relations: Sequence[Relation]

    def __post_init__(self) -> None:
        # A shown number has two columns, what it rises by and what it falls by, so
        # that its cost counts either way.
        self.ids = [*self.hidden, *self.cost]
        self.column = {i: c for c, i in enumerate(self.ids)}
        self.fall = {i: len(self.ids) + k for k, i in enumerate(self.cost)}
        self.counts = np.array([self.whole[i] for i in self.ids], dtype=bool)
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call] # it has no types
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("presolve", "off"),  # it would forget where the last question ended
            ("time_limit", SECONDS),
        ):
            self.solver.setOptionValue(option, value)
        self.solver.passModel(self._model())

    def nearest(self, target: int, by: float) -> dict[int, float] | None:
        """The moves that take a number so far, and shown ones as little as can be.

        What stays where it is is left out. None when there are no such moves; a
        positive ``by`` is upwards.
        """
        self._bound(target, by)
        self.solver.run()
        table = self._table()
        if table is not None and not self._is_whole(table):
            table = self._in_whole_numbers()
        self._bound(target, 0)
        if table is None:
            return None
        moved = np.flatnonzero(np.abs(table) > MOVED)
        return {self.ids[c]: float(table[c]) for c in moved}

    def free(self, ids: Iterable[int]) -> None:
        """These are hidden from now on: they move freely."""
        for i in ids:
            fall = self.fall.pop(i)
            self.solver.changeColCost(self.column[i], 0.0)
            self.solver.changeColCost(fall, 0.0)
            self.solver.changeColBounds(fall, 0.0, 0.0)
            self._bound(i, 0)

    def _bound(self, i: int, by: float) -> None:
        """Let a number move only so far or further; with 0, as far as it can."""
        fall = self.fall.get(i)
        lowest = self.least[i] - self.values[i]
        low, high = max(lowest, by) if by > 0 else lowest, by if by < 0 else np.inf
        if fall is None:
            self.solver.changeColBounds(self.column[i], low, high)
            return
        self.solver.changeColBounds(self.column[i], max(low, 0.0), max(high, 0.0))
        self.solver.changeColBounds(fall, max(-high, 0.0), max(-low, 0.0))

    def _table(self) -> Floats | None:
        """Each number's move in the last answer, if there was one."""
        feasible = highspy.SolutionStatus.kSolutionStatusFeasible
        if self.solver.getInfo().primal_solution_status != feasible:
            return None
        solved = np.array(self.solver.getSolution().col_value)
        table = solved[: len(self.ids)]
        for i, fall in self.fall.items():
            table[self.column[i]] -= solved[fall]
        return table

    def _is_whole(self, table: Floats) -> bool:
        counts = table[self.counts]
        return bool((np.abs(counts - np.round(counts)) < MOVED).all())

    def _in_whole_numbers(self) -> Floats | None:
        """The same question once more, for the few whose answer was in fractions."""
        place = self.solver.getBasis()
        self._demand(INTEGER)
        self.solver.run()
        table = self._table()
        self._demand(CONTINUOUS)
        self.solver.setBasis(place)
        return table

    def _demand(self, kind: int) -> None:
        columns = np.flatnonzero(self.counts).astype(np.int32)
        kinds = np.full(len(columns), kind, dtype=np.uint8)
        self.solver.changeColsIntegrality(len(columns), columns, kinds)

    def _model(self) -> highspy.HighsLp:
        sums, low, high = self._sums()
        down = np.array([self.least[i] - self.values[i] for i in self.ids])
        free, shown = down[: len(self.hidden)], down[len(self.hidden) :]
        prices = np.array(list(self.cost.values()))
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = sums.shape
        model.col_cost_ = np.concatenate([np.zeros(len(free)), prices, prices])
        model.col_lower_ = np.concatenate([free, np.zeros(2 * len(shown))])
        model.col_upper_ = np.concatenate([np.full(len(self.ids), np.inf), -shown])
        model.row_lower_, model.row_upper_ = low, high
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = sums.indptr
        model.a_matrix_.index_ = sums.indices
        model.a_matrix_.value_ = sums.data
        return model

    def _sums(self) -> tuple[csr_array, Floats, Floats]:
        """What must hold of the moves: a row for each relation, and its two ends."""
        rows: list[int] = []
        columns: list[int] = []
        weights: list[float] = []
        low: list[float] = []
        high: list[float] = []
        for relation in self.relations:
            terms = [(i, w) for i, w in relation.terms if i in self.column]
            if not terms:
                continue
            falls = [(self.fall[i], -w) for i, w in terms if i in self.fall]
            moves = [*((self.column[i], w) for i, w in terms), *falls]
            columns += [c for c, _ in moves]
            weights += [w for _, w in moves]
            rows += [len(low)] * len(moves)
            slack = sum(w * self.values[i] for i, w in relation.terms)
            low.append(-slack if relation.at_least else 0.0)
            high.append(np.inf if relation.at_least else 0.0)
        shape = (len(low), len(self.ids) + len(self.fall))
        sums = csr_array((weights, (rows, columns)), shape=shape, dtype=float)
        return sums, np.array(low), np.array(high)
