"""Facts with their history, and changing one from a day on."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import HttpResponse

from alongside.access.door import requires
from alongside.access.models import Membership, User
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.cases import actions as cases
from alongside.desk.youth.fact_forms import CHOSEN, FactForm
from alongside.desk.youth.form_page import form_page, is_done, seen
from alongside.desk.youth.header import compartments, header, parts_seen
from alongside.desk.youth.standing import FACTS, Said, facts_on
from alongside.desk.youth.wording import called, staying
from alongside.forms.vocabulary import Vocabulary, vocabulary_for
from alongside.kernel.dates import Precision
from alongside.kernel.refusal import NotFound
from alongside.people.actions import change_fact, end_fact
from alongside.people.models import Youth
from alongside.web.pages import page

_SHOWN = 50


@requires(Permission.RECORD_READ)
def history(request: Request, ref: UUID) -> HttpResponse:
    """Every kind of fact one may see: what is true, and what was."""
    youth = open_record(request, Youth, ref, part="facts")
    words = vocabulary_for(request.actor)
    today = request.at.astimezone(request.actor.zone).date()
    parts = compartments(parts_seen(request, youth))
    kinds: list[dict[str, Any]] = [
        {
            "name": name,
            "label": kind.label,
            "facts": list(_lines(name, youth, words, today)),
            "may_change": _may_change(request, name),
        }
        for name, kind in FACTS.items()
        if kind.part in parts
    ]
    for kind in kinds:
        supported = kind["name"] == "support" and any(
            line["now"] for line in kind["facts"]
        )
        kind["may_close"] = supported and request.actor.may(Permission.CASE_CLOSE)
    return page(
        request,
        "desk/youth/facts.html",
        {
            **header(request, youth, "facts", words=words),
            "who": called(youth),
            "kinds": kinds,
        },
    )


@requires(Permission.FACT_CHANGE)
def change(request: Request, ref: UUID, name: str) -> HttpResponse:
    """From a day on, something else is true; what was true stays in the history."""
    youth = open_record(request, Youth, ref, part="facts")
    if not _may_change(request, name):
        raise NotFound
    words = vocabulary_for(request.actor)
    today = request.at.astimezone(request.actor.zone).date()
    now = facts_on(youth, today, name)[name]
    form = FactForm(
        request.POST or None,
        name=name,
        today=today,
        words=words,
        team=_team(request),
        keep=now[CHOSEN[name][0]] if now and name in CHOSEN else "",
        initial={"starts": today},
    )
    if form.is_valid() and is_done(form, lambda: _change(request, youth, name, form)):
        return seen("youth_facts", youth)
    return form_page(
        request,
        youth,
        form,
        heading=f"{FACTS[name].label}: something changed",
        lead=_lead(name, now, words),
        save="Save the change",
        save_note="What was true until then stays in the history.",
        section="facts",
        back="youth_facts",
        words=words,
    )


def _change(request: Request, youth: Youth, name: str, form: FactForm) -> None:
    acting: dict[str, Any] = {"by": request.actor, "at": request.at}
    starts: date = form.cleaned_data["starts"]
    model = FACTS[name].model
    if form.cleaned_data.get("ended"):
        current = model.objects.filter(youth=youth).as_of(starts).first()
        if current is not None:
            end_fact(current, starts, **acting)
    elif name == "support":
        cases.set_support(
            youth,
            form.cleaned_data["level"],
            day=starts,
            note=form.cleaned_data["note"],
            **acting,
        )
    elif name == "officer":
        cases.assign(
            youth,
            form.cleaned_data["officer"],
            day=starts,
            reason=form.cleaned_data["reason"],
            **acting,
        )
    else:
        change_fact(model, youth, starts, **acting, **form.values)


def _may_change(request: Request, name: str) -> bool:
    if name not in FACTS or not request.actor.may(Permission.FACT_CHANGE):
        return False
    if name == "officer":
        return request.actor.may(Permission.CASE_HAND_OVER)
    return name != "support" or request.actor.unit_id is not None


def _team(request: Request) -> Any:
    """The people of the actor's unit who carry cases."""
    current = Membership.objects.current(request.at).filter(
        unit=request.actor.unit_id, role__carries_cases=True
    )
    return User.objects.filter(pk__in=current.values("user")).order_by("name")


def _lines(
    name: str, youth: Youth, words: Vocabulary, today: date
) -> Iterator[dict[str, Any]]:
    facts = FACTS[name].model.objects.filter(youth=youth).exclude(ends=F("starts"))
    facts = facts.select_related("recorded_by", *_named(name)).latest_first()
    until = {}  # how well the day is known on which the next one began
    for fact in facts[:_SHOWN]:
        until[fact.starts] = fact.starts_precision
        yield {
            "value": in_words(name, fact, words),
            "fact": fact,
            "ends_precision": until.get(fact.ends, Precision.DAY),
            "now": fact.starts <= today and (fact.ends is None or fact.ends > today),
            "ahead": fact.starts > today,
            "why": getattr(fact, "reason", "") or fact.note,
        }


def _named(name: str) -> tuple[str, ...]:
    return ("officer",) if name == "officer" else ()


def in_words(name: str, fact: Any, words: Vocabulary) -> str:
    """A fact's value as a list says it."""
    match name:
        case "stay":
            where = staying(fact.kind, fact.place, fact.town, words)
            kind = words.name("stay_kind", fact.kind)
            return where if where == kind else f"{where}, {kind[:1].lower()}{kind[1:]}"
        case "school":
            return ", ".join(filter(None, (fact.school, fact.grade)))
        case "officer":
            return str(fact.officer.name)
        case _:
            column, vocabulary, _ = CHOSEN[name]
            return words.full(vocabulary, getattr(fact, column))


def _lead(name: str, now: Said | None, words: Vocabulary) -> str:
    if now is None:
        return "Nothing is on record yet."
    match name:
        case "stay":
            value = staying(now["kind"], now["place"], now["town"], words)
        case "school":
            value = str(now["school"])
        case "officer":
            value = str(now["officer__name"])
        case _:
            column, vocabulary, _ = CHOSEN[name]
            value = words.full(vocabulary, now[column])
    return f"Now: {value}."
