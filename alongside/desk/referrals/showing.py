"""The page of one referral, for the unit and for the agency it was sent to."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access.permissions import Permission
from alongside.access.request import Request
from alongside.activities.models import Activity
from alongside.activities.rules import CONTACT, Status
from alongside.desk.referrals import beside
from alongside.desk.referrals.choices import decision_form, step_form
from alongside.desk.referrals.forms import DecisionForm, StepForm, WhyForm
from alongside.desk.referrals.wording import about, came_from, lacks, today_of
from alongside.desk.youth.header import initials
from alongside.forms.reading import answers_of, own_words_of, summary_of
from alongside.forms.vocabulary import Vocabulary, vocabulary_for
from alongside.kernel.dates_in_words import spoken_day
from alongside.meetings.models import Item
from alongside.referrals import look_up, rules
from alongside.referrals.actions import stamps
from alongside.referrals.assessing import draft_of
from alongside.referrals.clocks import clocks, unit_steps
from alongside.referrals.hand_off import is_party, refusal_to_send
from alongside.referrals.models import Referral
from alongside.referrals.rules import HAND_OFF, Decision, Stage, Step, next_step
from alongside.web.pages import page

READ = Referral.objects.for_list().select_related(
    *("received_by", "decided_by", "advocate"),
    *("assessment__by", "assessment__version__form"),
)


def show(
    request: Request,
    found: Referral,
    *,
    decision: DecisionForm | None = None,
    step: StepForm | None = None,
    declining: WhyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that was not accepted where it stands."""
    words = vocabulary_for(request.actor)
    context = {**_head(request, found, words), **_hand_off(request, found, step)}
    context["declining"] = declining or WhyForm(asked=False, prefix="decline")
    if found.unit_id not in request.actor.units:
        return page(request, "desk/referrals/shared.html", context, status=status)
    context |= {
        **_clocks(request, found),
        **_assessed(found),
        **beside.now(request, found.youth, words),
        **beside.before(request, found),
        **beside.so_far(request, found),
        "asked": look_up.asked(found),
        "answers": look_up.answers(found),
        "look_up_sentence": look_up.SENTENCE,
        "look_up_refusal": look_up.refusal_to_look_up(found),
        "lacks": lacks(found),
        **_deciding(request, found, decision),
    }
    return page(request, "desk/referrals/referral.html", context, status=status)


def to(found: Referral) -> HttpResponse:
    """On to the referral after something was saved."""
    return HttpResponseRedirect(reverse("referral", args=[found.ref]), status=303)


def _head(request: Request, found: Referral, words: Vocabulary) -> dict[str, Any]:
    today = today_of(request)
    actor, youth = request.actor, found.youth
    began = (found.received_at or found.started_at).astimezone(actor.zone).date()
    lines = [f"Referral of {spoken_day(began, today)}"]
    if found.unit_id in actor.units:
        lines.append(came_from(found, words))
        has = found.taken_by.name if found.taken_by else "Nobody"
        lines.append(f"{has} has it")
    else:
        lines.append(f"From {found.unit.name}")
    return {
        "referral": found,
        "initials": initials(youth),
        "person": {
            "name": youth.name,
            "called": youth.called if youth.called != youth.given_name else "",
            "pronouns": about(youth, today),
            "age": None,
            "lang": youth.name_language,
            "lines": lines,
        },
        "record_sections": sections(request, found, "referral"),
        "may_make": actor.may(Permission.REFERRAL_MAKE),
        "may_assess": actor.may(Permission.REFERRAL_ASSESS),
        "may_look_up": actor.may(Permission.REFERRAL_LOOK_UP),
        "has_it": found.taken_by_id == actor.user_id,
    }


