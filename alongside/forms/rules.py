"""When answers may be kept."""


def refusal_to_answer(*, published: bool, unknown: list[str]) -> str | None:
    """Why these answers cannot be kept with a version, if so."""
    if not published:
        return (
            "The answers were not saved, because this form is not published yet. Ask"
            " whoever sets up the unit’s forms to publish it."
        )
    if unknown:
        return (
            f"The answers were not saved, because this form does not ask"
            f" {', '.join(unknown)}. Open it again and answer what it asks."
        )
    return None
