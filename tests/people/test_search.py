"""Finding by the beginnings of names and numbers, among those one may see."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.people.actions import add_identifier, add_name, open_youth
from alongside.people.likeness import Known
from alongside.people.models import Youth
from alongside.people.search import could_be, find_youth

Become = Callable[..., Actor]


@pytest.fixture
def known(become: Become, at: datetime) -> dict[str, Youth]:
    """Three young people of the Bridge Unit."""
    amara = become("amara")

    def add(**names: Any) -> Youth:
        return open_youth(by=amara, at=at, because=Grant.Because.ENROLMENT, **names)

    made = {
        "quino": add(given_name="Joaquín", family_name="Ramos Orellana"),
        "thao": add(given_name="Thảo", family_name="Nguyễn"),
        "nico": add(given_name="Nico", family_name="D’Angelo-Ramos"),
    }
    add_name(made["quino"], "Quino", by=amara, at=at)
    add_identifier(made["thao"], "pdj", "104 418", by=amara, at=at)
    return made


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ramos", ["nico", "quino"]),
        ("RAM joa", ["quino"]),
        ("quino", ["quino"]),
        ("nguyen", ["thao"]),
        ("thao", ["thao"]),
        ("dangelo", ["nico"]),
        ("104418", ["thao"]),
        ("104 4", ["thao"]),
        ("orellana, joaquin", ["quino"]),
        ("nobody", []),
        ("", []),
        ("  ' & | ! :* ", []),
    ],
)
def test_what_is_found(known: dict[str, Youth], text: str, found: list[str]) -> None:
    assert find_youth(text, limit=9) == [known[key] for key in found]


def test_nobody_else_finds_them(known: dict[str, Youth], become: Become) -> None:
    become("outsider")
    assert find_youth("ramos", limit=9) == []
    assert could_be(Known("Joaquín", "Ramos Orellana"), limit=9) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_can_be_asked_for(known: dict[str, Youth], text: str) -> None:
    assert isinstance(find_youth(text, limit=9), list)


def test_likeness_finds_a_slip_and_says_why(known: dict[str, Youth]) -> None:
    ((youth, like),) = could_be(Known("Joaqin", "Ramos"), limit=9)
    assert youth == known["quino"]
    assert like.alike


def test_likeness_asks_as_often_however_many_there_are(
    known: dict[str, Youth], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        could_be(Known("Joaquín", "Ramos"), limit=9)
