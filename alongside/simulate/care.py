"""Removals into care: of young people with a concern, and of everybody else."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from alongside.measures.codelists import AGENCY, EXIT_REASON, RE_ENTRY_EXITS
from alongside.simulate.assumptions import ASSUMED
from alongside.simulate.columns import (
    NO_CODE,
    NO_DAY,
    Codes,
    Columns,
    Days,
    Flags,
    Ids,
    Numbers,
    joined,
)
from alongside.simulate.draws import Draws
from alongside.simulate.people import AS_OF, STARTS, People, Place, Stories

REASONS = tuple(EXIT_REASON)
AGENCIES = tuple(AGENCY)
EMANCIPATION = REASONS.index("emancipation")
TRANSFER = REASONS.index("transfer")
TO_FAMILY = [REASONS.index(reason) for reason in RE_ENTRY_EXITS]
REASON_WEIGHTS = [ASSUMED.exit_reason.get(reason, 0.0) for reason in REASONS]
PROBATION = AGENCIES.index("probation")
MOST_REMOVALS = 4
LONGEST_AFTER_18 = 3 * 365


@dataclass
class Removals:
    """Stays in care, in the order of the children; ``end`` is never empty."""

    who: Numbers
    entry: Numbers
    end: Numbers  # the exit, even when it lies after the extract
    reason: Numbers
    agency: Numbers
    watched: Numbers  # a day on which it is settled whether the child is away
    away_from: Numbers
    away_to: Numbers

    @property
    def is_open(self) -> Flags:
        """Whether the child is still in care at the extract."""
        return self.end >= AS_OF

    def where(self, kept: Flags | Numbers) -> Removals:
        """Some of them, or all in another order."""
        return Removals(**{f.name: getattr(self, f.name)[kept] for f in fields(self)})

    def columns(self, people: People) -> Columns:
        """The table removal."""
        return {
            "removal_id": Ids("m", self.numbers(people)),
            "child_id": people.ids(self.who),
            "entry_date": Days(self.entry),
            "exit_date": Days(np.where(self.is_open, NO_DAY, self.end)),
            "exit_reason": Codes(np.where(self.is_open, NO_CODE, self.reason), REASONS),
            "agency": Codes(self.agency, AGENCIES),
        }

    def numbers(self, people: People) -> Numbers:
        """A number for each, different in every block."""
        return np.arange(len(self.who)) + people.first * MOST_REMOVALS


def removals(draws: Draws, people: People, stories: Stories) -> Removals:
    """Every removal, by child and day."""
    planned = _planned(draws, people, stories)
    others = np.setdiff1d(np.arange(people.count), stories.who, assume_unique=True)
    removed = others[draws.chance(len(others), ASSUMED.removed)]
    rounds = [planned, *_rounds(draws, people, removed)]
    every = Removals(
        **{
            f.name: joined([getattr(r, f.name) for r in rounds])
            for f in fields(planned)
        }
    )
    return every.where(np.lexsort((every.entry, every.who)))


def _planned(draws: Draws, people: People, stories: Stories) -> Removals:
    """What the young person's story says about placement on the day of the concern."""
    count, day, place = len(stories.who), stories.confirmed_on, stories.place
    there = (place == Place.IN_PLACEMENT) | (place == Place.ABSENT)
    entry = np.select(
        [there, place == Place.PAST, place == Place.LATER],
        [
            day - draws.between(45, 900, count),
            stories.noticed - draws.between(500, 1500, count),
            day + draws.between(1, 500, count),
        ],
        NO_DAY,
    )
    end = np.where(
        there,
        day + draws.between(20, 500, count),
        entry + draws.between(20, 300, count),
    )
    away = place == Place.ABSENT
    found = Removals(
        who=stories.who,
        entry=entry,
        end=end,
        reason=_reasons(draws, people, stories.who, end),
        agency=_agencies(draws, people, stories.who, entry),
        watched=np.where(there, day, NO_DAY),
        away_from=np.where(away, day - draws.between(0, 15, count), NO_DAY),
        away_to=np.where(away, day + draws.between(1, 19, count), NO_DAY),
    )
    return found.where((entry != NO_DAY) & (entry < AS_OF))


def _rounds(draws: Draws, people: People, who: Numbers) -> list[Removals]:
    """A first removal, and returns to care while there are any."""
    since = np.maximum(people.birth, STARTS)[who]
    until = np.minimum(people.adult_on, AS_OF)[who] - 1
    entry = draws.between(since, until)
    found = []
    for _ in range(MOST_REMOVALS):
        stay = _stay(draws, people, who, entry)
        found.append(stay)
        family = np.isin(stay.reason, TO_FAMILY)
        back = family & draws.chance(len(who), ASSUMED.returns)
        wait = draws.waits(len(who), ASSUMED.days_to_return)
        moved = stay.reason == TRANSFER
        entry = stay.end + np.where(moved, 0, wait)
        going_on = (back | moved) & (entry < np.minimum(people.adult_on[who], AS_OF))
        who, entry = who[going_on], entry[going_on]
    return found


def _stay(draws: Draws, people: People, who: Numbers, entry: Numbers) -> Removals:
    count, adult_on = len(who), people.adult_on[who]
    end = entry + draws.stays(count, ASSUMED.stay_median, ASSUMED.stay_spread)
    longer = draws.chance(count, ASSUMED.stays_past_18)
    after = adult_on + draws.between(30, LONGEST_AFTER_18, count)
    end = np.where(end >= adult_on, np.where(longer, after, adult_on), end)
    nothing = np.full(count, NO_DAY)
    return Removals(
        who=who,
        entry=entry,
        end=end,
        reason=_reasons(draws, people, who, end),
        agency=_agencies(draws, people, who, entry),
        watched=nothing,
        away_from=nothing,
        away_to=nothing,
    )


def _reasons(draws: Draws, people: People, who: Numbers, end: Numbers) -> Numbers:
    drawn = draws.place(len(who), REASON_WEIGHTS)
    return np.where(end >= people.adult_on[who], EMANCIPATION, drawn)


def _agencies(draws: Draws, people: People, who: Numbers, entry: Numbers) -> Numbers:
    fourteen = entry - people.birth[who] >= 14 * 365.25
    probation = fourteen & draws.chance(len(who), ASSUMED.probation)
    return np.where(probation, PROBATION, 1 - PROBATION)
