"""Where somebody stayed, went to school and who carried the case, side by side."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from alongside.desk.youth.facts import in_words
from alongside.desk.youth.standing import FACTS
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates import add_months
from alongside.people.models import Youth

LEFT, RIGHT, TOP, STEP = 80, 1163, 30, 34
_LONGEST_MONTHS = 24
_LETTER = 7.4  # how wide a letter of the lanes is, on average
_LANES = ("stay", "school", "officer")
_IN_CUSTODY = {"juvenile_hall", "camp", "custody_not_named", "hospital"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One fact as a bar: where it is drawn, how dark, and what it says."""

    x: int
    y: int
    width: int
    tone: str
    text: str
    text_x: int
    text_y: int


@dataclass(frozen=True, slots=True)
class Lanes:
    """The drawing, and the same in words."""

    bars: list[Bar]
    away: list[Bar]
    months: list[tuple[int, str]]
    labels: list[tuple[int, str]]
    words: str


def lanes(youth: Youth, today: date, words: Vocabulary) -> Lanes | None:
    """Three queries; nothing to draw before there are facts."""
    facts = {name: _facts(name, youth, today) for name in _LANES}
    starts = [fact.starts for found in facts.values() for fact in found]
    if not starts:
        return None
    first = max(min(starts), add_months(today, -_LONGEST_MONTHS))
    first = min(first, add_months(today, -3)).replace(day=1)
    bars: list[Bar] = []
    away: list[Bar] = []
    said = []
    for row, (name, found) in enumerate(facts.items()):
        y = TOP + row * STEP
        for fact in found:
            bar = _bar(name, fact, y, first, today, words)
            is_away = name == "stay" and fact.kind == "away"
            (away if is_away else bars).append(bar)
        said.append(_said(name, found, words))
    return Lanes(
        bars=bars,
        away=away,
        months=_months(first, today),
        labels=[
            (TOP + row * STEP + 17, FACTS[name].label)
            for row, name in enumerate(_LANES)
        ],
        words=f"Since {first:%B %Y}. {' '.join(filter(None, said))}",
    )


def _facts(name: str, youth: Youth, today: date) -> list[Any]:
    rows = FACTS[name].model.objects.filter(youth=youth, starts__lte=today)
    if name == "officer":
        rows = rows.select_related("officer")
    return [fact for fact in rows.order_by("starts", "pk") if fact.ends != fact.starts]


def _bar(
    name: str, fact: Any, y: int, first: date, today: date, words: Vocabulary
) -> Bar:
    ends = min(fact.ends or today, today)
    x = _x(max(fact.starts, first), first, today)
    width = max(_x(max(ends, first), first, today) - x - 2, 4)
    text = in_words(name, fact, words).split(",")[0]
    room = int((width - 12) / _LETTER)
    if len(text) > room:
        text = f"{text[: room - 1].rstrip()}…" if room >= 6 else ""
    tone = "c" if fact.ends is None or fact.ends > today else "b"
    if name == "stay" and tone == "b" and fact.kind in _IN_CUSTODY:
        tone = "a"
    return Bar(x, y, width, tone, text, x + 8, y + 17)


def _x(day: date, first: date, today: date) -> int:
    span = max((today - first).days, 1)
    return round(LEFT + (RIGHT - LEFT) * (day - first).days / span)


def _months(first: date, today: date) -> list[tuple[int, str]]:
    """Month lines, with a word where there is room for one."""
    count = (today.year - first.year) * 12 + today.month - first.month + 1
    every = 1 if count <= 15 else 2 if count <= 30 else 6
    months = [add_months(first, number) for number in range(0, count, every)]
    return [
        (
            _x(day, first, today),
            f"{day:%b %Y}" if day.month == 1 or day == first else f"{day:%b}",
        )
        for day in months
        if day <= today - timedelta(days=7)
    ]


def _said(name: str, found: list[Any], words: Vocabulary) -> str:
    if not found:
        return ""
    told = "; ".join(
        f"{in_words(name, fact, words)} from {fact.starts:%B} {fact.starts.day},"
        f" {fact.starts.year}"
        for fact in found
    )
    return f"{FACTS[name].label}: {told}."


def _month_name(day: date, first: date) -> str:
    return f"{day:%b %Y}" if day.month == 1 or day == first else f"{day:%b}"
