"""Opening and closing a case, support, who carries it, and handing it over."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from alongside.access.actor import Actor
from alongside.access.apart import AT_ONCE, kept_apart
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.models import Membership, User
from alongside.access.permissions import Permission
from alongside.activities import actions as activities
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases import rules
from alongside.cases.models import Assignment, Case, HandOver, Support
from alongside.kernel.refusal import NotFound, refuse_if
from alongside.people.actions import change_fact
from alongside.people.models import Youth
from alongside.referrals.models import Referral


@transaction.atomic
def open_case(
    youth: Youth,
    *,
    by: Actor,
    at: datetime,
    day: date,
    level: str | None,
    officer: User | None = None,
    referral: Referral | None = None,
) -> Case:
    """The actor’s unit begins to support somebody; how much may be unknown yet."""
    by.must(Permission.FACT_CHANGE)
    known = Case.objects.filter(youth=youth, unit_id=_unit(by))
    current = known.filter(Q(closed_on=None) | Q(closed_on__gt=day)).first()
    refuse_if(
        rules.refusal_to_open(
            current.opened_on if current else None, day, _today(at, by)
        )
    )
    with kept_apart(Case.ONCE):
        case = Case.objects.create(
            youth=youth, unit_id=_unit(by), opened_on=day, referral=referral
        )
    record(Event.CASE_OPENED, by=by, at=at, about=case, level=level)
    if level is not None:
        set_support(youth, level, by=by, at=at, day=day)
    if officer is not None:
        assign(youth, officer, by=by, at=at, day=day, reason="")
    return case


@transaction.atomic
def close_case(
    case: Case, *, by: Actor, at: datetime, day: date, reason: str, note: str = ""
) -> None:
    """Support by the unit ends: every reminder stops, and what is planned is off."""
    by.must(Permission.CASE_CLOSE)
    # Nobody closes it too, or gives it to an officer, until this is over.
    now = Case.objects.select_for_update().get(pk=case.pk)
    refuse_if(rules.refusal_to_close(now.opened_on, now.closed_on, day, _today(at, by)))
    _end_facts(case, day)
    planned = Activity.objects.filter(
        youth_id=case.youth_id, unit_id=case.unit_id, status=Status.SCHEDULED
    )
    for activity in planned.order_by("pk"):
        activities.cancel(activity, "not_needed", by=by, at=at)
    HandOver.objects.filter(
        youth_id=case.youth_id, unit_id=case.unit_id, answered_at=None
    ).update(answered_at=at, answered_by_id=by.user_id, accepted=False)
    case.closed_on, case.closure_reason, case.closing_note = day, reason, note
    case.save_changes(case.version, "closed_on", "closure_reason", "closing_note")
    record(Event.CASE_CLOSED, by=by, at=at, about=case, reason=reason)


def set_support(
    youth: Youth, level: str, *, by: Actor, at: datetime, day: date, note: str = ""
) -> Support:
    """How much the unit does for a young person, from a day on."""
    return change_fact(
        Support,
        youth,
        day,
        by=by,
        at=at,
        within={"unit_id": _unit(by)},
        level=level,
        note=note,
    )


@transaction.atomic
def assign(
    youth: Youth, officer: User, *, by: Actor, at: datetime, day: date, reason: str
) -> Assignment:
    """An officer carries the case from a day on, which may be still to come."""
    by.must(Permission.CASE_HAND_OVER)
    unit_id = _unit(by)
    carried = Assignment.objects.filter(youth=youth, unit_id=unit_id)
    was, facts = carried.as_of(day).first(), carried.select_for_update()
    is_open = _open_cases(youth.pk, unit_id, day).select_for_update().exists()
    later = facts.filter(starts__gt=day).exclude(ends__lte=day).order_by("starts")
    first_later = next((fact for fact in later if fact.ends != fact.starts), None)
    refuse_if(
        rules.refusal_to_assign(
            is_open,
            is_on_the_team(officer, unit_id, at),
            officer.name,
            first_later.starts if first_later else None,
        )
    )
    current: Assignment | None = facts.as_of(day).first()
    refuse_if(None if current == was else AT_ONCE)
    if current is not None:
        if current.officer_id == officer.pk:
            return current
        current.ends = day
        current.save(update_fields=["ends"])
    made = Assignment(
        youth=youth,
        unit_id=unit_id,
        officer=officer,
        starts=day,
        reason=reason,
        recorded_by_id=by.user_id,
        recorded_at=at,
    )
    made.clean_fields(exclude=["recorded_by", "youth"])
    with kept_apart(Assignment.no_overlap()):
        made.save()
    record(Event.FACT_CHANGED, by=by, at=at, about=made, kind="Assignment")
    return made


@transaction.atomic
def offer_hand_over(
    youth_list: Iterable[Youth],
    to: User,
    *,
    by: Actor,
    at: datetime,
    from_day: date,
    reason: str,
) -> list[HandOver]:
    """Ask a colleague to carry one young person's case, or a whole caseload."""
    by.must(Permission.CASE_HAND_OVER)
    youths = list(youth_list)
    carried = _carried(youths, _unit(by), from_day)
    for youth in youths:
        theirs = carried.get(youth.pk) == to.pk
        refuse_if(_refusal_to_offer(youth, to, theirs, from_day, by=by, at=at))
    with kept_apart(HandOver.WAITS_ONCE, lambda: _say_waiting(youths, by)):
        offers = [
            HandOver.objects.create(
                youth=youth,
                unit_id=_unit(by),
                from_officer_id=carried.get(youth.pk),
                to_officer=to,
                from_day=from_day,
                reason=reason,
                offered_by_id=by.user_id,
                offered_at=at,
            )
            # In one order, or two who offer one caseload could wait for each other.
            for youth in sorted(youths, key=lambda youth: youth.pk)
        ]
    for offer in offers:
        record(Event.HAND_OVER_OFFERED, by=by, at=at, about=offer, to=to.pk)
    return offers


