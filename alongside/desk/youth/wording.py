"""What pages call a young person, and how they say where one stays."""

from dataclasses import dataclass

from alongside.forms.vocabulary import Vocabulary
from alongside.people.models import Youth

_WITH_SOMEBODY = {"home", "relative", "resource_family"}
_NO_PLACE = {
    "home": "at home, with a parent",
    "relative": "with a relative",
    "resource_family": "in a resource home",
    "strtp": "in short-term residential",
    "shelter": "in a shelter",
    "transitional": "in transitional housing",
    "independent_living": "in a place of their own",
    "hospital": "in the hospital",
    "juvenile_hall": "in Juvenile Hall",
    "camp": "at camp",
    "custody_not_named": "in custody, place not named",
    "out_of_county": "out of county",
}


@dataclass(frozen=True, slots=True)
class Called:
    """How sentences speak of one person; without pronouns the name is repeated."""

    name: str
    subject: str
    object: str
    possessive: str
    has: str = "has"
    goes: str = "goes"
    are: str = "is"

    @property
    def start(self) -> str:
        """The subject at the start of a sentence."""
        return self.subject[:1].upper() + self.subject[1:]


def called(youth: Youth) -> Called:
    """From the pronouns on the record; never guessed."""
    name = youth.called_name
    match youth.pronouns.casefold().replace(" ", "").split("/")[0]:
        case "he":
            return Called(name, "he", "him", "his")
        case "she":
            return Called(name, "she", "her", "her")
        case "they":
            return Called(name, "they", "them", "their", "have", "go", "are")
        case _:
            return Called(name, name, name, f"{name}’s")


def staying(kind: str, place: str, town: str, words: Vocabulary) -> str:
    """Where one stays, as a fact: "the Delgado family, Eastfield"."""
    return ", ".join(filter(None, (place, town))) or words.name("stay_kind", kind)


def staying_phrase(kind: str, place: str, town: str, words: Vocabulary) -> str:
    """Where one stays, within a sentence: "with the Delgado family in Eastfield"."""
    if place:
        place = f"the{place[3:]}" if place.startswith("The ") else place
        where = f"{'with' if kind in _WITH_SOMEBODY else 'at'} {place}"
    else:
        where = _NO_PLACE.get(kind) or f"at: {words.name('stay_kind', kind)}"
    return f"{where} in {town}" if town else where
