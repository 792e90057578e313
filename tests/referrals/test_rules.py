"""When each step of a referral may be taken, and what says so."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.referrals import rules
from alongside.referrals.rules import MOVES, Decision, Stage, Step

NOW = datetime(2026, 11, 19, 18, tzinfo=UTC)
TODAY = date(2026, 11, 19)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("to", Stage)
def test_every_move_is_allowed_or_refused_with_where_it_stands(
    stage: Stage, to: Stage
) -> None:
    refused = rules.refusal_to_move(stage, to)
    assert (refused is None) == (to in MOVES[stage])
    assert refused is None or stage.label.lower() in refused


def test_nothing_leads_out_of_closed_and_everything_leads_there() -> None:
    assert not MOVES[Stage.CLOSED]
    assert all(Stage.CLOSED in MOVES[stage] for stage in Stage if stage != "closed")


def test_a_unit_has_one_referral_of_somebody_in_hand() -> None:
    assert rules.refusal_to_start(in_hand=False) is None
    assert "Go on with that one, and" in str(rules.refusal_to_start(in_hand=True))


@pytest.mark.parametrize(
    ("named", "route", "begins"),
    [
        (True, "hotline", None),
        (False, "hotline", "The referral was not taken in. Write a name"),
        (True, "", "The referral was not taken in. Choose which way"),
    ],
)
def test_a_draft_is_taken_in_with_a_name_and_a_way(
    named: bool, route: str, begins: str | None
) -> None:
    told = rules.refusal_to_receive(
        Stage.DRAFT, named=named, route=route, stamps={}, now=NOW
    )
    assert told is None if begins is None else str(told).startswith(begins)


@pytest.mark.parametrize(
    ("stage", "may"),
    [
        (Stage.DRAFT, False),
        (Stage.RECEIVED, True),
        (Stage.ASSESSED, True),
        (Stage.DECIDED, False),
        (Stage.SENT, False),
        (Stage.CLOSED, False),
    ],
)
def test_an_assessment_is_signed_and_corrected_until_the_team_decides(
    stage: Stage, may: bool
) -> None:
    assert (rules.refusal_to_assess(stage) is None) == may


@pytest.mark.parametrize(
    ("decision", "more", "part"),
    [
        (Decision.FULL, {}, None),
        (Decision.SECONDARY, {}, None),
        (Decision.FULL, {"open_case": True}, "supports the young person already"),
        (Decision.TRACKING, {"open_case": True}, "supports the young person already"),
        (Decision.ADVOCACY, {"open_case": True}, None),
        (Decision.TRACKING, {}, "Choose the day"),
        (Decision.TRACKING, {"look_again_on": TODAY}, "after today"),
        (Decision.TRACKING, {"look_again_on": TODAY + timedelta(1)}, None),
        (Decision.NOT_ACCEPTED, {}, "Say why"),
        (Decision.NOT_ACCEPTED, {"note": "  "}, "Say why"),
        (Decision.NOT_ACCEPTED, {"note": "Another unit supports her."}, None),
    ],
)
def test_a_decision_says_what_it_lacks(
    decision: Decision, more: dict[str, object], part: str | None
) -> None:
    told = rules.refusal_to_decide(
        Stage.ASSESSED,
        decision,
        today=TODAY,
        **more,  # type: ignore[arg-type]
    )
    assert told is None if part is None else part in str(told)


@pytest.mark.parametrize(
    ("stage", "part"),
    [
        (Stage.DRAFT, "Finish the draft"),
        (Stage.RECEIVED, None),
        (Stage.DECIDED, "decided by now"),
        (Stage.CLOSED, "closed by now"),
    ],
)
def test_a_decision_waits_for_the_draft_and_is_taken_once(
    stage: Stage, part: str | None
) -> None:
    told = rules.refusal_to_decide(stage, Decision.FULL)
    assert told is None if part is None else part in str(told)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("decision", ["", *Decision])
def test_only_what_was_referred_to_advocacy_is_sent(
    stage: Stage, decision: str
) -> None:
    may = stage is Stage.DECIDED and decision == Decision.ADVOCACY
    assert (rules.refusal_to_send(stage, decision, keeps=True) is None) == may
    assert "the unit that keeps" in str(
        rules.refusal_to_send(stage, decision, keeps=False)
    )


SENT = {Step.DECIDED: NOW - timedelta(days=3), Step.SENT: NOW - timedelta(days=2)}


@pytest.mark.parametrize(
    ("step", "when", "part"),
    [
        (Step.AGENCY_RECEIVED, NOW - timedelta(days=1), None),
        (Step.AGENCY_RECEIVED, NOW + timedelta(minutes=1), "future"),
        (Step.AGENCY_RECEIVED, NOW - timedelta(days=4), "cannot be before “Sent”"),
        (Step.FIRST_CONTACT, NOW, "The next step is “Received there”."),
        (Step.SENT, NOW, "The next step is “Received there”."),
    ],
)
def test_an_agency_answers_step_by_step(
    step: Step, when: datetime, part: str | None
) -> None:
    told = rules.refusal_to_answer(Stage.SENT, step, when, SENT, NOW)
    assert told is None if part is None else part in str(told)


def test_the_agency_is_not_asked_before_it_is_sent_or_after_first_contact() -> None:
    told = rules.refusal_to_answer(Stage.DECIDED, Step.AGENCY_RECEIVED, NOW, {}, NOW)
    assert told == (
        "Nothing was saved, because this referral is not waiting for an agency."
    )
    assert rules.next_step(dict.fromkeys(Step, NOW)) is None


def test_a_report_cannot_be_after_its_receipt() -> None:
    stamps = {Step.REPORTED: NOW, Step.RECEIVED: NOW - timedelta(minutes=1)}
    assert rules.refusal_of_order(stamps, NOW) == (
        "“Received” cannot be before “Reported”. Correct one of the two."
    )


@pytest.mark.parametrize(
    ("stage", "named", "identified", "may"),
    [
        (Stage.DRAFT, True, True, True),
        (Stage.SENT, True, True, True),
        (Stage.CLOSED, True, True, False),
        (Stage.DRAFT, False, True, False),
        (Stage.DRAFT, True, False, False),
    ],
)
def test_other_units_are_asked_for_a_referral_in_hand_with_who_it_is(
    stage: Stage, named: bool, identified: bool, may: bool
) -> None:
    told = rules.refusal_to_look_up(stage, named=named, identified=identified)
    assert (told is None) == may


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("signed", [True, False])
def test_records_are_put_together_before_the_assessment_is_signed(
    stage: Stage, signed: bool
) -> None:
    told = rules.refusal_to_merge(stage, signed=signed, same=False)
    may = stage in {Stage.DRAFT, Stage.RECEIVED} and not signed
    assert (told is None) == may
    assert rules.refusal_to_merge(stage, signed=signed, same=True) is not None
    in_hand = rules.refusal_to_merge(stage, signed=signed, same=False, in_hand=True)
    assert "set this draft aside" in str(in_hand)


@pytest.mark.parametrize(
    ("stage", "has_it", "may"),
    [
        (Stage.RECEIVED, False, True),
        (Stage.RECEIVED, True, False),
        (Stage.CLOSED, False, False),
    ],
)
def test_anyone_takes_what_is_open(stage: Stage, has_it: bool, may: bool) -> None:
    assert (rules.refusal_to_take(stage, has_it=has_it) is None) == may
