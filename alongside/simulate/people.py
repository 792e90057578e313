"""Who lives in the simulated state, and what will be documented about some of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from alongside.simulate import published
from alongside.simulate.assumptions import ASSUMED
from alongside.simulate.columns import (
    Codes,
    Columns,
    Days,
    Flags,
    Ids,
    Numbers,
    day_number,
    plus_years,
)
from alongside.simulate.draws import Draws
from alongside.simulate.places import COUNTIES, county_weights, opted_in_weights

AS_OF = day_number(ASSUMED.as_of)
STARTS = day_number(ASSUMED.history_starts)
NOTICED_FROM = day_number(published.WINDOW.start)
NOTICED_TO = day_number(published.WINDOW.end)


class Case(IntEnum):
    """What case a young person had on the day of the first concern."""

    NONE = 0
    OPEN = 1
    CLOSED_BEFORE = 2
    OPENED_AFTER = 3


class Place(IntEnum):
    """Where a young person was on the day that the concern was documented."""

    NEVER = 0
    PAST = 1
    IN_PLACEMENT = 2
    ABSENT = 3
    LATER = 4  # never before that day, and placed after it


@dataclass
class People:
    """A block of children; a child's position in it stands for the child."""

    first: int  # number of the first child, so that identifiers differ by block
    birth: Numbers
    county: Codes
    race_ethnicity: Codes
    gender: Codes

    def __post_init__(self) -> None:
        self.adult_on = plus_years(self.birth, 18)

    @property
    def count(self) -> int:
        """How many children."""
        return len(self.birth)

    def ids(self, who: Numbers) -> Ids:
        """The identifiers of these children."""
        return Ids("c", who + self.first)

    def columns(self) -> Columns:
        """The table child."""
        return {
            "child_id": self.ids(np.arange(self.count)),
            "birth_date": Days(self.birth),
            "county": self.county,
            "race_ethnicity": self.race_ethnicity,
            "gender": self.gender,
        }


@dataclass
class Stories:
    """What is documented about each young person with a concern."""

    who: Numbers  # positions among the people
    noticed: Numbers  # the day of the first concern
    confirmed: Flags
    confirmed_on: Numbers  # the day of the first confirmation; else as noticed
    case: Numbers  # of Case
    place: Numbers  # of Place, on confirmed_on


def people(draws: Draws, first: int, count: int) -> tuple[People, Stories]:
    """Children, and the stories of those with a documented concern."""
    noticed = _noticed(draws, count)
    who = np.flatnonzero(noticed >= 0)
    gender = draws.pick(count, ASSUMED.gender)
    gender.positions[who] = draws.place(len(who), [*ASSUMED.concern_gender.values()])
    county = draws.place(count, county_weights())
    county[who] = draws.place(len(who), opted_in_weights())
    found = People(
        first=first,
        birth=_births(draws, noticed),
        county=Codes(county, COUNTIES),
        race_ethnicity=draws.pick(count, ASSUMED.race_ethnicity),
        gender=gender,
    )
    return found, _stories(draws, who, noticed[who])


def _noticed(draws: Draws, count: int) -> Numbers:
    """The day of each child's first concern; negative for most, who have none."""
    share = published.WITH_ANY_CONCERN / published.CHILD_POPULATION
    years = (AS_OF - NOTICED_FROM) / (NOTICED_TO - NOTICED_FROM)
    with_concern = draws.chance(count, share / ASSUMED.known_share * years)
    return np.where(
        with_concern, draws.between(NOTICED_FROM, AS_OF - 2, count), np.int64(-1)
    )


def _births(draws: Draws, noticed: Numbers) -> Numbers:
    young, old = (int(years * 365.25) for years in ASSUMED.concern_ages)
    any_day = draws.between(day_number(ASSUMED.first_birth), AS_OF - 30, len(noticed))
    return np.where(
        noticed < 0, any_day, noticed - draws.between(young, old, len(noticed))
    )


def _stories(draws: Draws, who: Numbers, noticed: Numbers) -> Stories:
    count = len(who)
    confirmed = draws.chance(count, published.CONFIRMED_SHARE)
    place = np.where(confirmed, _places(draws, count), Place.NEVER)
    case = _cases(draws, place)
    more = draws.chance(count, ASSUMED.placed_if_open)
    place[~confirmed & (case == Case.OPEN) & more] = Place.IN_PLACEMENT
    later = draws.chance(count, ASSUMED.placed_later)
    place[(place == Place.NEVER) & (case == Case.OPENED_AFTER) & later] = Place.LATER
    # In the same fiscal year, so that a year's confirmed share is the published one.
    risk_first = confirmed & draws.chance(count, ASSUMED.noted_before)
    confirmed_on = noticed + draws.between(1, 200, count)
    risk_first &= fiscal_year(confirmed_on) == fiscal_year(noticed)
    risk_first &= confirmed_on < AS_OF
    return Stories(
        who=who,
        noticed=noticed,
        confirmed=confirmed,
        confirmed_on=np.where(risk_first, confirmed_on, noticed),
        case=case,
        place=place,
    )


def _places(draws: Draws, count: int) -> Numbers:
    shares = {
        Place.PAST: published.PAST_PLACEMENT,
        Place.IN_PLACEMENT: published.IN_PLACEMENT,
        Place.ABSENT: published.ABSENT,
    }
    never = 1 - sum(shares.values())
    return draws.place(count, [never, *shares.values()])


def _cases(draws: Draws, place: Numbers) -> Numbers:
    """Cases that agree with the placements, and whose shares are the published ones."""
    in_care = published.CONFIRMED_SHARE * (published.IN_PLACEMENT + published.ABSENT)
    past = published.CONFIRMED_SHARE * published.PAST_PLACEMENT
    left = {
        Case.OPEN: published.CASE_OPEN - in_care,
        Case.CLOSED_BEFORE: published.CASE_CLOSED_BEFORE - past,
        Case.OPENED_AFTER: published.CASE_OPENED_AFTER,
    }
    none = 1 - in_care - past - sum(left.values())
    case = draws.place(len(place), [none, *left.values()])
    case[(place == Place.IN_PLACEMENT) | (place == Place.ABSENT)] = Case.OPEN
    case[place == Place.PAST] = Case.CLOSED_BEFORE
    return case


def fiscal_year(days: Numbers) -> Numbers:
    """The calendar year in which a day's state fiscal year began."""
    months = days.astype("M8[D]").astype("M8[M]").astype(np.int64)
    found: Numbers = 1970 + (months - 6) // 12
    return found
