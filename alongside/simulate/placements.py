"""Placements: the homes and other settings of one stay in care, one after another."""

from __future__ import annotations

import numpy as np

from alongside.measures.codelists import SETTING
from alongside.simulate.assumptions import ASSUMED
from alongside.simulate.care import PROBATION, REASONS, Removals
from alongside.simulate.columns import (
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
from alongside.simulate.people import AS_OF, People

SETTINGS = tuple(SETTING)
ABSENT, FOSTER_HOME, TRIAL = map(
    SETTINGS.index, ("absent", "foster_home", "trial_home_visit")
)
NOT_A_HOME = [SETTINGS.index(s) for s in ("absent", "trial_home_visit", "hospital")]
WEIGHTS, PROBATION_WEIGHTS = (
    [weights.get(setting, 0.0) for setting in SETTINGS]
    for weights in (ASSUMED.setting, ASSUMED.probation_setting)
)
REUNIFICATION = REASONS.index("reunification")
_LONGEST = 1 << 20  # days; no stay is as long


def placements(draws: Draws, people: People, removals: Removals) -> Columns:
    """The table placement; together the rows of a removal cover it."""
    owner, start = _starts(draws, removals)
    last = np.append(owner[1:] != owner[:-1], True)[: len(owner)]
    first = np.append(True, last[:-1])[: len(owner)]
    end = np.where(last, removals.end[owner], np.append(start[1:], 0)[: len(start)])
    # a stay that outlasts the extract is known only up to it
    known = start < AS_OF
    owner, start, end = owner[known], start[known], end[known]
    first, last = first[known], last[known]
    setting = _settings(draws, removals, owner, first, last)
    setting[_follows_absence(owner, setting)] = FOSTER_HOME
    setting = _settled(removals, owner, start, end, setting)
    return {
        "placement_id": Ids("p", np.arange(len(owner)) + people.first * 100),
        "removal_id": Ids("m", removals.numbers(people)[owner]),
        "child_id": people.ids(removals.who[owner]),
        "start_date": Days(start),
        "end_date": Days(np.where(end >= AS_OF, NO_DAY, end)),
        "setting": Codes(setting, SETTINGS),
        "home_id": Ids("h", _homes(draws, people, owner, setting)),
    }


def _starts(draws: Draws, removals: Removals) -> tuple[Numbers, Numbers]:
    """The removal and first day of every placement, in order."""
    every = np.arange(len(removals.who))
    length = removals.end - removals.entry
    moves = np.minimum(length / ASSUMED.days_per_home, ASSUMED.most_moves)
    times = np.where(length > 1, np.minimum(draws.counts(moves, len(every)), 60), 0)
    moved = np.repeat(every, times)
    away = np.flatnonzero(removals.away_from != NO_DAY)
    owner = joined([every, moved, away, away])
    offset = joined(
        [
            np.zeros_like(every),
            draws.between(1, length[moved] - 1),
            (removals.away_from - removals.entry)[away],
            (removals.away_to - removals.entry)[away],
        ]
    )
    key = np.unique(owner * _LONGEST + offset)
    owner, offset = key // _LONGEST, key % _LONGEST
    return owner, removals.entry[owner] + offset


def _settings(
    draws: Draws, removals: Removals, owner: Numbers, first: Flags, last: Flags
) -> Numbers:
    count = len(owner)
    usual, probation = (
        draws.place(count, WEIGHTS),
        draws.place(count, PROBATION_WEIGHTS),
    )
    setting = np.where(removals.agency[owner] == PROBATION, probation, usual)
    setting[first & (setting == ABSENT)] = FOSTER_HOME
    home = removals.reason[owner] == REUNIFICATION
    home &= draws.chance(count, ASSUMED.trial_home_visit)
    setting[last & ~first & home] = TRIAL
    return setting


def _settled(
    removals: Removals, owner: Numbers, start: Numbers, end: Numbers, setting: Numbers
) -> Numbers:
    """Away on the day of the concern if the story says so, and otherwise not."""
    day = removals.watched[owner]
    covers = (start <= day) & (day < end)
    away = removals.away_from[owner] != NO_DAY
    setting = np.where(covers & away, ABSENT, setting)
    return np.where(covers & ~away & (setting == ABSENT), FOSTER_HOME, setting)


def _follows_absence(owner: Numbers, setting: Numbers) -> Flags:
    """Rows that would continue an absence under another number."""
    absent = setting == ABSENT
    before = np.append(False, absent[:-1] & (owner[1:] == owner[:-1]))[: len(owner)]
    found: Flags = absent & before
    return found


def _homes(draws: Draws, people: People, owner: Numbers, setting: Numbers) -> Numbers:
    """Which home; empty where there is none; often the one left before an absence."""
    count = len(owner)
    pool = max(people.count // 8, 3)
    home = people.first + draws.between(0, pool - 1, count)
    nowhere = np.isin(setting, NOT_A_HOME)
    two_before = np.arange(count) - 2
    could = (two_before >= 0) & (owner[two_before] == owner)
    could &= nowhere[two_before + 1] & ~nowhere[two_before]
    returns = could & draws.chance(count, ASSUMED.same_home_again)
    home = np.where(returns, home[two_before], home)
    return np.where(nowhere, -1, home)
