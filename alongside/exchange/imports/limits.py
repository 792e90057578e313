"""How much is read at once, and the refusal when a file cannot be read."""

from alongside.kernel.refusal import Refused

MOST_BYTES = 40 * 2**20
MOST_UNPACKED = 400 * 2**20
MOST_CELLS = 2_000_000


class Unreadable(Refused):
    """A file that cannot be read; its sentence says why and what to do."""


def refuse_too_many_cells(name: str, cells: int) -> None:
    """Refuse a workbook with more cells than one import can hold in memory."""
    if cells > MOST_CELLS:
        raise Unreadable(
            f"“{name}” has more than {MOST_CELLS:,} cells. Copy the sheets you need to"
            " a new workbook and choose that."
        )
