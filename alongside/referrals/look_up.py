"""Asking other units, and answering when one's own was asked.

The database alone looks: nothing that comes back to the searcher differs.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.access.request import Request
from alongside.kernel.refusal import NotFound, Refused, refuse_if
from alongside.people.models import Identifier, Youth
from alongside.referrals import rules
from alongside.referrals.actions import is_named, must_be_ours
from alongside.referrals.models import LookUp, LookUpNotice, Referral
from alongside.referrals.rules import NoticeAnswer, Stage

# Whether anybody knows the young person or nobody does.
SENTENCE = (
    "If another unit knows this young person, it has been told and may answer."
    " You see this sentence either way."
)


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """A unit that chose to answer, and whom to call."""

    unit: str
    person: str
    phone: str
    answered_at: datetime


@transaction.atomic
def look_up(referral: Referral, *, by: Actor, at: datetime) -> None:
    """Ask other units about the young person of a referral in hand; tells nothing."""
    by.must(Permission.REFERRAL_LOOK_UP)
    must_be_ours(referral, by)
    refuse_if(refusal_to_look_up(referral))
    # Logged by the function itself, whatever it finds.
    with connection.cursor() as cursor:
        cursor.execute("select look_up(%s::bigint)", [referral.pk])


def refusal_to_look_up(referral: Referral) -> str | None:
    """Why other units cannot be asked now, if so."""
    youth = referral.youth
    return rules.refusal_to_look_up(
        Stage(referral.stage), named=is_named(youth), identified=_identified(youth)
    )


@transaction.atomic
def answer_notice(
    notice: LookUpNotice, answer: NoticeAnswer, *, by: Actor, at: datetime
) -> None:
    """Choose to be contacted, or not; the unit that asked is told only of the first."""
    by.must(Permission.REFERRAL_LOOK_UP)
    if notice.told_unit_id not in by.units:
        raise NotFound
    # One statement looks and writes, so that of two at one instant the first holds.
    waiting = LookUpNotice.objects.filter(pk=notice.pk, answered_at=None)
    if not waiting.update(answer=answer, answered_at=at, answered_by_id=by.user_id):
        raise Refused(_answered_before(notice, by))
    notice.answer, notice.answered_at = answer, at
    notice.answered_by_id = by.user_id
    record(Event.LOOK_UP_ANSWERED, by=by, at=at, about=notice, answer=answer)


def _answered_before(notice: LookUpNotice, by: Actor) -> str:
    first = LookUpNotice.objects.select_related("answered_by").get(pk=notice.pk)
    who, when = first.answered_by, first.answered_at
    assert who is not None and when is not None  # noqa: S101, PT018 (it was answered)
    return rules.refusal_to_answer_notice(
        NoticeAnswer(first.answer), who.name, when.astimezone(by.zone).date()
    )


def look_up_notices(
    request: Request, youth: Youth | None = None
) -> QuerySet[LookUpNotice]:
    """What the actor's units were asked and have not answered, newest first."""
    notices = LookUpNotice.objects.filter(
        told_unit__in=request.actor.units, answered_at=None
    )
    if youth is not None:
        notices = notices.filter(youth=youth)
    return notices.select_related("youth", "asking_unit", "asked_by").order_by(
        "-asked_at", "-pk"
    )


def asked(referral: Referral) -> list[LookUp]:
    """When other units were asked for this referral, and by whom: one query."""
    return list(
        LookUp.objects.filter(referral=referral)
        .select_related("asked_by")
        .order_by("-asked_at")
    )


def answers(referral: Referral) -> list[UnitAnswer]:
    """Units that chose to be contacted about this referral: one query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from look_up_answers(%s::bigint)", [referral.pk])
        return [UnitAnswer(*row) for row in cursor.fetchall()]


def _identified(youth: Youth) -> bool:
    return (
        youth.birth_date is not None and youth.birth_precision == "day"
    ) or Identifier.objects.filter(youth=youth).exclude(kind="other").exists()
