"""A few rows and what a measure must make of them: worked examples that are tests."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from alongside.measures.example import Row, read_tables
from alongside.measures.intervals import Window
from alongside.measures.options import Options

FFY2023 = ("2022-10-01", "2023-10-01")


@dataclass(frozen=True)
class Case:
    """A measure, a sentence, the rows, and the expected numerator and denominator."""

    measure: str
    says: str
    text: dict[str, str]
    window: Window
    as_of: date
    expect: tuple[float, float]
    unknown: float | None = None
    options: Options = field(default_factory=Options)

    @property
    def tables(self) -> dict[str, list[Row]]:
        """The rows, as every engine takes them."""
        return read_tables(self.text)

    def flipped(self, says: str, expect: tuple[float, float], **options: Any) -> Case:
        """The same rows under another option."""
        changed = replace(self.options, **options)
        return replace(self, says=says, expect=expect, options=changed)

    def __str__(self) -> str:
        return f"{self.measure}: {self.says}"


def case(
    measure: str,
    says: str,
    *,
    expect: tuple[float, float],
    unknown: float | None = None,
    child: str | None = None,
    window: tuple[str, str] = FFY2023,
    as_of: str = "2025-01-01",
    options: Options | None = None,
    **tables: str,
) -> Case:
    """A case from text. Children not described were born on 2010-01-01."""
    if child is None or "\n" not in child:
        child = _children(child.split() if child else _mentioned(tables))
    return Case(
        measure=measure,
        says=says,
        text={"child": child, **tables},
        window=Window(*map(date.fromisoformat, window)),
        as_of=date.fromisoformat(as_of),
        expect=expect,
        unknown=unknown,
        options=options or Options(),
    )


def _mentioned(tables: dict[str, str]) -> list[str]:
    rows = [row for table in read_tables(tables).values() for row in table]
    return sorted({row["child_id"] for row in rows if row.get("child_id")})


def _children(ids: list[str]) -> str:
    return "\n".join(["child_id birth_date", *(f"{i} 2010-01-01" for i in ids)])
