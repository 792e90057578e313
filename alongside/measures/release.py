"""A release on disk: every file is written from published results, all or none."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from alongside.measures.disclosure import Log, Published, must_be_published
from alongside.measures.report import Making, page, pdf, report_of
from alongside.measures.workbook import write_workbook

INSIDE = "internal"  # what stays with the agency that releases
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Step = Callable[[str], None]


class NotWritable(Exception):
    """The release cannot be written there; it says why and what to do."""


@dataclass(frozen=True)
class Names:
    """What the files of a release are called."""

    stem: str

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that people are given."""
        results = [f"{self.stem}results.{kind}" for kind in ("parquet", "csv", "xlsx")]
        reports = [f"{self.stem}report.{kind}" for kind in ("html", "pdf")]
        return (*results, *reports, f"{self.stem}release.json")


def names_of(results: Published) -> Names:
    """An internal copy says so in every name."""
    return Names("internal-" if results.internal else "")


def write_release(
    results: Published,
    making: Making,
    folder: Path,
    *,
    log: Log | None = None,
    step: Step = lambda what: None,
) -> list[Path]:
    """Write everything to a new folder beside, then put it in place."""
    results = must_be_published(results)
    names = names_of(results).files
    _make(folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as draft:
        drafts = Path(draft)
        parquet, table, workbook, html, paper, about = (drafts / n for n in names)
        report = report_of(results, making)
        step("results")
        write_parquet(results, parquet)
        write_csv(results, table)
        step("workbook")
        write_workbook(results, report, workbook)
        step("report")
        html.write_text(page(report), "utf-8")
        paper.write_bytes(pdf(report, making))
        about.write_text(json.dumps(_about(results, making), indent=2), "utf-8")
        if log is not None:
            _write_log(log, drafts / INSIDE)
            _replace(drafts / INSIDE, folder / INSIDE)
        for name in names:
            _replace(drafts / name, folder / name)
    return [folder / name for name in names]


def write_parquet(results: Published, file: Path) -> None:
    """The results, with what they are written into the file itself."""
    results = must_be_published(results)
    about = {**(results.table.schema.metadata or {}), **results.about}
    pq.write_table(results.table.replace_schema_metadata(about), file)


def write_csv(results: Published, file: Path) -> None:
    """The results as text; a group that a spreadsheet would run as a formula is not."""
    results = must_be_published(results)
    frame = results.frame()
    with file.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(frame.columns)
        lines.writerows(map(_plain, row) for row in frame.itertuples(index=False))


def _plain(cell: Any) -> str:
    if cell is None or pd.isna(cell):
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotWritable(f"{folder} is a file. Name a folder to write to.") from None
    except OSError as error:
        raise NotWritable(
            f"{folder} cannot be made: {error.strerror}. Choose another place."
        ) from error


def _write_log(log: Log, folder: Path) -> None:
    folder.mkdir()
    log.hidden.to_csv(folder / "hidden.csv", index=False)
    log.assessments.to_csv(folder / "assessments.csv", index=False)
    (folder / "READ ME.txt").write_text(
        "This folder stays with the agency that releases. It says why each number is\n"
        "hidden, and a reason tells that a number is small.\n",
        "utf-8",
    )


def _replace(new: Path, old: Path) -> None:
    if old.is_dir():
        shutil.rmtree(old)
    new.replace(old)


def _about(results: Published, making: Making) -> dict[str, Any]:
    return {
        "internal": results.internal,
        "rows": results.table.num_rows,
        "hidden_numbers": results.hidden,
        "exposed_numbers": results.exposed,
        "smallest_count": results.smallest,
        "ddg_version": results.ddg_version,
        "source": making.source,
        "rows_read": dict(making.rows),
        "engine": making.engine,
        "software": making.software,
        "as_of": making.as_of.isoformat(),
        "made_on": making.made_on.isoformat(),
        "left_out": list(making.left_out),
        "problems": list(making.problems),
        "command": making.command,
    }
