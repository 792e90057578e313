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


def comparisons(
    columns: frozenset[str], dialect: str, *, by_frequency: bool
) -> list[Any]:
    """The comparisons for files that share these columns.

    ``by_frequency``: a rare value says more than a common one, where the files are
    large enough to know which are rare.
    """
    overlap = _OVERLAP[dialect]
    optional = [_MAKE[name](by_frequency) for name in _MAKE if name in columns]
    names = [_given(overlap, by_frequency), _family(overlap, by_frequency)]
    return [*names, _birth(), *optional]


def _given(overlap: str, by_frequency: bool) -> Any:
    nickname = f"{overlap}(given_forms_l, given_forms_r)"
    return _comparison(
        "given",
        (_same("given", by_frequency), 0.75, 0.006),
        (CustomLevel(nickname, "A nickname of it"), 0.03, 0.001),
        (_alike("given", 0.92, "Nearly the same"), 0.08, 0.002),
        (CustomLevel("given_l = family_r", "The other's family name"), 0.02, 0.0003),
        (_alike("given", 0.8, "Alike"), 0.04, 0.006),
        (_different(), 0.08, 0.9847),
    )


def _family(overlap: str, by_frequency: bool) -> Any:
    one_part = f"{overlap}(family_parts_l, family_parts_r)"
    return _comparison(
        "family",
        (_same("family", by_frequency), 0.77, 0.004),
        (_alike("family", 0.92, "Nearly the same"), 0.08, 0.001),
        (CustomLevel(one_part, "One part in common"), 0.03, 0.001),
        (CustomLevel("family_l = given_r", "The other's given name"), 0.02, 0.0003),
        (_alike("family", 0.8, "Alike"), 0.03, 0.004),
        (_different(), 0.07, 0.9897),
    )


def _birth() -> Any:
    swapped = CustomLevel("birth_l = birth_swapped_r", "Day and month swapped")
    same_year = CustomLevel("birth_year_l = birth_year_r", "Only the year is the same")
    return _comparison(
        "birth",
        (_same("birth"), 0.9, 0.0005),
        (swapped, 0.02, 0.0001),
        (_digits("birth", 1), 0.03, 0.003),
        (_digits("birth", 2), 0.02, 0.03),
        (same_year, 0.02, 0.03),
        (_different(), 0.01, 0.9364),
    )


def _gender(by_frequency: bool) -> Any:
    """Recorded gender changes and is often recorded wrongly: it never rules out."""
    return _comparison(
        "gender",
        (_same("gender").configure(fix_m_probability=True), 0.95, 0.5),
        (_different().configure(fix_m_probability=True), 0.05, 0.5),
    )


def _address(by_frequency: bool) -> Any:
    return _comparison(
        "address",
        (_same("address", by_frequency), 0.6, 0.0005),
        (_alike("address", 0.92, "Nearly the same"), 0.1, 0.0005),
        (_alike("address", 0.8, "Alike"), 0.1, 0.007),
        (_different(), 0.2, 0.992),
    )


def _postal_code(by_frequency: bool) -> Any:
    return _comparison(
        "postal_code",
        (_same("postal_code", by_frequency), 0.7, 0.02),
        (_digits("postal_code", 1), 0.05, 0.03),
        (_different(), 0.25, 0.95),
    )


def _county(by_frequency: bool) -> Any:
    return _comparison(
        "county",
        (_same("county", by_frequency), 0.8, 0.1),
        (_alike("county", 0.9, "Nearly the same"), 0.03, 0.005),
        (_different(), 0.17, 0.895),
    )


def _shared_id(by_frequency: bool) -> Any:
    return _comparison(
        "shared_id",
        (_same("shared_id"), 0.93, 0.0001),
        (_digits("shared_id", 1), 0.03, 0.0001),
        (_digits("shared_id", 2), 0.02, 0.0008),
        (_different(), 0.02, 0.999),
    )


def _comparison(column: str, *levels: tuple[Any, float, float]) -> Any:
    """Levels, each with its usual share among the same and among different people.

    The shares are where learning starts, and what is used if nothing can be learned.
    """
    return CustomComparison(
        output_column_name=column,
        comparison_levels=[
            NullLevel(column),
            *(
                level.configure(m_probability=same, u_probability=different)
                for level, same, different in levels
            ),
        ],
    )


def _same(column: str, by_frequency: bool = False) -> Any:
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


_MAKE: dict[str, Callable[[bool], Any]] = {
    "gender": _gender,
    "address": _address,
    "postal_code": _postal_code,
    "county": _county,
    "shared_id": _shared_id,
}