def _refusal_to_offer(
    youth: Youth, to: User, theirs: bool, from_day: date, *, by: Actor, at: datetime
) -> str | None:
    unit_id, today = _unit(by), _today(at, by)
    return rules.refusal_to_assign(
        open_on(youth.pk, unit_id, today),
        is_on_the_team(to, unit_id, at),
        to.name,
        None,
    ) or rules.refusal_to_offer(
        carried_by_them=theirs,
        waiting=_waiting([youth], by),
        name=to.name,
        from_day=from_day,
        today=today,
    )


def _say_waiting(youths: list[Youth], by: Actor) -> str | None:
    return rules.refusal_of_waiting(_waiting(youths, by))


def _waiting(youths: list[Youth], by: Actor) -> rules.Waiting | None:
    """The first hand-over of any of them that waits for an answer: one query."""
    offers = HandOver.objects.filter(youth__in=youths, unit=_unit(by), answered_at=None)
    first = offers.select_related("youth", "offered_by", "to_officer").first()
    if first is None:
        return None
    since = first.offered_at.astimezone(by.zone).date()
    return rules.Waiting(
        first.youth.name, first.offered_by.name, first.to_officer.name, since
    )


@transaction.atomic
def answer_hand_over(
    hand_over: HandOver, accepted: bool, *, by: Actor, at: datetime, note: str = ""
) -> None:
    """Say yes or no; with a yes the case changes hands from the day that was named."""
    by.must(Permission.CASE_HAND_OVER)
    hand_over = HandOver.objects.select_for_update().get(pk=hand_over.pk)
    refuse_if(
        rules.refusal_to_answer(
            answered=hand_over.answered_at is not None,
            asked=by.user_id == hand_over.to_officer_id,
            supervises=by.may(Permission.ACCESS_REVIEW),
            name=hand_over.to_officer.name,
        )
    )
    hand_over.answered_at, hand_over.answered_by_id = at, by.user_id
    hand_over.accepted, hand_over.answer_note = accepted, note
    hand_over.save()
    if accepted:
        assign(
            hand_over.youth,
            hand_over.to_officer,
            by=by,
            at=at,
            day=max(hand_over.from_day, _today(at, by)),
            reason=hand_over.reason[:300],
        )
    record(Event.HAND_OVER_ANSWERED, by=by, at=at, about=hand_over, accepted=accepted)


def open_on(youth_id: int, unit_id: int, day: date) -> bool:
    """Whether the unit supports a young person on a day."""
    return _open_cases(youth_id, unit_id, day).exists()


def _open_cases(youth_id: int, unit_id: int, day: date) -> QuerySet[Case]:
    cases = Case.objects.filter(youth_id=youth_id, unit_id=unit_id, opened_on__lte=day)
    return cases.filter(Q(closed_on=None) | Q(closed_on__gt=day))


def is_on_the_team(user: User, unit_id: int, at: datetime) -> bool:
    """Whether somebody belongs to a unit now."""
    return Membership.objects.current(at).filter(user=user, unit_id=unit_id).exists()


def _carried(youths: list[Youth], unit_id: int, day: date) -> dict[int, int]:
    rows = Assignment.objects.filter(youth__in=youths, unit_id=unit_id).as_of(day)
    return dict(rows.values_list("youth_id", "officer_id"))


def _end_facts(case: Case, day: date) -> None:
    """Support and assignment end; what was to begin later never does."""
    for model in (Support, Assignment):
        running = model.objects.filter(
            Q(ends=None) | Q(ends__gt=day), youth_id=case.youth_id, unit_id=case.unit_id
        )
        for fact in running:
            fact.ends = max(day, fact.starts)
            fact.save(update_fields=["ends"])


def _unit(by: Actor) -> int:
    if by.unit_id is None:
        raise NotFound
    return by.unit_id


def _today(at: datetime, by: Actor) -> date:
    return at.astimezone(by.zone).date()
