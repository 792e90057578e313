"""The numbers a release is made of, and which of them are one and the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from alongside.measures.curves import interval_of
from alongside.measures.disclosure.internal import Internal

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]


class Role(IntEnum):
    """What a number is in its row."""

    NUMERATOR = 0
    REST = 1  # the denominator less the numerator; never printed, always known
    DENOMINATOR = 2
    UNKNOWN = 3


Column: TypeAlias = tuple[str, Role]  # of one measure
PRINTED = (Role.NUMERATOR, Role.DENOMINATOR, Role.UNKNOWN)


@dataclass(frozen=True)
class Quantities:
    """Every number of every row; ``ids[row, role]`` is which quantity it is."""

    ids: Ids
    values: Floats
    whole: npt.NDArray[np.bool_]
    least: Floats  # nobody expects less than this


# The same people by definition, even where chance makes other columns equal too.
TIES: tuple[tuple[Column, Column], ...] = tuple(
    tie
    for months in (6, 12)
    for tie in (
        (
            (f"repeat.{months}m", Role.DENOMINATOR),
            (f"repeat.{months}m.completeness", Role.NUMERATOR),
        ),
        (
            (f"repeat.{months}m.incomplete_events", Role.DENOMINATOR),
            (f"repeat.{months}m.completeness", Role.REST),
        ),
        (
            (f"repeat.{months}m.completeness", Role.DENOMINATOR),
            ("concern.confirmed", Role.NUMERATOR),
        ),
    )
)


def quantities(internal: Internal) -> Quantities:
    """Number them, and give equal columns one number.

    Two measures that agree in every period and group count the same thing, whatever
    they are called: hiding one of them hides nothing while the other is shown. If they
    agree by chance, treating them as one only protects more; but never two columns of
    one measure, which would say that everybody is counted, or nobody.
    """
    n, d, u = (
        internal.frame[c].to_numpy() for c in ("numerator", "denominator", "unknown")
    )
    table = np.column_stack([n, d - n, d, u])
    columns = _columns(internal)
    content = _contents(internal, columns, table)
    same = Classes(content)
    for one, other in TIES:
        if one in content and content[one] == content.get(other):
            same.unite(one, other)
    first: dict[Hashable, list[Column]] = defaultdict(list)
    for column in sorted(content, key=_likeliest):
        told = content[column]
        measure, role = column
        if role in (Role.NUMERATOR, Role.REST) and told == content.get(
            (measure, Role.DENOMINATOR)
        ):
            continue  # everybody is counted, or nobody: it equals too much
        if not any(same.unite(known, column) for known in first[told]):
            first[told].append(column)
    own = np.arange(table.size, dtype=np.int64).reshape(table.shape)
    ids = own.copy()
    for column, known in same.of.items():
        ids[columns[column], column[1]] = own[columns[known], known[1]]
    return _compact(ids, table, columns)


def _likeliest(column: Column) -> tuple[bool, bool, str, Role]:
    """Denominators first: questions about the same people are the usual case."""
    measure, role = column
    return role is not Role.DENOMINATOR, role is not Role.NUMERATOR, measure, role


@dataclass
class Classes:
    """Columns that are one and the same; one measure has one column in each."""

    content: dict[Column, Hashable]
    of: dict[Column, Column] = field(init=False)
    measures: dict[Column, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.of = {column: column for column in self.content}
        self.measures = {column: {column[0]} for column in self.content}

    def unite(self, one: Column, other: Column) -> bool:
        """Make two classes one, if no measure is in both.

        Two rests are never united: with their numerators they would make the
        denominators one as well, which may only be chance.
        """
        keep, gone = self.of[one], self.of[other]
        if keep == gone:
            return True
        if self.measures[keep] & self.measures[gone]:
            return False
        if self._has_rest(keep) and self._has_rest(gone):
            return False
        self.measures[keep] |= self.measures.pop(gone)
        self.of.update({c: keep for c, k in self.of.items() if k == gone})
        return True

    def _has_rest(self, at: Column) -> bool:
        return any(c[1] is Role.REST and k == at for c, k in self.of.items())


def _columns(internal: Internal) -> dict[Column, Ids]:
    rows_of = internal.frame.groupby("measure").indices
    return {
        (str(measure), role): np.asarray(rows, dtype=np.int64)
        for measure, rows in rows_of.items()
        for role in Role
    }


def _contents(
    internal: Internal, columns: Mapping[Column, Ids], table: Floats
) -> dict[Column, Hashable]:
    """What each column says, if anything: its slots and its numbers."""
    shares = internal.shares()
    slots = internal.frame[internal.keys[1:]].astype(str).agg("|".join, axis=1)
    names = slots.to_numpy()
    told: dict[Column, Hashable] = {}
    for (measure, role), rows in columns.items():
        column = table[rows, role]
        if column.any() and (role is not Role.REST or measure in shares):
            which = _interval(measure, role)
            told[measure, role] = which, tuple(names[rows]), tuple(column)
    return told


def _interval(measure: str, role: Role) -> tuple[Hashable, ...]:
    """What an interval of a curve is compared with: the same one of other curves only.

    Where nothing happens in an interval as many are at risk in the next, by chance.
    """
    found = interval_of(measure)
    return (found[1], role) if found else ()


def _compact(ids: Ids, table: Floats, columns: Mapping[Column, Ids]) -> Quantities:
    unique, position, inverse = np.unique(ids, return_index=True, return_inverse=True)
    values = table.reshape(-1)[position]
    whole = np.ones(len(unique), dtype=np.bool_)
    least = np.zeros(len(unique))
    numbered = inverse.reshape(ids.shape).astype(np.int64)
    for (_, role), rows in columns.items():
        column, these = table[rows, role], numbered[rows, role]
        if (column != np.round(column)).any():
            whole[these] = False
        if (column < 0).any():
            least[these] = -np.inf
    return Quantities(numbered, values, whole, least)
