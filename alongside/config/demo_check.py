"""A walk through the demo: every persona's card, then every section they are offered.

It knows no addresses of its own, so a section that is added is walked too.
"""

from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

from alongside.config.demo_page import Card, Page


def walk(address: str, say: Callable[[str], None]) -> list[str]:
    """Open each section as each persona; what failed, a sentence each."""
    try:
        cards = len(_Visitor(address).cards)
    except HTTPError as error:
        return [f"The first page answers {error.code}."]
    if not cards:
        return ["The sign-in page offers no personas."]
    failures: list[str] = []
    for number in range(cards):
        visitor = _Visitor(address)
        card = visitor.cards[number]
        found = list(visitor.failures(card))
        say(f"{card.name}: {visitor.opened} pages opened, {len(found)} failed")
        failures += found
    return failures


class _Visitor:
    """A browser with cookies, standing at the sign-in page."""

    def __init__(self, address: str) -> None:
        self.opened = 0
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self._start, page = self._open(address)
        self.cards = page.cards

    def failures(self, card: Card) -> Iterator[str]:
        """Enter by this card and follow every section link, and theirs, once."""
        try:
            landed, page = self._open(
                urljoin(self._start, card.action), urlencode(card.fields).encode()
            )
        except HTTPError as error:
            yield f"{card.name} cannot sign in: the page answers {error.code}."
            return
        if page.cards:
            yield f"{card.name} cannot sign in: the sign-in page comes back."
            return
        seen = {_place(landed)}
        waiting = self._sections(landed, page)
        while waiting:
            url = waiting.pop()
            if _place(url) in seen:
                continue
            seen.add(_place(url))
            try:
                waiting += self._sections(*self._open(url))
            except HTTPError as error:
                yield f"{card.name}: {urlsplit(url).path} answers {error.code}."

    def _sections(self, url: str, page: Page) -> list[str]:
        links = [urljoin(url, link) for link in page.sections]
        here = urlsplit(self._start).netloc
        return [link for link in links if urlsplit(link).netloc == here]

    def _open(self, url: str, posted: bytes | None = None) -> tuple[str, Page]:
        self.opened += 1
        with self._opener.open(url, posted, timeout=60) as answer:
            return answer.url, Page(answer.read().decode())


def _place(url: str) -> str:
    # A calendar's next month is the same section as this month.
    return urlsplit(url).path
