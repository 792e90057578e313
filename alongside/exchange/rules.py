"""When an import may be written, and when it may be taken back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

MOST_BYTES = 12 * 2**20
MOST_FILES = 10
UNDO_WITHIN = timedelta(days=30)
_SHOWN = 3
# More records than this are written by the worker: about ten seconds' work.
LONG = 1_000
_OVER = {"committed", "undone", "dropped", "lapsed"}


def refusal_to_start(sizes: Sequence[int]) -> str | None:
    """Why these files cannot be taken, if so; ``sizes`` are in bytes."""
    if not sizes:
        return "Choose at least one file."
    if len(sizes) > MOST_FILES:
        return f"Choose at most {MOST_FILES} files at once."
    if sum(sizes) > MOST_BYTES:
        return (
            f"The files are larger than {MOST_BYTES // 2**20} MB together. Bring them"
            " in one by one, or copy the sheets you need to a new workbook."
        )
    return None


def refusal_to_keep_to(kept_to: date, today: date) -> str | None:
    """Why the files cannot have been kept to this day, if so."""
    if kept_to > today:
        return (
            "The files cannot be kept to a day after today. Choose the last day on"
            " which somebody worked on them."
        )
    return None


def refusal_to_work_on(state: str) -> str | None:
    """Why nothing about an import can change any more, if so."""
    if state == "writing":
        return "This import is being brought in right now. Look again in a minute."
    if state in _OVER:
        return "This import is over. Start a new one with the same files."
    return None


def refusal_to_commit(
    state: str, counts: Mapping[str, int], ready_only: bool = False
) -> str | None:
    """Why the import cannot be written now, if so."""
    if over := refusal_to_work_on(state):
        return over
    if not counts["youth_ready"]:
        return (
            "Nothing was brought in: no row is ready. Answer what is asked, or check"
            " which column is what."
        )
    if ready_only:
        return None
    if count := counts["questions"]:
        asked = "one pair of rows" if count == 1 else f"{count} pairs of rows"
        return (
            f"Nothing was brought in: we ask of {asked} whether they are one person."
            " Answer that first; a wrong guess would mix two young people."
        )
    if count := counts["problems"]:
        waits = "one cell waits" if count == 1 else f"{count} cells wait"
        return (
            f"Nothing was brought in: {waits} for your answer. Leave it empty if you"
            " do not know; nothing is guessed."
        )
    return None


def takes_long(counts: Mapping[str, int]) -> bool:
    """Whether writing takes longer than somebody should wait for a page."""
    return counts["youth_ready"] + counts["meetings_ready"] > LONG


def refusal_to_undo(
    state: str, committed_at: datetime | None, at: datetime
) -> str | None:
    """Why the import cannot be taken back now, if so."""
    if state != "committed" or committed_at is None:
        return "Only an import that was brought in, and not yet undone, can be undone."
    if at - committed_at > UNDO_WITHIN:
        return (
            f"Nothing was undone: an import can be undone for {UNDO_WITHIN.days} days."
            " Correct the records one by one instead."
        )
    return None


def refusal_to_lose(changed: Sequence[str]) -> str | None:
    """Why undoing would lose work done since, if so; ``changed`` are names."""
    if not changed:
        return None
    named = ", ".join(changed[:_SHOWN])
    more = len(changed) - _SHOWN
    who = f"{named} and {more} more" if more > 0 else named
    return (
        f"Nothing was undone: somebody has worked on these records since: {who}."
        " Undoing would lose that. Correct the records one by one instead."
    )
