"""How a table of the contract is declared: typed, described, constrained columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds; the value is the type's name in Ibis."""

    TEXT = "string"
    WHOLE = "int64"
    NUMBER = "float64"
    YES_NO = "boolean"
    DATE = "date"
    INSTANT = "timestamp"

    @property
    def sql(self) -> str:
        """The type's name in DuckDB."""
        return {
            "string": "VARCHAR",
            "int64": "BIGINT",
            "float64": "DOUBLE",
            "boolean": "BOOLEAN",
            "date": "DATE",
            "timestamp": "TIMESTAMP",
        }[self.value]


@dataclass(frozen=True)
class Codelist:
    """The codes a column may hold, each with its meaning in plain words."""

    name: str
    codes: Mapping[str, str]

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)


@dataclass(frozen=True)
class Column:
    """One column: what it means, what it may hold, and whether it may be empty."""

    description: str
    kind: Kind = Kind.TEXT
    codes: Codelist | None = None
    required: bool = False
    several: bool = False  # many codes in one cell, separated by semicolons
    refers_to: str | None = None  # "table.column"
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns, its key and its half-open periods."""

    name: str
    row: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    periods: tuple[tuple[str, str], ...] = ()
    caution: str = ""
    schema: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        kinds = {name: column.kind.value for name, column in self.columns.items()}
        object.__setattr__(self, "schema", kinds)


def text(description: str, *, required: bool = False) -> Column:
    """A column of free text or of identifiers."""
    return Column(description, required=required)


def code(description: str, codes: Codelist, *, required: bool = False) -> Column:
    """A column that holds one code of a list."""
    return Column(description, codes=codes, required=required)


def codes(description: str, codes: Codelist) -> Column:
    """A column that holds any number of codes, separated by semicolons."""
    return Column(description, codes=codes, several=True)


def link(description: str, to: str, *, required: bool = True) -> Column:
    """A column that holds the key of a row of another table."""
    return Column(description, refers_to=to, required=required)


def day(description: str, *, required: bool = False) -> Column:
    """A column of calendar days."""
    return Column(description, Kind.DATE, required=required)


def instant(description: str) -> Column:
    """A column of points in time, in UTC."""
    return Column(description, Kind.INSTANT)


def yes_no(description: str) -> Column:
    """A column that is true, false, or empty when nobody knows."""
    return Column(description, Kind.YES_NO)


def number(
    description: str,
    minimum: float | None = None,
    maximum: float | None = None,
    *,
    whole: bool = False,
) -> Column:
    """A column of numbers between two limits, either of which may be absent."""
    kind = Kind.WHOLE if whole else Kind.NUMBER
    return Column(description, kind, minimum=minimum, maximum=maximum)
