"""Names as people write them: any order, other names, initials, one word, suffixes."""

import re
import unicodedata
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "æ": "ae"}
)
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´ʼ", "'"))
_SUFFIX = re.compile(r"[,\s]+(jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
_NICKNAME = re.compile(r"[(\"“‘']+\s*([^()\"“”]+?)\s*[)\"”’']+\s*$")
_BIRTH = re.compile(r"\(?\bdob:?\s*([\d/.\-]+)\)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[/;,]|\bor\b)\s*")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts; ``family`` is empty for a name of one word."""

    family: str | None
    given: str
    suffix: str | None = None
    other: tuple[str, ...] = ()
    order_unclear: bool = False

    @property
    def full(self) -> str:
        """The name in speaking order."""
        parts = (self.given, self.family, self.suffix)
        return " ".join(part for part in parts if part)


def key(text: str) -> str:
    """Letters and digits alone, without case or accents: equal keys, same name."""
    if text.isascii():
        return "".join(mark for mark in text.lower() if mark.isalnum())
    bare = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(mark for mark in bare.casefold() if mark.isalnum())


def tidy(text: str) -> str:
    """Single blanks, plain apostrophes, one form of each accent."""
    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    return " ".join(text.split())


def birth_hint(text: str) -> tuple[str, str | None]:
    """The text without “(dob 3/9/09)”, and the date that stood there."""
    match = _BIRTH.search(text)
    if match is None:
        return text, None
    return (text[: match.start()] + text[match.end() :]).strip(), match[1]


def read_name(text: str, *, last_first: bool) -> Name | None:
    """One person's name; nothing if there are no letters in it."""
    words, other = _nickname(tidy(birth_hint(text)[0]))
    if not key(words):
        return None
    if "," not in words:
        return _without_comma(words, other, last_first)
    before, after = (part.strip() for part in words.split(",", 1))
    if re.fullmatch(r"(jr|sr|ii|iii|iv)\.?", after, re.IGNORECASE):
        return _without_comma(words, other, last_first)
    before, suffix = _suffix(before)
    after, late_suffix = _suffix(after)
    if not key(before) or not key(after):
        return Name(None, _calm(before if key(before) else after), suffix, other)
    return Name(_calm(before), _calm(after), suffix or late_suffix, other)


def other_names(text: str) -> tuple[str, ...]:
    """Names in an “also called” column: “Jazz / Jazzy”, “"Milo"”."""
    found = (part.strip(" \"“”'()") for part in _BETWEEN.split(tidy(text)))
    return tuple(dict.fromkeys(part for part in found if key(part)))


def _without_comma(words: str, other: tuple[str, ...], last_first: bool) -> Name:
    words, suffix = _suffix(words)
    parts = words.split()
    if len(parts) == 1:
        return Name(None, _calm(words), suffix, other)
    if last_first:
        # Either end may be the last name; the whole stays as one until somebody says.
        return Name(None, _calm(words), suffix, other, order_unclear=True)
    at = next((i for i, part in enumerate(parts[1:], 1) if part.islower()), None)
    at = len(parts) - 1 if at is None else at
    return Name(_calm(" ".join(parts[at:])), _calm(" ".join(parts[:at])), suffix, other)


def _nickname(words: str) -> tuple[str, tuple[str, ...]]:
    match = _NICKNAME.search(words)
    if match is None or not key(words[: match.start()]):
        return words.strip('"“”'), ()
    return words[: match.start()].strip(" ,"), other_names(match[1])


def _suffix(words: str) -> tuple[str, str | None]:
    match = _SUFFIX.search(words)
    if match is None:
        return words, None
    written = match[1].casefold()
    return words[: match.start()], (
        f"{written.title()}." if written in {"jr", "sr"} else written.upper()
    )


def _calm(part: str) -> str:
    """Capitals throughout are the typist's, not the person's."""
    if len(part) > 2 and part.isupper():
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), part)
    return part
