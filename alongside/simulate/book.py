"""Rows of the contract while a unit is made up, and chance for one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow.parquet as pq

from alongside.measures.engine import arrow_table
from alongside.measures.example import Row
from alongside.measures.tables import TABLES

T = TypeVar("T")


class Luck:
    """Chance, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def chance(self, share: float) -> bool:
        """Yes for about this share."""
        return bool(self.rng.random() < share)

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        return int(self.rng.integers(low, max(high, low) + 1))

    def one(self, of: Sequence[T]) -> T:
        """Any of them, all alike."""
        return of[self.between(0, len(of) - 1)]

    def pick(self, weights: Mapping[str, float]) -> str:
        """One by weight."""
        drawn = self.rng.random() * sum(weights.values())
        for name, weight in weights.items():
            drawn -= weight
            if drawn < 0:
                return name
        return name

    def some(self, of: Sequence[T], share: float) -> list[T]:
        """Each with this chance."""
        return [each for each in of if self.chance(share)]


class Book:
    """Everything that is written down in a unit, up to the day of the extract."""

    def __init__(self, as_of: date, luck: Luck) -> None:
        self.as_of = as_of
        self.luck = luck
        self.rows: dict[str, list[Row]] = {name: [] for name in TABLES}

    def add(self, table: str, **cells: Any) -> str:
        """Write a row; its key is numbered unless it is given."""
        key = TABLES[table].key[0]
        row = dict.fromkeys(TABLES[table].columns) | {key: self._number(table)} | cells
        self.rows[table].append(row)
        return str(row[key])

    def past(self, day: date | None) -> date | None:
        """The day if it has come, and nothing otherwise."""
        return day if day is not None and day < self.as_of else None

    def fact(
        self, child: str, kind: str, start: date, end: date | None, value: str = ""
    ) -> None:
        """Something that was true from a day on; what has not begun is not known."""
        if start < self.as_of and (end is None or end > start):
            self.add(
                "fact",
                child_id=child,
                kind=kind,
                value=value or None,
                start_date=start,
                end_date=self.past(end),
            )

    def write(self, out: Path) -> None:
        """One Parquet file per table."""
        out.mkdir(parents=True, exist_ok=True)
        for name, rows in self.rows.items():
            table = arrow_table(name, rows)
            pq.write_table(table, out / f"{name}.parquet", compression="zstd")

    def _number(self, table: str) -> str:
        return f"{table}-{len(self.rows[table]) + 1}"


def days_after(day: date, days: int) -> date:
    """So many days later."""
    return day + timedelta(days=days)


def at(day: date, luck: Luck) -> datetime:
    """Some time on a day."""
    return datetime.combine(day, time(luck.between(7, 22), luck.one((0, 15, 30, 45))))


def every(start: date, end: date, step: int) -> list[date]:
    """Days so many apart, from the first on and before the last."""
    return [days_after(start, n) for n in range(0, (end - start).days, step)]
