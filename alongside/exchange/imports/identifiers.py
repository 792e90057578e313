"""Case numbers: their usual shape, and zeros that a number cell has lost."""

import re

from alongside.exchange.imports.readings import (
    MISSING,
    Reading,
    Shape,
    is_missing,
    known,
)
from alongside.exchange.imports.workbook import Cell, Kind

PDJ_DIGITS = 6
_CW = re.compile(r"([A-Z]{0,4})-?(\d[\d-]{3,})")


def read_pdj(cell: Cell, digits: int = PDJ_DIGITS) -> Reading:
    """A probation number of a fixed length, with or without its letters in front."""
    if is_missing(cell.text):
        return MISSING
    number = re.sub(r"[\s#-]|^PDJ", "", re.sub(r"\s", "", cell.text.upper()))
    if cell.kind is Kind.NUMBER:
        number = number.zfill(digits)
    if re.fullmatch(rf"[0-9]{{{digits}}}", number):
        return known(number)
    letter = re.search(r"[^0-9]", number)
    why = (
        f"It has “{letter[0]}” among the digits."
        if letter
        else (f"It has {len(number)} digits; we expect {digits}.")
    )
    return Reading(Shape.UNCLEAR, why=why)


def read_cw_case(cell: Cell) -> Reading:
    """A child-welfare case number."""
    if is_missing(cell.text):
        return MISSING
    match = _CW.fullmatch(re.sub(r"\s", "", cell.text.upper()))
    if match is None:
        return Reading(Shape.UNCLEAR, why="It does not look like a case number.")
    return known(f"{match[1] or 'CW'}-{match[2]}")
