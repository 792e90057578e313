"""When a fact may begin."""

from datetime import date


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
