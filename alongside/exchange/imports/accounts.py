"""Where every cell went: no filled cell of a sheet is without an entry here."""

from collections import defaultdict
from dataclasses import dataclass, field

from alongside.exchange.imports.sections import Section


@dataclass(slots=True)
class Account:
    """For each sheet, what became of its cells: read, left out, furniture, problem."""

    fates: dict[str, dict[str, str]] = field(default_factory=dict)

    def open_sheet(self, section: Section) -> None:
        """Begin with every filled cell unread, and the furniture known."""
        sheet = self.fates.setdefault(_name(section.file, section.sheet.name), {})
        for cell in section.sheet.cells():
            what = section.furniture.get(cell.ref)
            sheet[cell.ref] = f"furniture: {what}" if what else "not read"

    def imported(self, file: str, sheet: str, ref: str, name: str) -> None:
        """A cell whose text goes to a field."""
        self._mark(file, sheet, ref, f"imported: {name}")

    def left_out(self, file: str, sheet: str, ref: str, heading: str) -> None:
        """A cell of a column that the mapping leaves out."""
        self._mark(file, sheet, ref, f"left out: {heading or 'no heading'}")

    def leave_out(self, section: Section) -> None:
        """A whole sheet the user does not want."""
        for cell in section.sheet.cells():
            self.left_out(section.file, section.sheet.name, cell.ref, "whole sheet")

    def furniture(self, file: str, sheet: str, ref: str, what: str) -> None:
        """A cell that is no record, such as a holiday in a calendar."""
        self._mark(file, sheet, ref, f"furniture: {what}")

    def problem(self, file: str, sheet: str, ref: str, code: str) -> None:
        """A cell that somebody has to answer for."""
        self._mark(file, sheet, ref, f"problem: {code}")

    def _mark(self, file: str, sheet: str, ref: str, fate: str) -> None:
        cells = self.fates.setdefault(_name(file, sheet), {})
        if ref in cells:
            cells[ref] = fate

    def by_fate(self) -> dict[str, dict[str, list[str]]]:
        """For each sheet, each fate with its cells."""
        grouped: dict[str, dict[str, list[str]]] = {}
        for sheet, cells in self.fates.items():
            lists: dict[str, list[str]] = defaultdict(list)
            for ref, fate in cells.items():
                lists[fate].append(ref)
            grouped[sheet] = dict(lists)
        return grouped


def _name(file: str, sheet: str) -> str:
    return f"{file}!{sheet}"
