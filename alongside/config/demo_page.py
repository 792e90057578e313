"""What a visitor of the demo finds on a page: persona cards and section links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


@dataclass
class Card:
    """One persona's card on the sign-in page: a name, and the form that enters."""

    name: str = ""
    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """Reads one page: cards are ``li.door`` elements, sections are links in a nav."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cards: list[Card] = []
        self.sections: list[str] = []
        self._card: Card | None = None
        self._in_nav = self._in_heading = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Note where we are, and what a card or a nav holds."""
        given = {name: value or "" for name, value in attrs}
        if tag == "nav":
            self._in_nav = True
        elif tag == "a" and self._in_nav:
            self.sections.append(given.get("href", ""))
        elif tag == "li" and "door" in given.get("class", "").split():
            self._card = Card()
            self.cards.append(self._card)
        if self._card:
            self._read_card(self._card, tag, given)

    def handle_endtag(self, tag: str) -> None:
        """Leave the card, the nav or the heading."""
        if tag == "li":
            self._card = None
        elif tag == "nav":
            self._in_nav = False
        elif tag == "h3":
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        """A card's heading is the persona's name."""
        if self._card and self._in_heading:
            self._card.name += data

    def _read_card(self, card: Card, tag: str, given: dict[str, str]) -> None:
        if tag == "h3":
            self._in_heading = True
        elif tag == "form":
            card.action = given.get("action", "")
        elif tag in {"input", "button"} and "name" in given:
            card.fields[given["name"]] = given.get("value", "")
