"""Settled rows become records: the rows of one youth as one, each meeting complete."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, time

from alongside.exchange.imports.checks.together import is_reopened
from alongside.exchange.imports.identity import Identities
from alongside.exchange.imports.names import Name
from alongside.exchange.imports.problems import Place
from alongside.exchange.imports.results import Change, Meeting, Outcome, YouthRecord
from alongside.exchange.imports.roster import KnownYouth, Roster
from alongside.exchange.imports.rows import Entry, MeetingRow, Row, YouthRow
from alongside.exchange.imports.vocabulary import IN_CUSTODY

_KNOWN = "known:"
_MAY_CHANGE = (
    "dob",
    "pdj",
    "cw_case",
    "officer",
    "support_level",
    "placement",
    "disposition",
) + ("child_welfare", "court", "last_mdt", "next_court", "closed_on", "status")


def place_of(row: Row, entry: Entry) -> Place:
    """Where an entry stands, as a screen points to it."""
    return Place(row.file, row.sheet, row.number, entry.ref, entry.heading, entry.line)


def youth_records(
    groups: list[list[YouthRow]],
    identities: Identities,
    roster: Roster,
    officers: Mapping[str, str],
) -> list[YouthRecord]:
    """One record for the rows of each person, active rows first.

    ``officers`` says who of the unit an officer of the workbook is.
    """
    team = {one.name for one in roster.officers}
    on_record = {f"{_KNOWN}{one.id}": one for one in roster.youth}
    records = []
    for rows in groups:
        key = identities.person_of.get(rows[0].key, rows[0].key)
        ordered = sorted(rows, key=lambda row: row.status != "active")
        record = _record(key, ordered, identities)
        record = replace(record, officer=_of_the_unit(record.officer, officers))
        known = on_record.get(key)
        records.append(_against(known, record, team) if known else record)
    return records


def _of_the_unit(name: str | None, officers: Mapping[str, str]) -> str | None:
    return officers.get(name, name) if name else None


def _record(key: str, rows: list[YouthRow], identities: Identities) -> YouthRecord:
    first = rows[0]
    name = first.name or Name(None, "")
    other = [n for row in rows for n in _names_of(row, name)]
    record = YouthRecord(
        key=key,
        outcome=Outcome.NEW,
        given=name.given,
        family=name.family,
        suffix=name.suffix,
        other_names=tuple(dict.fromkeys(other)),
        places=tuple(place_of(row, next(iter(row.entries.values()))) for row in rows),
        status=_status(rows),
        dob=_day(rows, "dob"),
        pdj=_word(rows, "pdj"),
        cw_case=_word(rows, "cw_case"),
        close_reason=_word(rows, "close_reason"),
        notes=_joined(rows, "notes"),
        problems=tuple(dict.fromkeys(one for row in rows for one in row.open())),
        questions=identities.waits(key),
    )
    whole = _with_present(record, [row for row in rows if row.status == first.status])
    return replace(whole, closed_on=_closed_on(rows, whole.status))


def _with_present(record: YouthRecord, current: list[YouthRow]) -> YouthRecord:
    """What holds now comes from the list that is current, not from an older one."""
    placement = _word(current, "placement")
    words = next((e.text for r in current if (e := r.entries.get("placement"))), "")
    return replace(
        record,
        officer=_word(current, "officer"),
        support_level=_word(current, "support_level"),
        placement=placement,
        placement_words=" ".join(words.split()) or None if placement else None,
        in_custody=None if placement is None else placement in IN_CUSTODY,
        disposition=_word(current, "disposition"),
        child_welfare=_word(current, "child_welfare"),
        court=_word(current, "court"),
        last_mdt=_day(current, "last_mdt"),
        next_court=_day(current, "next_court"),
    )


def _names_of(row: YouthRow, name: Name) -> tuple[str, ...]:
    """Other names, and the name another row of the same youth goes by."""
    if row.name is None or row.name.full == name.full:
        return row.other_names
    same_family = row.name.family == name.family
    return (*row.other_names, row.name.given if same_family else row.name.full)


def _status(rows: list[YouthRow]) -> str | None:
    said = next((e for r in rows if (e := r.entries.get("status"))), None)
    if said is not None:
        return said.word
    return rows[0].status


def _closed_on(rows: list[YouthRow], status: str | None) -> date | None:
    """An earlier closing counts when the case was opened again, or is the last word."""
    if status == "closed" or is_reopened(rows):
        return _day(rows, "closed_on")
    return None


def _against(
    known: KnownYouth, record: YouthRecord, officers: Collection[str]
) -> YouthRecord:
    """The record beside what is already known: matched, or changed and how."""
    recorded: dict[str, str] = {**known.values, **known.identifiers}
    if known.dob is not None:
        recorded["dob"] = known.dob.isoformat()
    if known.status is not None:
        recorded["status"] = known.status
    found = [
        Change(name, recorded.get(name), str(value))
        for name in _MAY_CHANGE
        if (value := getattr(record, name)) is not None
        and _is_news(name, str(value), recorded.get(name), officers)
    ]
    changes = tuple(one for one in found if one.field not in known.newer)
    stays = tuple(one for one in found if one.field in known.newer)
    outcome = Outcome.CHANGED if changes else Outcome.MATCHED
    return replace(record, outcome=outcome, changes=changes, stays=stays)


def _is_news(
    name: str, value: str, recorded: str | None, officers: Collection[str]
) -> bool:
    """Whether a workbook's value would change the record."""
    if name == "officer" and value not in officers:
        return False
    if name == "last_mdt" and recorded is not None:
        return value > recorded
    return value != recorded


def _word(rows: list[YouthRow], name: str) -> str | None:
    return next((word for row in rows if (word := row.word(name))), None)


def _day(rows: list[YouthRow], name: str) -> date | None:
    return next((day for row in rows if (day := row.day(name))), None)


def _joined(rows: list[YouthRow], name: str) -> str | None:
    return "; ".join(word for row in rows if (word := row.word(name))) or None


def meeting_record(
    row: MeetingRow, identities: Identities, officers: Mapping[str, str]
) -> Meeting:
    """One meeting; it waits for the questions about its youth."""
    youth = row.word("youth")
    entry = row.entries.get("time")
    at = entry.value if entry else None
    return Meeting(
        key=row.key if row.line is None else f"{row.key}!{row.ref}!{row.line}",
        place=place_of(row, row.entries["youth"]),
        date=row.day("date"),
        time=at if isinstance(at, time) else None,
        type=row.word("type"),
        status=row.word("status"),
        youth=youth,
        officer=_of_the_unit(row.word("officer"), officers),
        moved_to=row.moved_to,
        note=row.note,
        problems=tuple(dict.fromkeys(row.open())),
        questions=identities.waits(youth) if youth else (),
    )
