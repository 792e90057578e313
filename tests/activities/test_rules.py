"""What may become of an activity: a table of every case."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.activities import rules
from alongside.activities.rules import Status

DAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 9, 48, tzinfo=UTC)

MAY = {
    (Status.SCHEDULED, Status.COMPLETED),
    (Status.SCHEDULED, Status.MISSED),
    (Status.SCHEDULED, Status.CANCELED),
    (Status.MISSED, Status.COMPLETED),
    (Status.MISSED, Status.SCHEDULED),
    (Status.CANCELED, Status.SCHEDULED),
    (Status.COMPLETED, Status.SCHEDULED),
}


@pytest.mark.parametrize("then", Status)
@pytest.mark.parametrize("now", Status)
def test_how_it_may_come_to_stand(now: Status, then: Status) -> None:
    refusal = rules.refusal_to_become(now, then)
    assert (refusal is None) is ((now, then) in MAY)
    assert refusal is None or now.label in refusal


@pytest.mark.parametrize(
    ("died_on", "refused"),
    [(None, False), (date(2026, 11, 20), False), (DAY, True), (date(2026, 1, 1), True)],
)
def test_nothing_is_planned_after_a_death(died_on: date | None, refused: bool) -> None:
    assert (rules.refusal_to_plan(DAY, died_on=died_on) is not None) is refused


@pytest.mark.parametrize(("minutes", "refused"), [(-1, False), (0, False), (1, True)])
def test_a_contact_has_taken_place(minutes: int, refused: bool) -> None:
    happened = NOW + timedelta(minutes=minutes)
    refusal = rules.refusal_to_have_happened(happened, NOW)
    assert (refusal is not None) is refused
    assert refusal is None or "Nov 19" in refusal


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
def test_nobody_says_how_something_went_before_it_did(days: int, refused: bool) -> None:
    refusal = rules.refusal_to_settle(DAY + timedelta(days=days), DAY)
    assert (refusal is not None) is refused


@pytest.mark.parametrize(
    ("now", "answered", "planned", "refused"),
    [
        (Status.COMPLETED, False, True, False),
        (Status.MISSED, False, True, False),
        (Status.SCHEDULED, False, True, True),
        (Status.CANCELED, False, True, True),
        (Status.COMPLETED, True, True, True),
        (Status.COMPLETED, False, False, True),
    ],
)
def test_a_slip_is_taken_back_unless_something_hangs_on_it(
    now: Status, answered: bool, planned: bool, refused: bool
) -> None:
    refusal = rules.refusal_to_reopen(now, answered=answered, planned=planned)
    assert (refusal is not None) is refused
