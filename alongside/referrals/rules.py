"""The steps of a referral, in the order their clocks run, and when each may be."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum


class Stage(StrEnum):
    """Where a referral stands: what was last done."""

    DRAFT = "draft"
    RECEIVED = "received"
    ASSESSED = "assessed"
    DECIDED = "decided"
    SENT = "sent"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return _STAGES[self]


class Decision(StrEnum):
    """What the team decided."""

    FULL = "full"
    SECONDARY = "secondary"
    TRACKING = "tracking"
    ADVOCACY = "advocacy"
    NOT_ACCEPTED = "not_accepted"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return _DECISIONS[self][0]

    @property
    def means(self) -> str:
        """What follows from it, in a line."""
        return _DECISIONS[self][1]

    @property
    def opens_case(self) -> bool:
        """Whether the unit itself supports the young person from then on."""
        return self in {Decision.FULL, Decision.SECONDARY, Decision.TRACKING}


class Step(StrEnum):
    """A step whose instant a referral keeps; the value names its column."""

    REPORTED = "reported_at"
    RECEIVED = "received_at"
    ASSESSED = "assessed_at"
    DECIDED = "decided_at"
    SENT = "sent_at"
    AGENCY_RECEIVED = "agency_received_at"
    AGENCY_ACCEPTED = "agency_accepted_at"
    ASSIGNED = "assigned_at"
    FIRST_CONTACT = "first_contact_at"

    @property
    def label(self) -> str:
        """Its heading on a page."""
        return _STEPS[self][0]

    @property
    def end(self) -> str:
        """What a duration calls this end: "received by this unit"."""
        return _STEPS[self][1]


class NoticeAnswer(StrEnum):
    """What a unit that knows a young person says to the unit that asked."""

    CONTACT_US = "contact_us"
    NOTHING_TO_ADD = "nothing_to_add"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return _ANSWERS[self]


_STAGES = {
    Stage.DRAFT: "Draft",
    Stage.RECEIVED: "Received",
    Stage.ASSESSED: "Assessed",
    Stage.DECIDED: "Decided",
    Stage.SENT: "Sent",
    Stage.CLOSED: "Closed",
}

_DECISIONS = {
    Decision.FULL: (
        "Full support",
        "An officer of the unit, weekly contact, MDT reviews every 90 days",
    ),
    Decision.SECONDARY: (
        "Secondary support",
        "The present worker stays; the unit advises and joins MDTs",
    ),
    Decision.TRACKING: (
        "Tracking",
        "No active work; looked at again on a date you choose",
    ),
    Decision.ADVOCACY: (
        "Referred to advocacy",
        "A partner agency; the unit follows until first contact",
    ),
    Decision.NOT_ACCEPTED: (
        "Not accepted",
        "Kept findable by the unit, with the reason",
    ),
}

_STEPS = {
    Step.REPORTED: ("Reported", "reported"),
    Step.RECEIVED: ("Received", "received"),
    Step.ASSESSED: ("Assessed", "assessed"),
    Step.DECIDED: ("Decided", "decided"),
    Step.SENT: ("Sent", "sent"),
    Step.AGENCY_RECEIVED: ("Received there", "received there"),
    Step.AGENCY_ACCEPTED: ("Accepted", "accepted"),
    Step.ASSIGNED: ("Advocate assigned", "assigned"),
    Step.FIRST_CONTACT: ("First contact", "first contact"),
}

_ANSWERS = {
    NoticeAnswer.CONTACT_US: "Contact us",
    NoticeAnswer.NOTHING_TO_ADD: "Nothing to add",
}

MOVES = {
    Stage.DRAFT: {Stage.RECEIVED, Stage.CLOSED},
    Stage.RECEIVED: {Stage.ASSESSED, Stage.DECIDED, Stage.CLOSED},
    Stage.ASSESSED: {Stage.ASSESSED, Stage.DECIDED, Stage.CLOSED},
    Stage.DECIDED: {Stage.SENT, Stage.CLOSED},
    Stage.SENT: {Stage.DECIDED, Stage.CLOSED},
    Stage.CLOSED: set(),
}

HAND_OFF = (
    Step.SENT,
    Step.AGENCY_RECEIVED,
    Step.AGENCY_ACCEPTED,
    Step.ASSIGNED,
    Step.FIRST_CONTACT,
)
AT_THE_AGENCY = HAND_OFF[1:]

Stamps = Mapping[Step, datetime | None]


def refusal_to_move(stage: Stage, to: Stage) -> str | None:
    """Why a referral cannot go from one stage to another, if so."""
    if to in MOVES[stage]:
        return None
    return (
        f"Nothing was saved, because this referral is {stage.label.lower()} by now."
        " Open it again to see what was done."
    )


def refusal_to_start(*, in_hand: bool) -> str | None:
    """Why a second referral of a young person cannot be begun, if so."""
    if in_hand:
        return (
            "Your unit has a referral of this young person in hand. Go on with that"
            " one, and write what is new there."
        )
    return None


def refusal_to_receive(
    stage: Stage, *, named: bool, route: str, stamps: Stamps, now: datetime
) -> str | None:
    """Why a draft cannot be taken in, if so."""
    if refused := refusal_to_move(stage, Stage.RECEIVED):
        return refused
    if not named:
        return (
            "The referral was not taken in. Write a name, or what the young person is"
            " called; the rest can wait."
        )
    if not route:
        return "The referral was not taken in. Choose which way it came."
    return refusal_of_order(stamps, now)


def refusal_to_assess(stage: Stage) -> str | None:
    """Why an assessment cannot be written or signed now, if so."""
    if stage is Stage.DRAFT:
        return "The assessment waits until the referral is taken in. Finish the draft."
    if Stage.ASSESSED not in MOVES[stage]:
        return (
            "The assessment is closed, because the team has decided. Write what is new"
            " as a contact or a fact."
        )
    return None


def refusal_to_decide(
    stage: Stage,
    decision: Decision | None,
    *,
    note: str = "",
    has_officer: bool = False,
    look_again_on: date | None = None,
    today: date | None = None,
    open_case: bool = False,
) -> str | None:
    """Why the team's decision cannot be recorded, if so.

    None for the decision asks only whether one may be recorded at all.
    """
    if stage is Stage.DRAFT:
        return "The decision waits until the referral is taken in. Finish the draft."
    if refused := refusal_to_move(stage, Stage.DECIDED):
        return refused
    if decision is None:
        return None
    return _refusal_of_case(
        decision, has_officer=has_officer, open_case=open_case
    ) or _refusal_of_words(decision, note, look_again_on, today)


def _refusal_of_case(
    decision: Decision, *, has_officer: bool, open_case: bool
) -> str | None:
    if has_officer and not decision.opens_case:
        return (
            "The decision was not recorded. An officer is chosen only where the unit"
            " itself supports; leave the officer empty."
        )
    if decision.opens_case and open_case:
        return (
            "The decision was not recorded, because this unit supports the young person"
            " already. Change the support on the record, and choose “Not accepted”"
            " here, with that as the reason."
        )
    return None


def _refusal_of_words(
    decision: Decision, note: str, look_again_on: date | None, today: date | None
) -> str | None:
    if decision is Decision.NOT_ACCEPTED and not note.strip():
        return "Say why the referral is not accepted, in a sentence or two."
    if decision is Decision.TRACKING and look_again_on is None:
        return "Choose the day on which the team looks again."
    if look_again_on is not None and today is not None and look_again_on <= today:
        return "The day to look again has to be after today. Choose a later one."
    return None


def refusal_to_send(stage: Stage, decision: str, *, keeps: bool) -> str | None:
    """Why a referral cannot be sent to a partner agency, if so.

    ``keeps`` says whether it is the unit's own and the record too, and not only shared.
    """
    if not keeps:
        return (
            "The referral was not sent. Only the unit that keeps this record can hand"
            " it over; ask there."
        )
    if decision != Decision.ADVOCACY:
        return (
            "The referral was not sent. It goes to a partner agency once the team has"
            " decided so."
        )
    return refusal_to_move(stage, Stage.SENT)


def next_step(stamps: Stamps) -> Step | None:
    """The step at the agency that comes next, if the referral was sent."""
    if stamps.get(Step.SENT) is None:
        return None
    return next((step for step in AT_THE_AGENCY if stamps.get(step) is None), None)


def refusal_to_answer(
    stage: Stage, step: Step, when: datetime, stamps: Stamps, now: datetime
) -> str | None:
    """Why an agency's step cannot be recorded, if so."""
    expected = next_step(stamps)
    if stage is not Stage.SENT or expected is None:
        return "Nothing was saved, because this referral is not waiting for an agency."
    if step is not expected:
        return f"Nothing was saved. The next step is “{expected.label}”."
    return refusal_of_order({**stamps, step: when}, now)


