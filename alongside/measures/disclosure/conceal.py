"""Which further numbers must be hidden so that no hidden number can be worked out.

For each protected number two other tables are looked for that agree with everything
shown: one in which it is as low as must remain possible, one in which it is as high.
They are the proof. Where none exists, the cheapest one is found that departs from the
shown numbers as little as possible, and what it departs from is hidden: then it exists.
The search is a small integer program (SciPy's HiGHS), one for each connected part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from alongside.measures.disclosure.additions import Relation
from alongside.measures.disclosure.program import MOVED, Program


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
    unsure: frozenset[int] = frozenset()  # must not be determined, higher or lower


@dataclass
class Concealed:
    """What is hidden in the end, and what could not be protected."""

    hidden: set[int] = field(default_factory=set)
    exposed: set[int] = field(default_factory=set)


def conceal(puzzle: Puzzle, new: Set[int] | None = None) -> Concealed:
    """Hide what is needed, part by part; parts with nothing new are proved already."""
    found = Concealed(hidden=set(puzzle.hidden))
    for part in _parts(puzzle):
        if new is None or not new.isdisjoint(part.ids):
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
        wanted = [i for i in self.ids if i in self.puzzle.wanted]
        for end in (1, 0):
            goals = {
                i: self.puzzle.wanted[i][end] - self.puzzle.values[i] for i in wanted
            }
            self._reach({i: by for i, by in goals.items() if by * SIGN[end] > 0}, found)
        unsure = [i for i in self.ids if i in self.puzzle.unsure]
        for by in SIGN:
            program = self._program([i for i in self.ids if i in found.hidden])
            done = self._free(dict.fromkeys(unsure, float(by)), program)
            unsure = [i for i in unsure if i not in done]
        for i in unsure:
            self._unsettle(i, found)

    def _reach(self, goals: dict[int, float], found: Concealed) -> None:
        """Hide what must be, so that each number could move as far as its goal."""
        while goals:
            goals = self._left_to_hide_for(goals, found.hidden)
            if not goals:
                return
            hardest = _hardest(goals)
            table = self._cheapest(hardest, goals[hardest], found.hidden)
            if table is None:
                self._give_up(goals, found)
                return
            found.hidden |= _moved(table)
            goals = _without(goals, _reached(goals, table))

    def _left_to_hide_for(
        self, goals: dict[int, float], hidden: set[int]
    ) -> dict[int, float]:
        """What is left when many were tried at once, and then the hardest by itself.

        One that cannot be reached as things stand is the first of what is left.
        """
        program = self._program([i for i in self.ids if i in hidden])
        goals = _without(goals, self._free(goals, program))
        while goals:
            hardest = _hardest(goals)
            table = program.reach(hardest, goals[hardest])
            if table is None:
                break
            goals = _without(goals, _reached(goals, table))
        return goals

    def _unsettle(self, i: int, found: Concealed) -> None:
        """Let the number be one more or one less, whichever takes the least hiding."""
        tables = [self._cheapest(i, float(by), found.hidden) for by in SIGN]
        possible = [_moved(table) - found.hidden for table in tables if table]
        if possible:
            found.hidden |= min(possible, key=len)
        else:
            self._give_up([i], found)

    def _give_up(self, waiting: Iterable[int], found: Concealed) -> None:
        """Show nothing of this part; what is known already may still give it away."""
        found.hidden |= {i for i in self.ids if i in self.puzzle.cost}
        movable = self.puzzle.hidden | self.puzzle.cost.keys()
        if any(i not in movable for r in self.relations for i, _ in r.terms):
            found.exposed |= set(waiting)

    def _free(self, goals: Mapping[int, float], program: Program) -> set[int]:
        """Those that can already be there, as many at once as one table shows.

        When a table shows few of many, it is quicker to try one by one.
        """
        done: set[int] = set()
        while left := _without(goals, done):
            new = _reached(left, program.furthest(left))
            done |= new
            if len(new) < min(FEW, len(left)):
                break
        return done

    def _cheapest(
        self, target: int, by: float, hidden: set[int]
    ) -> dict[int, float] | None:
        costs = self.puzzle.cost
        shown = {i: costs[i] for i in self.ids if i in costs and i not in hidden}
        program = self._program([i for i in self.ids if i in hidden or i in shown])
        return program.cheapest(target, by, shown)

    def _program(self, movable: list[int]) -> Program:
        p = self.puzzle
        return Program(p.values, p.least, p.whole, movable, self.relations)


FEW = 10  # numbers shown by one table
SIGN = (-1, 1)  # of a move towards the lower end of a range, and the upper


def _without(goals: Mapping[int, float], done: Iterable[int]) -> dict[int, float]:
    left = goals.keys() - set(done)
    return {i: by for i, by in goals.items() if i in left}


def _hardest(goals: Mapping[int, float]) -> int:
    return max(goals, key=lambda i: (abs(goals[i]), -i))


def _reached(goals: Mapping[int, float], table: Mapping[int, float]) -> set[int]:
    """The numbers that a table moves as far as they had to move."""
    return {
        i
        for i, by in goals.items()
        if (table.get(i, 0.0) - by) * (1 if by > 0 else -1) >= -MOVED
    }


def _moved(table: Mapping[int, float]) -> set[int]:
    """Where a table differs from the true one."""
    return {i for i, by in table.items() if abs(by) > MOVED}


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
        if any(i in puzzle.wanted or i in puzzle.unsure for i in ids):
            yield Part(ids, puzzle, sums.get(at, []))
