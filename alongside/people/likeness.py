"""How like two young people are, in words: never a decision, only a question."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from rapidfuzz.distance import OSA, JaroWinkler

from alongside.kernel.names import fold
from alongside.linkage.nicknames import nickname_pairs

VERY_LIKE = 85
SOMEWHAT_LIKE = 55

# What a birth date gives by itself, and what a name adds to it at most.
_BIRTH = {
    "same": (35, 65),
    "swapped": (30, 60),
    "near": (20, 60),
    "unknown": (0, 75),
    "other": (0, 62),
}
_BIRTH_WORDS = {
    "same": "same birth date",
    "swapped": "day and month of birth could be swapped",
    "near": "birth date differs in one figure",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of who somebody is."""

    given: str = ""
    family: str = ""
    others: tuple[str, ...] = ()
    birth_date: date | None = None
    numbers: frozenset[tuple[str, str]] = frozenset()
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A score from 0 to 100, with what agrees and what differs."""

    score: int
    alike: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How like, as a page says it."""
        return "Very like" if self.score >= VERY_LIKE else "Somewhat like"

    @property
    def reasons(self) -> str:
        """Both sides in one sentence each."""
        said = [f"{self.words}: {', '.join(self.alike)}."] if self.alike else []
        if self.differs:
            said.append(f"Differs: {', '.join(self.differs)}.")
        return " ".join(said)


@dataclass(frozen=True, slots=True)
class _Match:
    value: float
    words: str


def likeness(a: Known, b: Known) -> Likeness:
    """How like two people are. Twins, and namesakes of another age, never come out
    "very like" by their names alone."""
    name, birth = _names(a, b), _births(a.birth_date, b.birth_date)
    shared, differing = _numbers(a, b)
    base, weight = _BIRTH[birth]
    score = base + weight * name.value
    if shared:
        score = max(score, 100 if name.value >= 0.8 and birth != "other" else 75)
    elif differing:
        score = min(score - 10, VERY_LIKE - 1)
    same_phone = bool(digits(a.phone)) and digits(a.phone) == digits(b.phone)
    if same_phone:
        score += 10
    if name.value < 0.8 and not shared:
        score = min(score, VERY_LIKE - 1)
    alike = [name.words] if name.value >= 0.35 else []
    differs = [] if name.value >= 0.6 else ["name" if not alike else _rest(name)]
    _say_birth(birth, alike, differs)
    alike += [f"same {_kind(kind)}" for kind in shared]
    differs += [f"another {_kind(kind)}" for kind in differing]
    alike += ["same phone number"] if same_phone else []
    return Likeness(max(0, min(100, round(score))), tuple(alike), tuple(differs))


def digits(text: str) -> str:
    """The figures of a telephone number, without a country's 1."""
    kept = "".join(mark for mark in text if mark.isdecimal())
    return kept[1:] if len(kept) == 11 and kept[0] == "1" else kept


# ---------- names ----------


def _names(a: Known, b: Known) -> _Match:
    return max(_name_matches(a, b), key=lambda match: match.value)


def _name_matches(a: Known, b: Known) -> Iterator[_Match]:
    yield _Match(0, "")
    ours, theirs = _Folded.of(a), _Folded.of(b)
    if ours.full and ours.full == theirs.full:
        yield _Match(1, "same name")
    yield _both(ours.given, ours.family, theirs.given, theirs.family, swapped=False)
    yield _both(ours.given, ours.family, theirs.family, theirs.given, swapped=True)
    for one, other in ((ours, theirs), (theirs, ours)):
        for said in one.others:
            if " ".join(sorted(said.split())) == other.full:
                yield _Match(0.95, "the name of one is another name of the other")
            elif said == other.given or said in other.others:
                family = _word(one.family, other.family)
                also = "one is also called what the other is called"
                yield _Match(0.92 * family.value if family.value > 0.8 else 0.3, also)