def sections(request: Request, found: Referral, current: str) -> list[dict[str, Any]]:
    """The pages of a referral, and of the record behind it."""
    named = [("Referral", "referral", found.ref)]
    if found.unit_id in request.actor.units and found.assessment_id:
        named.append(("Assessment", "referral_answers", found.ref))
    named.append(("Record", "youth", found.youth.ref))
    if found.unit_id in request.actor.units:
        named.append(("Contacts", "youth_timeline", found.youth.ref))
        named.append(("Who can see", "youth_access", found.youth.ref))
        named.append(("Changes", "youth_changes", found.youth.ref))
    return [
        {"name": name, "url": reverse(route, args=[ref]), "current": route == current}
        for name, route, ref in named
    ]


def _clocks(request: Request, found: Referral) -> dict[str, Any]:
    item = (
        Item.objects.filter(referral_id=found.pk, meeting__isnull=False)
        .select_related("meeting")
        .order_by("-meeting__day")
        .first()
    )
    runs = found.stage in {Stage.RECEIVED, Stage.ASSESSED}
    kept, steps = stamps(found), unit_steps()
    supports = bool(found.decision) and Decision(found.decision).opens_case
    if supports:
        # The unit's own first contact is on the calendar; an agency says its own.
        kept[Step.FIRST_CONTACT] = _first_contact(found)
        steps = (*steps, Step.FIRST_CONTACT)
    return {
        "clocks": clocks(kept, steps, now=request.at, runs=runs or supports),
        "clock_names": {
            "received_at": found.received_by,
            "assessed_at": found.assessment.by if found.assessment else None,
            "decided_at": found.decided_by,
        },
        "item": item,
        "is_ahead": found.stage in {Stage.DRAFT, Stage.RECEIVED, Stage.ASSESSED},
        "since_received": (request.at - found.received_at).days
        if found.received_at and runs
        else None,
    }


def _first_contact(found: Referral) -> datetime | None:
    """When somebody first met or reached them after the decision: one query."""
    if found.decided_at is None:
        return None
    return (
        Activity.objects.filter(
            youth=found.youth_id,
            unit=found.unit_id,
            kind__group=CONTACT,
            without_youth=False,
            status=Status.COMPLETED,
            starts_at__gte=found.decided_at,
        )
        .exclude(kind="contact_tried")
        .order_by("starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )


def _assessed(found: Referral) -> dict[str, Any]:
    response = found.assessment
    if response is None:
        return {"assessment": None, "assessment_draft": draft_of(found)}
    told = answers_of(response)
    talks = next((one.words for one in told if one.question.code == "talks"), "")
    return {
        "assessment": response,
        "assessment_draft": draft_of(found),
        "talks": talks,
        "own": own_words_of(response),
        "answers_count": len(told),
        "summed_up": [pair for pair in summary_of(response) if pair[1] != talks],
        "recommendation": found.get_recommendation_display(),
    }


def _deciding(
    request: Request, found: Referral, form: DecisionForm | None
) -> dict[str, Any]:
    refusal = rules.refusal_to_decide(Stage(found.stage), None)
    may = request.actor.may(Permission.REFERRAL_DECIDE)
    waits = found.stage in {Stage.RECEIVED, Stage.ASSESSED}
    return {
        "assess_refusal": rules.refusal_to_assess(Stage(found.stage)),
        "decide_refusal": refusal,
        "decisions": list(Decision),
        "form": (form or decision_form(request, found)) if may and waits else None,
        "decided": found.decided_at is not None,
        "send_refusal": refusal_to_send(found, by=request.actor, at=request.at)
        if found.stage == Stage.DECIDED
        else None,
    }


def _hand_off(
    request: Request, found: Referral, form: StepForm | None
) -> dict[str, Any]:
    """The clocks at the agency, and the form of the step that comes next."""
    if found.sent_at is None:
        return {"hand_off": None}
    expected = next_step(stamps(found)) if found.stage == Stage.SENT else None
    may = is_party(found, request.actor)
    return {
        "hand_off": clocks(
            stamps(found), HAND_OFF, now=request.at, runs=found.stage == Stage.SENT
        ),
        "next_step": expected,
        "step_form": (form or step_form(request, found, expected))
        if expected and may
        else None,
        "may_decline": may and expected and found.agency_accepted_at is None,
    }
