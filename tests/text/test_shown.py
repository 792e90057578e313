"""Every text on record is odd, and every page, search, sheet and paper holds it."""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.kernel.compartments import Compartment
from alongside.web.papers import printable
from alongside.web.signs import visible
from tests.access.canaries import Canaries, plant
from tests.access.test_canary_crawl import addresses
from tests.text.controls import words_of
from tests.text.odd import MARK, Deck
from tests.text.sending import is_shown
from tests.web.reading import letters_of

pytestmark = pytest.mark.slow

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

_LONG = 2_000
# Columns that no page of a planted record has a place for, and why.
NOWHERE = {
    "activities.Presence.name",  # whoever is on record is named by their own record
    "forms.Response.answers",  # the answers to questions that no form asks
    "people.Document.content",  # a file, handed out as it came
    "people.Youth.search_text",  # folded, for searching alone
    "referrals.AssessmentDraft.answers",  # of a referral that is assessed by now
    "referrals.AssessmentDraft.recommendation_note",
}


@dataclass
class OddTexts(Canaries):
    """In place of a token, every text is odd, between two marks."""

    deck: Deck = field(default_factory=Deck)
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def token(self, place: str, part: Compartment, longest: int | None = None) -> str:
        """As many odd strings as the column has room for."""
        text = self.deck.value(longest or _LONG, one_line=longest is not None)
        (mark, _) = MARK.findall(text)
        self.texts[mark], self.places[mark] = text, place
        return text

    def told_by(self, said: str) -> list[str]:
        """The texts that something says, or says the beginning of."""
        marks = {*MARK.findall(said)} & {*self.texts}
        for mark in marks:
            self.places.pop(mark, None)
        return [self.texts[mark] for mark in marks]


@pytest.fixture
def planted(become: Become, at: datetime) -> OddTexts:
    """A youth with an odd text in every column of every table."""
    made = plant(at, become, OddTexts)
    assert isinstance(made, OddTexts)
    return made


def on_the_page(planted: OddTexts, page: str) -> Iterator[str]:
    """What a page shows otherwise than it is, or takes for its own."""
    words, tags = words_of(page)
    if "odd-tag" in tags:
        yield "takes a text for its own"
    for text in planted.told_by(words):
        if not is_shown(text, words):
            yield f"shows {text[:60]!r} otherwise"


def in_the_sheet(planted: OddTexts, book: bytes) -> Iterator[str]:
    """What a spreadsheet holds otherwise than it is, or would calculate."""
    sheets = openpyxl.load_workbook(io.BytesIO(book))
    for cell in (cell for sheet in sheets for row in sheet for cell in row):
        if cell.data_type == "f":
            yield f"{cell.coordinate} would be calculated"
        for text in planted.told_by(str(cell.value)):
            if visible(text) not in str(cell.value):
                yield f"{cell.coordinate} holds {text[:60]!r} otherwise"


def on_the_paper(planted: OddTexts, paper: bytes) -> Iterator[str]:
    """What a paper has too few letters of; its lines break where they like."""
    letters = letters_of(paper)
    has = Counter(letters)
    for text in planted.told_by(letters):
        has.subtract(one for one in printable(text) if one.isprintable())
    lacking = {one: -less for one, less in has.items() if less < 0 and one != " "}
    if lacking:
        yield f"lacks {lacking}"


HOW_TO_READ = {
    "text/html": lambda planted, content: on_the_page(planted, content.decode()),
    "application/pdf": on_the_paper,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": in_the_sheet,
}


def test_whatever_is_on_record_is_shown_as_it_is(
    planted: OddTexts, visit: Visit
) -> None:
    client, wrong, met = visit("supervisor"), [], set()
    client.raise_request_exception = False
    for path, _ in addresses(planted, client):
        answer: Any = client.get(path)
        if answer.status_code >= 500:
            wrong.append(f"{path} answers {answer.status_code}")
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        if answer.status_code == 200 and kind in HOW_TO_READ:
            content = b"".join(answer) if answer.streaming else answer.content
            said = HOW_TO_READ[kind](planted, content)
            wrong += [f"{path} {one}" for one in said]
            met.add(kind)
    assert wrong == [], "\n" + "\n".join(wrong)
    assert met == {*HOW_TO_READ}
    assert planted.deck.dealt == {*planted.deck.all}
    assert {*planted.places.values()} == NOWHERE


def test_somebody_is_found_by_an_odd_name_and_shown_by_it(
    planted: OddTexts, visit: Visit
) -> None:
    client = visit("supervisor")
    for name in (planted.youth.given_name, planted.youth.family_name):
        for asked in (MARK.findall(name)[0], name):
            page = client.get(reverse("find"), {"q": asked}).content.decode()
            words, _ = words_of(page)
            assert is_shown(name, words)
            assert str(planted.youth.ref) in page
