# ruff: noqa: S608 (tables are named by us; what people wrote is only ever a value)
"""The clerical-review workbook: two people side by side, and a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from alongside.linkage.files import COLUMNS
from alongside.linkage.link import LETTERS, Linkage
from alongside.linkage.thresholds import CAUTION, Threshold

UNSURE = (0.05, 0.99)  # probabilities between which somebody must look
MOST_UNSURE = 5_000
SURE_SAMPLE = 200  # pairs above, evenly spread, to see whether the model is right
DECISIONS = ("same person", "different people", "cannot tell")
_SHOWN = [name for name in COLUMNS if name not in ("person_id", "street_number")]

EXPLANATION = (
    "Each row is two records that may be one person. Compare them and choose a"
    " decision; nothing is joined until somebody has. Where you cannot tell, say so.",
    "This file holds names. Keep it where such files are kept, and delete it when the"
    " review is done.",
    CAUTION,
)


def pairs_to_review(pairs: pa.Table) -> pa.Table:
    """Every unsure pair, the likeliest first, and a sample of the sure ones."""
    probability = pairs["probability"].to_numpy()
    low, high = UNSURE
    sure = (probability >= high).nonzero()[0]
    step = max(len(sure) // SURE_SAMPLE, 1)
    unsure = ((probability >= low) & (probability < high)).nonzero()[0]
    chosen = [*sure[::step][:SURE_SAMPLE], *unsure[:MOST_UNSURE]]
    return pairs.take(pa.array(chosen, pa.int64()))


def write_review(path: Path, linkage: Linkage, thresholds: Sequence[Threshold]) -> int:
    """Write the workbook; how many pairs it holds."""
    pairs = pairs_to_review(linkage.pairs)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        _review_sheet(book, linkage, pairs)
        _threshold_sheet(book, thresholds)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
        for row, sentence in enumerate(EXPLANATION):
            about.write_string(row, 0, sentence)
    path.chmod(0o600)
    return len(pairs)


def _review_sheet(book: Any, linkage: Linkage, pairs: pa.Table) -> None:
    sheet = book.add_worksheet("Review")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    differs = book.add_format({"bg_color": "#fff1d2"})
    shown = [n for n in _SHOWN if any(n in file.columns for file in linkage.files)]
    headings = ["decision", "reviewer", "note", "probability", "weight", "best"]
    headings += ["person_id A", "person_id B"]
    headings += [f"{name} {side}" for name in shown for side in "AB"]
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, heading.replace("_", " "), bold)
    people = _people(linkage, pairs)
    for row, pair in enumerate(pairs.to_pylist(), start=1):
        sheet.write_number(row, 3, round(pair["probability"], 4))
        sheet.write_number(row, 4, round(pair["weight"], 2))
        sheet.write_string(row, 5, "yes" if pair["is_best"] else "no")
        one, other = people[0][pair["id_l"]], people[-1][pair["id_r"]]
        sheet.write_string(row, 6, pair["id_l"])
        sheet.write_string(row, 7, pair["id_r"])
        for at, name in enumerate(shown):
            cells = one.get(name, ""), other.get(name, "")
            style = differs if cells[0] != cells[1] else None
            sheet.write_string(row, 8 + 2 * at, cells[0], style)
            sheet.write_string(row, 9 + 2 * at, cells[1], style)
    last = max(pairs.num_rows, 1)
    sheet.data_validation(
        1, 0, last, 0, {"validate": "list", "source": list(DECISIONS)}
    )
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(headings) - 1)
    sheet.set_column(0, 2, 18)
    sheet.set_column(6, len(headings) - 1, 16)


def _people(linkage: Linkage, pairs: pa.Table) -> list[dict[str, dict[str, str]]]:
    """The people in the pairs, as their own files write them."""
    found: list[dict[str, dict[str, str]]] = []
    wanted = {"a": pairs["id_l"], "b": pairs["id_r"]}
    if linkage.is_deduplication:
        wanted = {"a": pa.chunked_array([*pairs["id_l"].chunks, *pairs["id_r"].chunks])}
    for file, letter in zip(linkage.files, LETTERS, strict=False):
        linkage.connection.register("wanted", pa.table({"id": wanted[letter]}))
        own = {o: t for o, t in file.columns.items() if o in _SHOWN}
        columns = ", ".join(
            f'"{theirs}"::VARCHAR AS {ours}' for ours, theirs in own.items()
        )
        rows = linkage.connection.execute(f"""
            SELECT unique_id, {columns} FROM (
                SELECT unique_id, row_number() OVER () AS at FROM "{letter}"
            ) POSITIONAL JOIN "{file.relation}"
            WHERE unique_id IN (SELECT id FROM wanted)
        """).fetchall()
        linkage.connection.unregister("wanted")
        found.append(
            {
                row[0]: {n: c or "" for n, c in zip(own, row[1:], strict=True)}
                for row in rows
            }
        )
    return found


def _threshold_sheet(book: Any, thresholds: Sequence[Threshold]) -> None:
    sheet = book.add_worksheet("Thresholds")
    bold = book.add_format({"bold": True, "text_wrap": True})
    share = book.add_format({"num_format": "0.0%"})
    headings = (
        "probability at least",
        "pairs",
        "expected precision",
        "expected recall",
    )
    for at, heading in enumerate(headings):
        sheet.write_string(0, at, heading, bold)
    for row, threshold in enumerate(thresholds, start=1):
        sheet.write_number(row, 0, threshold.probability)
        sheet.write_number(row, 1, threshold.pairs)
        for at, value in ((2, threshold.precision), (3, threshold.recall)):
            if value is not None:
                sheet.write_number(row, at, value, share)
    sheet.set_column(0, 3, 20)
