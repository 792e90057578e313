"""How one person comes to be written in two ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from alongside.linkage.nicknames import nicknames
from alongside.simulate.columns import NO_DAY, Numbers
from alongside.simulate.draws import Draws

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
Change = Callable[[np.random.Generator, str, str], tuple[str, str]]


def changed_names(
    draws: Draws, given: Sequence[str], family: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Each person's names after one change: a slip, a nickname, an order, a part."""
    kinds = draws.place(len(given), list(CHANGES.values()))
    changes = list(CHANGES)
    pairs = [
        changes[kind](draws.rng, one, other)
        for kind, one, other in zip(kinds, given, family, strict=True)
    ]
    return [one for one, _ in pairs], [other for _, other in pairs]


def changed_date(draws: Draws, days: Numbers) -> Numbers:
    """Day and month swapped where that is a date; else a day or so, or a year, off."""
    day = days.astype("M8[D]")
    month = day.astype("M8[M]")
    year = day.astype("M8[Y]")
    of_month = (day - month.astype("M8[D]")).astype(np.int64) + 1
    of_year = (month - year.astype("M8[M]")).astype(np.int64) + 1
    swapped_month = year.astype("M8[M]") + np.minimum(of_month - 1, 11)
    swapped = swapped_month.astype("M8[D]").astype(np.int64) + of_year - 1
    swap = (of_month <= 12) & (of_month != of_year)
    swap &= draws.chance(len(days), 0.6)
    off = np.array([-365, -10, -1, 1, 10, 366])[draws.between(0, 5, len(days))]
    return np.where(days == NO_DAY, NO_DAY, np.where(swap, swapped, days + off))


def slip(rng: np.random.Generator, word: str) -> str:
    """One letter missing, doubled, wrong, or changed places with the next."""
    at = int(rng.integers(len(word)))
    match int(rng.integers(4)):
        case 0 if len(word) > 2:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2 if at + 1 < len(word):
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case _:
            return word[:at] + _LETTERS[int(rng.integers(26))] + word[at + 1 :]


def _slip_in_given(rng: np.random.Generator, one: str, other: str) -> tuple[str, str]:
    return slip(rng, one), other


def _slip_in_family(rng: np.random.Generator, one: str, other: str) -> tuple[str, str]:
    return one, slip(rng, other)


def _nickname(rng: np.random.Generator, one: str, other: str) -> tuple[str, str]:
    """What the person is called, if the name has a short form; else a slip."""
    short = nicknames().get(one.lower())
    if not short:
        return slip(rng, one), other
    return short[int(rng.integers(len(short)))].capitalize(), other


def _other_order(rng: np.random.Generator, one: str, other: str) -> tuple[str, str]:
    return other, one


def _one_family_name(rng: np.random.Generator, one: str, other: str) -> tuple[str, str]:
    """One of two family names, or the two in the other order; else a slip."""
    parts = other.split(" ")
    if len(parts) == 1:
        return one, slip(rng, other)
    return one, (parts[0], parts[1], " ".join(parts[::-1]))[int(rng.integers(3))]


def _new_family_name(rng: np.random.Generator, one: str, other: str) -> tuple[str, str]:
    """Adopted or married: nothing of the old name is left."""
    from_list = ("Abara", "Brandt", "Castellanos", "Dufresne", "Eastman", "Farrow")
    return one, from_list[int(rng.integers(len(from_list)))]


CHANGES: dict[Change, float] = {
    _slip_in_given: 0.28,
    _slip_in_family: 0.28,
    _nickname: 0.18,
    _other_order: 0.08,
    _one_family_name: 0.14,
    _new_family_name: 0.04,
}
