"""How two people are compared, column by column, from same to not at all alike."""

from __future__ import annotations

from collections.abc import Callable
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
    return _comparison(
        "given",
        (_same("given", by_frequency=True), 0.75),
        (
            CustomLevel(f"{overlap}(given_forms_l, given_forms_r)", "A nickname of it"),
            0.03,
        ),
        (_alike("given", 0.92, "Nearly the same"), 0.08),
        (CustomLevel("given_l = family_r", "The other's family name"), 0.02),
        (_alike("given", 0.8, "Alike"), 0.04),
        (_different(), 0.08),
    )


def _family(overlap: str) -> Any:
    one_part = f"{overlap}(family_parts_l, family_parts_r)"
    return _comparison(
        "family",
        (_same("family", by_frequency=True), 0.77),
        (_alike("family", 0.92, "Nearly the same"), 0.08),
        (CustomLevel(one_part, "One part in common"), 0.03),
        (CustomLevel("family_l = given_r", "The other's given name"), 0.02),
        (_alike("family", 0.8, "Alike"), 0.03),
        (_different(), 0.07),
    )


def _birth() -> Any:
    return _comparison(
        "birth",
        (_same("birth"), 0.9),
        (CustomLevel("birth_l = birth_swapped_r", "Day and month swapped"), 0.02),
        (_digits("birth", 1), 0.03),
        (_digits("birth", 2), 0.02),
        (CustomLevel("birth_year_l = birth_year_r", "Only the year is the same"), 0.02),
        (_different(), 0.01),
    )


def _gender() -> Any:
    """Recorded gender changes and is often recorded wrongly: it never rules out."""
    return _comparison(
        "gender",
        (_same("gender").configure(fix_m_probability=True), 0.95),
        (_different().configure(fix_m_probability=True), 0.05),
    )


def _address() -> Any:
    return _comparison(
        "address",
        (_same("address", by_frequency=True), 0.6),
        (_alike("address", 0.92, "Nearly the same"), 0.1),
        (_alike("address", 0.8, "Alike"), 0.1),
        (_different(), 0.2),
    )


def _postal_code() -> Any:
    return _comparison(
        "postal_code",
        (_same("postal_code", by_frequency=True), 0.7),
        (_digits("postal_code", 1), 0.05),
        (_different(), 0.25),
    )


def _county() -> Any:
    return _comparison(
        "county",
        (_same("county", by_frequency=True), 0.8),
        (_alike("county", 0.9, "Nearly the same"), 0.03),
        (_different(), 0.17),
    )


def _shared_id() -> Any:
    return _comparison(
        "shared_id",
        (_same("shared_id"), 0.93),
        (_digits("shared_id", 1), 0.03),
        (_digits("shared_id", 2), 0.02),
        (_different(), 0.02),
    )


def _comparison(column: str, *levels: tuple[Any, float]) -> Any:
    """Levels, each with its usual share among people who are the same.

    The shares are where learning starts, and what is used if nothing can be learned.
    """
    return CustomComparison(
        output_column_name=column,
        comparison_levels=[
            NullLevel(column),
            *(level.configure(m_probability=share) for level, share in levels),
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
    "address": _address,
    "postal_code": _postal_code,
    "county": _county,
    "shared_id": _shared_id,
}
