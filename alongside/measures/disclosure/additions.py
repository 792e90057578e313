"""What adds up to what: everything an attacker can add and subtract.

Nothing is taken on trust. A sum is one that the structure suggests (parts of a row,
groups of a total, months of a year, answers to one question) and that the true numbers
obey; what does not hold cannot be used by anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from alongside.measures.disclosure import follow_up
from alongside.measures.disclosure.internal import SLOT, Internal
from alongside.measures.disclosure.quantities import PRINTED, Quantities, Role
from alongside.measures.groups import MULTIRACIAL

NEAR = 1e-6


@dataclass(frozen=True)
class Relation:
    """Terms that add up to zero; or, if ``at_least``, to zero or more."""

    terms: tuple[tuple[int, int], ...]  # (quantity, how often)
    at_least: bool = False


def relations(internal: Internal, q: Quantities) -> list[Relation]:
    """Every sum that holds, once."""
    found = [
        *_rows(internal, q),
        *_groups(internal, q),
        *_periods(internal, q),
        *_answers(internal, q),
        *_curves(internal, q),
    ]
    return list(dict.fromkeys(r for r in found if r and r.terms))


def _relation(
    q: Quantities, plus: Iterable[int], minus: Iterable[int], *, at_least: bool = False
) -> Relation | None:
    """The sum, if the true numbers obey it."""
    weights: dict[int, int] = defaultdict(int)
    for quantity in plus:
        weights[quantity] += 1
    for quantity in minus:
        weights[quantity] -= 1
    total = sum(w * q.values[i] for i, w in weights.items())
    scale = 1 + max((abs(q.values[i]) for i in weights), default=0)
    holds = total >= -NEAR * scale if at_least else abs(total) <= NEAR * scale
    terms = tuple(sorted((i, w) for i, w in weights.items() if w))
    return Relation(terms, at_least) if holds else None


def _rows(internal: Internal, q: Quantities) -> Iterator[Relation | None]:
    shares = internal.shares()
    for row, measure in enumerate(internal.frame["measure"]):
        if measure in shares:
            n, rest, d, _ = (int(i) for i in q.ids[row])
            yield _relation(q, [n, rest], [d])
        if follow_up.is_survival(measure):  # who is unknown is among the others
            n, _, d, u = (int(i) for i in q.ids[row])
            some_left = follow_up.is_followed(measure)
            yield _relation(q, [d], [n, u], at_least=some_left)


def _groups(internal: Internal, q: Quantities) -> Iterator[Relation]:
    """The groups of each total, for every way of breaking it down by one more."""
    frame, keys = internal.frame, internal.keys
    rows = list(frame[keys].itertuples(index=False, name=None))
    at = {key: row for row, key in enumerate(rows)}
    children: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row, key in enumerate(rows):
        for position in range(len(keys) - len(internal.groups), len(keys)):
            if key[position] is not None:
                total = at.get((*key[:position], None, *key[position + 1 :]))
                if total is not None:
                    children[total, position].append(row)
    for (total, position), parts in children.items():
        several = {row for row in parts if rows[row][position] == MULTIRACIAL}
        for role in PRINTED:
            yield from _broken_down(q, role, total, parts, several)


def _broken_down(
    q: Quantities, role: Role, total: int, parts: Sequence[int], several: set[int]
) -> Iterator[Relation]:
    whole = int(q.ids[total, role])
    once = [int(q.ids[row, role]) for row in parts if row not in several]
    mixed = [int(q.ids[row, role]) for row in several]
    exact = _relation(q, once, [whole]) if not several else None
    if exact:
        yield exact
        return
    # People in several groups: the groups together are the total or more, those in
    # several were counted twice at least, and no group is more than the total.
    candidates = [
        _relation(q, once, [whole, *mixed], at_least=True),
        _relation(q, once, [whole], at_least=True),
        *(_relation(q, [whole], [part], at_least=True) for part in [*once, *mixed]),
    ]
    yield from (found for found in candidates if found)


def _periods(internal: Internal, q: Quantities) -> Iterator[Relation]:
    """Months of a quarter, quarters of a year: periods that fill a longer one."""
    frame = internal.frame
    names = ["measure", *internal.groups]
    by_slot: dict[tuple[Any, ...], dict[tuple[date, date], int]] = defaultdict(dict)
    columns = frame[[*names, *SLOT]].itertuples(index=False, name=None)
    for row, key in enumerate(columns):
        by_slot[key[:-2]][key[-2:]] = row
    fillings: dict[frozenset[tuple[date, date]], list[Any]] = {}
    for rows in by_slot.values():
        slots = frozenset(rows)
        if slots not in fillings:
            fillings[slots] = fillings_of(slots)
        for longer, parts in fillings[slots]:
            for role in PRINTED:
                plus = [int(q.ids[rows[part], role]) for part in parts]
                found = _relation(q, plus, [int(q.ids[rows[longer], role])])
                if found:
                    yield found


Slot = tuple[date, date]


def fillings_of(slots: frozenset[Slot]) -> list[tuple[Slot, tuple[Slot, ...]]]:
    """Each period with the shorter ones that fill it: for each of them the fewest."""
    found: dict[tuple[Slot, tuple[Slot, ...]], None] = {}
    for longer in sorted(slots):
        start, end = longer
        inside = [s for s in slots if start <= s[0] and s[1] <= end and s != longer]
        for part in sorted(inside):
            before = _fewest(inside, start, part[0])
            after = _fewest(inside, part[1], end)
            if before is not None and after is not None:
                found[longer, (*before, part, *after)] = None
    return list(found)


def _fewest(slots: Iterable[Slot], start: date, end: date) -> tuple[Slot, ...] | None:
    """The fewest periods that fill the time from one day to another."""
    best: dict[date, tuple[Slot, ...]] = {start: ()}
    for slot in sorted(slots):  # by start, so what leads to it is known already
        if slot[0] in best and slot[1] <= end:
            way = (*best[slot[0]], slot)
            if slot[1] not in best or len(way) < len(best[slot[1]]):
                best[slot[1]] = way
    return best.get(end)


def _answers(internal: Internal, q: Quantities) -> Iterator[Relation]:
    """Shares of one whole that together are all of it, with or without the unknown.

    They are found by their names (what stands before the last point) and by having
    the same denominator everywhere.
    """
    rows_of = internal.frame.groupby("measure").indices
    families: dict[Any, dict[tuple[int, ...], str]] = defaultdict(dict)
    for measure in sorted(internal.shares()):
        rows = rows_of[measure]
        family = measure.rpartition(".")[0], tuple(q.ids[rows, Role.DENOMINATOR])
        families[family].setdefault(tuple(q.ids[rows, Role.NUMERATOR]), measure)
    for measures in families.values():
        names = list(measures.values())
        if len(names) > 1:
            yield from _whole(q, [np.asarray(rows_of[name]) for name in names])


def _curves(internal: Internal, q: Quantities) -> Iterator[Relation]:
    """Intervals of follow-up: who is at risk next, and what a longer one adds up to."""
    for parts, whole in follow_up.sums(internal):
        found = _relation(
            q,
            [int(q.ids[part]) for part in parts],
            [int(q.ids[each]) for each in whole],
        )
        if found:
            yield found


def _whole(q: Quantities, members: Sequence[Any]) -> Iterator[Relation]:
    for unknown in (False, True):
        found = []
        for rows in zip(*members, strict=True):
            plus = [int(q.ids[row, Role.NUMERATOR]) for row in rows]
            plus += [int(q.ids[rows[0], Role.UNKNOWN])] if unknown else []
            found.append(_relation(q, plus, [int(q.ids[rows[0], Role.DENOMINATOR])]))
        if all(found):
            yield from (relation for relation in found if relation)
            return
