"""When an import may be written, and when it may be taken back."""

from collections.abc import Mapping, Sequence

_SHOWN = 3


def refusal_to_commit(state: str, counts: Mapping[str, int]) -> str | None:
    """Why the import cannot be written now, if so."""
    if state in {"committed", "undone", "dropped"}:
        return "This import is over. Start a new one with the same files."
    if counts["questions"]:
        return (
            f"{counts['questions']} times we ask whether two rows are one person."
            " Answer those first: a wrong guess would mix two young people."
        )
    if counts["problems"]:
        return (
            f"{counts['problems']} cells wait for your answer. Leave one empty if you"
            " do not know; nothing is guessed."
        )
    return None


def refusal_to_undo(state: str, changed: Sequence[str]) -> str | None:
    """Why the import cannot be taken back, if so; ``changed`` are names."""
    if state != "committed":
        return "Only an import that was brought in, and not yet undone, can be undone."
    if changed:
        named = ", ".join(changed[:_SHOWN])
        more = len(changed) - _SHOWN
        who = f"{named} and {more} more" if more > 0 else named
        return (
            f"Somebody has worked on these records since: {who}. Undoing would lose"
            " that, so nothing was undone. Correct the records one by one instead."
        )
    return None
