"""Excel workbooks: text, dates, colors, lines through words, comments."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.reader import excel
from openpyxl.worksheet._reader import WorksheetReader
from openpyxl.worksheet.worksheet import Worksheet

from alongside.exchange.imports.limits import Unreadable, refuse_too_many_cells
from alongside.exchange.imports.workbook import (
    Cell,
    Kind,
    Sheet,
    Workbook,
    column_number,
    text_of,
    writable,
)

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHITE = {"FFFFFFFF", "00FFFFFF", "00000000"}


class _Bounded(WorksheetReader):  # type: ignore[misc]  # publishes no types
    """Reads a sheet whose merged cells fit in memory: openpyxl makes every one."""

    def bind_merged_cells(self) -> None:
        """A few letters in a small file, "A1:XFD1048576", are 17 billion cells."""
        merged = self.parser.merged_cells
        if merged:
            sheets = self.ws.parent.worksheets
            counts = [len(sheet._cells) for sheet in sheets] + [
                one.size["rows"] * one.size["columns"] for one in merged.mergeCell
            ]
            refuse_too_many_cells(self.ws.title, sum(counts))
        super().bind_merged_cells()


# The library's own reader takes the class from here and from nowhere else.
excel.WorksheetReader = _Bounded


def read_xlsx(name: str, content: bytes) -> Workbook:
    """Read an .xlsx or .xlsm file; formulas give the value last saved with them."""
    try:
        book = _load(content, values=False)
        sheets = [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]
        refuse_too_many_cells(name, sum(len(sheet._cells) for sheet in sheets))
        saved = _load(content, values=True) if _has_formulas(sheets) else book
        looks: dict[int, tuple[str | None, bool]] = {}
        read = tuple(_sheet(sheet, saved[sheet.title], looks) for sheet in sheets)
    except Unreadable:
        raise
    except Exception as broken:  # openpyxl raises whatever the XML did to it
        raise Unreadable(
            f"“{name}” is damaged and cannot be read. Open it in Excel, let Excel"
            " repair it, save it again, and choose the new file."
        ) from broken
    return Workbook(name, read, saved_on=_saved_on(book, content))


def _saved_on(book: Any, content: bytes) -> date | None:
    """The day the file says it was last saved; openpyxl says today when it does not."""
    saved = book.properties.modified
    said = b"docProps/core.xml" in content
    return saved.date() if said and isinstance(saved, datetime) else None


def _load(content: bytes, *, values: bool) -> Any:
    with warnings.catch_warnings():
        # openpyxl warns of parts it leaves out (charts, validation); none hold text.
        warnings.simplefilter("ignore")
        return load_workbook(
            BytesIO(content), rich_text=not values, data_only=values, keep_links=False
        )


# ``_cells`` holds only the cells the file has; ``iter_rows`` would make every cell up
# to a stray one in the last corner, which is how a small file fills the memory.
def _has_formulas(sheets: list[Worksheet]) -> bool:
    return any(cell.data_type == "f" for ws in sheets for cell in ws._cells.values())


def _sheet(
    source: Worksheet, saved: Worksheet, looks: dict[int, tuple[str | None, bool]]
) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(source._cells.items()):
        formula = cell.data_type == "f"
        value = saved.cell(row, column).value if formula else cell.value
        if formula and value is None:
            value = str(getattr(cell.value, "text", cell.value))
        comment = cell.comment.text if cell.comment else None
        fill, struck = _look(cell, looks)
        text, kind = _text(value)
        if text or fill or comment:
            lines = _struck(value, struck, text)
            rows.setdefault(row, {})[column] = Cell(
                row, column, text, kind, fill, lines, comment, formula
            )
    return Sheet(
        source.title,
        rows,
        source.sheet_state != "visible",
        tuple(sorted(_hidden_columns(source))),
        tuple(sorted(n for n, d in source.row_dimensions.items() if d.hidden)),
        tuple(sorted(map(str, source.merged_cells.ranges))),
    )


def _hidden_columns(source: Worksheet) -> Iterator[int]:
    for letter, shape in source.column_dimensions.items():
        if shape.hidden:
            first = shape.min or column_number(letter)
            yield from range(first, min(shape.max or first, source.max_column) + 1)


def _look(
    cell: Any, looks: dict[int, tuple[str | None, bool]]
) -> tuple[str | None, bool]:
    """Fill and strike-through, remembered by style: reading a style is slow."""
    if not cell.has_style:
        return None, False
    if cell.style_id not in looks:
        looks[cell.style_id] = (_fill(cell.fill), bool(cell.font.strike))
    return looks[cell.style_id]


def _fill(fill: Any) -> str | None:
    if fill.fill_type in (None, "none"):
        return None
    color = fill.fgColor
    if color is None:
        return None
    if color.type == "rgb":
        return None if color.rgb in _WHITE else str(color.rgb)
    key = f"{color.type}:{color.value}:{color.tint:.2f}"
    return None if key in {"theme:0:0.00", "indexed:64:0.00", "indexed:9:0.00"} else key


def _text(value: object) -> tuple[str, Kind]:
    text, kind = text_of(value)
    if kind is Kind.TEXT and "_x" in text:
        text = writable(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
    return text, kind


def _struck(value: object, whole: bool, text: str) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, CellRichText):
        return ((0, len(text)),) if whole and text else ()
    spans, at = [], 0
    for run in value:
        length = len(_text(str(run))[0])
        struck = bool(run.font.strike) if isinstance(run, TextBlock) else whole
        if struck:
            spans.append((at, at + length))
        at += length
    return tuple(spans)
