"""The people around a young person: family broadly meant, team, supporters."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.access.versions import ChangedMeanwhile
from alongside.desk.youth.form_page import (
    changed,
    form_page,
    is_done,
    seen,
    settled,
    two_versions_page,
)
from alongside.desk.youth.forms import EndForm, PersonForm
from alongside.desk.youth.header import header
from alongside.desk.youth.wording import called
from alongside.forms.vocabulary import vocabulary_for
from alongside.kernel.dates import age_on
from alongside.people.actions import add_person, change_person, end_person
from alongside.people.models import Person, Youth
from alongside.web.pages import page


@requires(Permission.RECORD_READ)
def around(request: Request, ref: UUID) -> HttpResponse:
    """Everybody, in the groups the young person's life has."""
    youth = open_record(request, Youth, ref, part="people")
    words = vocabulary_for(request.actor)
    today = request.at.astimezone(request.actor.zone).date()
    everybody = list(Person.objects.filter(youth=youth))
    now = [one for one in everybody if one.ends is None or one.ends > today]
    return page(
        request,
        "desk/youth/people.html",
        {
            **header(request, youth, "people", words=words),
            "who": called(youth),
            "groups": [
                {"key": key, "name": name, "people": _lines(people, today)}
                for key, name, people in _groups(now)
                if people
            ],
            "before": [one for one in everybody if one not in now],
            "any": bool(now),
            "may_change": request.actor.may(Permission.RECORD_CHANGE),
        },
    )


@requires(Permission.RECORD_CHANGE)
def add(request: Request, ref: UUID) -> HttpResponse:
    """Somebody new around a young person."""
    youth = open_record(request, Youth, ref, part="people")
    words = vocabulary_for(request.actor)
    form = PersonForm(
        request.POST or None,
        instance=Person(youth=youth),
        words=words,
        initial={"version": 1},
    )
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in form.cleaned_data}
        given.pop("version")
        add_person(youth, by=request.actor, at=request.at, **given)
        return seen("youth_people", youth)
    return form_page(
        request,
        youth,
        form,
        heading="Add somebody",
        save="Add them",
        section="people",
        back="youth_people",
        words=words,
    )


@requires(Permission.RECORD_CHANGE)
def change(request: Request, ref: UUID) -> HttpResponse:
    """What is written about somebody."""
    person = _open(request, ref)
    words = vocabulary_for(request.actor)
    data = None
    if request.method == "POST":
        data = settled(request.POST, PersonForm(instance=copy(person), words=words))
    form = PersonForm(data, instance=copy(person), words=words)
    if form.is_valid():
        try:
            change_person(
                person,
                form.cleaned_data["version"],
                by=request.actor,
                at=request.at,
                **changed(form),
            )
        except ChangedMeanwhile as error:
            current = PersonForm(instance=copy(error.current), words=words)
            youth, back = person.youth, reverse("youth_people", args=[person.youth.ref])
            return two_versions_page(
                request, youth, form, current, error, section="people", back_url=back
            )
        return seen("youth_people", person.youth)
    return form_page(
        request,
        person.youth,
        form,
        heading=person.name,
        title="somebody around",
        save="Save",
        section="people",
        back="youth_people",
        words=words,
        end_url=reverse("person_end", args=[person.ref]),
        template="desk/youth/person.html",
    )


@requires(Permission.RECORD_CHANGE)
def end(request: Request, ref: UUID) -> HttpResponse:
    """Somebody is no longer around; what they were part of stays."""
    person = _open(request, ref)
    today = request.at.astimezone(request.actor.zone).date()
    form = EndForm(request.POST or None, initial={"day": today})
    if form.is_valid() and is_done(form, lambda: _end(request, person, form)):
        return seen("youth_people", person.youth)
    return form_page(
        request,
        person.youth,
        form,
        heading=f"{person.name} is no longer around",
        title="no longer around",
        save="Save",
        section="people",
        back="youth_people",
    )


def _end(request: Request, person: Person, form: EndForm) -> None:
    end_person(person, form.cleaned_data["day"], by=request.actor, at=request.at)


def _open(request: Request, ref: UUID) -> Person:
    people = Person.objects.select_related("youth")
    return open_record(request, people, ref, part="people")


def _groups(people: Iterable[Person]) -> list[tuple[str, str, list[Person]]]:
    """Each person once: own children, family, team, supporters, everybody else."""
    groups: dict[str, list[Person]] = {
        key: [] for key in ("children", "family", "team", "supporters", "others")
    }
    for one in people:
        if one.relation == "child":
            groups["children"].append(one)
        elif one.is_family:
            groups["family"].append(one)
        elif one.is_team:
            groups["team"].append(one)
        else:
            groups["supporters" if one.is_supporter else "others"].append(one)
    names = {
        "children": "Own children",
        "family": "Family",
        "team": "Team",
        "supporters": "Supporters",
        "others": "Others",
    }
    return [(key, names[key], found) for key, found in groups.items()]


def _lines(people: Iterable[Person], today: date) -> list[dict[str, Any]]:
    return [
        {
            "person": one,
            "age": age_on(one.birth_date, today) if one.birth_date else None,
        }
        for one in people
    ]
