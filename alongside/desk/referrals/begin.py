"""Beginning a referral: first whether the unit knows them, then a draft for anyone."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.access.records import log_list, open_record
from alongside.access.request import Request
from alongside.access.versions import ChangedMeanwhile
from alongside.desk.referrals.forms import DraftForm, NewForm, WhyForm
from alongside.desk.referrals.two_versions import settled, two_versions
from alongside.desk.referrals.wording import came_from, lacks, today_of
from alongside.desk.youth.header import initials
from alongside.forms.vocabulary import vocabulary_for
from alongside.people.likeness import Known, Likeness
from alongside.people.models import Youth
from alongside.people.search import could_be, known
from alongside.referrals import actions, rules
from alongside.referrals.models import Referral
from alongside.referrals.rules import Stage, Step
from alongside.web.pages import page

NEW = "new"
_LIKE = 8


@requires(Permission.REFERRAL_MAKE)
def new(request: Request) -> HttpResponse:
    """Who it is; if the unit may know them, it is asked before anything is begun."""
    words, today = vocabulary_for(request.actor), today_of(request)
    form = NewForm(request.POST or None, words=words, today=today)
    alike: list[tuple[Youth, Likeness]] = []
    if form.is_valid():
        chosen = request.POST.get("is", "")
        if chosen and chosen != NEW:
            youth = open_record(request, Youth, _ref(chosen), part="names")
            return _begin(request, form, youth)
        alike = could_be(_asked(form), limit=_LIKE) if _says_who(form) else []
        if chosen == NEW or not alike:
            return _begin(request, form, None)
        record(Event.SEARCHED, by=request.actor, at=request.at, what="new referral")
        log_list(request, "referral_new", (youth.pk for youth, _ in alike))
    return page(
        request,
        "desk/referrals/new.html",
        {"form": form, "alike": _described(alike), "new": NEW},
        # Not accepted yet: the same form is sent again with the answer.
        status=422 if form.is_bound else 200,
    )


@requires(Permission.REFERRAL_MAKE)
def draft(request: Request, ref: UUID) -> HttpResponse:
    """Everything a draft holds; anyone on the team goes on with it and takes it in."""
    referral = open_record(request, Referral.objects.for_list(), ref, part="draft")
    actions.must_be_ours(referral, request.actor)
    if referral.stage != Stage.DRAFT:
        return _to("referral", referral)
    given: dict[str, Any] = {
        "words": vocabulary_for(request.actor),
        "today": today_of(request),
    }
    data = None
    if request.method == "POST":
        data = settled(request.POST, DraftForm.of(referral, **given))
    form = DraftForm.of(referral, data, **given)
    takes_in = request.POST.get("do") == "receive"
    if form.is_valid() and takes_in and (refusal := _refusal(request, form)):
        form.add_error(None, refusal)
    if form.is_valid():
        try:
            _save(request, referral, form)
        except ChangedMeanwhile:
            return _conflict(request, referral, form, given)
        if takes_in:
            actions.receive(referral, by=request.actor, at=request.at)
            return _to("referral", referral)
        return _to("referrals")
    return _draft_page(request, referral, form, WhyForm(prefix="aside"))


def _draft_page(
    request: Request, referral: Referral, form: DraftForm, why: WhyForm
) -> HttpResponse:
    alike = could_be(known(referral.youth), limit=3, without=referral.youth_id)
    return page(
        request,
        "desk/referrals/draft.html",
        {
            "form": form,
            "why": why,
            "referral": referral,
            "initials": initials(referral.youth),
            "lacks": lacks(referral),
            "came": came_from(referral, vocabulary_for(request.actor)),
            "alike": _described(alike) if actions.is_named(referral.youth) else [],
        },
        status=422 if form.is_bound or why.is_bound else 200,
    )


@requires(Permission.RECORD_CHANGE)
def same(request: Request, ref: UUID) -> HttpResponse:
    """The draft is about somebody the unit has: put both records together."""
    referral = open_record(request, Referral.objects.for_list(), ref, part="draft")
    if request.method != "POST":
        return _to("referral", referral)
    youth = open_record(request, Youth, _ref(request.POST.get("is", "")), part="names")
    actions.merge(referral, youth, by=request.actor, at=request.at)
    return _to("referral", referral)


@requires(Permission.REFERRAL_MAKE)
def aside(request: Request, ref: UUID) -> HttpResponse:
    """A draft that will not become a referral, with the reason."""
    referral = open_record(request, Referral.objects.for_list(), ref, part="draft")
    if request.method != "POST":
        return _to("referral_draft", referral)
    why = WhyForm(request.POST, prefix="aside")
    if not why.is_valid():
        words, today = vocabulary_for(request.actor), today_of(request)
        form = DraftForm.of(referral, words=words, today=today)
        return _draft_page(request, referral, form, why)
    note = why.cleaned_data["note"]
    actions.set_aside(referral, note, by=request.actor, at=request.at)
    return _to("referrals")


def _begin(request: Request, form: NewForm, youth: Youth | None) -> HttpResponse:
    given = form.cleaned_data
    number = (given["number_kind"], given["number"]) if given["number"] else None
    referral = actions.start(
        by=request.actor,
        at=request.at,
        youth=youth,
        names=form.names(),
        number=number,
        route=given["route"],
    )
    return _to("referral_draft", referral)


def _save(request: Request, referral: Referral, form: DraftForm) -> None:
    actions.save_draft(
        referral,
        form.cleaned_data["version"],
        form.written(),
        by=request.actor,
        at=request.at,
        names=form.names(),
        names_read=form.cleaned_data["youth_version"],
    )


def _refusal(request: Request, form: DraftForm) -> str | None:
    given = form.cleaned_data
    return rules.refusal_to_receive(
        Stage.DRAFT,
        named=any((given["given_name"], given["family_name"], given["called"])),
        route=given["route"],
        stamps={
            Step.REPORTED: given["reported_at"],
            Step.RECEIVED: given["received_at"] or request.at,
        },
        now=request.at,
    )


def _conflict(
    request: Request, referral: Referral, form: DraftForm, given: dict[str, Any]
) -> HttpResponse:
    now = Referral.objects.for_list().get(pk=referral.pk)
    current = DraftForm.of(now, **given)
    saved = now.events.order_by("-pgh_id").first()  # type: ignore[attr-defined]  # its history, which the plugin does not see
    return two_versions(
        request,
        form,
        current,
        saved=saved,
        versions={"version": now.version, "youth_version": now.youth.version},
        initials=initials(now.youth),
        back_url=reverse("referral_draft", args=[now.ref]),
    )


def _asked(form: NewForm) -> Known:
    given = form.cleaned_data
    numbers = {(given["number_kind"], given["number"])} if given["number"] else ()
    return Known(
        given=given["given_name"],
        family=given["family_name"],
        others=(given["called"],) if given["called"] else (),
        birth_date=given["birth_date"],
        numbers=frozenset(numbers),
    )


def _says_who(form: NewForm) -> bool:
    given = form.cleaned_data
    names = ("given_name", "family_name", "called", "number", "birth_date")
    return any(given[name] for name in names)


def _described(alike: list[tuple[Youth, Likeness]]) -> list[dict[str, Any]]:
    """Each near match with its reasons, and how earlier referrals of theirs ended."""
    last: dict[int, Referral] = {}
    for each in Referral.objects.filter(
        youth__in=[youth.pk for youth, _ in alike]
    ).order_by("started_at"):
        last[each.youth_id] = each
    return [
        {"youth": youth, "like": like, "last": last.get(youth.pk)}
        for youth, like in alike
    ]


def _ref(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _to(route: str, referral: Referral | None = None) -> HttpResponse:
    args = [referral.ref] if referral else []
    return HttpResponseRedirect(reverse(route, args=args), status=303)
