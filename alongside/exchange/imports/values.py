"""How each field's cells are read, with the words and officers of the unit."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from alongside.exchange.imports.dates import read_date, read_time
from alongside.exchange.imports.identifiers import read_cw_case, read_pdj
from alongside.exchange.imports.names import other_names, read_name
from alongside.exchange.imports.officers import OfficerIndex
from alongside.exchange.imports.readings import (
    MISSING,
    Reading,
    Shape,
    is_missing,
    known,
)
from alongside.exchange.imports.vocabulary import Vocabulary, read_court
from alongside.exchange.imports.workbook import Cell


@dataclass(frozen=True)
class Tools:
    """What reading a cell needs to know besides the cell."""

    kept_to: date = date.max
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    officers: OfficerIndex = field(default_factory=lambda: OfficerIndex(()))


def read_value(name: str, cell: Cell, tools: Tools) -> Reading:
    """Read one cell as the field it goes to."""
    if not cell.text.strip():
        return MISSING
    return _READERS.get(name, _text)(cell, tools)


def _text(cell: Cell, tools: Tools) -> Reading:
    return known(cell.text.strip())


def _date(cell: Cell, tools: Tools) -> Reading:
    return read_date(cell, tools.kept_to)


def _birth(cell: Cell, tools: Tools) -> Reading:
    return read_date(cell, tools.kept_to, born=True)


def _name(cell: Cell, tools: Tools) -> Reading:
    name = None if is_missing(cell.text) else read_name(cell.text, last_first=True)
    if name is None:
        return MISSING
    if name.order_unclear:
        return Reading(Shape.UNCLEAR, name.full)
    return known(name.full)


def _spoken_name(cell: Cell, tools: Tools) -> Reading:
    name = None if is_missing(cell.text) else read_name(cell.text, last_first=False)
    return known(name.full) if name else MISSING


def _other_names(cell: Cell, tools: Tools) -> Reading:
    if is_missing(cell.text) or not other_names(cell.text):
        return MISSING
    return known(cell.text.strip())


def _word(name: str) -> Callable[[Cell, Tools], Reading]:
    return lambda cell, tools: tools.vocabulary.read_word(name, cell.text)


_READERS: dict[str, Callable[[Cell, Tools], Reading]] = {
    "name_last_first": _name,
    "name_first_last": _spoken_name,
    "youth": _spoken_name,
    "other_names": _other_names,
    "dob": _birth,
    "date": _date,
    "last_mdt": _date,
    "next_court": _date,
    "closed_on": _date,
    "time": lambda cell, tools: (
        known(cell.clock) if cell.clock else read_time(cell.text)
    ),
    "pdj": lambda cell, tools: read_pdj(cell),
    "cw_case": lambda cell, tools: read_cw_case(cell),
    "officer": lambda cell, tools: tools.officers.read(cell.text),
    "placement": lambda cell, tools: tools.vocabulary.read_placement(cell.text),
    "court": lambda cell, tools: read_court(cell.text),
    "support_level": _word("support_level"),
    "disposition": _word("disposition"),
    "child_welfare": _word("child_welfare"),
    "type": _word("type"),
}
