"""The numbers a release is made of, and which of them are one and the same."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from alongside.measures.disclosure.internal import Internal

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]


class Role(IntEnum):
    """What a number is in its row."""

    NUMERATOR = 0
    REST = 1  # the denominator less the numerator; never printed, always known
    DENOMINATOR = 2
    UNKNOWN = 3


PRINTED = (Role.NUMERATOR, Role.DENOMINATOR, Role.UNKNOWN)


@dataclass(frozen=True)
class Quantities:
    """Every number of every row; ``ids[row, role]`` is which quantity it is."""

    ids: Ids
    values: Floats
    whole: npt.NDArray[np.bool_]
    least: Floats  # nobody expects less than this


def quantities(internal: Internal) -> Quantities:
    """Number them, and give equal columns one number.

    Two measures that agree in every period and group count the same thing, whatever
    they are called: hiding one of them hides nothing while the other is shown. If they
    agree by chance, treating them as one only protects more.
    """
    frame = internal.frame
    n, d, u = (frame[c].to_numpy() for c in ("numerator", "denominator", "unknown"))
    table = np.column_stack([n, d - n, d, u])
    ids = np.arange(table.size, dtype=np.int64).reshape(table.shape)
    first: dict[Hashable, Ids] = {}
    columns = _columns(internal)
    shares = internal.shares()
    for (measure, role), rows in columns.items():
        if role is Role.REST and measure not in shares:
            continue
        key = _content(frame, internal, rows, table[rows, role])
        if key is not None:
            ids[rows, role] = first.setdefault(key, ids[rows, role])
    return _compact(ids, table, columns)


def _columns(internal: Internal) -> dict[tuple[str, Role], Ids]:
    rows_of = internal.frame.groupby("measure").indices
    return {
        (str(measure), role): np.asarray(rows, dtype=np.int64)
        for measure, rows in rows_of.items()
        for role in Role
    }


def _content(
    frame: pd.DataFrame, internal: Internal, rows: Ids, column: Floats
) -> Hashable:
    """What a column says, if it says anything: its slots and its numbers."""
    if not column.any():
        return None
    slots = frame.iloc[rows][internal.keys[1:]]
    return tuple(map(tuple, slots.astype(str).to_numpy())), tuple(column)


def _compact(
    ids: Ids, table: Floats, columns: dict[tuple[str, Role], Ids]
) -> Quantities:
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
