"""The text somebody reads standing in a corridor, made from facts alone."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString

from alongside.activities.models import Activity
from alongside.desk.youth.ahead import TO_DO, name_of
from alongside.desk.youth.standing import Said, since
from alongside.desk.youth.wording import Called, called, staying_phrase
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates import months_between
from alongside.people.models import Youth
from alongside.plans.models import ActionStep
from alongside.web.templatetags.web import clock_time, day, in_a_sentence, in_words

Facts = dict[str, Said | None]
_HOW = {
    "contact_call": "called {object}",
    "contact_text": "texted with {object}",
    "contact_video": "had a video call with {object}",
}


def one_minute(
    youth: Youth,
    facts: Facts,
    *,
    contacts: Sequence[Activity],
    ahead: Sequence[Activity],
    past_due: Sequence[ActionStep],
    words: Vocabulary,
    now: datetime,
    zone: ZoneInfo,
    closed_on: date | None = None,
) -> list[SafeString]:
    """Sentences, each from what is on the record; nothing is said that is not known."""
    who, today = called(youth), now.astimezone(zone).date()
    if youth.died_on is not None:
        return [format_html("{} died on {}.", who.name, day(youth.died_on, today))]
    said = list(_who_and_where(youth, who, facts, words, today))
    if closed_on is not None:
        ended = day(closed_on, today)
        said.append(format_html("The unit’s support ended on <b>{}</b>.", ended))
        return said
    said += _officer_and_contacts(who, facts["officer"], contacts, today)
    coming = [one for one in ahead if one.starts_at is None or one.starts_at > now]
    if coming:
        said.append(_next(who, coming[0], today, zone))
    if past_due:
        said.append(_steps_past(past_due))
    return said


def _who_and_where(
    youth: Youth, who: Called, facts: Facts, words: Vocabulary, today: date
) -> Iterator[SafeString]:
    age = youth.age(today)
    if age is not None:
        yield format_html("{} is {}.", who.name, age)
    subject = who.start if age is not None else who.name
    stay, school = facts["stay"], facts["school"]
    yield format_html(
        "{}{}.", _stay(subject, who, stay, words, today), _school(subject, who, school)
    )


def _stay(
    subject: str, who: Called, stay: Said | None, words: Vocabulary, today: date
) -> SafeString:
    if stay is None or stay["kind"] == "not_known":
        return format_html("Where {} stays is not known", who.name)
    began = since(stay, today)
    if stay["kind"] == "away":
        return format_html("{} {} been <b>away</b> since {}", subject, who.has, began)
    where = staying_phrase(stay["kind"], stay["place"], stay["town"], words)
    return format_html(
        "{} {} stayed <b>{}</b> since {}", subject, who.has, where, began
    )


def _school(subject: str, who: Called, school: Said | None) -> SafeString:
    if school is None or not school["school"]:
        return format_html("{}", "")
    grade = f", {school['grade']}" if school["grade"] else ""
    return format_html(" and {} to <b>{}</b>{}", who.goes, school["school"], grade)


def _officer_and_contacts(
    who: Called, officer: Said | None, contacts: Sequence[Activity], today: date
) -> list[SafeString]:
    contacts = [one for one in contacts if not one.without_youth]
    last = contacts[0] if contacts else None
    seen = next((one for one in contacts if one.kind.in_person), None)
    said: list[SafeString] = []
    carrier = officer["officer__name"] if officer else ""
    saw = _last_seen(who, seen, today)
    if officer is None:
        said.append(format_html("{} has no officer yet.", who.name))
    else:
        so_long = _how_long(officer.since, today)
        has_been = format_html(
            "{} has been {} officer {}", carrier, who.possessive, so_long
        )
        if seen is not None and _by(seen) == carrier:
            has_been, saw = format_html("{} and {}", has_been, saw), None
        said.append(format_html("{}.", has_been))
    if seen is not None and saw is not None:
        said.append(format_html("{} {}.", _by(seen), saw))
    if last is not None and last is not seen and last.kind_id in _HOW:
        how = _HOW[last.kind_id].format(object=who.object)
        said.append(format_html("{} {} {}.", _by(last), how, _on(last.day, today)))
    if last is None:
        said.append(format_html("{}", "No contact is on record yet."))
    return said


def _last_seen(who: Called, seen: Activity | None, today: date) -> SafeString | None:
    if seen is None:
        return None
    on = _on(seen.day, today, strong=True)
    return format_html("last saw {} in person {}", who.object, on)


def _by(contact: Activity) -> str:
    return contact.officer.name if contact.officer else "Somebody on the team"


def _next(who: Called, booked: Activity, today: date, zone: ZoneInfo) -> SafeString:
    when = _on(booked.day, today)
    if booked.starts_at:
        time = clock_time(booked.starts_at, zone)
        when = format_html("{} at {}", when, time)
    if booked.kind_id == TO_DO:
        return format_html("To do {}: <b>{}</b>.", when, name_of(booked).rstrip("."))
    possessive = who.possessive[:1].upper() + who.possessive[1:]
    what = in_a_sentence(booked.kind.name)
    if booked.title.casefold().startswith("with "):
        what = f"{what} {in_a_sentence(booked.title)}"
    return format_html("{} <b>{} is {}</b>.", possessive, what, when)


def _on(of: date, today: date, *, strong: bool = False) -> str:
    """When, in a sentence: "today", "yesterday", "on Tue, Nov 24"."""
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}.get((today - of).days)
    said = near or day(of, today)
    if strong:
        said = format_html("<b>{}</b>", said)
    return said if near else format_html("on {}", said)


def _steps_past(steps: Sequence[ActionStep]) -> SafeString:
    count = len(steps)
    text = steps[0].text.rstrip(".")
    named = text if len(text) <= 80 else f"{text[:77].rstrip()}…"
    if count == 1:
        return format_html("One step is past its date: “{}”.", named)
    return format_html(
        "{} steps are past their dates, first of all “{}”.",
        in_words(count).capitalize(),
        named,
    )


def _how_long(since: date, today: date) -> str:
    months = months_between(since, today)
    if months < 2:
        days = max((today - since).days, 0)
        return f"for {days // 7} weeks" if days >= 14 else _few_days(days)
    return f"for {months} months" if months < 24 else f"for {months // 12} years"


def _few_days(days: int) -> str:
    return {0: "since today", 1: "since yesterday"}.get(days, f"for {days} days")
