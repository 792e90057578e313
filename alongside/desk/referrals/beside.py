"""What stands beside a referral: how things are now, what was before, what was done."""

from typing import Any

from alongside.access.request import Request
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases.models import ChildWelfareStatus, LegalStatus
from alongside.desk.referrals.wording import today_of
from alongside.desk.youth.wording import staying
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates import Precision
from alongside.kernel.dates_in_words import short_day, vague_day
from alongside.people.models import FactQuerySet, Schooling, Stay, Youth
from alongside.referrals.clocks import spoken
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision

_LINES = 8


def now(request: Request, youth: Youth, words: Vocabulary) -> dict[str, Any]:
    """Facts as they stand today; court papers only for those who see them."""
    today = today_of(request)

    def latest(facts: FactQuerySet) -> Any:
        return facts.filter(youth=youth).latest_first().first()

    stay = latest(Stay.objects.as_of(today))
    school = latest(Schooling.objects.as_of(today))
    legal = latest(LegalStatus.objects.as_of(today))
    welfare = latest(ChildWelfareStatus.objects.as_of(today))
    born = vague_day(youth.birth_date, Precision(youth.birth_precision), today)
    if youth.birth_date and youth.birth_precision == Precision.DAY:
        born = short_day(youth.birth_date, today)
    return {
        "now_facts": [
            (
                "Staying",
                staying(stay.kind, stay.place, stay.town, words) if stay else "",
            ),
            (
                "School",
                ", ".join(filter(None, (school.school, school.grade)))
                if school
                else "",
            ),
            (
                "Legal status",
                words.name("legal_status", legal.status) if legal else "",
            ),
            (
                "Child welfare",
                words.name("child_welfare", welfare.status) if welfare else "",
            ),
            ("Languages", youth.languages),
            ("Born", "" if born == "not known" else born),
        ]
    }


def before(request: Request, found: Referral) -> dict[str, Any]:
    """Earlier referrals of the same young person in this unit, newest first."""
    rows = (
        Referral.objects.filter(youth=found.youth_id, unit=found.unit_id)
        .exclude(pk=found.pk)
        .select_related("assessment__by")
        .order_by("-started_at")[:_LINES]
    )
    return {"before": [_earlier(request, each) for each in rows]}


def so_far(request: Request, found: Referral) -> dict[str, Any]:
    """What was done since the referral began: steps and contacts, newest first."""
    done = [
        (each.starts_at or each.settled_at, each.title or each.kind.name, each.officer)
        for each in Activity.objects.filter(
            youth=found.youth_id,
            status=Status.COMPLETED,
            day__gte=found.started_at.astimezone(request.actor.zone).date(),
        )
        .select_related("kind", "officer")
        .order_by("-day", "-pk")[:_LINES]
    ]
    steps = [
        (found.started_at, "Draft begun", found.started_by),
        (found.received_at, "Taken in", found.received_by),
        (
            found.assessed_at,
            "Assessment signed",
            found.assessment.by if found.assessment else None,
        ),
        (found.decided_at, _decided(found), found.decided_by),
    ]
    lines = [line for line in (*done, *steps) if line[0] is not None]
    lines.sort(key=lambda line: line[0], reverse=True)  # type: ignore[arg-type, return-value]  # no time is None by now
    return {"so_far": lines[: _LINES + 4]}


def _earlier(request: Request, each: Referral) -> dict[str, Any]:
    today, zone = today_of(request), request.actor.zone
    began = (each.received_at or each.started_at).astimezone(zone).date()
    said = []
    if each.assessed_at and each.received_at:
        said.append(f"Assessed in {spoken(each.assessed_at - each.received_at)}")
    if each.decision:
        said.append(f"decided: {Decision(each.decision).label.lower()}")
    told = "; ".join(said) or f"{each.get_stage_display()}"
    if each.assessment:
        told = f"{told}. Assessed by {each.assessment.by.name}"
    return {
        "ref": each.ref,
        "day": short_day(began, today),
        "said": f"{told}.",
        "reason": each.decision_note if each.decision == Decision.NOT_ACCEPTED else "",
    }


def _decided(found: Referral) -> str:
    return f"Decided: {found.get_decision_display().lower()}"


def _join(*parts: str) -> str:
    return ", ".join(filter(None, parts))
