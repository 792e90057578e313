"""The catalogue of indicators, fidelity, outputs and outcomes, as it was agreed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

from alongside.measures.definition import Better

AREAS = {
    "PS": "physical safety",
    "PH": "physical health",
    "MH": "mental health",
    "PL": "placement stability and progress",
    "AC": "access to routine care",
    "ED": "education",
    "WK": "activities and work",
    "AG": "agency and voice",
    "SU": "substance use",
    "LF": "legal and financial",
    "RB": "other risk behaviors",
    "SX": "parenting and sexual health",
    "RL": "relationships and support",
    "FD": "fidelity to the program's activities",
    "OP": "outputs",
    "PX": "proximal outcomes",
    "LT": "long-term outcomes",
}


@dataclass(frozen=True)
class Entry:
    """One row of the catalogue."""

    id: str
    name: str
    unit: str
    formula: str
    better: Better
    kind: str  # of an indicator: objective or subjective, incremental or not
    policy: str  # of a fidelity measure: the default it is held against

    @property
    def area(self) -> str:
        """The part of life or of practice it belongs to."""
        return AREAS[self.id.split("-")[0]]

    @property
    def source_sentence(self) -> str:
        """Where the definition comes from, in words."""
        return f"Catalogue {self.id}, {self.area}."


def _rows(name: str) -> list[dict[str, str]]:
    path = files("alongside.measures") / name
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def _indicator(row: dict[str, str]) -> Entry:
    return Entry(
        row["id"],
        row["name"],
        row["unit"],
        row["formula"],
        Better(row["better"]),
        f"{row['obj_subj']}, {row['temporal']}",
        "",
    )


def _fidelity(row: dict[str, str]) -> Entry:
    return Entry(
        row["id"],
        row["name"],
        row["unit"],
        row["formula"],
        Better.UP,
        "",
        row["default_policy"],
    )


CATALOGUE: dict[str, Entry] = {
    entry.id: entry
    for entry in (
        *map(_indicator, _rows("indicators.csv")),
        *map(_fidelity, _rows("fidelity.csv")),
    )
}
