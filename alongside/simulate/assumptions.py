"""Everything the simulated state assumes, in one table: no source stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

Weights = Mapping[str, float]


def assumed(value: Any, says: str) -> Any:
    """A field with its value and what is assumed, in plain words."""
    if isinstance(value, dict):
        return field(default_factory=lambda: dict(value), metadata={"says": says})
    return field(default=value, metadata={"says": says})


@dataclass(frozen=True)
class Assumptions:
    """Distributions that were invented, so that tables have something in them."""

    known_share: float = assumed(
        0.10, "Of all children, those child welfare knows and the extract holds"
    )
    history_starts: date = assumed(date(2010, 1, 1), "First day of any record")
    as_of: date = assumed(date(2024, 7, 1), "The day of the extract")
    first_birth: date = assumed(date(1998, 7, 1), "The oldest child's birth")
    counties: int = assumed(58, "Counties in all, of which the published 47 opted in")
    county_skew: float = assumed(
        0.9, "How fast county populations fall from the largest"
    )
    county_zeal: tuple[float, ...] = assumed(
        (1.3, 1.0, 0.7), "Identification by thirds of the counties that opted in"
    )
    gender: Weights = assumed(
        {"female": 0.49, "male": 0.49, "another": 0.02}, "Gender of all children"
    )
    concern_gender: Weights = assumed(
        {"female": 0.80, "male": 0.15, "another": 0.05},
        "Gender of young people with a concern",
    )
    race_ethnicity: Weights = assumed(
        {
            "hispanic": 0.47,
            "white": 0.22,
            "black": 0.13,
            "asian": 0.06,
            "american_indian_alaska_native": 0.015,
            "native_hawaiian_pacific_islander": 0.01,
            "middle_eastern_north_african": 0.015,
            "hispanic;white": 0.03,
            "black;hispanic": 0.015,
            "black;white": 0.015,
            "asian;white": 0.01,
            "american_indian_alaska_native;hispanic": 0.01,
        },
        "Race and ethnicity; about one in twelve ticks more than one",
    )
    concern_ages: tuple[float, float] = assumed(
        (12.0, 17.9), "Age at the first concern, evenly between"
    )

    more_reports: float = assumed(1.2, "Mean reports per child after the first")
    allegation: Weights = assumed(
        {"neglect": 0.6, "physical": 0.2, "emotional": 0.12, "sexual": 0.08},
        "Allegations other than exploitation",
    )
    screened_in: float = assumed(0.55, "Other reports screened in")
    disposition: Weights = assumed(
        {"substantiated": 0.15, "inconclusive": 0.17, "unfounded": 0.68},
        "Dispositions of other screened-in reports",
    )
    incident_known: float = assumed(0.6, "Reports and concerns whose incident is dated")
    no_disposition: float = assumed(
        0.02, "Screened-in reports of exploitation still without a disposition"
    )
    no_report: float = assumed(
        0.10, "Young people with a concern and no report of exploitation"
    )
    substantiated_unconfirmed: float = assumed(
        0.06, "Screened-in reports substantiated, about young people not confirmed"
    )

    suspected: float = assumed(0.35, "Unconfirmed young people who are suspected")
    noted_before: float = assumed(0.4, "Confirmed young people noted as at risk before")
    again: float = assumed(0.25, "Confirmed young people who are harmed again")
    days_to_again: float = assumed(240.0, "Mean days until then")
    resolved: float = assumed(0.6, "Concerns that are resolved")

    removed: float = assumed(0.22, "Children without a concern who are ever removed")
    stay_median: float = assumed(420.0, "Median days in care")
    stay_spread: float = assumed(1.1, "Spread of the logarithm of days in care")
    probation: float = assumed(0.15, "Removals at 14 or older that are probation's")
    exit_reason: Weights = assumed(
        {
            "reunification": 0.56,
            "adoption": 0.22,
            "guardianship": 0.10,
            "relative": 0.06,
            "transfer": 0.03,
            "runaway": 0.027,
            "death": 0.003,
        },
        "Reasons for leaving care before eighteen",
    )
    stays_past_18: float = assumed(0.2, "Young people in care at 18 who stay longer")
    returns: float = assumed(0.14, "Exits to family after which the child returns")
    days_to_return: float = assumed(240.0, "Mean days until the return")
    days_per_home: float = assumed(260.0, "Mean days in one placement")
    most_moves: float = assumed(6.0, "The most moves expected of one removal")
    setting: Weights = assumed(
        {
            "kin": 0.36,
            "foster_home": 0.40,
            "group_home": 0.05,
            "strtp": 0.06,
            "shelter": 0.06,
            "hospital": 0.02,
            "absent": 0.03,
            "other": 0.02,
        },
        "Settings under child welfare",
    )
    probation_setting: Weights = assumed(
        {
            "detention": 0.45,
            "strtp": 0.25,
            "group_home": 0.12,
            "kin": 0.05,
            "foster_home": 0.05,
            "absent": 0.08,
        },
        "Settings under probation",
    )
    trial_home_visit: float = assumed(0.12, "Reunifications that end a trial at home")
    same_home_again: float = assumed(0.4, "Returns to the home left before")

    case_in_home: float = assumed(0.2, "Children never removed who had a case")
    placed_if_open: float = assumed(
        0.25, "Unconfirmed young people with an open case who are in placement"
    )
    placed_later: float = assumed(
        0.2, "Young people whose case opens after and who are then placed"
    )

    def table(self) -> list[tuple[str, object, str]]:
        """Name, value and words of every assumption, for the documentation."""
        return [
            (f.name, getattr(self, f.name), f.metadata["says"]) for f in fields(self)
        ]


ASSUMED = Assumptions()
