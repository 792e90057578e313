"""What happened to each made-up young person: pure, seeded, relative to today."""

import csv
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from alongside.config.demo_unit.team import OFFICERS

SEED = 20261119
MONTHS_BACK = 540
ACTIVE, PAST, NOT_ACCEPTED, IN_QUEUE = 61, 27, 9, 7

_ROUTES = ["hotline", "detention", "rapid_response", "school", "child_welfare"]
_ROUTES += ["another_unit", "self", "court", "community"]
_TOWNS = ["Eastfield", "Northgate", "Larkspur", "Alder Creek", "Millbrook"]
_SCHOOLS = ["Eastfield High", "Northgate High", "Larkspur Continuation", "Mesa Charter"]
_FREE = ["home", "home", "relative", "relative", "resource_family", "resource_family"]
_FREE += ["strtp", "transitional"]
_LEGAL = {"home": "home_on_probation", "relative": "home_on_probation"}
_PLACES = {
    "home": ["{whose} mother", "{whose} father", "both parents"],
    "relative": ["{whose} aunt", "{whose} grandmother", "{whose} uncle"],
    "resource_family": ["the Delgado family", "the Wong family", "the Price family"],
    "strtp": ["Bright Harbor", "Cedar House"],
    "transitional": ["Ninth Street"],
    "juvenile_hall": ["Juvenile Hall"],
    "camp": ["Camp Alder"],
    "away": [""],
    "not_known": [""],
}


@dataclass(frozen=True, slots=True)
class StayStory:
    """Where somebody stayed from a day on."""

    starts: date
    kind: str
    place: str
    town: str


@dataclass(slots=True)
class Life:
    """One young person, from the referral to today."""

    given: str
    family: str
    called: str
    pronouns: str
    born: date
    received: date
    route: str
    officer: str
    level: str
    outcome: str  # active, closed, not_accepted, queue
    closed: date | None = None
    stays: list[StayStory] = field(default_factory=list)
    school: str = ""
    grade: str = ""
    court: str = ""
    legal: str = "pending"
    child_welfare: str = "none"
    with_advocate: bool = False
    number: str = ""
    dice: Random = field(default_factory=Random)


@cache
def material() -> dict[str, Any]:
    """The texts lives are told with."""
    found: dict[str, Any] = json.loads(
        files("alongside.config.demo_unit").joinpath("material.json").read_text("utf-8")
    )
    return found


def lives(today: date) -> list[Life]:
    """Everybody's story, the same on every machine for the same day."""
    rows = list(
        csv.DictReader(
            files("alongside.config.demo_unit")
            .joinpath("names.csv")
            .read_text("utf-8")
            .splitlines()
        )
    )
    outcomes = ["active"] * ACTIVE + ["closed"] * PAST
    outcomes += ["not_accepted"] * NOT_ACCEPTED + ["queue"] * IN_QUEUE
    return [
        _life(row, outcome, number, today)
        for number, (row, outcome) in enumerate(zip(rows, outcomes, strict=True))
    ]


def _life(row: dict[str, str], outcome: str, number: int, today: date) -> Life:
    dice = Random(f"{SEED} {number}")  # noqa: S311 (a story, not a secret)
    officers = list(OFFICERS)
    life = Life(
        given=row["given"],
        family=row["family"],
        called=row["called"],
        pronouns=row["pronouns"],
        born=today - timedelta(days=dice.randint(14 * 365, 19 * 365)),
        received=today - timedelta(days=_age_of_referral(outcome, dice)),
        route=dice.choice(_ROUTES),
        officer=officers[number % len(officers)],
        level=dice.choices(["full", "secondary", "early", "tracking"], [60, 20, 12, 8])[
            0
        ],
        outcome=outcome,
        school=dice.choice(_SCHOOLS),
        grade=f"{dice.randint(9, 12)}th grade",
        court=dice.choice(["dept_12", "dept_14", "dept_14", "dept_3"]),
        child_welfare=dice.choices(
            ["none", "open", "dependent", "joint_assessment_pending"], [6, 2, 2, 1]
        )[0],
        with_advocate=outcome == "active" and number % 5 == 0,
        number=f"{100_000 + number * 137 + 418}",
        dice=dice,
    )
    if outcome == "closed":
        life.closed = life.received + timedelta(days=dice.randint(120, 400))
        life.closed = min(life.closed, today - timedelta(days=dice.randint(5, 60)))
    life.stays = _stays(life, today)
    last = life.stays[-1].kind if life.stays else "home"
    life.legal = _LEGAL.get(last, "camp" if last == "camp" else "suitable_placement")
    return life


def _age_of_referral(outcome: str, dice: Random) -> int:
    """How many days ago the referral was received."""
    match outcome:
        case "queue":
            return dice.randint(1, 13)
        case "closed":
            return dice.randint(260, MONTHS_BACK)
        case _:
            return dice.randint(25, MONTHS_BACK - 20)


def _stays(life: Life, today: date) -> list[StayStory]:
    """Where they stayed: home at first, then some change, then where they are now."""
    dice, at, end = life.dice, life.received, life.closed or today
    found: list[StayStory] = []
    while (end - at).days > 5 and len(found) < 4:
        kind = dice.choice(_FREE)
        if found and dice.random() < 0.45:
            kind = dice.choice(["juvenile_hall", "camp", "away", "away", "relative"])
        town = dice.choice(_TOWNS) if kind in _FREE else ""
        if not found or found[-1].kind != kind:
            place = dice.choice(_PLACES[kind]).format(whose=_whose(life))
            found.append(StayStory(at, kind, place, town))
        short = {"away": (2, 9), "juvenile_hall": (8, 40)}
        at += timedelta(days=dice.randint(*short.get(kind, (70, 220))))
    if found and found[-1].kind == "away" and (end - found[-1].starts).days > 20:
        back = found[-1].starts + timedelta(days=dice.randint(2, 9))
        aunt = f"{_whose(life)} aunt"
        found.append(StayStory(back, "relative", aunt, dice.choice(_TOWNS)))
    return found


def _whose(life: Life) -> str:
    """Before "mother": from the pronouns; without them the name, never a guess."""
    known = {"he": "his", "she": "her", "they": "their"}
    return known.get(life.pronouns.split("/")[0], f"{life.called or life.given}’s")
