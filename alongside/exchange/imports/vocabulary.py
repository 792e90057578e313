"""The short words of a unit and the codes they stand for; a legend adds to them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from alongside.exchange.imports.readings import (
    MISSING,
    Reading,
    Shape,
    is_missing,
    known,
)

LEVELS = {
    "full": "full, f, full support, full supp",
    "secondary": "secondary, sec, 2nd, second, secondary support, sec supp",
    "at_risk": "at risk, ar, atrisk",
    "tracking": "tracking, track, tracked",
}
PLACEMENTS = {
    "home": "home, mom, dad, mother, father, parent, parents",
    "relative": "relative, gma, gpa, grandma, grandpa, grandmother, grandfather, aunt,"
    " auntie, uncle, cousin, kin, relative home, aunt home, gma home",
    "resource_family": "rfa, rfa home, resource family, resource family home, resource"
    " home, foster, foster home",
    "strtp": "strtp, group home, short term residential, short term program",
    "juvenile_hall": "jh, juv hall, juvenile hall",
    "camp": "camp, camp community placement",
    "transitional": "thp, thp+, thpp, transitional, transitional housing",
    "independent_living": "silp, own apartment",
    "hospital": "hospital, hosp",
    "away": "awol, away, away from placement, missing",
    "out_of_county": "ooc, out of county",
}
DISPOSITIONS = {
    "home_on_probation": "hop, home on probation",
    "suitable_placement": "sp, suitable plcmt, suitable placement, suit plcmt",
    "camp": "camp, camp comm, camp commitment",
    "non_minor_dependent": "nmd, nmd 450, non minor dependent, 450",
    "deferred_entry": "dej, dej 790, 790, deferred entry of judgment",
    "without_wardship": "725 a, 725a, 725, without wardship",
    "informal": "654 2, 654, informal, informal supervision",
    "detained_pending": "det pending dispo, detained pending disposition",
    "pending": "pending, pend, pending dispo",
}
CHILD_WELFARE = {
    "none": "n, no, none",
    "open": "y, yes, open",
    "dependent": "yes 300, y 300, 300, dependent",
    "joint_assessment_pending": "pend 241 1, pending 241 1, 241 1",
}
MEETING_TYPES = {
    "initial": "initial, init, intial, first",
    "ongoing": "ongoing, ong, on going",
    "90_day": "90 day, 90day, 90d, 90 d, 90 days, 90",
    "as_needed": "as needed, an, asneeded, prn",
}
# Said of a meeting, but fitting several of the four types.
VAGUE_MEETINGS = ("f u", "fu", "follow up", "followup", "review", "rev", "check in")
IN_CUSTODY = frozenset({"juvenile_hall", "camp", "custody_not_named"})
# Words that alone tell why a youth is known to the unit: shown by a neutral name.
LABELS = {"support_level": {"at_risk"}, "court": {"star", "dream"}}
_SPECIAL_COURTS = ("star", "dream")
_FILLERS = frozenset({"support", "supp", "level", "lvl"})


def plain(text: str) -> str:
    """Lower case, punctuation as blanks: the form in which words are compared."""
    return " ".join(re.findall(r"[^\W_]+\+?", text.casefold()))


def phrases(codes: Mapping[str, str]) -> dict[str, str]:
    """Each way to write a code, in its compared form, with the code."""
    return {plain(way): code for code, ways in codes.items() for way in ways.split(",")}


@dataclass(frozen=True)
class Vocabulary:
    """What each way of writing means, field by field."""

    words: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: {
            "support_level": phrases(LEVELS),
            "placement": phrases(PLACEMENTS),
            "disposition": phrases(DISPOSITIONS),
            "child_welfare": phrases(CHILD_WELFARE),
            "type": phrases(MEETING_TYPES),
        }
    )

    def with_words(self, extra: Mapping[str, Mapping[str, str]]) -> "Vocabulary":
        """The same vocabulary knowing more ways to write its codes."""
        merged = {name: dict(ways) for name, ways in self.words.items()}
        for name, ways in extra.items():
            merged.setdefault(name, {}).update(ways)
        return Vocabulary(merged)

    def codes_in(self, name: str, text: str) -> tuple[list[str], list[str]]:
        """The codes named in a text, longest way of writing first, and words left."""
        ways, tokens = self.words[name], plain(text).split()
        found, rest, at = [], [], 0
        while at < len(tokens):
            for end in range(len(tokens), at, -1):
                code = ways.get(" ".join(tokens[at:end]))
                if code is not None:
                    found.append(code)
                    at = end
                    break
            else:
                rest.append(tokens[at])
                at += 1
        return list(dict.fromkeys(found)), rest

    def read_word(self, name: str, text: str) -> Reading:
        """A cell that should be one word of a list."""
        if code := self.words[name].get(plain(text)):
            return known(code)
        if is_missing(text):
            return MISSING
        codes, rest = self.codes_in(name, text)
        if len(codes) == 1 and "?" not in text and set(rest) <= _FILLERS:
            return known(codes[0])
        return Reading(Shape.UNCLEAR, why=_why(codes, text), candidates=tuple(codes))

    def read_placement(self, text: str) -> Reading:
        """Where somebody stays; a facility's own name beside the kind is no trouble."""
        if is_missing(text):
            return MISSING
        codes, _ = self.codes_in("placement", text)
        if len(codes) == 1 and "?" not in text:
            return known(codes[0])
        return Reading(Shape.UNCLEAR, why=_why(codes, text), candidates=tuple(codes))


def read_court(text: str) -> Reading:
    """A courtroom by its number, or a special court by its word."""
    if is_missing(text):
        return MISSING
    words = plain(text)
    if match := re.fullmatch(r"(?:d|dept|dep|department|ct)? ?(\d{1,3}[a-z]?)", words):
        return known(f"dept_{match[1]}")
    for court in _SPECIAL_COURTS:
        if re.fullmatch(rf"{court}(?: ct| court)?", words):
            return known(court)
    return Reading(Shape.UNCLEAR, why="It is not a court we know.")


def is_label(name: str, code: object) -> bool:
    """Whether showing this word would tell why a youth is here."""
    return code in LABELS.get(name, ())


def _why(codes: Iterable[str], text: str) -> str:
    if len(list(codes)) > 1:
        return "It names more than one."
    return "There is a question mark." if "?" in text else "It is not a word we know."
