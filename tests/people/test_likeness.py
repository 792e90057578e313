"""One person stays alike however they are written; two people are asked about."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alongside.people.likeness import (
    SOMEWHAT_LIKE,
    VERY_LIKE,
    Known,
    digits,
    likeness,
)

BORN = date(2010, 7, 3)
GIVEN = ("Joaquín", "Thảo", "Amari", "Yesenia", "Kwabena", "Noor", "Tevita", "Imani")
FAMILY = ("Ramos", "Nguyễn", "O’Neal", "D'Angelo", "Washington", "Haidari", "Vaipulu")
ACCENTS = str.maketrans("ảễíéñü", "aeienu")

names = st.builds(
    lambda given, family: Known(given, family, birth_date=BORN),
    st.sampled_from(GIVEN),
    st.sampled_from(FAMILY),
)


def swapped(who: Known) -> Known:
    return Known(who.family, who.given, birth_date=who.birth_date)


def plain(who: Known) -> Known:
    return Known(
        who.given.translate(ACCENTS).upper(),
        who.family.translate(ACCENTS).replace("’", ""),
        birth_date=who.birth_date,
    )


def slipped(who: Known, at: int) -> Known:
    letters = list(who.family)
    place = at % (len(letters) - 1)
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return Known(who.given, "".join(letters), birth_date=who.birth_date)


@given(names)
def test_order_accents_and_capitals_do_not_count(who: Known) -> None:
    for other in (swapped(who), plain(who), swapped(plain(who))):
        assert likeness(who, other).score >= VERY_LIKE


@given(names, st.integers(0, 20))
def test_one_slip_of_the_pen_keeps_it_high(who: Known, at: int) -> None:
    assert likeness(who, slipped(who, at)).score >= VERY_LIKE


@given(names, names)
def test_it_is_the_same_from_both_sides(a: Known, b: Known) -> None:
    assert likeness(a, b).score == likeness(b, a).score


@given(st.sampled_from(FAMILY), st.sampled_from(GIVEN), st.sampled_from(GIVEN))
def test_twins_are_asked_about_and_never_very_like(
    family: str, one: str, other: str
) -> None:
    assume(one != other)
    found = likeness(
        Known(one, family, birth_date=BORN), Known(other, family, birth_date=BORN)
    )
    assert SOMEWHAT_LIKE <= found.score < VERY_LIKE
    assert "same birth date" in found.alike
    assert "first name" in found.differs


@given(names, st.integers(60, 4000))
def test_a_namesake_of_another_age_is_asked_about_and_never_very_like(
    who: Known, days: int
) -> None:
    other = Known(who.given, who.family, birth_date=BORN + timedelta(days=days))
    found = likeness(who, other)
    assert found.score < VERY_LIKE
    assert found.score >= SOMEWHAT_LIKE


@pytest.mark.parametrize(
    ("given", "short"),
    [
        ("Joaquín", "Quino"),
        ("Guadalupe", "Lupita"),
        ("Elizabeth", "Liz"),
        ("Tevita", "David"),
        ("Mohammed", "Mo"),
        ("Francisco", "Paco"),
    ],
)
def test_a_nickname_keeps_it_high_and_is_named(given: str, short: str) -> None:
    found = likeness(
        Known(given, "Ramos", birth_date=BORN), Known(short, "Ramos", birth_date=BORN)
    )
    assert found.score >= VERY_LIKE
    assert "is short for" in found.reasons


@pytest.mark.parametrize(
    ("a", "b", "least", "most", "reason"),
    [
        (
            Known("Noor", "Haidari", birth_date=date(2011, 5, 2)),
            Known("Noor", "Haidari", birth_date=date(2011, 2, 5)),
            *(VERY_LIKE, 100, "day and month of birth could be swapped"),
        ),
        (
            Known("Noor", "Haidari"),
            Known("Noor", "Haidari"),
            *(SOMEWHAT_LIKE, VERY_LIKE - 1, "same name"),
        ),
        (
            Known("Noor", "Haidari", numbers=frozenset({("pdj", "104 418")})),
            Known("Nora", "Hadari", numbers=frozenset({("pdj", "104418")})),
            *(75, 100, "same PDJ number"),
        ),
        (
            Known(
                "Noor", "Haidari", numbers=frozenset({("pdj", "1")}), birth_date=BORN
            ),
            Known(
                "Noor", "Haidari", numbers=frozenset({("pdj", "2")}), birth_date=BORN
            ),
            *(SOMEWHAT_LIKE, VERY_LIKE - 1, "another PDJ number"),
        ),
        (
            Known("Noor", "", others=("Noor Haidari",)),
            Known("Noor", "Haidari"),
            *(SOMEWHAT_LIKE, 100, "another name"),
        ),
        (
            Known("Amari", "Washington", birth_date=BORN),
            Known("Tevita", "Vaipulu", birth_date=date(2009, 1, 1)),
            *(0, SOMEWHAT_LIKE - 1, "Differs: name"),
        ),
    ],
)
def test_what_it_says_and_why(
    a: Known, b: Known, least: int, most: int, reason: str
) -> None:
    found = likeness(a, b)
    assert least <= found.score <= most, found
    assert reason in found.reasons


def test_nobody_named_is_like_nobody() -> None:
    assert likeness(Known(), Known()).score == 0


def test_telephones_are_compared_by_their_figures() -> None:
    assert digits("+1 (555) 555-0142") == digits("555 555 0142")
