"""Handing young people to a colleague, answering that, and closing a case."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.models import Membership, User
from alongside.access.permissions import Permission
from alongside.access.records import log_list, open_record
from alongside.access.request import Request
from alongside.cases import actions, rules
from alongside.cases.caseload import Row, caseload
from alongside.cases.models import Assignment, Case, HandOver
from alongside.desk.youth.header import header
from alongside.forms.vocabulary import Vocabulary, vocabulary_for
from alongside.kernel.dates import months_between
from alongside.kernel.refusal import NotFound, Refused
from alongside.people.models import Youth
from alongside.web.pages import page


class HandOverForm(forms.Form):
    """Who is handed over, to whom, from when, and why."""

    youth = forms.MultipleChoiceField(
        label="Young people", widget=forms.CheckboxSelectMultiple
    )
    to = forms.ChoiceField(label="To")
    from_day = forms.DateField(label="From", widget=forms.DateInput(format="%Y-%m-%d"))
    reason = forms.CharField(
        label="Why",
        help_text="The colleague reads it, and it stays beside the change.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
    )

    def __init__(
        self, *args: Any, rows: list[Row], team: dict[str, User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        youth: Any = self.fields["youth"]
        youth.choices = [(str(row.ref), _line(row)) for row in rows]
        self.team = team
        to: Any = self.fields["to"]
        to.choices = team_choices(team)

    def clean_to(self) -> User:
        """The colleague who was chosen."""
        return self.team[self.cleaned_data["to"]]


class AnswerForm(forms.Form):
    """A word with the answer to a hand-over."""

    note = forms.CharField(
        label="Note",
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _line(row: Row) -> str:
    """ "Rory Fitzgerald, 15, with Marcus Lee"."""
    age = "" if row.age is None else str(row.age)
    carried = f"carried by {row.officer}" if row.officer else "no officer"
    return ", ".join(filter(None, (row.name, age, carried)))


@requires(Permission.CASE_HAND_OVER)
def hand_over(request: Request) -> HttpResponse:
    """Offer one young person, several, or a whole caseload to a colleague."""
    if request.actor.unit_id is None:
        raise NotFound
    today = _today(request)
    rows = caseload(request.actor, today, vocabulary_for(request.actor))
    chosen = _chosen(request, rows)
    offered = chosen or _offered(request, rows)
    form = HandOverForm(
        request.POST or None,
        rows=offered,
        team=team_of(request),
        initial={
            "youth": [str(row.ref) for row in chosen],
            "from_day": today,
        },
    )
    refused = None
    if form.is_valid():
        try:
            return _offer(request, form.cleaned_data)
        except Refused as refusal:
            refused = refusal.reason
    else:
        log_list(request, "hand-over", [row.youth_id for row in offered])
    context = {
        "form": form,
        "refusal": refused,
        "shows_all": offered == rows,
        "officers": _officers(rows),
    }
    status = 409 if refused else 422 if form.is_bound else 200
    return page(request, "desk/caseload/hand_over.html", context, status=status)


@requires(Permission.CASE_HAND_OVER)
def answer(request: Request, ref: UUID) -> HttpResponse:
    """Read why, see who carried the case so far, and say yes or no."""
    offer = open_record(
        request,
        HandOver.objects.select_related(
            "youth", "from_officer", "to_officer", "offered_by", "answered_by"
        ),
        ref,
        part="hand-over",
    )
    refusal = rules.refusal_to_answer(
        answered=offer.answered_at is not None,
        asked=request.actor.user_id == offer.to_officer_id,
        supervises=request.actor.may(Permission.ACCESS_REVIEW),
        name=offer.to_officer.name,
    )
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        actions.answer_hand_over(
            offer,
            request.POST.get("answer") == "yes",
            by=request.actor,
            at=request.at,
            note=form.cleaned_data["note"],
        )
        return HttpResponseRedirect(reverse("today"), status=303)
    words = vocabulary_for(request.actor)
    context = {
        **header(request, offer.youth, "facts", words=words),
        "offer": offer,
        "form": form,
        "refusal": refusal,
        "carried": carried_so_far(offer.youth, offer.unit_id, _today(request)),
    }
    status = 422 if form.is_bound else 200
    return page(request, "desk/caseload/answer.html", context, status=status)


class CloseForm(forms.Form):
    """When a case ends, and why."""

    reason = forms.ChoiceField(label="Why it ends")
    day = forms.DateField(label="Last day", widget=forms.DateInput(format="%Y-%m-%d"))
    note = forms.CharField(
        label="Note",
        help_text="What helps whoever meets this young person next.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(self, *args: Any, words: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason: Any = self.fields["reason"]
        reason.choices = [("", "Choose"), *words.choices("closure_reason")]


@requires(Permission.CASE_CLOSE)
def close(request: Request, ref: UUID) -> HttpResponse:
    """End the unit's support for a young person."""
    youth = open_record(request, Youth, ref, part="closing")
    case = (
        Case.objects.filter(youth=youth, unit__in=request.actor.units)
        .order_by("-opened_on")
        .first()
    )
    if case is None:
        raise NotFound
    today = _today(request)
    words = vocabulary_for(request.actor)
    form = CloseForm(request.POST or None, words=words, initial={"day": today})
    refusal = rules.refusal_to_close(case.opened_on, case.closed_on, today, today)
    if form.is_valid():
        try:
            actions.close_case(
                case, by=request.actor, at=request.at, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("day", refused.reason)
        else:
            return HttpResponseRedirect(reverse("caseload"), status=303)
    context = {
        **header(request, youth, "facts", words=words),
        "form": form,
        "case": case,
        "refusal": refusal,
    }
    status = 422 if form.is_bound else 200
    return page(request, "desk/caseload/close.html", context, status=status)


def team_of(request: Request) -> dict[str, User]:
    """The people of the actor's unit now, by reference, in order of name: one query."""
    current = Membership.objects.current(request.at).filter(
        unit__in=request.actor.units
    )
    team = User.objects.filter(is_active=True, pk__in=current.values("user_id"))
    return {str(user.ref): user for user in team.order_by("name")}


def team_choices(team: dict[str, User]) -> list[tuple[str, str]]:
    """The same as choices of a field."""
    return [("", "Choose"), *((ref, user.name) for ref, user in team.items())]


def carried_so_far(youth: Youth, unit_id: int, today: date) -> list[dict[str, Any]]:
    """Everybody who carried the case, from when until when, the latest first."""
    facts = (
        Assignment.objects.filter(youth=youth, unit_id=unit_id)
        .select_related("officer")
        .order_by("-starts")
    )
    return [
        {
            "name": fact.officer.name,
            "starts": fact.starts,
            "ends": fact.ends - timedelta(days=1) if fact.ends else None,
            "reason": fact.reason,
            "months": months_between(fact.starts, fact.ends or today),
        }
        for fact in facts
        if fact.ends != fact.starts
    ]


def _offer(request: Request, given: dict[str, Any]) -> HttpResponse:
    youths = list(Youth.objects.filter(ref__in=given["youth"]).by_name())
    actions.offer_hand_over(
        youths,
        given["to"],
        by=request.actor,
        at=request.at,
        from_day=given["from_day"],
        reason=given["reason"],
    )
    return HttpResponseRedirect(reverse("caseload"), status=303)


def _chosen(request: Request, rows: list[Row]) -> list[Row]:
    """Those named in the address: one young person, or all that an officer carries."""
    officer, refs = request.GET.get("officer"), set(request.GET.getlist("youth"))
    return [
        row
        for row in rows
        if str(row.ref) in refs or (officer and str(row.officer_ref) == officer)
    ]


def _offered(request: Request, rows: list[Row]) -> list[Row]:
    """One's own young people to choose from, or everybody."""
    if "all" in request.GET:
        return rows
    return [row for row in rows if row.officer_id == request.actor.user_id] or rows


def _officers(rows: list[Row]) -> list[dict[str, Any]]:
    counted: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.officer_ref:
            key = (row.officer, str(row.officer_ref))
            counted[key] = counted.get(key, 0) + 1
    return [
        {"name": name, "ref": ref, "count": count}
        for (name, ref), count in sorted(counted.items())
    ]


def _today(request: Request) -> date:
    return request.at.astimezone(request.actor.zone).date()
