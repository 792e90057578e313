"""A small extract of CSV files about nobody: reports, concerns and removals."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

COUNTIES = ("Alder", "Birch", "Cedar")
FIRST = date(2021, 7, 1)
DAYS = 3 * 365
FINDINGS = ("substantiated", "inconclusive", "unfounded", "unfounded")


def write_extract(folder: Path, *, children: int = 600, seed: int = 7) -> Path:
    """The tables that the funnel, concerns and permanency need."""
    random = Random(seed)
    people = [f"c{i}" for i in range(children)]
    _write(folder / "child.csv", (_child(random, who) for who in people))
    _write(folder / "report.csv", _reports(random, people))
    _write(folder / "concern.csv", _concerns(random, people))
    _write(folder / "removal.csv", _removals(random, people))
    _write(folder / "placement.csv", _placements(folder / "removal.csv"))
    return folder


def _child(random: Random, who: str) -> dict[str, Any]:
    return {
        "child_id": who,
        "birth_date": date(2006, 1, 1) + timedelta(random.randrange(8 * 365)),
        "county": random.choices(COUNTIES, (12, 5, 1))[0],
        "race_ethnicity": random.choice(("black", "hispanic", "white", "black;white")),
        "gender": random.choices(("F", "M"), (3, 1))[0],
    }


def _reports(random: Random, people: list[str]) -> Iterator[dict[str, Any]]:
    for number in range(2 * len(people)):
        accepted = random.random() < 0.65
        yield {
            "report_id": f"r{number}",
            "child_id": random.choice(people),
            "report_date": _day(random),
            "incident_date": "",
            "county": "",
            "allegation": "cse",
            "screened_in": str(accepted).lower(),
            "disposition": random.choice(FINDINGS) if accepted else "",
        }


def _concerns(random: Random, people: list[str]) -> Iterator[dict[str, Any]]:
    for number, who in enumerate(people):
        yield {
            "concern_id": f"k{number}",
            "child_id": who,
            "kind": random.choice(("at_risk", "suspected", "confirmed")),
            "identified_date": _day(random),
            "incident_date": "",
            "end_date": "",
        }


def _removals(random: Random, people: list[str]) -> Iterator[dict[str, Any]]:
    for number, who in enumerate(people[::2]):
        entry = _day(random)
        exit_ = entry + timedelta(random.randrange(20, 700))
        yield {
            "removal_id": f"m{number}",
            "child_id": who,
            "entry_date": entry,
            "exit_date": exit_,
            "exit_reason": random.choice(("reunification", "adoption", "emancipation")),
            "agency": "child_welfare",
        }


def _placements(removals: Path) -> Iterator[dict[str, Any]]:
    with removals.open(newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            yield {
                "placement_id": f"p{number}",
                "removal_id": row["removal_id"],
                "child_id": row["child_id"],
                "start_date": row["entry_date"],
                "end_date": row["exit_date"],
                "setting": "foster_home",
                "home_id": f"h{number}",
            }


def _day(random: Random) -> date:
    return FIRST + timedelta(random.randrange(DAYS))


def _write(file: Path, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    with file.open("w", newline="") as out:
        writer = csv.DictWriter(out, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)
