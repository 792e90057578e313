"""Answers are kept with their version, word for word, and never change."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from importlib.resources import files
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import InsufficientPrivilege

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.forms.actions import answer
from alongside.forms.definition import Kind, read_definition
from alongside.forms.models import FormVersion, Response
from alongside.forms.reading import (
    answers_of,
    latest_version,
    own_words_of,
    summary_of,
)
from alongside.forms.rendering import form_for
from alongside.kernel.refusal import Refused
from alongside.people.actions import open_youth
from alongside.people.models import Youth

Become = Callable[..., Actor]

NEEDED: dict[str, Any] = {
    "would_like": "One person she can text",
    "talks": "Two talks at school",
    "goes_well": "Drawing",
    "help_areas": ["school", "sleep"],
    "told": "yes",
}


@pytest.fixture
def amara(become: Become) -> Actor:
    """An officer of the unit."""
    return become("amara")


@pytest.fixture
def youth(amara: Actor, at: datetime) -> Youth:
    """A youth of the unit."""
    return open_youth(by=amara, at=at, because=Grant.Because.REFERRAL)


@pytest.fixture
def version(amara: Actor) -> FormVersion:
    """What the unit asks now."""
    return latest_version("unit_assessment", amara.unit_id)


def test_the_form_that_comes_along_can_be_asked() -> None:
    raw = json.loads(
        files("alongside.forms")
        .joinpath("defaults/form_version_unit_assessment.json")
        .read_text("utf-8")
    )
    questions = read_definition(raw["rows"][0]["definition"]).questions
    assert questions["wish"].kind is Kind.OWN_WORDS


def test_answers_are_kept_with_their_questions_and_part(
    amara: Actor, youth: Youth, version: FormVersion, at: datetime
) -> None:
    kept = answer(
        version,
        NEEDED | {"wish": "  Thursdays I have art.\n", "feels_safe": 7},
        youth_id=youth.pk,
        by=amara,
        at=at,
    )
    assert kept.compartment == "record"
    assert own_words_of(kept).words == "Thursdays I have art."  # type: ignore[union-attr]
    assert dict(summary_of(kept))["Could use help with"] == "School; Sleep"
    assert [one.words for one in answers_of(kept) if one.question.code == "told"] == [
        "Yes"
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"told": None}, "This field is required."),
        ({"weather": "fine"}, "does not ask weather"),
        ({"interpreter": "yes"}, "Answer “For whom, and in which language”."),
        ({"days_missed": "3"}, "This belongs to another answer to “School”."),
        ({"days_missed": "many", "in_school": "enrolled"}, "in figures"),
        ({"days_missed": "-1", "in_school": "enrolled"}, "from 0 up"),
        ({"help_areas": ["school", "moon"]}, "moon is not one of the available"),
        ({"feels_safe": 11}, "11 is not one of the available"),
        ({"wish": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_kept_is_refused_with_what_to_do(
    amara: Actor,
    youth: Youth,
    version: FormVersion,
    at: datetime,
    change: dict[str, Any],
    sentence: str,
) -> None:
    with pytest.raises(Refused) as refused:
        answer(version, NEEDED | change, youth_id=youth.pk, by=amara, at=at)
    assert sentence in refused.value.reason
    assert not Response.objects.exists()


def test_a_draft_may_be_unfinished_and_what_is_signed_may_not(
    version: FormVersion,
) -> None:
    typed = QueryDict("wish=Art&help_areas=school&interpreter=yes")
    draft = form_for(version, typed, draft=True)
    assert draft.is_valid()
    assert draft.answers() == {
        "wish": "Art",
        "help_areas": ["school"],
        "interpreter": "yes",
    }
    assert not form_for(version, typed).is_valid()


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_survives(
    amara: Actor, youth: Youth, version: FormVersion, at: datetime, text: str
) -> None:
    kept = answer(version, NEEDED | {"wish": text}, youth_id=youth.pk, by=amara, at=at)
    found = Response.objects.get(pk=kept.pk).answers
    assert found.get("wish", "") == text.strip()


# Each as typed somewhere: a joined family, a formula, both directions, a broken letter.
SEEDS = (
    *("O’Neal", "d'Ângelo", "Ng", "李", "محمد", "\u202eabc\u202c", "e\u0301\u0301"),
    *("=1+1", "@sum", "-1", "\t=cmd", "<b>&amp;</b>", '"; drop table x; --', "%s {0}"),
    *(
        "\N{SMILING FACE WITH OPEN MOUTH}\u200d\ufe0f",
        "a\x07b\x1bc\x7f",
        "\u2028",
        "\ufeff",
    ),
    *("\\", "\r\n", "null", "yes", "[]", '{"a": 1}', "x" * 5_000, "\U0010ffff"),
)


@pytest.mark.slow
def test_a_thousand_odd_strings_survive(
    amara: Actor, youth: Youth, version: FormVersion, at: datetime
) -> None:
    odd = [f"{a}{b}{c}" for a in SEEDS for b in SEEDS for c in ("", "z")][:1_000]
    fields = ("wish", "would_rather_not", "proud_of", "friends", "culture")
    texts = [text for text in odd if text.strip()]
    assert len(odd) == 1_000
    for start in range(0, len(texts), len(fields)):
        given_now = dict(zip(fields, texts[start:], strict=False))
        kept = answer(version, NEEDED | given_now, youth_id=youth.pk, by=amara, at=at)
        found = Response.objects.get(pk=kept.pk).answers
        assert {name: found[name] for name in given_now} == {
            name: text.strip() for name, text in given_now.items()
        }


@pytest.mark.parametrize(
    "text",
    [
        "O’Neal said “ok” & <b>left</b>",
        '=HYPERLINK("x")',
        "@sum +1 -1",
        "مرحبا \u202eabc\u202c",
        "Thảo \N{SMILING FACE WITH OPEN MOUTH}",
        "a\x07b\x1bc\x7f",
        "x" * 100_000,
    ],
)
def test_odd_and_long_text_survives(
    amara: Actor, youth: Youth, version: FormVersion, at: datetime, text: str
) -> None:
    kept = answer(version, NEEDED | {"wish": text}, youth_id=youth.pk, by=amara, at=at)
    assert Response.objects.get(pk=kept.pk).answers["wish"] == text


def test_answers_never_change_and_a_correction_stands_instead(
    amara: Actor, youth: Youth, version: FormVersion, at: datetime
) -> None:
    first = answer(version, NEEDED, youth_id=youth.pk, by=amara, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Response.objects.filter(pk=first.pk).update(answers={})
    with pytest.raises(DatabaseError), transaction.atomic():
        first.delete()
    second = answer(
        version,
        NEEDED | {"goes_well": "Art"},
        youth_id=youth.pk,
        by=amara,
        at=at,
        corrects=first,
    )
    assert set(_rows()) == {
        (second.pk, "would_like", "One person she can text"),
        (second.pk, "talks", "Two talks at school"),
        (second.pk, "goes_well", "Art"),
        (second.pk, "help_areas", "school"),
        (second.pk, "help_areas", "sleep"),
        (second.pk, "told", "yes"),
    }


def test_answers_as_rows_are_shown_to_those_who_see_the_record(
    amara: Actor, youth: Youth, version: FormVersion, at: datetime, become: Become
) -> None:
    answer(version, NEEDED, youth_id=youth.pk, by=amara, at=at)
    become("colleague")
    assert _rows()
    become("outsider")
    assert not _rows()


@pytest.mark.parametrize(
    "change",
    [
        "update forms_formversion set definition = '{}' where published_at is not null",
        "delete from forms_formversion where published_at is not null",
    ],
)
def test_a_published_version_never_changes_not_even_by_the_owner(
    version: FormVersion, change: str
) -> None:
    owner = connections["owner"]
    with (
        closing(owner.get_new_connection(owner.get_connection_params())) as as_owner,
        pytest.raises(InsufficientPrivilege, match="never changes"),
    ):
        as_owner.execute(change)


def _rows() -> list[tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select response_id, question, value from form_answer")
        rows: list[tuple[int, str, str]] = cursor.fetchall()
    return rows
