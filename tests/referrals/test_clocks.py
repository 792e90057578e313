"""How long each step took: real hours, each duration named by its two ends."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.referrals.clocks import clocks, spoken, unit_steps, waiting_since
from alongside.referrals.rules import HAND_OFF, Decision, Stage, Step

LA = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 19, 17, 48, tzinfo=UTC)
STAMPS = {
    Step.REPORTED: datetime(2026, 11, 6, 14, 40, tzinfo=LA),
    Step.RECEIVED: datetime(2026, 11, 9, 9, 10, tzinfo=LA),
    Step.ASSESSED: datetime(2026, 11, 16, 16, 5, tzinfo=LA),
}


@pytest.mark.parametrize(
    ("took", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1, minutes=59), "1 hour"),
        (timedelta(hours=23), "23 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2, hours=18, minutes=30), "2 days 18 hours"),
        (timedelta(seconds=-5), "less than a minute"),
    ],
)
def test_a_duration_is_said_in_days_and_hours(took: timedelta, words: str) -> None:
    assert spoken(took) == words


def test_every_duration_names_its_two_ends_and_the_last_one_runs() -> None:
    told = clocks(STAMPS, unit_steps(), now=NOW, runs=True)
    assert [
        (one.step.label, one.css, one.gap and (one.gap.took, one.gap.ends))
        for one in told
    ] == [
        (
            "Reported",
            "is-done",
            ("2 days 18 hours", "reported to received by this unit"),
        ),
        ("Received", "is-done", ("7 days 6 hours", "received to assessed")),
        ("Assessed", "is-running", ("2 days 17 hours so far", "assessed to decided")),
        ("Decided", "is-ahead", None),
    ]


def test_a_step_that_was_left_out_is_named_and_joins_its_neighbours() -> None:
    stamps = {Step.RECEIVED: NOW - timedelta(hours=5), Step.DECIDED: NOW}
    _, received, assessed, decided = clocks(stamps, unit_steps(), now=NOW, runs=False)
    assert received.gap is not None
    assert received.gap.ends == "received to decided"
    assert assessed.skipped
    assert decided.gap is None


def test_a_closed_referral_has_no_running_clock() -> None:
    told = clocks(STAMPS, unit_steps(), now=NOW, runs=False)
    assert not any(one.gap and one.gap.running for one in told)


@pytest.mark.parametrize(
    ("began", "until", "words"),
    [
        # The night the clocks go back has 25 hours, the night they go forward 23.
        ("2026-10-31 12:00", "2026-11-01 12:00", "1 day 1 hour"),
        ("2027-03-13 12:00", "2027-03-14 12:00", "23 hours"),
        ("2026-11-01 00:30", "2026-11-01 02:30", "3 hours"),
    ],
)
def test_hours_are_real_hours_when_the_clocks_change(
    began: str, until: str, words: str
) -> None:
    stamps = {
        Step.RECEIVED: datetime.fromisoformat(began).replace(tzinfo=LA),
        Step.ASSESSED: datetime.fromisoformat(until).replace(tzinfo=LA),
    }
    _, received, *_ = clocks(stamps, unit_steps(), now=NOW, runs=False)
    assert received.gap is not None
    assert received.gap.took == words


@given(
    st.lists(st.integers(0, 10**7), min_size=9, max_size=9),
    st.sets(st.sampled_from(Step)),
)
def test_there_is_one_gap_fewer_than_known_steps_and_one_more_while_it_runs(
    minutes: list[int], known: set[Step]
) -> None:
    in_order = [NOW + timedelta(minutes=each) for each in sorted(minutes)]
    stamps = {
        step: at if step in known else None
        for step, at in zip(Step, in_order, strict=True)
    }
    steps = list(Step)
    told = clocks(stamps, steps, now=NOW + timedelta(days=10**4), runs=True)
    gaps = [one.gap for one in told if one.gap]
    runs = sum(gap.running for gap in gaps)
    assert len(gaps) - runs == max(0, len(known) - 1)
    assert runs == (bool(known) and steps[-1] not in known)


@pytest.mark.parametrize(
    ("stage", "decision", "stamps", "since", "what"),
    [
        (Stage.DRAFT, "", STAMPS, NOW, "started"),
        (Stage.ASSESSED, "", STAMPS, STAMPS[Step.ASSESSED], "assessed"),
        (Stage.RECEIVED, "", {}, NOW, "received"),
        (
            Stage.SENT,
            Decision.ADVOCACY,
            STAMPS | {Step.SENT: NOW - timedelta(days=9)},
            NOW - timedelta(days=9),
            "sent",
        ),
    ],
)
def test_a_wait_names_its_start(
    stage: Stage,
    decision: str,
    stamps: dict[Step, datetime],
    since: datetime,
    what: str,
) -> None:
    assert waiting_since(stage, decision, stamps, NOW) == (since, what)


def test_the_hand_off_has_its_own_clocks() -> None:
    stamps = {Step.SENT: NOW - timedelta(days=9)}
    sent, *rest = clocks(stamps, HAND_OFF, now=NOW, runs=True)
    assert sent.gap is not None
    assert sent.gap.ends == "sent to received there"
    assert [one.css for one in rest] == ["is-ahead"] * 4
