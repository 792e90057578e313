"""Documented concerns: the first, the confirmation, and what happened again."""

from __future__ import annotations

import numpy as np

from alongside.measures.codelists import CONCERN_KIND
from alongside.simulate.assumptions import ASSUMED
from alongside.simulate.columns import (
    NO_DAY,
    Codes,
    Columns,
    Days,
    Ids,
    Numbers,
    joined,
)
from alongside.simulate.draws import Draws
from alongside.simulate.people import AS_OF, People, Stories
from alongside.simulate.reports import incidents

KINDS = tuple(CONCERN_KIND)
AT_RISK, SUSPECTED, CONFIRMED = map(KINDS.index, ("at_risk", "suspected", "confirmed"))


def concerns(draws: Draws, people: People, stories: Stories) -> Columns:
    """The table concern."""
    rows = [_first(draws, stories), _confirmations(stories), _again(draws, stories)]
    who, kind, day = (joined(column) for column in zip(*rows, strict=True))
    order = np.lexsort((day, who))
    who, kind, day = who[order], kind[order], day[order]
    ends = day + draws.between(60, 900, len(day))
    resolved = draws.chance(len(day), ASSUMED.resolved) & (ends < AS_OF)
    return {
        "concern_id": Ids("k", np.arange(len(who)) + people.first * 10),
        "child_id": people.ids(who),
        "kind": Codes(kind, KINDS),
        "identified_date": Days(day),
        "incident_date": Days(incidents(draws, day, people.birth[who])),
        "end_date": Days(np.where(resolved, ends, NO_DAY)),
    }


def _first(draws: Draws, stories: Stories) -> tuple[Numbers, Numbers, Numbers]:
    """At risk or suspected; or confirmed at once, with nothing noted before."""
    suspected = draws.chance(len(stories.who), ASSUMED.suspected)
    kind = np.where(suspected, SUSPECTED, AT_RISK)
    at_once = stories.confirmed & (stories.confirmed_on == stories.noticed)
    return stories.who, np.where(at_once, CONFIRMED, kind), stories.noticed


def _confirmations(stories: Stories) -> tuple[Numbers, Numbers, Numbers]:
    late = stories.confirmed_on > stories.noticed
    who = stories.who[late]
    return who, np.full(len(who), CONFIRMED), stories.confirmed_on[late]


def _again(draws: Draws, stories: Stories) -> tuple[Numbers, Numbers, Numbers]:
    """Further confirmed exploitation, up to three times."""
    found_who, found_day = [], []
    who, day = stories.who[stories.confirmed], stories.confirmed_on[stories.confirmed]
    for _ in range(3):
        again = draws.chance(len(who), ASSUMED.again)
        next_day = day + 15 + draws.waits(len(day), ASSUMED.days_to_again)
        again &= next_day < AS_OF
        who, day = who[again], next_day[again]
        found_who.append(who)
        found_day.append(day)
    who, day = joined(found_who), joined(found_day)
    return who, np.full(len(who), CONFIRMED), day
