"""Writing an assessment together, signing it, and reading every answer."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.access.versions import ChangedMeanwhile
from alongside.desk.referrals.forms import RecommendationForm
from alongside.desk.referrals.showing import READ, sections, to
from alongside.desk.referrals.two_versions import settled, two_versions
from alongside.desk.youth.header import initials
from alongside.forms.models import FormVersion
from alongside.forms.reading import answers_of, latest_version
from alongside.forms.rendering import AnswerForm, form_for
from alongside.kernel.refusal import NotFound, Refused
from alongside.referrals import rules
from alongside.referrals.actions import must_be_ours
from alongside.referrals.assessing import (
    FORM,
    draft_of,
    keep_assessment,
    recommendation_of,
    sign_assessment,
)
from alongside.referrals.models import AssessmentDraft, Referral
from alongside.referrals.rules import Stage
from alongside.web.pages import page

_READ = "draft_read"  # which version of the kept draft the page was drawn from


@requires(Permission.REFERRAL_ASSESS)
def write(request: Request, ref: UUID) -> HttpResponse:
    """The questions; kept for anyone to go on with, or signed with a recommendation."""
    found = open_record(request, READ.all(), ref, part="assessment")
    must_be_ours(found, request.actor)
    draft = draft_of(found)
    version = (
        draft.form_version if draft else latest_version(FORM, request.actor.unit_id)
    )
    saved = _initial(found, draft)
    signs = request.POST.get("do") == "sign"
    data = None
    if request.method == "POST":
        data = settled(request.POST, _whole(version, saved))
    keeps = data is not None and not signs  # only then may answers be missing
    form = form_for(version, data, saved, draft=keeps)
    recommended = RecommendationForm(data, initial=saved, draft=keeps)
    refusal = rules.refusal_to_assess(Stage(found.stage))
    if data is not None and refusal is None and _valid(form, recommended):
        try:
            return _save(request, found, version, form, recommended, data, signs=signs)
        except ChangedMeanwhile:
            return _conflict(request, found, version, form, recommended)
    return page(
        request,
        "desk/referrals/assess.html",
        {
            "form": form,
            "recommended": recommended,
            "others": [recommended],
            "referral": found,
            "initials": initials(found.youth),
            "refusal": refusal,
            "draft_kept": draft,
            "read": _read_version(data, draft),
            "corrects": found.assessment_id is not None,
            "version": version,
        },
        status=422 if form.is_bound else 200,
    )


@requires(Permission.REFERRAL_READ)
def read(request: Request, ref: UUID) -> HttpResponse:
    """Every answer beside its question, as both stood when it was signed."""
    found = open_record(request, READ.all(), ref, part="assessment")
    must_be_ours(found, request.actor)
    if found.assessment is None:
        raise NotFound
    told = answers_of(found.assessment)
    by_code = {answer.question.code: answer for answer in told}
    definition = form_for(found.assessment.version).definition
    parts = [
        (part.title, [by_code[q.code] for q in part.questions if q.code in by_code])
        for part in definition.sections
    ]
    return page(
        request,
        "desk/referrals/answers.html",
        {
            "referral": found,
            "initials": initials(found.youth),
            "assessment": found.assessment,
            "parts": [part for part in parts if part[1]],
            "record_sections": sections(request, found, "referral_answers"),
            "person": {"name": found.youth.name, "lines": []},
            "may_correct": request.actor.may(Permission.REFERRAL_ASSESS)
            and rules.refusal_to_assess(Stage(found.stage)) is None,
        },
    )


def _save(
    request: Request,
    found: Referral,
    version: FormVersion,
    form: AnswerForm,
    recommended: RecommendationForm,
    data: QueryDict,
    *,
    signs: bool,
) -> HttpResponse:
    given = recommended.cleaned_data
    read_version = _read_version(data, None)
    common: dict[str, Any] = {
        "by": request.actor,
        "at": request.at,
        "note": given["recommendation_note"],
    }
    if signs:
        sign_assessment(
            found,
            version,
            form.answers(),
            recommendation=recommendation_of(given["recommendation"]),
            read=read_version,
            **common,
        )
        return to(found)
    keep_assessment(
        found,
        version,
        read_version,
        form.answers(),
        recommendation=given["recommendation"],
        **common,
    )
    return HttpResponseRedirect(reverse("referrals"), status=303)


def _conflict(
    request: Request,
    found: Referral,
    version: FormVersion,
    form: AnswerForm,
    recommended: RecommendationForm,
) -> HttpResponse:
    """Beside what a colleague has kept meanwhile, or signed."""
    now = READ.get(pk=found.pk)
    theirs = draft_of(now)
    signed = now.assessment
    if theirs is None and signed is None:
        raise Refused("Nothing was saved, because somebody was quicker. Open it again.")
    current = _whole(version, _initial(now, theirs))
    form.fields.update(recommended.fields)
    return two_versions(
        request,
        form,
        current,
        saved=theirs or signed,
        versions={_READ: theirs.version if theirs else 0},
        initials=initials(found.youth),
        back_url=reverse("referral_assess", args=[found.ref]),
        do=request.POST.get("do", ""),
    )


def _whole(version: FormVersion, saved: dict[str, Any]) -> AnswerForm:
    """The questions and the recommendation as one form, to compare two versions."""
    form = form_for(version, None, saved, draft=True)
    form.fields.update(RecommendationForm(draft=True).fields)
    return form


def _initial(found: Referral, draft: AssessmentDraft | None) -> dict[str, Any]:
    if draft is not None:
        recommended = draft.recommendation, draft.recommendation_note
        answers = draft.answers
    else:
        recommended = found.recommendation, found.recommendation_note
        answers = found.assessment.answers if found.assessment else {}
    names = ("recommendation", "recommendation_note")
    return {**answers, **dict(zip(names, recommended, strict=True))}


def _read_version(data: QueryDict | None, draft: AssessmentDraft | None) -> int:
    """Which version of the kept answers a page was drawn from; 0 for none."""
    if data is None:
        return draft.version if draft else 0
    said = data.get(_READ, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def _valid(*each: Any) -> bool:
    """Every form is checked, so that every problem is told at once."""
    return all([form.is_valid() for form in each])
