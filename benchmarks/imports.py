"""The import benchmark: a caseload of 5,000 rows, from its bytes to the dry run."""

from __future__ import annotations

import io
import json
import random
import sys
import time
from datetime import date, timedelta

import openpyxl

from alongside.exchange.imports import (
    KnownYouth,
    Officer,
    Roster,
    dry_run,
    propose,
    read,
    recognise,
)
from benchmarks.table import measured, write_down

ROWS = (500, 5_000)
TARGET = 10  # seconds for 5,000 rows on two cores
KEPT_TO = date(2026, 11, 20)
HEADINGS = ["#", "Last, First", "AKA", "DOB", "PDJ #", "DPO", "Placement", "Dispo"]
HEADINGS += ["DCFS?", "Court", "Last MDT", "Next ct", "Support lvl", "Remarks"]
OFFICERS = ["Rosa Castellanos", "Amara Okafor", "Denise Whitlock", "Marcus Lee"]
_FIRST = ("Ana", "Zoë", "Chidi", "Thảo", "Skyler", "Imani", "Joaquín", "Mei", "Noor")
_LAST = ("Núñez", "O’Neil", "Okafor", "Nguyễn", "Bailey", "Lewis", "Ramos", "Lopez")
_PLACES = ("home", "RFA home", "JH", "Bright Harbor STRTP", "gma", "see KB", "unk")


def run() -> None:
    """Dry-run each size in a fresh process, and write the times down."""
    rows = []
    for size in ROWS:
        runs = [measured("benchmarks.imports", size) for _ in range(3)]
        best = min(runs, key=lambda one: one.seconds)
        said = best.said
        rows.append(
            [
                f"{size:,}",
                f"{said['seconds']:.1f} s",
                f"{said['reading']:.1f} s",
                f"{said['dry_run']:.1f} s",
                f"{best.cpu:.1f} s",
                f"{said['problems']:,.0f}",
                f"{best.gib:.2f} GiB",
            ]
        )
    write_down(
        "imports",
        "A caseload of an .xlsx, dry-run against 1,000 young people on record",
        (
            "Rows",
            "Bytes to dry run",
            "of it reading",
            "of it checking",
            "CPU, all of it",
            "Asked",
            "Memory",
        ),
        rows,
        f"The best of 3 runs, each a fresh process; the aim is {TARGET} s for 5,000.",
    )


def workbook(rows: int) -> bytes:
    """A hand-kept caseload: misspellings, odd dates and doubtful words included."""
    chance = random.Random(20_261_120)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Active")
    sheet.append(HEADINGS)
    for number in range(1, rows + 1):
        sheet.append(_row(number, chance))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def roster(size: int) -> Roster:
    """As many young people on record, some of them in the workbook too."""
    chance = random.Random(20_261_120)
    known = [_row(number, chance) for number in range(1, size + 1)]
    return Roster(
        youth=tuple(_known(row, at) for at, row in enumerate(known)),
        officers=tuple(Officer(name) for name in OFFICERS),
    )


def _row(number: int, chance: random.Random) -> list[object]:
    born = date(2008, 1, 1) + timedelta(days=chance.randrange(1_800))
    met = KEPT_TO - timedelta(days=chance.randrange(200))
    family = f"{chance.choice(_LAST)} {chance.choice(_LAST)}{number % 97}"
    doubtful = chance.random() < 0.05
    return [
        number,
        f"{family}, {chance.choice(_FIRST)}",
        chance.choice(["", "Jay", "Mo / Momo"]),
        "6/31/10" if doubtful else born,
        100_000 + number,
        chance.choice(["R. Castellanos", "Okafor", "DW", "M Lee", "Nobody"]),
        chance.choice(_PLACES),
        chance.choice(["HOP", "SP", "602", "pend"]),
        chance.choice(["N", "Y", "300"]),
        chance.choice(["D12", "Dept 3", "unk"]),
        met.strftime("%m/%d/%y"),
        chance.choice(["1/19/2027", "n/a", "next Tues"]),
        chance.choice(["full", "F", "sec", "AR"]),
        "called, left word",
    ]


def _known(row: list[object], at: int) -> KnownYouth:
    family, _, given = str(row[1]).partition(", ")
    born = row[3] if isinstance(row[3], date) else None
    return KnownYouth(
        str(at), given, family, dob=born, identifiers={"pdj": str(row[4])}
    )


def main(rows: int) -> None:
    """One dry run in this process; its times as the last line."""
    content, known = workbook(rows), roster(1_000)
    begun = time.perf_counter()
    sections = recognise(read("caseload.xlsx", content))
    read_at = time.perf_counter()
    mappings = [propose(section) for section in sections]
    found = dry_run(sections, mappings, known, KEPT_TO)
    ended = time.perf_counter()
    assert len(found.youth) > rows * 0.9
    print(
        json.dumps(
            {
                "seconds": ended - begun,
                "reading": read_at - begun,
                "dry_run": ended - read_at,
                "problems": len(found.problems) + len(found.questions),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
