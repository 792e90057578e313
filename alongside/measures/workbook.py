"""The results as a real .xlsx workbook: numbers are numbers, text stays text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from alongside.measures import present
from alongside.measures.disclosure import Published, must_be_published
from alongside.measures.report import Report

WIDTHS = {"measure": 32, "title": 44, "unit": 18, "definition": 20, "hidden": 28}
LONGEST_CELL = 32_767  # characters that a cell can hold


def write_workbook(results: Published, report: Report, file: Path) -> None:
    """Read-me, results, definitions and making, a sheet each."""
    results = must_be_published(results)
    # Text that looks like a formula, a link or a number is text all the same.
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(str(file), options) as book:
        book.set_properties({"title": report.title, "comments": report.mark})
        head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        lines = [report.mark, report.title, report.subtitle, *report.summary]
        lines += report.hiding
        _column(book.add_worksheet("Read me"), [w for w in lines if w], text)
        _results(book.add_worksheet("Results"), results, head, day)
        _pairs(
            book.add_worksheet("Definitions"),
            ["Measure", "What", "Words"],
            _definitions(report),
            head,
            text,
        )
        making = [[*pair] for pair in report.making]
        making += [["Problem in the source", words] for words in report.problems]
        sheet = book.add_worksheet("How it was made")
        _pairs(sheet, ["What", "Words"], making, head, text)


def _column(sheet: Worksheet, lines: Sequence[str], text: Format) -> None:
    sheet.set_column(0, 0, 100)
    for row, words in enumerate(lines):
        sheet.write_string(row, 0, words, text)


def _results(sheet: Worksheet, results: Published, head: Format, day: Format) -> None:
    frame = results.frame()
    frame.insert(1, "title", frame["measure"].map(present.title_of))
    names = list(frame.columns)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, head)
        sheet.set_column(
            column, column, 44 if name == "title" else WIDTHS.get(name, 14)
        )
    for row, cells in enumerate(frame.itertuples(index=False), start=1):
        for column, cell in enumerate(cells):
            _cell(sheet, row, column, cell, day)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(frame)), len(names) - 1)


def _cell(sheet: Worksheet, row: int, column: int, cell: Any, day: Format) -> None:
    if cell is None or pd.isna(cell):
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell[:LONGEST_CELL])
    else:
        sheet.write_number(row, column, float(cell))


def _definitions(report: Report) -> list[list[str]]:
    rows = []
    for section in report.sections:
        facts = [("Question", section.question), ("Why", section.why), *section.facts]
        facts += [("Be careful", caution) for caution in section.cautions]
        rows += [[section.title, name, words] for name, words in facts]
    return rows


def _pairs(
    sheet: Worksheet,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    head: Format,
    text: Format,
) -> None:
    for column, name in enumerate(headings):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, 80 if name == "Words" else 36, text)
    for row, cells in enumerate(rows, start=1):
        for column, words in enumerate(cells):
            sheet.write_string(row, column, words[:LONGEST_CELL], text)
    sheet.freeze_panes(1, 0)
