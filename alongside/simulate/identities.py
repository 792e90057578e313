"""Names and addresses for the invented people, as another agency's file would hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from alongside.simulate.columns import Columns, Days, Numbers
from alongside.simulate.draws import Draws
from alongside.simulate.names import NAMES, RARE, RARE_SHARE, TWO_FAMILY_NAMES
from alongside.simulate.people import People

_GIVEN: list[str] = [name for _, given, _ in NAMES.values() for name in given]
_FAMILY: list[str] = [
    *(name for _, _, family in NAMES.values() for name in family),
    *RARE,
]
_COMMON = len(_FAMILY) - len(RARE)
_SPANISH = list(NAMES).index("Spanish")
POSTAL_CODES_PER_COUNTY = 40


@dataclass
class Texts:
    """A column of text that is already made."""

    values: pa.Array

    def take(self, at: Numbers) -> Texts:
        """The texts at these positions."""
        return Texts(self.values.take(pa.array(at)))

    def arrow(self) -> pa.Array:
        """As it is."""
        return self.values


def identities(draws: Draws, people: People) -> Columns:
    """One row per person: the names are drawn and say nothing about the person."""
    given, family = names(draws, people.count)
    postal = people.county.positions * POSTAL_CODES_PER_COUNTY
    postal = postal + draws.between(0, POSTAL_CODES_PER_COUNTY - 1, people.count)
    return {
        "child_id": people.ids(np.arange(people.count)),
        "given_name": Texts(given),
        "family_name": Texts(family),
        "birth_date": Days(people.birth),
        "gender": people.gender,
        "county": people.county,
        "postal_code": Texts(_postal_codes(postal)),
    }


def names(draws: Draws, count: int) -> tuple[pa.Array, pa.Array]:
    """Given and family names; few are very common and many are rare."""
    origin = draws.place(count, [share for share, _, _ in NAMES.values()])
    given_sizes = [len(given) for _, given, _ in NAMES.values()]
    family_sizes = [len(family) for _, _, family in NAMES.values()]
    given = _within(draws, origin, given_sizes)
    family = _family(draws, origin, family_sizes)
    second = _family(draws, origin, family_sizes)
    both = (origin == _SPANISH) & draws.chance(count, TWO_FAMILY_NAMES)
    one, other = _text(family, _FAMILY), _text(second, _FAMILY)
    two = pc.binary_join_element_wise(one, other, " ")
    return (
        pc.utf8_capitalize(_text(given, _GIVEN)),
        pc.if_else(pa.array(both), two, one),
    )


def _family(draws: Draws, origin: Numbers, sizes: list[int]) -> Numbers:
    rare = draws.chance(len(origin), RARE_SHARE)
    drawn = draws.between(_COMMON, len(_FAMILY) - 1, len(origin))
    return np.where(rare, drawn, _within(draws, origin, sizes))


def _within(draws: Draws, origin: Numbers, sizes: list[int]) -> Numbers:
    """A position in the list of the person's origin; the first are the commonest."""
    starts = np.cumsum([0, *sizes[:-1]])
    drawn = draws.rng.random(len(origin)) ** 1.5 * np.array(sizes)[origin]
    found: Numbers = starts[origin] + drawn.astype(np.int64)
    return found


def _text(positions: Numbers, names: list[str]) -> pa.Array:
    indices = pa.array(positions.astype(np.int32))
    found = pa.DictionaryArray.from_arrays(indices, pa.array(names))
    return found.cast(pa.string())


def _postal_codes(numbers: Numbers) -> pa.Array:
    text = pa.array(numbers + 1_000).cast(pa.string())
    return pc.utf8_lpad(text, 5, padding="0")  # no real code begins with 00
