"""When somebody may stand in for a colleague."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Held:
    """A cover that stands: who stands in, which days, and who set it."""

    covering: str
    first_day: date
    last_day: date
    set_by: str


def refusal_to_cover(
    *,
    same_person: bool,
    on_the_team: bool,
    first_day: date,
    last_day: date,
    today: date,
    held: Held | None,
    covering_is_away: bool,
    names: tuple[str, str],
) -> str | None:
    """Why cover cannot be set, if so; ``names`` are who is away and who covers."""
    away, covering = names
    if same_person:
        return f"Somebody else stands in for {away}. Choose a colleague."
    if not on_the_team:
        return "Both are people of this unit. Choose from its list."
    if last_day < first_day:
        return "The last day cannot be before the first. Choose a later last day."
    if last_day < today:
        return "Cover is for today or days to come. Choose a later last day."
    if held:
        return refusal_of_held(held, away)
    if covering_is_away:
        return (
            f"{covering} is away on some of these days. Choose somebody else, or other"
            " days."
        )
    return None


def refusal_of_held(held: Held, away: str) -> str:
    """Why days that are covered cannot be covered once more."""
    days = f"{_day(held.first_day)} through {_day(held.last_day)}"
    return (
        f"{held.covering} stands in for {away} on some of these days already: {days},"
        f" set by {held.set_by}. End that cover first, or choose other days."
    )


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
