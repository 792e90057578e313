"""Which further numbers must be hidden so that no hidden number can be worked out.

For each protected number two other tables are looked for that agree with everything
shown: one in which it is as low as must remain possible, one in which it is as high.
They are the proof. Where none exists, the cheapest one is found that departs from the
shown numbers as little as possible, and what it departs from is hidden: then it exists.
The search is a small integer program (HiGHS), one for each connected part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
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


def conceal(
    puzzle: Puzzle,
    new: Set[int] | None = None,
    progress: Callable[[int], None] = lambda left: None,
) -> Concealed:
    """Hide what is needed, part by part; parts with nothing new are proved already.

    ``progress`` is told how many proofs are left to find.
    """
    found = Concealed(hidden=set(puzzle.hidden))
    parts = [p for p in _parts(puzzle) if new is None or not new.isdisjoint(p.ids)]
    left = sum(part.proofs for part in parts)
    for part in parts:
        for settled in part.protect(found):
            left -= settled
            progress(left)
    return found


@dataclass
class Part:
    """Numbers tied together by sums; other parts say nothing about them."""

    ids: list[int]
    puzzle: Puzzle
    relations: list[Relation]

    @property
    def proofs(self) -> int:
        """How many other tables are looked for."""
        return sum(map(len, (self._goals(1), self._goals(0), self._unsure())))

    def protect(self, found: Concealed) -> Iterator[int]:
        """Hide numbers until each wanted range is possible, upwards and downwards.

        Tells again and again how many more are settled.
        """
        program = self._program(found.hidden)
        for end in (1, 0):
            yield from self._reach(self._goals(end), program, found)
        yield from self._unsettle(self._unsure(), program, found)

    def _goals(self, end: int) -> dict[int, float]:
        """How far each number must be able to move, down (0) or up (1)."""
        p = self.puzzle
        wanted = [i for i in self.ids if i in p.wanted]
        goals = {i: p.wanted[i][end] - p.values[i] for i in wanted}
        return {i: by for i, by in goals.items() if by * SIGN[end] > 0}

    def _unsure(self) -> list[int]:
        return [i for i in self.ids if i in self.puzzle.unsure]

    def _reach(
        self, goals: dict[int, float], program: Program, found: Concealed
    ) -> Iterator[int]:
        """Hide what must be, so that each number could move as far as its goal.

        The hardest first: a table made for it often shows many of the others.
        """
        left = dict(sorted(goals.items(), key=lambda goal: -abs(goal[1])))
        while left:
            before = len(left)
            i = next(iter(left))
            table = program.nearest(i, left.pop(i))
            if table is None:
                self._give_up(i, program, found)
            else:
                self._hide(table.keys(), program, found)
                left = {i: by for i, by in left.items() if not _reaches(table, i, by)}
            yield before - len(left)

    def _unsettle(
        self, unsure: Sequence[int], program: Program, found: Concealed
    ) -> Iterator[int]:
        """Let each be one more or one less, whichever takes the least hiding."""
        left = list(unsure)
        while left:
            before = len(left)
            i = left.pop(0)
            tables = [table for by in SIGN if (table := program.nearest(i, by))]
            if tables:
                best = min(tables, key=lambda table: len(table.keys() - found.hidden))
                self._hide(best.keys(), program, found)
                left = [
                    i for i in left if not any(_reaches(best, i, by) for by in SIGN)
                ]
            else:
                self._give_up(i, program, found)
            yield before - len(left)

    def _hide(self, ids: Set[int], program: Program, found: Concealed) -> None:
        program.free(ids - found.hidden)
        found.hidden |= ids

    def _give_up(self, i: int, program: Program, found: Concealed) -> None:
        """Show nothing of this part; what is known already may still give it away."""
        costs = self.puzzle.cost
        self._hide({i for i in self.ids if i in costs}, program, found)
        movable = self.puzzle.hidden | costs.keys()
        if any(i not in movable for r in self.relations for i, _ in r.terms):
            found.exposed.add(i)

    def _program(self, hidden: set[int]) -> Program:
        p = self.puzzle
        return Program(
            values=p.values,
            least=p.least,
            whole=p.whole,
            hidden=[i for i in self.ids if i in hidden],
            cost={i: p.cost[i] for i in self.ids if i not in hidden},
            relations=self.relations,
        )


SIGN = (-1.0, 1.0)  # of a move towards the lower end of a range, and the upper


def _reaches(table: Mapping[int, float], i: int, by: float) -> bool:
    """Whether a table moves a number as far as it had to move."""
    return (table.get(i, 0.0) - by) * (1 if by > 0 else -1) >= -MOVED


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
