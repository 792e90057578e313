"""When an import may begin, be written and be taken back: the truth tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.exchange import rules

NOW = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
MB = 2**20


@pytest.mark.parametrize(
    ("sizes", "refusal"),
    [
        ([], "Choose at least one file"),
        ([1], None),
        ([6 * MB, 6 * MB], None),
        ([6 * MB, 6 * MB + 1], "larger than 12 MB together"),
        ([1] * 11, "at most 10 files"),
    ],
)
def test_which_files_are_taken(sizes: list[int], refusal: str | None) -> None:
    told = rules.refusal_to_start(sizes)
    assert told is None if refusal is None else refusal in (told or "")


def test_files_are_kept_to_a_day_that_has_come() -> None:
    today = date(2026, 11, 21)
    assert rules.refusal_to_keep_to(today, today) is None
    assert rules.refusal_to_keep_to(today + timedelta(days=1), today)


@pytest.mark.parametrize(
    "state", ["mapping", "rehearsed", "writing", "committed", "undone"]
)
@pytest.mark.parametrize("ready", [0, 2])
@pytest.mark.parametrize("questions", [0, 1])
@pytest.mark.parametrize("problems", [0, 3])
@pytest.mark.parametrize("ready_only", [False, True])
def test_when_an_import_is_written(
    state: str, ready: int, questions: int, problems: int, ready_only: bool
) -> None:
    counts = {"youth_ready": ready, "questions": questions, "problems": problems}
    is_open = state in {"mapping", "rehearsed"}
    nothing_waits = ready_only or not (questions or problems)
    refused = rules.refusal_to_commit(state, counts, ready_only)
    assert (refused is None) == (is_open and ready > 0 and nothing_waits)


@pytest.mark.parametrize(("ready", "long"), [(500, False), (501, True)])
def test_what_is_left_to_the_worker(ready: int, long: bool) -> None:
    counts = {"youth_ready": ready, "meetings_ready": 500}
    assert rules.takes_long(counts) is long


@pytest.mark.parametrize(
    ("state", "ago", "allowed"),
    [
        ("committed", 0, True),
        ("committed", 30, True),
        ("committed", 31, False),
        ("undone", 0, False),
        ("rehearsed", None, False),
    ],
)
def test_when_an_import_is_undone(state: str, ago: int | None, allowed: bool) -> None:
    committed_at = None if ago is None else NOW - timedelta(days=ago)
    assert (rules.refusal_to_undo(state, committed_at, NOW) is None) == allowed


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ([], None),
        (["Zoë"], "since: Zoë."),
        (["A", "B", "C"], "since: A, B, C."),
        (["A", "B", "C", "D", "E"], "since: A, B, C and 2 more."),
    ],
)
def test_whose_records_were_worked_on(names: list[str], says: str | None) -> None:
    told = rules.refusal_to_lose(names)
    assert told is None if says is None else says in (told or "")
