"""Changing names, numbers and what else is written on a record."""

from copy import copy
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.access.versions import ChangedMeanwhile
from alongside.activities.actions import change_record
from alongside.desk.youth.form_page import (
    changed,
    form_page,
    seen,
    settled,
    two_versions_page,
)
from alongside.desk.youth.forms import IdentityForm, OtherNameForm
from alongside.desk.youth.header import compartments, parts_seen
from alongside.forms.vocabulary import vocabulary_for
from alongside.people.actions import add_identifier, add_name
from alongside.people.models import Youth


@requires(Permission.RECORD_CHANGE)
def edit(request: Request, ref: UUID) -> HttpResponse:
    """Names, birth date, languages and telephone; a death calls off what is booked."""
    youth = open_record(request, Youth, ref, part="names")
    today = request.at.astimezone(request.actor.zone).date()
    given: dict[str, Any] = {
        "today": today,
        "sees_legal": "legal" in compartments(parts_seen(request, youth)),
    }
    data = None
    if request.method == "POST":
        data = settled(request.POST, IdentityForm(instance=copy(youth), **given))
    # A form writes into what it is given, and the head shows the record as it is.
    form = IdentityForm(data, instance=copy(youth), **given)
    if form.is_valid():
        try:
            change_record(
                youth,
                form.cleaned_data["version"],
                changed(form),
                by=request.actor,
                at=request.at,
            )
        except ChangedMeanwhile as error:
            now: Any = error.current
            current = IdentityForm(instance=copy(now), **given)
            back = reverse("youth", args=[youth.ref])
            return two_versions_page(request, now, form, current, error, back_url=back)
        return seen("youth", youth)
    return form_page(
        request,
        youth,
        form,
        heading="Change names and numbers",
        save="Save",
        also_url=reverse("youth_names", args=[youth.ref]),
        template="desk/youth/edit.html",
    )


@requires(Permission.RECORD_CHANGE)
def names(request: Request, ref: UUID) -> HttpResponse:
    """Another name somebody may know them by, or a number of another system."""
    youth = open_record(request, Youth, ref, part="names")
    words = vocabulary_for(request.actor)
    form = OtherNameForm(request.POST or None, words=words)
    if form.is_valid():
        given = form.cleaned_data
        acting: dict[str, Any] = {"by": request.actor, "at": request.at}
        if given["name"]:
            add_name(youth, given["name"], kind=given["name_kind"], **acting)
        if given["number"]:
            add_identifier(youth, given["number_kind"], given["number"], **acting)
        return seen("youth_names", youth)
    return form_page(
        request,
        youth,
        form,
        heading="Other names and numbers",
        save="Add",
        words=words,
        back="youth_edit",
        other_names=list(youth.othernames.order_by("pk")),
        numbers=list(youth.identifiers.order_by("pk")),
        template="desk/youth/names.html",
    )
