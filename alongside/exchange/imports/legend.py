"""A sheet on which a unit explains its own colors, short words and staff."""

import colorsys
import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from alongside.exchange.imports.dates import read_date
from alongside.exchange.imports.fields import Subject, field_for
from alongside.exchange.imports.names import birth_hint, key
from alongside.exchange.imports.roster import Officer
from alongside.exchange.imports.vocabulary import Vocabulary, plain
from alongside.exchange.imports.workbook import Cell, Sheet

_WORDS = ("support_level", "placement", "disposition", "child_welfare")
_GONE = re.compile(r"\b(retired|left|transferred|gone|resigned)\b\s*([\d/.-]*\d)?")
_HUES = ((15, "red"), (45, "orange"), (70, "yellow"), (165, "green"), (255, "blue"))


@dataclass(frozen=True, slots=True)
class ColorMeaning:
    """What the unit says a filled row means: a field and its code."""

    fill: str
    name: str
    field: str
    code: str


@dataclass(frozen=True, slots=True)
class Legend:
    """What a workbook says about its own words."""

    words: dict[str, dict[str, str]] = field(default_factory=dict)
    colors: tuple[ColorMeaning, ...] = ()
    officers: tuple[Officer, ...] = ()

    def plus(self, other: "Legend") -> "Legend":
        """Both legends as one; the other one's words win."""
        words = {name: dict(ways) for name, ways in self.words.items()}
        for name, ways in other.words.items():
            words.setdefault(name, {}).update(ways)
        known = {key(one.name) for one in self.officers}
        extra = tuple(one for one in other.officers if key(one.name) not in known)
        colors = {one.fill: one for one in self.colors + other.colors}
        return Legend(words, tuple(colors.values()), self.officers + extra)


def is_legend(sheet: Sheet) -> bool:
    """A sheet of at most three columns whose tab or first line calls it a key."""
    first = next(iter(sheet.cells()), None)
    title = f"{sheet.name} {first.text if first else ''}".casefold()
    named = re.search(r"\b(legend|key|codes?|abbreviations?|colou?rs?)\b", title)
    widest = max((max(row) for row in sheet.rows.values() if row), default=0)
    return bool(named) and widest <= 3


def read_legend(sheet: Sheet) -> Legend:
    """Colors, words and staff, each under its own small heading."""
    words: dict[str, dict[str, str]] = {}
    colors: list[ColorMeaning] = []
    officers: list[Officer] = []
    for heading, rows in _groups(sheet):
        topic = _topic(heading)
        for left, right in rows:
            if right is None:
                continue
            if topic == "colors" and left is not None and left.fill:
                colors.extend(_color(left.fill, right.words))
            elif topic == "staff" and left is not None:
                officers.append(_officer(left.words, right.words))
            elif topic in _WORDS and left is not None:
                words.setdefault(topic, {}).update(
                    _ways(topic, left.words, right.words)
                )
    return Legend(words, tuple(colors), tuple(officers))


def _groups(sheet: Sheet) -> list[tuple[str, list[tuple[Cell | None, Cell | None]]]]:
    groups: list[tuple[str, list[tuple[Cell | None, Cell | None]]]] = [("", [])]
    for before, number in pairwise([0, *sorted(sheet.rows)]):
        left, right = sheet.at(number, 1), sheet.at(number, 2)
        begins = left is not None and left.text.strip() and right is None
        if left is not None and begins and (number > before + 1 or before == 0):
            groups.append((left.words, []))
        else:
            groups[-1][1].append((left, right))
    return groups


def _topic(heading: str) -> str | None:
    words = plain(heading)
    if re.search(r"\bcolou?rs?\b", words):
        return "colors"
    if re.search(r"\b(staff|officers?|dpos?|team|initials)\b", words):
        return "staff"
    return field_for(Subject.CASELOAD, heading)


def _color(fill: str, meaning: str) -> list[ColorMeaning]:
    said = meaning.split("=", 1)[-1]
    name = color_name(fill)
    if "custody" in said.casefold():
        return [ColorMeaning(fill, name, "placement", "in_custody")]
    vocabulary = Vocabulary()
    for topic in _WORDS:
        codes, _ = vocabulary.codes_in(topic, said)
        if len(codes) == 1:
            return [ColorMeaning(fill, name, topic, codes[0])]
    return []


def _ways(topic: str, written: str, meaning: str) -> dict[str, str]:
    """“JH, LJH, Juv Hall” beside “Larkspur Juvenile Hall”: three ways, one code."""
    outside = re.sub(r"\(.*?\)", " ", meaning)
    codes, _ = Vocabulary().codes_in(topic, outside)
    if len(codes) != 1:
        return {}
    inside = re.findall(r"\((.*?)\)", meaning)
    ways = [way for part in (written, *inside) for way in part.split(",")]
    return {plain(way): codes[0] for way in ways if plain(way)}


def _officer(initials: str, about: str) -> Officer:
    gone = _GONE.search(about.casefold())
    parts = re.sub(r"\s-\s", ", ", about).partition(",")
    name, rest = parts[0].strip(), parts[2].strip()
    left_on = None
    if gone and gone[2]:
        day = Cell(1, 1, gone[2])
        left_on = read_date(day, date.max).value
    role = None if gone else rest or None
    when = left_on if isinstance(left_on, date) else None
    return Officer(birth_hint(name)[0], initials, role, when, left=bool(gone))


def color_name(fill: str) -> str:
    """A plain word for a fill color."""
    if ":" in fill or len(fill) < 6:
        return "a theme color"
    red, green, blue = (int(fill[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    if strength < 0.12 or light in (0, 1):
        return "gray"
    return next((name for limit, name in _HUES if hue * 360 < limit), "purple")
