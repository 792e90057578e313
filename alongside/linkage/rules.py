"""What may not be linked, and why; a refusal is a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

VICTIM_SERVICES = "victim_services"
SOURCE_KIND = "source_kind"  # a column, or a key of a Parquet file's metadata

_LAW = (
    "Federal law (34 U.S.C. 12291(b)(2)) keeps what a victim-service agency knows about"
    " a person with that agency unless the person agrees in writing, and says that this"
    " holds for encoded, encrypted and hashed information too."
)
_ASK = "Ask the agency for counts, or for the young person's own written release."

_ENCODED_NAME = re.compile(
    r"(^|_)(hash(e[ds])?|hashkey|sha|sha_?\d+|md5|crc(32)?|hmac|digest|encrypted|encoded"
    r"|cipher(text)?|token(i[sz]ed)?|bloom|clk|pprl|pseudonym(i[sz]ed)?|soundex|nysiis"
    r"|(double_?)?metaphone|phonetic)(_|$)"
)
# What stands before a hash: how it was made, and with how much work.
_MADE_BY = re.compile(
    r"^(0x|\\x|\{?(sha-?\d*|ssha|md5|hmac|crc32)\}?[:$]|-)", re.IGNORECASE
)
_ENCODED_VALUE = re.compile(
    r"^([0-9a-f]{16,}|[01]{32,}|(?=[^ ]*\d)[A-Za-z0-9+/_-]{20,}={0,2}"
    r"|([0-9a-f]{2}[: -]){7,}[0-9a-f]{2}|\$\w+\$.{16,})$",
    re.IGNORECASE,
)
# A number that a system drew for a record, or counted: it is made of nobody's name.
# Versions 3 and 5 are hashes of a name, and are not among these.
_DRAWN = re.compile(
    r"^\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[12467][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}\}?$",
    re.IGNORECASE,
)
_MOSTLY = 0.5  # share of filled cells that look encoded
_WITH_DIGITS = 0.2  # share of names with a digit in them; codes of names have them


def refusal_to_link(
    name: str,
    columns: Mapping[str, Sequence[object]],
    *,
    source_kinds: Sequence[str] = (),
) -> str | None:
    """Why a file is not linked: whose it is, or that its identifiers are encoded.

    ``columns`` holds some cells of every column.
    """
    if VICTIM_SERVICES in map(plain, source_kinds):
        return (
            f"{name} is marked as coming from a victim-service agency, and is not"
            f" linked. {_LAW} {_ASK}"
        )
    for column, cells in columns.items():
        if _ENCODED_NAME.search(plain(column)) or _look_encoded(cells):
            return _encoded(name, column)
    return None


def refusal_of_names(name: str, column: str, cells: Sequence[object]) -> str | None:
    """Why a column of names is not used: digits stand in them, as in codes of names."""
    filled = _filled(cells)
    with_digits = sum(any(sign.isdigit() for sign in str(cell)) for cell in filled)
    if with_digits > _WITH_DIGITS * len(filled):
        return _encoded(name, column)
    return None


def plain(column: str) -> str:
    """A heading in small letters with an underscore between its words."""
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", column.strip())
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def _encoded(name: str, column: str) -> str:
    return (
        f"The column “{column}” of {name} holds hashed or encoded identifiers, and is"
        f" not used to link people. {_LAW} {_ASK} If the file comes from another kind"
        " of agency, ask it for the names themselves under your agreement."
    )


def _look_encoded(cells: Sequence[object]) -> bool:
    filled = _filled(cells)
    return sum(map(_looks_encoded, filled)) > _MOSTLY * len(filled)


def _looks_encoded(cell: object) -> bool:
    if isinstance(cell, bytes):
        return True
    text = str(cell).strip()
    if _DRAWN.match(text):
        return False
    return bool(_ENCODED_VALUE.match(_MADE_BY.sub("", text)))


def _filled(cells: Sequence[object]) -> list[object]:
    return [cell for cell in cells if cell not in (None, "")]


def refusal_of_columns(name: str, missing: Sequence[str]) -> str | None:
    """Why a file cannot be linked: it does not say who is meant."""
    if not missing:
        return None
    asked = ", ".join(f"“{column}”" for column in missing)
    return (
        f"{name} has no column {asked}. Linking needs given_name, family_name and"
        " birth_date, and uses gender, address, postal_code, county and shared_id if"
        " both files have them."
    )


def refusal_of_dates(name: str, column: str, rows: int, without: int) -> str | None:
    """Why a file cannot be linked: not one date of birth can be read."""
    if without < rows:
        return None
    return (
        f"No date in the column “{column}” of {name} can be read. Write dates like"
        " 2008-01-31 or 1/31/2008, the month before the day."
    )


def refusal_of_rows(name: str, rows: Sequence[int], *, more: bool) -> str | None:
    """Why a CSV file cannot be read: which of its rows are not like its heading."""
    if not rows:
        return None
    told = ", ".join(f"{row:,}" for row in rows) + (" and more" if more else "")
    are = f"row {told} has" if len(rows) == 1 and not more else f"rows {told} have"
    return (
        f"{name} cannot be read: counted with the heading, {are} more or fewer cells"
        " than it, or a quotation mark that does not close. A cell with a comma in it"
        " must stand in quotes."
    )
