"""A day and a time on the unit's clock, on the nights the clocks change too."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils import timezone

from alongside.desk.referrals.forms import InstantField

LA = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2026-11-19T09:48", datetime(2026, 11, 19, 17, 48, tzinfo=UTC)),
        ("2026-11-01T00:59", datetime(2026, 11, 1, 7, 59, tzinfo=UTC)),
        ("2026-11-01T01:30", datetime(2026, 11, 1, 8, 30, tzinfo=UTC)),
        ("2026-11-01T02:00", datetime(2026, 11, 1, 10, 0, tzinfo=UTC)),
        ("2027-03-14T01:59", datetime(2027, 3, 14, 9, 59, tzinfo=UTC)),
        ("2027-03-14T03:00", datetime(2027, 3, 14, 10, 0, tzinfo=UTC)),
    ],
)
def test_what_is_typed_is_the_units_time(typed: str, instant: datetime) -> None:
    with timezone.override(LA):
        assert InstantField().clean(typed) == instant


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2027-03-14T02:30", "that hour did not exist"),
        ("2026-13-40T09:00", "Choose a day and a time."),
        ("yesterday", "Choose a day and a time."),
    ],
)
def test_what_cannot_be_a_time_says_so(typed: str, sentence: str) -> None:
    with timezone.override(LA), pytest.raises(forms.ValidationError, match=sentence):
        InstantField().clean(typed)
