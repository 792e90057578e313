"""Columns are arrays of whole numbers while they are drawn, and Arrow when written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

NO_DAY = int(np.iinfo(np.int32).min)  # stands for an empty date
NO_CODE = -1
_EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - _EPOCH).days


def plus_years(days: Numbers, years: int) -> Numbers:
    """The same day so many years later, or that month's last day."""
    day = days.astype("M8[D]")
    month = day.astype("M8[M]")
    target = month + 12 * years
    first = target.astype("M8[D]")
    length = ((target + 1).astype("M8[D]") - first).astype(np.int64)
    of_month = (day - month.astype("M8[D]")).astype(np.int64)
    found: Numbers = first.astype(np.int64) + np.minimum(of_month, length - 1)
    return found


class Column(Protocol):
    """A column that can be reordered and written."""

    def take(self, at: Numbers) -> Column: ...

    def arrow(self) -> pa.Array: ...


@dataclass
class Ids:
    """Identifiers: a prefix and a number; a negative number is empty."""

    prefix: str
    numbers: Numbers

    def take(self, at: Numbers) -> Ids:
        """The identifiers at these positions."""
        return replace(self, numbers=self.numbers[at])

    def arrow(self) -> pa.Array:
        """Text such as “c12”."""
        numbers = pa.array(self.numbers, mask=self.numbers < 0)
        return pc.binary_join_element_wise(self.prefix, numbers.cast(pa.string()), "")


@dataclass
class Days:
    """Calendar days as days since 1970."""

    numbers: Numbers

    def take(self, at: Numbers) -> Days:
        """The days at these positions."""
        return Days(self.numbers[at])

    def arrow(self) -> pa.Array:
        """Dates; ``NO_DAY`` is empty."""
        found = self.numbers.astype(np.int32)
        return pa.array(found, mask=found == NO_DAY).cast(pa.date32())


@dataclass
class Codes:
    """Codes as positions in a list; a negative position is empty."""

    positions: Numbers
    names: Sequence[str]

    def take(self, at: Numbers) -> Codes:
        """The codes at these positions."""
        return replace(self, positions=self.positions[at])

    def arrow(self) -> pa.Array:
        """Text."""
        found = self.positions.astype(np.int32)
        indices = pa.array(found, mask=found < 0)
        names = pa.array(list(self.names), pa.string())
        return pa.DictionaryArray.from_arrays(indices, names).cast(pa.string())


@dataclass
class YesNo:
    """1 for yes, 0 for no, negative for nobody knows."""

    numbers: Numbers

    def take(self, at: Numbers) -> YesNo:
        """The answers at these positions."""
        return YesNo(self.numbers[at])

    def arrow(self) -> pa.Array:
        """True, false, or empty."""
        return pa.array(self.numbers > 0, mask=self.numbers < 0)


Columns: TypeAlias = dict[str, Column]


def arrow_table(columns: Mapping[str, Column]) -> pa.Table:
    """The columns as one Arrow table."""
    return pa.table({name: column.arrow() for name, column in columns.items()})


def joined(parts: Sequence[Any]) -> Any:
    """Arrays one after another."""
    return np.concatenate(parts)
