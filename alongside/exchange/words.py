"""The workbooks' codes beside ours, where the two differ."""

# field -> workbook's code -> ours; what is not here is the same in both.
_OURS: dict[str, dict[str, str]] = {
    "support_level": {"at_risk": "early"},
    "court": {"star": "calendar_a", "dream": "calendar_b"},
    "type": {
        "initial": "mdt_initial",
        "ongoing": "mdt_ongoing",
        "90_day": "mdt_90_day",
        "as_needed": "mdt_as_needed",
    },
}
_THEIRS = {
    field: {ours: theirs for theirs, ours in codes.items()}
    for field, codes in _OURS.items()
}


def to_ours(field: str, code: str) -> str:
    """The code a record keeps."""
    return _OURS.get(field, {}).get(code, code)


def to_sheet(field: str, code: str) -> str:
    """The code the import engine knows."""
    return _THEIRS.get(field, {}).get(code, code)
