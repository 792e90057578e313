"""What “alongside measure” is asked, checked; and what to do where it is wrong."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from alongside.kernel.dates import add_months
from alongside.measures.computing import check_groups, get
from alongside.measures.database import SCHEMES
from alongside.measures.definition import Measure
from alongside.measures.groups import GROUPS
from alongside.measures.intervals import Period, Window, windows
from alongside.measures.library import FEDERAL, MEASURES, STATEWIDE
from alongside.measures.release import INSIDE

ENGINES = ("duckdb", "spark", "postgres")
# Beyond these no data reach, and the periods before or after would leave the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2199
# How many whole periods a series has, counted back from the as-of date.
SERIES = {
    Period.MONTH: 12,
    Period.QUARTER: 8,
    Period.FISCAL_YEAR: 5,
    Period.ROLLING_YEAR: 8,
}


class Trouble(Exception):
    """Something the person at the terminal can put right; its text says how."""


@dataclass(frozen=True)
class Asked:
    """What to compute, from what, and where to."""

    source: str
    measures: tuple[Measure, ...]
    out: Path
    window: Window | None
    period: Period
    as_of: date | None
    by: tuple[str, ...]
    engine: str | None
    previous: Path | None
    populations: Path | None
    internal: bool
    strict: bool

    def windows(self, as_of: date) -> list[Window]:
        """The one window, or the last whole periods before the as-of date."""
        if self.window:
            return [self.window]
        since = add_months(as_of, -12 * (SERIES[Period.FISCAL_YEAR] + 2))
        found = list(windows(self.period, since, as_of))
        return found[-SERIES[self.period] :]


def parser() -> argparse.ArgumentParser:
    """The arguments and their help."""
    made = argparse.ArgumentParser(
        "alongside measure",
        description="Compute measures and write results that are safe to publish.",
    )
    add = made.add_argument
    add("source", nargs="?", help="a folder of Parquet or CSV, or a database address")
    add("--list", action="store_true", help="list the measures, and stop")
    add("--explain", metavar="ID", help="explain a measure in plain words, and stop")
    which = made.add_mutually_exclusive_group()
    which.add_argument("--measures", nargs="+", metavar="ID", help="compute these")
    which.add_argument("--all", action="store_true", help="compute every measure")
    when = made.add_mutually_exclusive_group()
    when.add_argument(
        "--window",
        nargs=2,
        metavar=("START", "END"),
        help="one period; END is the day after its last day",
    )
    when.add_argument(
        "--period",
        choices=[str(period) for period in Period],
        help="the last whole periods of this kind (fiscal-year unless told)",
    )
    add("--as-of", metavar="DATE", help="count what was dated before this day")
    add("--by", nargs="+", action="extend", metavar="GROUP", help=", ".join(GROUPS))
    add("--engine", choices=ENGINES, help="where to compute; inferred unless told")
    add("--previous", type=Path, metavar="DIR", help="the release before this one")
    add(
        "--populations",
        type=Path,
        metavar="FILE",
        help="how many people live in each county, so that tables can be scored",
    )
    add("--internal", action="store_true", help="hide nothing, and mark it so")
    add("--strict", action="store_true", help="refuse a source with any problem")
    add("--out", type=Path, metavar="DIR", help="the folder to write to")
    return made


def asked_of(given: argparse.Namespace) -> Asked:
    """The arguments as values, or the sentence that says what to change."""
    if not given.source:
        raise Trouble("Name the source: a folder of Parquet or CSV files.")
    if not given.out:
        raise Trouble("Say where to write with --out FOLDER.")
    if given.previous:
        _check_previous(given.previous, given)
    _check_places(given.source, given.out)
    by = tuple(given.by or ())
    try:
        check_groups(by)
        measures = _measures(given)
        window = _window(given.window) if given.window else None
    except ValueError as error:
        raise Trouble(str(error)) from error
    return Asked(
        source=given.source,
        measures=measures,
        out=given.out,
        window=window,
        period=Period(given.period or Period.FISCAL_YEAR),
        as_of=_day(given.as_of, "--as-of") if given.as_of else None,
        by=by,
        engine=given.engine,
        previous=given.previous,
        populations=given.populations,
        internal=given.internal,
        strict=given.strict,
    )


def _check_previous(previous: Path, given: argparse.Namespace) -> None:
    """Refuse to lose the release before, or to compare with it in vain."""
    if given.internal:
        raise Trouble(
            "--previous protects what is published, and --internal publishes nothing."
            " Give one of them."
        )
    if previous.resolve() == given.out.resolve():
        raise Trouble(
            f"{given.out} holds the release before, which every later one is checked"
            " against. Name another folder with --out, and keep both."
        )


def _check_places(source: str, out: Path) -> None:
    """Refuse an address that is not read, and a release in among what it is made of."""
    scheme, is_address, _ = source.partition("://")
    if is_address and scheme.lower() not in SCHEMES:
        raise Trouble(
            f"Databases that can be read are PostgreSQL, not “{scheme}”. Give an"
            " address such as postgresql://name@host/database, or a folder of Parquet"
            " or CSV files."
        )
    if is_address:
        return
    folder, target = Path(source).resolve(), out.resolve()
    if folder in (target, *target.parents):
        raise Trouble(
            f"{out} is in the source folder, and what is published does not belong"
            " among the data it is made from. Name another folder with --out."
        )
    inside = target / INSIDE  # which every release replaces
    if inside in (folder, *folder.parents):
        raise Trouble(
            f"The release would replace {inside}, which holds the source. Name another"
            " folder with --out."
        )


def _measures(given: argparse.Namespace) -> tuple[Measure, ...]:
    if given.measures:
        return tuple(get(*dict.fromkeys(given.measures)))
    return tuple(MEASURES.values()) if given.all else (*FEDERAL, *STATEWIDE)


def _window(days: Sequence[str]) -> Window:
    start, end = (_day(day, "--window") for day in days)
    return Window(start, end)


def _day(text: str, argument: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Trouble(
            f"{argument} needs days written like 2024-07-01; “{text}” is not one."
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Trouble(
            f"{argument} needs days from {FIRST_YEAR} to {LAST_YEAR}; “{text}” is not"
            " one. Check the year."
        )
    return day


def read_populations(file: Path | None) -> dict[str | None, int]:
    """County and population; a row without a county is the whole source."""
    if file is None:
        return {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except FileNotFoundError:
        raise Trouble(f"There is no file {file}. Check how it is written.") from None
    except IsADirectoryError:
        raise Trouble(
            f"{file} is a folder. Give the CSV file with the columns county and"
            " population."
        ) from None
    except OSError as error:
        raise Trouble(
            f"{file} cannot be read: {error.strerror}. Check that you may open it."
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise Trouble(
            f"{file} cannot be read as CSV. Save it again as CSV in UTF-8."
        ) from error
    found: dict[str | None, int] = {}
    for line, row in enumerate(rows, start=2):
        try:
            found[row["county"] or None] = int(row["population"])
        except (KeyError, TypeError, ValueError):
            raise Trouble(
                f"{file}, line {line}: it needs the columns county and population, and"
                " a whole number as the population."
            ) from None
    return found
