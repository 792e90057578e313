"""The published figures that the simulated state is calibrated to; there are no others.

They are of California: its counties that opted in to the CSEC program, July 2015 to
June 2022, from the statewide evaluation of that program.
"""

from dataclasses import dataclass
from datetime import date

from alongside.measures.intervals import Window

WINDOW = Window(date(2015, 7, 1), date(2022, 7, 1))  # seven state fiscal years
SOURCE = "The statewide evaluation of the CSEC program, July 2015 to June 2022."

CHILD_POPULATION = 9_100_000  # mean over the years
WITH_ANY_CONCERN = 38_168
CONFIRMED = 9_366
EXPLOITATION_REPORTS = 70_334
OPTED_IN_COUNTIES = 47

SCREENED_IN = 0.655  # "nearly two-thirds" of reports
INCONCLUSIVE = 0.20  # "one in five" of those screened in
SUBSTANTIATED = 0.24  # "nearly one in four" of those screened in
CONFIRMED_SHARE = CONFIRMED / WITH_ANY_CONCERN
REPORTS_PER_PERSON = EXPLOITATION_REPORTS / WITH_ANY_CONCERN

# Of the confirmed, on the day of the first confirmation; the rest were never placed.
PAST_PLACEMENT = 0.04
IN_PLACEMENT = 0.115  # "more than one in nine"
ABSENT = 0.028  # "nearly three percent"

# Of everyone with a concern, on the day of the first; the rest had no case.
CASE_CLOSED_BEFORE = 0.16
CASE_OPEN = 0.142
CASE_OPENED_AFTER = 0.195


@dataclass(frozen=True)
class Published:
    """One published figure, and the measure that counts the same thing."""

    says: str
    value: float  # a share, or a mean where ``of`` says so
    measure: str
    low: float | None = None  # where the source rounds, the range it may mean
    high: float | None = None
    is_share: bool = True


FIGURES: tuple[Published, ...] = (
    Published(
        "Reports of exploitation screened in, of all such reports",
        SCREENED_IN,
        "funnel.screened_in",
        0.64,
        0.667,
    ),
    Published(
        "Inconclusive, of those screened in",
        INCONCLUSIVE,
        "funnel.inconclusive",
    ),
    Published(
        "Substantiated, of those screened in",
        SUBSTANTIATED,
        "funnel.substantiated",
        0.23,
        0.25,
    ),
    Published(
        "Confirmed, of young people with any concern",
        CONFIRMED_SHARE,
        "concern.confirmed",
    ),
    Published(
        "In placement when first confirmed, of the confirmed",
        IN_PLACEMENT,
        "concern.placement.in_placement",
        0.111,
        0.12,
    ),
    Published(
        "Absent from placement when first confirmed, of the confirmed",
        ABSENT,
        "concern.placement.absent",
        0.025,
        0.03,
    ),
    Published(
        "Placed before but not then, of the confirmed",
        PAST_PLACEMENT,
        "concern.placement.past",
        0.035,
        0.045,
    ),
    Published(
        "Never placed, of the confirmed",
        1 - PAST_PLACEMENT - IN_PLACEMENT - ABSENT,
        "concern.placement.never",
        0.81,
        0.83,
    ),
    Published(
        "Case closed before the concern, of young people with any",
        CASE_CLOSED_BEFORE,
        "concern.case.closed_before",
        0.155,
        0.165,
    ),
    Published(
        "Case open at the time, of young people with any concern",
        CASE_OPEN,
        "concern.case.open",
    ),
    Published(
        "Case opened after, of young people with any concern",
        CASE_OPENED_AFTER,
        "concern.case.opened_after",
    ),
    Published(
        "No case, of young people with any concern",
        1 - CASE_CLOSED_BEFORE - CASE_OPEN - CASE_OPENED_AFTER,
        "concern.case.none",
        0.49,
        0.51,
    ),
)
