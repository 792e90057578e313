"""Who changed what on a record, and when: the field before and after, in words."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.http import HttpResponse

from alongside.access.door import requires
from alongside.access.models import Agency, Unit, User
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.activities.models import Kind
from alongside.desk.youth.header import header
from alongside.desk.youth.history import After, Change, changes_of
from alongside.forms.vocabulary import Vocabulary, vocabulary_for
from alongside.kernel.dates_in_words import clock_time, short_day
from alongside.people.models import Youth
from alongside.web.pages import page

PAGE = 50

_NOUNS = {
    "people.Youth": "names and numbers",
    "people.OtherName": "another name",
    "people.Identifier": "a number",
    "people.Person": "somebody around them",
    "people.OwnWords": "own words",
    "people.Document": "a paper",
    "people.Stay": "where they stay",
    "people.Schooling": "the school",
    "cases.Case": "the unit’s case",
    "cases.Support": "support",
    "cases.Assignment": "the officer",
    "cases.LegalStatus": "the legal status",
    "cases.ChildWelfareStatus": "how child welfare stands",
    "cases.CourtAssignment": "the court",
    "cases.HandOver": "a hand-over",
    "cases.CoverNote": "a note for whoever covers",
    "activities.Activity": "something on the calendar",
    "referrals.Referral": "a referral",
    "plans.Goal": "a goal",
    "plans.ActionStep": "a step",
    "plans.ProgressNote": "a note of progress",
    "meetings.Item": "the talk at a meeting",
    "meetings.CourtRecommendation": "a recommendation to the court",
}
_VERBS = {"insert": "added", "update": "changed", "delete": "took out"}
# What a row is known by, where several of its kind can stand side by side.
_KNOWN_BY = {
    "people.OtherName": ("text",),
    "people.Identifier": ("kind", "value"),
    "people.Person": ("name",),
    "people.OwnWords": ("words",),
    "people.Document": ("title",),
    "activities.Activity": ("kind", "day"),
    "plans.Goal": ("words",),
    "plans.ActionStep": ("text",),
}
_LONGEST_NAME = 80
# Keys, bookkeeping, and what is told by who and when already.
_UNSAID = {
    *("id", "ref", "version", "youth", "unit", "compartment", "sort_key"),
    *("search_text", "recorded_by", "recorded_at", "made_by", "made_at", "added_by"),
    *("added_at", "by", "at", "settled_by", "settled_at", "offered_by", "offered_at"),
    *("started_by", "started_at", "saved_by", "saved_at", "item_id", "activity"),
    *("meeting", "item", "position", "referral_id", "response", "moved_to", "content"),
}
# Columns that hold a code: which vocabulary has its word.
_VOCABULARIES = {
    ("people.Stay", "kind"): "stay_kind",
    ("people.Person", "relation"): "relation",
    ("people.Document", "kind"): "document_kind",
    ("people.Identifier", "kind"): "identifier",
    ("people.OtherName", "kind"): "name_kind",
    ("people.OwnWords", "kind"): "words_kind",
    ("cases.Support", "level"): "support_level",
    ("cases.LegalStatus", "status"): "legal_status",
    ("cases.ChildWelfareStatus", "status"): "child_welfare",
    ("cases.CourtAssignment", "court"): "court",
    ("cases.Case", "closure_reason"): "closure_reason",
    ("activities.Activity", "reason"): "not_happened",
    ("plans.Goal", "category"): "goal_category",
    ("referrals.Referral", "route"): "referral_route",
    ("referrals.Referral", "source"): "referral_route",
}


# Columns whose own name is not what a reader calls them.
_LABELS = {
    "given_name": "First name",
    "family_name": "Last name",
    "court_name": "On court papers",
    "birth_date": "Born",
    "birth_precision": "How well the birth date is known",
    "starts": "From",
    "ends": "Until",
    "starts_precision": "How well that day is known",
    "opened_on": "From",
    "opened_precision": "How well that day is known",
    "closed_on": "Until",
    "starts_at": "Time",
    "ends_at": "Until",
    "is_family": "Family",
    "is_team": "On the team",
    "is_supporter": "Supports them",
    "chosen_for_meetings": "Wanted in meetings",
    "media_type": "Type of file",
    "without_youth": "With others only",
}


@requires(Permission.RECORD_CHANGE)
def changes(request: Request, ref: UUID) -> HttpResponse:
    """The newest changes first, as far as the reader sees the parts they are of."""
    youth = open_record(request, Youth, ref, part="changes")
    words = vocabulary_for(request.actor)
    found = changes_of(youth.pk, _after(request), PAGE + 1)
    shown = found[:PAGE]
    told = _Teller(shown, words, request)
    return page(
        request,
        "desk/youth/changes.html",
        {
            **header(request, youth, "changes", words=words),
            "items": [item for item in map(told.item, shown) if item],
            "earlier": _address(shown[-1]) if len(found) > PAGE else None,
        },
    )


def _after(request: Request) -> After:
    """Where this page goes on; an address that says nothing begins with the newest."""
    at, _, rest = request.GET.get("after", "").partition("~")
    label, _, key = rest.partition("~")
    try:
        return After(datetime.fromisoformat(at).astimezone(UTC), label, int(key))
    except ValueError:
        return After(request.at + timedelta(days=36_500))


def _address(change: Change) -> str:
    return f"{change.at.isoformat()}~{change.label}~{change.key}"


class _Teller:
    """Turns changes into words; loads every name they mention at once."""

    def __init__(
        self, found: Iterable[Change], words: Vocabulary, request: Request
    ) -> None:
        self.words, self.zone = words, request.actor.zone
        mentioned: set[int] = {one.by for one in found if one.by}
        others: dict[type[models.Model], set[int]] = {Unit: set(), Agency: set()}
        for one in found:
            for field in _fields(one.label):
                target = field.related_model
                if target is User or target in others:
                    values = (one.before.get(field.column), one.after.get(field.column))
                    keys = mentioned if target is User else others[target]
                    keys.update(value for value in values if value)
        self.kinds = dict(Kind.objects.values_list("code", "name"))
        self.names: dict[tuple[type[models.Model], int], str] = {}
        wanted: dict[Any, set[int]] = {User: mentioned, **others}
        for model, keys in wanted.items():
            for pk, name in model.objects.filter(pk__in=keys).values_list("pk", "name"):
                self.names[(model, pk)] = name

    def item(self, change: Change) -> dict[str, Any] | None:
        """One line of changes.html; None when nothing worth saying changed."""
        fields = list(self._differences(change))
        if change.how == "update" and not fields:
            return None
        who = self.names.get((User, change.by or 0), "The system")
        verb = _VERBS.get(change.how, change.how)
        return {
            "at": change.at,
            "who": who,
            "what": f"{verb} {_NOUNS[change.label]}{self._which(change)}",
            "fields": fields,
        }

    def _which(self, change: Change) -> str:
        """Which of several it was; one that was added says all of itself anyway."""
        if change.how == "insert":
            return ""
        model = apps.get_model(change.label)
        fields = [
            model._meta.get_field(name) for name in _KNOWN_BY.get(change.label, ())
        ]
        said = ", ".join(
            self._in_words(change.label, field, change.before.get(field.column))
            for field in fields
        )
        if len(said) > _LONGEST_NAME:
            said = f"{said[:_LONGEST_NAME]}…"
        return f": {said}" if said else ""

    def _differences(self, change: Change) -> Iterator[tuple[str, str, str]]:
        for field in _fields(change.label):
            was = change.before.get(field.column)
            now = change.after.get(field.column)
            is_day = field.name.endswith("precision") and now == "day"
            if was == now or (is_day and change.how == "insert"):
                continue
            before, after = (
                self._in_words(change.label, field, value) for value in (was, now)
            )
            if before or after:
                yield _label(field), before, after

    def _in_words(self, label: str, field: Any, value: Any) -> str:
        if value in (None, "", [], False):
            return ""
        if field.related_model is not None:
            return self._of_another(field, value)
        if vocabulary := _VOCABULARIES.get((label, field.name)):
            return self.words.full(vocabulary, str(value))
        if value is True:
            return "yes"
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(field, models.DateTimeField):
            there = datetime.fromisoformat(value).astimezone(self.zone)
            return f"{short_day(there.date(), date(1, 1, 1))}, {clock_time(there)}"
        if isinstance(field, models.DateField):
            return short_day(date.fromisoformat(value), date(1, 1, 1))
        return str(value)

    def _of_another(self, field: Any, value: Any) -> str:
        target = field.related_model
        if target is Kind:
            return self.kinds.get(str(value), str(value))
        return self.names.get((target, value), "")


def _fields(label: str) -> list[Any]:
    """The columns of a table that a reader is told about."""
    model = apps.get_model(label)
    return [field for field in model._meta.concrete_fields if field.name not in _UNSAID]


def _label(field: Any) -> str:
    if field.name in _LABELS:
        return _LABELS[field.name]
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]
