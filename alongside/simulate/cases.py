"""Child-welfare cases, in agreement with the stays in care."""

from __future__ import annotations

import numpy as np

from alongside.simulate.assumptions import ASSUMED
from alongside.simulate.care import Removals
from alongside.simulate.columns import (
    NO_DAY,
    Columns,
    Days,
    Ids,
    Numbers,
    joined,
)
from alongside.simulate.draws import Draws
from alongside.simulate.people import AS_OF, STARTS, Case, People, Stories

Rows = tuple[Numbers, Numbers, Numbers]  # who, opened, closed


def cases(
    draws: Draws, people: People, stories: Stories, removals: Removals
) -> Columns:
    """The table case_open: at most one case per child."""
    entry, end = _spans(people, removals)
    rows = [
        _of_stories(draws, stories, entry, end),
        _of_others(draws, people, stories, entry, end),
    ]
    who, opened, closed = (joined(column) for column in zip(*rows, strict=True))
    order = np.argsort(who, kind="stable")
    who, opened, closed = who[order], opened[order], closed[order]
    return {
        "case_id": Ids("s", who + people.first),
        "child_id": people.ids(who),
        "open_date": Days(opened),
        "close_date": Days(np.where(closed >= AS_OF, NO_DAY, closed)),
    }


def _spans(people: People, removals: Removals) -> tuple[Numbers, Numbers]:
    """Each child's first entry into care and last end; ``NO_DAY`` for most."""
    entry = np.full(people.count, NO_DAY)
    end = np.full(people.count, NO_DAY)
    # removals are in order, so the first is assigned last and the other way round
    entry[removals.who[::-1]] = removals.entry[::-1]
    end[removals.who] = removals.end
    return entry, end


def _of_stories(draws: Draws, stories: Stories, entry: Numbers, end: Numbers) -> Rows:
    count, noticed = len(stories.who), stories.noticed
    entry, end = entry[stories.who], end[stories.who]
    placed = entry != NO_DAY
    before, after = draws.between(1, 500, count), draws.between(1, 500, count)
    opened = np.select(
        [stories.case == Case.OPEN, stories.case == Case.CLOSED_BEFORE],
        [noticed - before, noticed - 501 - before],
        noticed + np.minimum(after, AS_OF - 1 - noticed),
    )
    closed = np.select(
        [stories.case == Case.OPEN, stories.case == Case.CLOSED_BEFORE],
        [noticed + after, noticed - after],
        opened + draws.between(60, 700, count),
    )
    # a case opens by the day of removal, and does not close before care ends
    soonest = np.where(stories.case == Case.OPENED_AFTER, noticed + 1, NO_DAY)
    opened = np.where(placed, np.maximum(np.minimum(opened, entry), soonest), opened)
    closed = np.where(placed, np.maximum(closed, end), closed)
    has = stories.case != Case.NONE
    return stories.who[has], opened[has], closed[has]


def _of_others(
    draws: Draws, people: People, stories: Stories, entry: Numbers, end: Numbers
) -> Rows:
    in_home = draws.chance(people.count, ASSUMED.case_in_home)
    in_home[stories.who] = False
    since = np.maximum(people.birth, STARTS)
    until = np.minimum(people.adult_on, AS_OF) - 1
    placed = entry != NO_DAY
    opened = np.where(
        placed,
        np.maximum(entry - draws.between(0, 60, people.count), people.birth),
        draws.between(since, until),
    )
    length = draws.between(60, 700, people.count)
    closed = np.where(
        placed, end + draws.between(0, 180, people.count), opened + length
    )
    placed[stories.who] = False
    who = np.flatnonzero(placed | in_home)
    return who, opened[who], closed[who]
