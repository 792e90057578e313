"""The county's own workbooks, their truth, and small sheets made on the spot."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from alongside.exchange.imports import (
    Answers,
    Cell,
    Decision,
    DryRun,
    Mapping,
    Officer,
    Roster,
    Section,
    Sheet,
    Workbook,
    dry_run,
    propose,
    read_file,
    recognise,
)
from alongside.exchange.imports.workbook import text_of

KEPT_TO = date(2026, 11, 20)
WORKBOOKS = Path(__file__).parent.parent / "workbooks"
CASELOAD, CALENDAR = "running_caseload.xlsx", "mdt_calendar.xlsx"
CASELOAD_HEADINGS = ["Last, First", "AKA", "DOB", "PDJ #", "DPO", "Placement"] + [
    "Dispo",
    "DCFS?",
    "Court",
    "Last MDT",
    "Next ct",
    "Support lvl",
    "Remarks",
]
OFFICERS = (
    Officer("Rosa Castellanos", "RC"),
    Officer("Angela Lee", "AL"),
    Officer("Marcus Lee", "ML"),
    Officer("Victor Strand", "VS", left_on=date(2026, 8, 28)),
)


@dataclass(frozen=True)
class Unit:
    """The sections of some workbooks with the mappings first proposed."""

    sections: tuple[Section, ...]
    mappings: tuple[Mapping, ...]

    def run(
        self, answers: Answers | None = None, roster: Roster | None = None
    ) -> DryRun:
        """A dry run as of the day the county's files were kept to."""
        known = roster or Roster()
        return dry_run(self.sections, self.mappings, known, KEPT_TO, answers)

    def run_as_one_person(self) -> DryRun:
        """A dry run in which every “one person or two?” is answered “one”."""
        asked = self.run().questions
        return self.run(Answers(questions={one.id: Decision.ONE for one in asked}))


def unit_of(*workbooks: Workbook) -> Unit:
    sections = tuple(one for workbook in workbooks for one in recognise(workbook))
    return Unit(sections, tuple(map(propose, sections)))


@pytest.fixture(scope="session")
def truth() -> dict[str, Any]:
    """What the county's files mean, cell by cell."""
    found: dict[str, Any] = json.loads((WORKBOOKS / "truth.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def county() -> Unit:
    """The caseload and the MDT calendar, imported together."""
    return unit_of(*(read_file(WORKBOOKS / name) for name in (CASELOAD, CALENDAR)))


@pytest.fixture(scope="session")
def found(county: Unit) -> DryRun:
    """The first dry run, before anybody has answered anything."""
    return county.run()


@pytest.fixture(scope="session")
def joined(county: Unit) -> DryRun:
    """The dry run after each possible duplicate was said to be one person."""
    return county.run_as_one_person()


@pytest.fixture
def sheet() -> Callable[..., Sheet]:
    return make_sheet


@pytest.fixture
def caseload() -> Callable[..., DryRun]:
    """Dry-run a small caseload given as rows under the usual headings."""
    return run_caseload


@pytest.fixture
def meetings() -> Callable[..., DryRun]:
    """Dry-run a small list of meetings beside three youth."""
    return run_meetings


def make_sheet(
    name: str, rows: Sequence[Sequence[object]], fills: dict[int, str] | None = None
) -> Sheet:
    """A sheet of plain values; ``fills`` colors whole rows."""
    cells: dict[int, dict[int, Cell]] = {}
    for number, values in enumerate(rows, 1):
        fill = (fills or {}).get(number)
        for column, value in enumerate(values, 1):
            text, kind = text_of(value)
            if text or fill:
                cells.setdefault(number, {})[column] = Cell(
                    number, column, text, kind, fill
                )
    return Sheet(name, cells)


def run_caseload(
    *rows: dict[str, object],
    answers: Answers | None = None,
    roster: Roster | None = None,
    fills: dict[int, str] | None = None,
    extra: Sequence[Sheet] = (),
) -> DryRun:
    values = [[row.get(one, "") for one in CASELOAD_HEADINGS] for row in rows]
    active = make_sheet("Active", [CASELOAD_HEADINGS, *values], fills)
    unit = unit_of(Workbook("caseload.xlsx", (active, *extra)))
    return unit.run(answers, roster or Roster(officers=OFFICERS))


def run_meetings(
    *rows: Sequence[object], tab: str = "Sept 2026", answers: Answers | None = None
) -> DryRun:
    people = [
        ["Bell, Octavia", "Tavi", date(2008, 12, 30), "107730"],
        ["Garcia, Maria", "", date(2009, 3, 9), "113639"],
        ["Garcia, Maria", "", date(2010, 8, 21), "112246"],
    ]
    headings = CASELOAD_HEADINGS[:4] + ["Placement"]
    active = make_sheet("Active", [headings, *people])
    listed = make_sheet(tab, [["Date", "Youth", "Type", "Notes"], *rows])
    unit = unit_of(
        Workbook("caseload.xlsx", (active,)), Workbook("mdt.xlsx", (listed,))
    )
    return unit.run(answers)


def clock(value: time | None) -> str | None:
    return value.strftime("%H:%M") if value else None
