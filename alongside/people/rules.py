"""When a fact may begin or end, and which files are kept as papers."""

from datetime import date

from alongside.kernel.compartments import Compartment


def refusal_to_begin(starts: date, next_starts: date | None, today: date) -> str | None:
    """Why a fact cannot begin on this day, if so."""
    if (starts - today).days > 1:  # a day's grace: the unit's zone may be ahead
        return (
            "A fact cannot begin after today. Plan it instead, or choose a day until"
            " today."
        )
    if next_starts is not None:
        return (
            f"Something newer is on record from {next_starts:%b} {next_starts.day},"
            f" {next_starts.year}. Choose a later day, or correct the newer one."
        )
    return None


def refusal_to_end(starts: date | None, day: date) -> str | None:
    """Why somebody cannot have stopped being around a young person on this day."""
    if starts is not None and day < starts:
        return (
            "The end cannot be before the beginning. Choose a later day, or correct"
            " the beginning."
        )
    return None


# ---------- papers ----------

MAX_BYTES = 10 * 2**20

# What a paper may be, and what it is sent as; never what its sender said it was.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain; charset=utf-8",
}
_STARTS = {
    "pdf": b"%PDF-",
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "odt": b"PK\x03\x04",
}
_SAME = {"jpeg": "jpg", "text": "txt"}
_PARTS = {
    "court_report": Compartment.LEGAL,
    "court_order": Compartment.LEGAL,
    "health": Compartment.HEALTH,
}


def part_of_document(kind: str) -> Compartment:
    """The part of the record a paper of this kind belongs to."""
    return _PARTS.get(kind, Compartment.RECORD)


def extension_of(name: str) -> str:
    """The end of a file's name, in lower case: "pdf"."""
    extension = name.rpartition(".")[2].casefold() if "." in name else ""
    return _SAME.get(extension, extension)


def refusal_to_keep(name: str, content: bytes) -> str | None:
    """Why a file cannot be kept as a paper, if so."""
    extension = extension_of(name)
    if not content:
        return "The file is empty. Choose it again."
    if len(content) > MAX_BYTES:
        return "The file is larger than 10 MB. Choose a smaller one, or split it."
    if extension not in MEDIA_TYPES:
        return (
            "This kind of file cannot be kept. Choose a PDF, a JPG or PNG picture, a"
            " Word, Excel or OpenDocument file, or plain text."
        )
    start = _STARTS.get(extension)
    if start is not None and not content.startswith(start):
        return (
            f"The file’s name ends in “{extension}”, and its content is something"
            " else. Save it again as what it is, and choose it then."
        )
    if start is None and b"\x00" in content:
        return "The file is not plain text. Save it as a PDF, and choose it then."
    return None
