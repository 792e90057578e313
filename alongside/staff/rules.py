"""When somebody may stand in for a colleague."""

from datetime import date


def refusal_to_cover(
    *,
    same_person: bool,
    on_the_team: bool,
    first_day: date,
    last_day: date,
    today: date,
    covered_by: str | None,
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
    if covered_by:
        return (
            f"{covered_by} stands in for {away} on some of these days already. End"
            " that cover first, or choose other days."
        )
    if covering_is_away:
        return (
            f"{covering} is away on some of these days. Choose somebody else, or other"
            " days."
        )
    return None