@dataclass(frozen=True, slots=True)
class _Folded:
    given: str
    family: str
    others: tuple[str, ...]

    @classmethod
    def of(cls, known: Known) -> "_Folded":
        return cls(
            fold(known.given),
            fold(known.family),
            tuple(filter(None, map(fold, known.others))),
        )

    @property
    def full(self) -> str:
        """Every word of it, in one order, so that the order does not count."""
        return " ".join(sorted(f"{self.given} {self.family}".split()))


def _both(given: str, family: str, other: str, last: str, *, swapped: bool) -> _Match:
    first, second = _word(given, other), _word(family, last)
    if not (family or last):  # one-word names stand alone
        return first
    if first.value >= 0.7 and second.value >= 0.7:
        words = [match.words for match in (first, second) if match.words]
        said = "; ".join(dict.fromkeys(words)) or "same name"
        order = "first and last name swapped"
        if swapped:
            said = order if said == "same name" else f"{order}; {said}"
        return _Match(min(first.value, second.value), said)
    if swapped:
        return _Match(0, "")
    if second.value >= 0.9:
        return _Match(0.5, "same last name")
    return _Match(0.35, "same first name") if first.value >= 0.9 else _Match(0, "")


def _word(a: str, b: str) -> _Match:
    """How like two folded given names, or two folded family names, are."""
    if not a or not b:
        return _Match(0, "")
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return _Match(1, "")
    shorter, longer = sorted((a, b), key=len)
    if (a, b) in _nicknames():
        return _Match(0.93, f"“{shorter}” is short for “{longer}”")
    if set(shorter.split()) <= set(longer.split()):
        return _Match(0.92, f"“{shorter}” is part of “{longer}”")
    slips = OSA.distance(a, b, score_cutoff=2)
    if len(longer) >= 4 and (slips == 1 or (slips == 2 and len(longer) >= 9)):
        return _Match(0.9, f"“{a}” and “{b}” are spelled nearly alike")
    if len(shorter) == 1 and longer.startswith(shorter):
        return _Match(0.75, "only the first letter of a name is known")
    if JaroWinkler.similarity(a, b) >= 0.92:
        return _Match(0.8, f"“{a}” and “{b}” look alike")
    return _Match(0, "")


@cache
def _nicknames() -> frozenset[tuple[str, str]]:
    """Pairs of names one person may go by, of many origins, in both orders."""
    text = resources.files(__package__).joinpath("nicknames.csv").read_text("utf-8")
    ours = {
        pair
        for formal, *short in csv.reader(text.splitlines())
        for name in short
        for pair in ((formal, name), (name, formal))
    }
    return nickname_pairs() | ours


def _rest(name: _Match) -> str:
    return "first name" if name.words == "same last name" else "last name"


# ---------- birth dates and numbers ----------


def _births(a: date | None, b: date | None) -> str:
    if a is None or b is None:
        return "unknown"
    if a == b:
        return "same"
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return "swapped"
    figures = zip(f"{a:%Y%m%d}", f"{b:%Y%m%d}", strict=True)
    return "near" if sum(one != other for one, other in figures) == 1 else "other"


def _say_birth(birth: str, alike: list[str], differs: list[str]) -> None:
    if birth == "other":
        differs.append("birth date")
    elif birth != "unknown":
        alike.append(_BIRTH_WORDS[birth])


def _numbers(a: Known, b: Known) -> tuple[list[str], list[str]]:
    """Kinds of number that both have: with a shared one, and with none shared."""
    ours = {(kind, fold(value).replace(" ", "")) for kind, value in a.numbers}
    theirs = {(kind, fold(value).replace(" ", "")) for kind, value in b.numbers}
    shared = {kind for kind, value in ours & theirs if value}
    both = {kind for kind, _ in ours} & {kind for kind, _ in theirs}
    return sorted(shared), sorted(both - shared)


def _kind(kind: str) -> str:
    return {
        "pdj": "PDJ number",
        "cw_case": "child-welfare case number",
        "court_case": "court case number",
        "school": "school number",
    }.get(kind, "number")
