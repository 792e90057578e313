"""The caseload of a unit, or of an agency that records are shared with, on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import connection

from alongside.access.actor import Actor
from alongside.activities.models import Kind
from alongside.activities.rules import CONTACT
from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.dates import Precision, age_on

REVIEWS = ("mdt_initial", "mdt_ongoing", "mdt_90_day", "mdt_as_needed")
TRIED = "contact_tried"

# Whose young people: the unit's own, or all that are shared with somebody.
_UNIT = """select c.youth_id, c.unit_id, c.opened_on from cases_case c
  where c.unit_id = %(unit)s and c.opened_on <= %(day)s
    and (c.closed_on is null or c.closed_on > %(day)s)"""
_SHARED = """select distinct on (y.id) y.id as youth_id, c.unit_id, c.opened_on
  from people_youth y
  left join cases_case c on c.youth_id = y.id and c.opened_on <= %(day)s
    and (c.closed_on is null or c.closed_on > %(day)s)
  order by y.id, c.opened_on desc nulls last"""


@dataclass(frozen=True, slots=True)
class Row:
    """One young person on a caseload; words are neutral, codes are for filters."""

    youth_id: int
    ref: UUID
    name: str
    called: str
    pronouns: str
    age: int | None
    birth_date: date | None
    sort_key: str
    search_text: str
    opened_on: date | None
    level: str
    support: str
    stay_kind: str
    staying: str
    place: str
    town: str
    stay_since: date | None
    stay_precision: str
    legal_code: str
    legal: str
    child_welfare: str
    court_code: str
    court: str
    next_court: date | None
    officer_id: int | None
    officer: str
    officer_ref: UUID | None
    officer_since: date | None
    needs_mdt: bool
    last_mdt: date | None
    next_mdt: date | None
    last_contact: date | None
    contact_kind: str


def caseload(actor: Actor, day: date, words: Vocabulary) -> list[Row]:
    """Everybody on the actor's caseload on a day, by family name: two queries."""
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    contacts = [
        kind.code
        for kind in kinds.values()
        if kind.group == CONTACT and kind.code != TRIED
    ]
    values: dict[str, Any] = {
        "unit": actor.unit_id,
        "day": day,
        "reviews": list(REVIEWS),
        "contacts": contacts,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(actor.unit_id is not None), values)
        columns = [column.name for column in cursor.description or ()]
        found = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return [_row(each, day, words, kinds) for each in found]


def officers_of(rows: Iterable[Row]) -> list[tuple[UUID, str]]:
    """Who carries somebody on these rows, by name."""
    named = {row.officer_ref: row.officer for row in rows if row.officer_ref}
    return sorted(named.items(), key=lambda pair: pair[1].casefold())


@cache
def _statement(of_a_unit: bool) -> str:
    text = files("alongside.cases").joinpath("queries/caseload.sql").read_text()
    return text.replace("{carried}", _UNIT if of_a_unit else _SHARED)


def _row(
    each: dict[str, Any], day: date, words: Vocabulary, kinds: dict[str, Kind]
) -> Row:
    parts = (each["given_name"], each["family_name"], each["suffix"])
    return Row(
        youth_id=each["id"],
        ref=each["ref"],
        name=" ".join(filter(None, parts)) or "Name not yet known",
        called=each["called"],
        pronouns=each["pronouns"],
        age=_age(each, day),
        birth_date=each["birth_date"],
        sort_key=each["sort_key"],
        search_text=each["search_text"],
        opened_on=each["opened_on"],
        level=each["level"] or "",
        support=_short(_name(words, "support_level", each["level"])),
        stay_kind=each["stay_kind"] or "not_known",
        staying=words.name("stay_kind", each["stay_kind"] or "not_known"),
        place=each["stay_place"] or "",
        town=each["stay_town"] or "",
        stay_since=each["stay_since"],
        stay_precision=each["stay_precision"] or Precision.DAY,
        legal_code=each["legal_status"] or "",
        legal=_name(words, "legal_status", each["legal_status"]),
        child_welfare=_name(words, "child_welfare", _open(each["child_welfare"])),
        court_code=each["court"] or "",
        court=_name(words, "court", each["court"]),
        next_court=each["next_court"],
        officer_id=each["officer_id"],
        officer=each["officer_name"] or "",
        officer_ref=each["officer_ref"],
        officer_since=each["officer_since"],
        needs_mdt=each["needs_mdt"],
        last_mdt=each["last_mdt"],
        next_mdt=each["next_mdt"],
        last_contact=each["last_contact"],
        contact_kind=_contact(kinds.get(each["contact_kind"] or "")),
    )


def _age(each: dict[str, Any], day: date) -> int | None:
    if each["birth_date"] is None or each["birth_precision"] == Precision.UNKNOWN:
        return None
    return age_on(each["birth_date"], day)


def _open(status: str | None) -> str | None:
    """Not open goes without saying."""
    return None if status == "none" else status


def _name(words: Vocabulary, vocabulary: str, code: str | None) -> str:
    return words.name(vocabulary, code) if code else ""


def _short(support: str) -> str:
    """ "Full support" is "Full" in a column that is headed "Support"."""
    return support.removesuffix(" support")


def _contact(kind: Kind | None) -> str:
    if kind is None:
        return ""
    if kind.in_person:
        return "in person"
    return kind.name[:1].lower() + kind.name[1:]
