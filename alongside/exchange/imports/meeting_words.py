"""What is written about one meeting: time, kind, and whether it took place."""

import re
from dataclasses import dataclass

from alongside.exchange.imports.vocabulary import VAGUE_MEETINGS, Vocabulary

_GAP = r"[\s(:\-–—]"
_TIME = re.compile(
    r"^(\d{1,2}:\d\d\s*(?:[ap]\.?m?\.?)?|\d{1,2}\s*[ap]\.?m\.?)\s+", re.IGNORECASE
)
_CANCELLED = re.compile(
    rf"{_GAP}*\(?\b(?:cancell?ed|cancel|canc?x|canc|cxl|did not happen)\b\.?\)?",
    re.IGNORECASE,
)
_MOVED = re.compile(
    rf"{_GAP}*(?:->|→|>)?\s*\b(?:moved|resched(?:uled)?)(?:\s+to)?\b\s*([\d/.-]*)",
    re.IGNORECASE,
)
_DOUBT = re.compile(r"\s*\?+\s*$")
_NO_MEETING = re.compile(
    r"\b(holiday|no mdts?|training|closed|staff m(?:ee)?t(?:in)?g|furlough|retreat)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the words say became of a meeting."""

    cancelled: bool = False
    moved_to: str | None = None
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a calendar cell, taken apart."""

    time: str
    youth: str
    type: str
    outcome: Outcome


def take_outcome(text: str) -> tuple[str, Outcome]:
    """The text without words such as CANX, “moved to 3/19” or a question mark."""
    rest, cancelled = _CANCELLED.subn("", text)
    moved = _MOVED.search(rest)
    if moved is not None:
        rest = rest[: moved.start()] + rest[moved.end() :]
    rest, doubt = _DOUBT.subn("", rest)
    moved_to = None if moved is None else moved[1] or "another day"
    return rest.strip(), Outcome(bool(cancelled), moved_to, bool(doubt))


def is_note(text: str) -> bool:
    """Whether a line says why there is no meeting, such as a holiday."""
    return bool(_NO_MEETING.search(text))


class LineReader:
    """Takes calendar lines apart with the unit's own words for the kinds of review."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        ways = [*vocabulary.words["type"], *VAGUE_MEETINGS]
        spelt = "|".join(
            r"[\s\-/.]*".join(map(re.escape, way.split()))
            for way in sorted(ways, key=len, reverse=True)
        )
        self._type = re.compile(
            rf"^(.*?)(?:{_GAP}|(?<=\.))+({spelt})[.)\s]*$", re.IGNORECASE
        )

    def take(self, line: str) -> Line:
        """Time in front, kind at the end, and the name between."""
        rest, outcome = take_outcome(line.strip())
        time = _TIME.match(rest)
        if time is not None:
            rest = rest[time.end() :]
        name, kind = rest, ""
        if match := self._type.match(rest):
            name, kind = match[1], match[2]
            if again := self._type.match(name.rstrip(" /&+")):
                name, kind = again[1], f"{again[2]} / {kind}"
        name = name.rstrip(" -–—:,")
        if name.count("(") > name.count(")"):
            name = name.rstrip("( ")
        return Line(time[1] if time else "", name, kind, outcome)
