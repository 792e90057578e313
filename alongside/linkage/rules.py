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
    r"(^|_)(hash(ed)?|sha\d*|md5|hmac|encrypted|encoded|cipher|token(ized)?|bloom|clk"
    r"|pprl|pseudonym)(_|$)"
)
_ENCODED_VALUE = re.compile(
    r"^([0-9a-f]{16,}|[01]{32,}|(?=[^ ]*\d)[A-Za-z0-9+/_-]{20,}={0,2})$", re.IGNORECASE
)
_MOSTLY = 0.5  # share of filled cells that look encoded


def refusal_to_link(
    name: str,
    columns: Mapping[str, Sequence[object]],
    *,
    source_kinds: Sequence[str] = (),
) -> str | None:
    """Why a file is not linked: whose it is, or that its identifiers are encoded.

    ``columns`` holds some cells of every column.
    """
    if VICTIM_SERVICES in source_kinds:
        return (
            f"{name} is marked as coming from a victim-service agency, and is not"
            f" linked. {_LAW} {_ASK}"
        )
    for column, cells in columns.items():
        if _ENCODED_NAME.search(column.lower()) or _look_encoded(cells):
            return (
                f"The column “{column}” of {name} holds hashed or encoded identifiers,"
                f" and is not used to link people. {_LAW} {_ASK} If the file comes from"
                " another kind of agency, ask it for the names themselves under your"
                " agreement."
            )
    return None


def _look_encoded(cells: Sequence[object]) -> bool:
    filled = [cell for cell in cells if cell not in (None, "")]
    if not filled:
        return False
    encoded = sum(
        isinstance(cell, bytes)
        or (isinstance(cell, str) and bool(_ENCODED_VALUE.match(cell)))
        for cell in filled
    )
    return encoded > _MOSTLY * len(filled)


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
