"""Beginning a record, changing names, and ending one fact to begin the next."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Q

from alongside.access.actor import Actor
from alongside.access.apart import kept_apart
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.models import Grant
from alongside.access.permissions import Permission
from alongside.kernel.dates import Precision
from alongside.kernel.names import fold
from alongside.kernel.refusal import NotFound, Refused, refuse_if
from alongside.people import rules
from alongside.people.models import (
    Document,
    Fact,
    Identifier,
    OtherName,
    OwnWords,
    Person,
    Youth,
)

F = TypeVar("F", bound=Fact)


@transaction.atomic
def open_youth(
    *, by: Actor, at: datetime, because: Grant.Because, source: str = "", **names: Any
) -> Youth:
    """Begin a record for a young person the actor's unit does not have."""
    by.must(Permission.YOUTH_OPEN)
    with connection.cursor() as cursor:
        cursor.execute(
            "select open_youth(%s::bigint, %s::text, %s::text)",
            [by.unit_id, because, source],
        )
        (pk,) = cursor.fetchone()
    youth = Youth.objects.get(pk=pk)
    for name, value in names.items():
        setattr(youth, name, value)
    fold_names(youth)
    youth.save()
    return youth


@transaction.atomic
def change_youth(
    youth: Youth, read: int, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Save what is written on a record, if it is still the version that was read."""
    by.must(Permission.RECORD_CHANGE)
    alone_with(youth)
    for name, value in values.items():
        setattr(youth, name, value)
    fold_names(youth)
    youth.save_changes(read, *values, "sort_key", "search_text")
    record(Event.RECORD_CHANGED, by=by, at=at, about=youth, fields=sorted(values))


@transaction.atomic
def add_name(
    youth: Youth, text: str, *, kind: str = "other", by: Actor, at: datetime
) -> OtherName:
    """Another name somebody may know a youth by; findable from then on."""
    by.must(Permission.RECORD_CHANGE)
    alone_with(youth)
    name, made = OtherName.objects.get_or_create(
        youth=youth, text=text, defaults={"kind": kind}
    )
    if made:
        _refold(youth)
        record(Event.RECORD_CHANGED, by=by, at=at, about=name)
    return name


@transaction.atomic
def add_identifier(
    youth: Youth, kind: str, value: str, *, by: Actor, at: datetime
) -> Identifier:
    """A number another system knows a youth by; findable from then on."""
    by.must(Permission.RECORD_CHANGE)
    alone_with(youth)
    number, made = Identifier.objects.get_or_create(youth=youth, kind=kind, value=value)
    if made:
        _refold(youth)
        record(Event.RECORD_CHANGED, by=by, at=at, about=number)
    return number


@transaction.atomic
def change_fact(
    model: type[F],
    youth: Youth,
    starts: date,
    /,
    *,
    by: Actor,
    at: datetime,
    within: Mapping[str, Any] | None = None,
    precision: Precision = Precision.DAY,
    **values: Any,
) -> F:
    """End what is true now and begin the next, from one day on.

    ``within`` tells apart facts that may hold side by side, such as a unit's own.
    ``precision`` says how much of the day is known. The same fact said again begins
    nothing new.
    """
    by.must(Permission.FACT_CHANGE)
    scope = {"youth": youth, **(within or {})}
    facts = model._default_manager.select_for_update().filter(**scope)
    holding = facts.filter(Q(ends=None) | Q(ends__gt=starts), starts__lte=starts)
    current: F | None = holding.first()
    later = facts.filter(starts__gt=starts).order_by("starts").first()
    refuse_if(
        rules.refusal_to_begin(starts, later.starts if later else None, at.date())
    )
    if current is not None:
        if all(getattr(current, name) == value for name, value in values.items()):
            return current
        current.ends = starts
        # One that began the same day was a slip, and never held for a day.
        current.save(update_fields=["ends"])
    now_true = {**scope, **values, "starts": starts, "starts_precision": precision}
    return _begin(model, now_true, by=by, at=at)


def _begin(model: type[F], values: dict[str, Any], *, by: Actor, at: datetime) -> F:
    new: F = model(**values, recorded_by_id=by.user_id, recorded_at=at)
    # The database holds the constraints; asking it twice would cost a scan.
    new.clean_fields(exclude=["recorded_by", "youth"])
    with kept_apart(model.no_overlap()):
        new.save()
    record(Event.FACT_CHANGED, by=by, at=at, about=new, kind=model.__name__)
    return new


@transaction.atomic
def end_fact(fact: Fact, ends: date, *, by: Actor, at: datetime) -> None:
    """What was true is so no longer, from this day on."""
    by.must(Permission.FACT_CHANGE)
    if ends < fact.starts:
        raise Refused(
            "The end cannot be before the beginning. Choose a later day, or correct"
            " the beginning."
        )
    facts = type(fact)._default_manager.select_for_update()
    if not facts.filter(pk=fact.pk, ends=fact.ends).exists():
        raise Refused(
            "Nothing was saved, because a colleague has changed this just now. Open it"
            " again to see what is true."
        )
    fact.ends = ends
    fact.save(update_fields=["ends"])
    record(Event.FACT_CHANGED, by=by, at=at, about=fact, kind=type(fact).__name__)


@transaction.atomic
def add_person(
    youth: Youth, *, by: Actor, at: datetime, name: str, relation: str, **values: Any
) -> Person:
    """Somebody around a young person: family broadly meant, team, supporters."""
    by.must(Permission.RECORD_CHANGE)
    person = Person(youth=youth, name=name, relation=relation, **values)
    person.save()
    record(Event.RECORD_CHANGED, by=by, at=at, about=person, relation=relation)
    return person


@transaction.atomic
def change_person(
    person: Person, read: int, *, by: Actor, at: datetime, **values: Any
) -> None:
    """Save what is written about somebody, if it is still the version that was read."""
    by.must(Permission.RECORD_CHANGE)
    for name, value in values.items():
        setattr(person, name, value)
    person.save_changes(read, *values)
    record(Event.RECORD_CHANGED, by=by, at=at, about=person, fields=sorted(values))


@transaction.atomic
def end_person(person: Person, day: date, *, by: Actor, at: datetime) -> None:
    """Somebody is no longer around a young person; what they were part of stays."""
    by.must(Permission.RECORD_CHANGE)
    refuse_if(rules.refusal_to_end(person.starts, day))
    person.ends = day
    person.chosen_for_meetings = person.first_call = False
    person.save_changes(person.version, "ends", "chosen_for_meetings", "first_call")
    record(Event.RECORD_CHANGED, by=by, at=at, about=person, ends=day)


@transaction.atomic
def add_own_words(
    youth: Youth,
    words: str,
    question: str,
    *,
    by: Actor,
    at: datetime,
    said_on: date,
    kind: str = "said",
    language: str = "",
) -> OwnWords:
    """What a young person said, word for word, to whoever writes it down."""
    by.must(Permission.RECORD_CHANGE)
    said = OwnWords.objects.create(
        youth=youth,
        words=words,
        question=question,
        kind=kind,
        said_on=said_on,
        said_to_id=by.user_id,
        language=language,
    )
    record(Event.RECORD_CHANGED, by=by, at=at, about=said, kind=kind)
    return said


@transaction.atomic
def add_document(
    youth: Youth,
    kind: str,
    title: str,
    name: str,
    content: bytes,
    *,
    by: Actor,
    at: datetime,
    dated: date | None = None,
) -> Document:
    """Keep a paper; its kind decides its part, its content what type it is."""
    by.must(Permission.DOCUMENT_ADD)
    refuse_if(rules.refusal_to_keep(name, content))
    extension = rules.extension_of(name)
    paper = Document.objects.create(
        youth=youth,
        compartment=rules.part_of_document(kind),
        kind=kind,
        title=title,
        media_type=rules.MEDIA_TYPES[extension],
        extension=extension,
        size=len(content),
        content=content,
        dated=dated,
        added_by_id=by.user_id,
        added_at=at,
    )
    record(Event.DOCUMENT_ADDED, by=by, at=at, about=paper, kind=kind)
    return paper


def fold_names(youth: Youth) -> None:
    """Bring what lists sort by and search looks in up to date; not saved here."""
    youth.sort_key = fold(f"{youth.family_name} {youth.given_name} {youth.suffix}")
    said = [youth.given_name, youth.family_name, youth.called, youth.court_name]
    if youth.pk:
        said += youth.othernames.values_list("text", flat=True)
        numbers = list(youth.identifiers.values_list("value", flat=True))
        # "104 418" is found by its words and as "104418".
        said += numbers + [fold(number).replace(" ", "") for number in numbers]
    youth.search_text = " ".join(dict.fromkeys(fold(" ".join(said)).split()))


def alone_with(youth: Youth) -> Youth:
    """The record as it is now; until the transaction ends nobody else changes it.

    What is looked up from here on is what others have saved, and stays so.
    """
    now = Youth.objects.select_for_update().filter(pk=youth.pk).first()
    if now is None:
        raise NotFound
    return now


def _refold(youth: Youth) -> None:
    """From the names as they are now: those at hand may be of an earlier reading."""
    now = Youth.objects.get(pk=youth.pk)
    fold_names(now)
    now.save(update_fields=["sort_key", "search_text"])
    youth.sort_key, youth.search_text = now.sort_key, now.search_text
