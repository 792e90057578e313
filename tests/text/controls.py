"""The forms of a page as a browser has them: their controls, and what they send."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

_TYPED = {"text", "search", "email", "tel", "url", ""}


@dataclass
class Control:
    """One control of a form."""

    name: str
    kind: str
    value: str = ""
    chosen: bool = False
    limit: int | None = None
    required: bool = False
    marked_wrong: bool = False
    options: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        """Whether somebody can type any words here."""
        return self.kind == "textarea" or self.kind in _TYPED

    @property
    def is_one_line(self) -> bool:
        """Whether a browser leaves line breaks out."""
        return self.kind != "textarea"


@dataclass
class Form:
    """One form of a page."""

    action: str
    method: str
    controls: list[Control] = field(default_factory=list)

    def texts(self) -> list[Control]:
        """The controls that words are typed in."""
        return [one for one in self.controls if one.is_text and one.name]

    def named(self, name: str) -> list[Control]:
        """The controls of one name."""
        return [one for one in self.controls if one.name == name]

    def filled(self) -> dict[str, list[str]]:
        """What is sent when nothing is touched but what has to be."""
        sent: dict[str, list[str]] = {}
        for name, value in self._values():
            sent.setdefault(name, []).append(value)
        return sent

    def choice(self, name: str, number: int) -> str:
        """One of the choices of a control, counted from nought."""
        for one in self.controls:
            if one.name == name and one.kind == "select":
                return [value for value, _ in one.options if value][number]
        return [one.value for one in self.controls if one.name == name][number]

    def _values(self) -> Iterator[tuple[str, str]]:
        taken: set[str] = set()
        pressed = False
        for one in self.controls:
            if one.kind == "submit" and not pressed:
                pressed = True
                if one.name:
                    yield one.name, one.value
            if not one.name or one.kind == "submit":
                continue
            match one.kind:
                case "radio" | "checkbox":
                    alike = [each for each in self.controls if each.name == one.name]
                    first = one is alike[0] and (one.kind == "radio" or len(alike) > 1)
                    if one.chosen or (first and not any(e.chosen for e in alike)):
                        yield one.name, one.value or "on"
                case "select":
                    values = [value for value, _ in one.options]
                    chosen = [value for value, is_it in one.options if is_it and value]
                    yield one.name, next(iter(chosen or filter(None, values)), "")
                case "file":
                    pass
                case _:
                    if one.name not in taken or one.kind == "hidden":
                        yield one.name, one.value
            taken.add(one.name)


def forms_of(page: str, address: str) -> list[Form]:
    """Every form of a page; ``address`` is where one leads that names no other."""
    reader = _Reader(address)
    reader.feed(page)
    reader.close()
    return list(reader.forms.values())


def words_of(page: str) -> tuple[str, set[str]]:
    """All that a page says, what its controls hold included; and its tags."""
    reader = _Reader("")
    reader.feed(page)
    reader.close()
    return "".join(reader.words), reader.tags


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: dict[str, Form] = {}
        self.words: list[str] = []
        self.tags: set[str] = set()
        self._open = ""
        self._area: Control | None = None
        self._select: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.words += [f" {value} " for value in given.values()]
        if tag == "form":
            self._open = given.get("id") or f"form-{len(self.forms)}"
            form = self._form(self._open)
            action = given.get("action") or given.get("hx-post") or ""
            form.action = urljoin(self.address, action)
            form.method = given.get("method", "get").lower()
        elif tag in ("input", "textarea", "select", "button"):
            self._control(tag, given)
        elif tag == "option" and self._select is not None:
            self._select.options.append((given.get("value", ""), "selected" in given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = ""
        elif tag == "textarea":
            if self._area is not None:
                # A line break right after the tag is no part of the text.
                self._area.value = self._area.value.removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._area is not None:
            self._area.value += data

    def _form(self, key: str) -> Form:
        return self.forms.setdefault(key, Form(self.address, "get"))

    def _control(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "") if tag == "input" else tag
        if tag == "button":
            kind = given.get("type", "submit")
        one = Control(
            given.get("name", ""),
            kind,
            given.get("value", ""),
            "checked" in given,
            int(given["maxlength"]) if "maxlength" in given else None,
            "required" in given,
            given.get("aria-invalid") == "true",
        )
        if "disabled" in given:
            return
        if tag == "textarea":
            self._area = one
        if tag == "select":
            self._select = one
        if key := given.get("form") or self._open:
            self._form(key).controls.append(one)