def refusal_of_order(stamps: Stamps, now: datetime) -> str | None:
    """Why these instants cannot be true together, if so."""
    known = [(step, stamps[step]) for step in Step if stamps.get(step) is not None]
    for step, when in known:
        if when is not None and when > now:
            return f"“{step.label}” cannot be in the future. Choose a time until now."
    for (before, first), (after, second) in zip(known, known[1:], strict=False):
        # Forms show whole minutes, so within one the order is not known.
        if first and second and second.replace(second=59) < first:
            return (
                f"“{after.label}” cannot be before “{before.label}”. Correct one of the"
                " two."
            )
    return None


def refusal_to_take(stage: Stage, *, has_it: bool) -> str | None:
    """Why somebody cannot take a referral, if so."""
    if stage is Stage.CLOSED:
        return "Nothing was changed, because this referral is closed."
    return "You have this referral already." if has_it else None


def refusal_to_look_up(stage: Stage, *, named: bool, identified: bool) -> str | None:
    """Why other units cannot be asked now, if so."""
    if stage is Stage.CLOSED:
        return "Other units are asked only for a referral in hand; this one is closed."
    if not named or not identified:
        return (
            "Other units can be asked once a name and a birth date, or a number, are on"
            " the record."
        )
    return None


def refusal_to_answer_notice(given: NoticeAnswer, by: str, on: date) -> str:
    """Why what another unit asked cannot be answered once more."""
    return (
        f"Your unit has answered this one already: {by} said “{given.label}” on"
        f" {on:%b} {on.day}, {on.year}, and that holds. Nothing was changed."
    )


def refusal_to_merge(
    stage: Stage, *, signed: bool, same: bool, in_hand: bool = False
) -> str | None:
    """Why the record a referral began cannot be put together with another, if so."""
    if same:
        return "These are the same record already."
    if in_hand:
        return (
            "Your unit has a referral of this young person in hand. Write what is new"
            " there, and set this draft aside."
        )
    if stage not in {Stage.DRAFT, Stage.RECEIVED} or signed:
        return (
            "The records were not put together, because this referral is assessed. Ask"
            " your supervisor how to go on."
        )
    return None
