"""Reports of suspected maltreatment: of exploitation, and of everything else."""

from __future__ import annotations

import numpy as np

from alongside.measures.codelists import DISPOSITION
from alongside.simulate import published
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
    YesNo,
    joined,
)
from alongside.simulate.draws import Draws
from alongside.simulate.people import (
    AS_OF,
    NOTICED_FROM,
    NOTICED_TO,
    STARTS,
    People,
    Stories,
)

# who, day, allegation, screened in, disposition
Rows = tuple[Numbers, Numbers, Numbers, Flags, Numbers]

ALLEGATIONS = ("cse", *ASSUMED.allegation)
DISPOSITIONS = tuple(DISPOSITION)
SUBSTANTIATED, INCONCLUSIVE, UNFOUNDED = map(
    DISPOSITIONS.index, ("substantiated", "inconclusive", "unfounded")
)


def reports(draws: Draws, people: People, stories: Stories) -> Columns:
    """The table report; every child in the extract has at least one."""
    other = _other(draws, people)
    cse = _of_exploitation(draws, stories)
    who, day, allegation, screened, disposition = (
        joined(pair) for pair in zip(other, cse, strict=True)
    )
    order = np.lexsort((day, who))
    who, day = who[order], day[order]
    numbers = np.arange(len(who)) + people.first * 100  # never 100 a child
    return {
        "report_id": Ids("r", numbers),
        "child_id": people.ids(who),
        "report_date": Days(day),
        "incident_date": Days(incidents(draws, day, people.birth[who])),
        "county": people.county.take(who),
        "allegation": Codes(allegation[order], ALLEGATIONS),
        "screened_in": YesNo(screened[order].astype(np.int64)),
        "disposition": Codes(disposition[order], DISPOSITIONS),
    }


def incidents(draws: Draws, day: Numbers, birth: Numbers) -> Numbers:
    """When it happened, where anybody knows: up to sixty days before."""
    known = draws.chance(len(day), ASSUMED.incident_known)
    before = np.maximum(day - draws.between(0, 60, len(day)), birth)
    return np.where(known, before, NO_DAY)


def _other(draws: Draws, people: People) -> Rows:
    times = 1 + draws.counts(ASSUMED.more_reports, people.count)
    who = np.repeat(np.arange(people.count), np.minimum(times, 40))
    since = np.maximum(people.birth, STARTS)[who]
    until = np.minimum(people.adult_on, AS_OF)[who] - 1
    day = draws.between(since, until)
    screened = draws.chance(len(who), ASSUMED.screened_in)
    disposition = draws.pick(len(who), ASSUMED.disposition).positions
    allegation = 1 + draws.pick(len(who), ASSUMED.allegation).positions
    return who, day, allegation, screened, np.where(screened, disposition, NO_CODE)


def _of_exploitation(draws: Draws, stories: Stories) -> Rows:
    count = len(stories.who)
    reported = ~draws.chance(count, ASSUMED.no_report)
    more = published.REPORTS_PER_PERSON / (1 - ASSUMED.no_report) - 1
    times = np.where(reported, 1 + draws.counts(more, count), 0)
    row = np.repeat(np.arange(count), np.minimum(times, 40))
    noticed = stories.noticed[row]
    first = np.append(True, row[1:] != row[:-1])[: len(row)]
    away = np.where(
        first, -draws.between(0, 45, len(row)), draws.between(-365, 365, len(row))
    )
    day = _reflected(noticed + away, noticed)
    screened = draws.chance(len(row), published.SCREENED_IN)
    disposition = _dispositions(draws, stories.confirmed[row], screened)
    return stories.who[row], day, np.zeros_like(row), screened, disposition


def _reflected(day: Numbers, noticed: Numbers) -> Numbers:
    """Kept on the side of the published years that the first concern is on."""
    inside = noticed < NOTICED_TO
    low = np.where(inside, NOTICED_FROM, NOTICED_TO)
    last = np.where(inside, NOTICED_TO, AS_OF) - 1
    mirrored = np.where(day < low, 2 * low - day, day)
    mirrored = np.where(mirrored > last, 2 * last - mirrored, mirrored)
    return np.clip(mirrored, low, last)


def _dispositions(draws: Draws, confirmed: Flags, screened: Flags) -> Numbers:
    """Substantiated mostly where it is confirmed; overall as published."""
    rare = ASSUMED.substantiated_unconfirmed
    share = published.CONFIRMED_SHARE
    often = (published.SUBSTANTIATED - rare * (1 - share)) / share
    substantiated = np.where(confirmed, often, rare)
    drawn = draws.rng.random(len(confirmed))
    inconclusive = published.INCONCLUSIVE / (1 - published.SUBSTANTIATED)
    pending = ASSUMED.no_disposition / (1 - published.SUBSTANTIATED)
    rest = draws.place(
        len(confirmed), [inconclusive, pending, 1 - inconclusive - pending]
    )
    other = np.array([INCONCLUSIVE, NO_CODE, UNFOUNDED])[rest]
    found = np.where(drawn < substantiated, SUBSTANTIATED, other)
    return np.where(screened, found, NO_CODE)
