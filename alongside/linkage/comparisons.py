"""How two people are compared, column by column, from same to not at all alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from splink.comparison_level_library import (
    CustomLevel,
    DamerauLevenshteinLevel,
    ElseLevel,
    ExactMatchLevel,
    JaroWinklerLevel,
    NullLevel,
)
from splink.comparison_library import CustomComparison

_OVERLAP = {"duckdb": "list_has_any", "spark": "arrays_overlap"}


def comparisons(columns: frozenset[str], dialect: str) -> list[Any]:
    """The comparisons for files that share these columns."""
    overlap = _OVERLAP[dialect]
    optional = [_MAKE[name]() for name in _MAKE if name in columns]
    return [_given(overlap), _family(overlap), _birth(), *optional]


def _given(overlap: str) -> Any:
    return CustomComparison(
        output_column_name="given",
        comparison_levels=[
            NullLevel("given"),
            _same("given", by_frequency=True),
            CustomLevel(f"{overlap}(given_forms_l, given_forms_r)", "A nickname of it"),
            _alike("given", 0.92, "Nearly the same"),
            CustomLevel("given_l = family_r", "The other's family name"),
            _alike("given", 0.8, "Alike"),
            _different(),
        ],
    )


def _family(overlap: str) -> Any:
    return CustomComparison(
        output_column_name="family",
        comparison_levels=[
            NullLevel("family"),
            _same("family", by_frequency=True),
            _alike("family", 0.92, "Nearly the same"),
            CustomLevel(
                f"{overlap}(family_parts_l, family_parts_r)", "One part in common"
            ),
            CustomLevel("family_l = given_r", "The other's given name"),
            _alike("family", 0.8, "Alike"),
            _different(),
        ],
    )


def _birth() -> Any:
    return CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            NullLevel("birth"),
            _same("birth"),
            CustomLevel("birth_l = birth_swapped_r", "Day and month swapped"),
            _digits("birth", 1),
            _digits("birth", 2),
            CustomLevel("birth_year_l = birth_year_r", "Only the year is the same"),
            _different(),
        ],
    )


def _gender() -> Any:
    """Recorded gender changes and is often recorded wrongly: it never rules out."""
    same = _same("gender").configure(m_probability=0.95, fix_m_probability=True)
    other = _different().configure(m_probability=0.05, fix_m_probability=True)
    return CustomComparison(
        output_column_name="gender",
        comparison_levels=[NullLevel("gender"), same, other],
    )


def _text(column: str, *thresholds: float) -> Any:
    words = ("Nearly the same", "Alike")
    return CustomComparison(
        output_column_name=column,
        comparison_levels=[
            NullLevel(column),
            _same(column, by_frequency=True),
            *(_alike(column, t, w) for t, w in zip(thresholds, words, strict=False)),
            _different(),
        ],
    )


def _number(column: str, *distances: int, by_frequency: bool = False) -> Any:
    return CustomComparison(
        output_column_name=column,
        comparison_levels=[
            NullLevel(column),
            _same(column, by_frequency=by_frequency),
            *(_digits(column, distance) for distance in distances),
            _different(),
        ],
    )


def _same(column: str, *, by_frequency: bool = False) -> Any:
    """The same; if by frequency, a rare value says more than a common one."""
    level = ExactMatchLevel(column, term_frequency_adjustments=by_frequency)
    return level.configure(label_for_charts="The same")


def _alike(column: str, threshold: float, words: str) -> Any:
    return JaroWinklerLevel(column, threshold).configure(label_for_charts=words)


def _digits(column: str, distance: int) -> Any:
    words = "One character differs" if distance == 1 else "Two characters differ"
    level = DamerauLevenshteinLevel(column, distance)
    return level.configure(label_for_charts=words)


def _different() -> Any:
    return ElseLevel().configure(label_for_charts="Different")


_MAKE: dict[str, Callable[[], Any]] = {
    "gender": _gender,
    "address": partial(_text, "address", 0.92, 0.8),
    "postal_code": partial(_number, "postal_code", 1, by_frequency=True),
    "county": partial(_text, "county", 0.9),
    "shared_id": partial(_number, "shared_id", 1, 2),
}
