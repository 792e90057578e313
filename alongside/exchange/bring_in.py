"""Writing what a dry run found, youth by youth, through the application's actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from alongside.access.actor import Actor
from alongside.access.models import Grant, Membership, User
from alongside.activities import actions as activities
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases import actions as cases
from alongside.cases.cover_notes import leave_cover_note
from alongside.cases.models import Case, CoverNote
from alongside.exchange.imports import DryRun, Outcome, YouthRecord
from alongside.exchange.roster import FACTS
from alongside.exchange.words import to_ours
from alongside.kernel.dates import Precision
from alongside.kernel.refusal import Refused
from alongside.people import actions as people
from alongside.people.models import Youth

KNOWN = "known:"
_OF_THE_RECORD = ("placement", "disposition", "child_welfare", "court")
# What a name, another name, a suffix and a place on record may be long.
_NAME, _OTHER_NAME, _SUFFIX, _PLACE = 200, 300, 20, 200


@dataclass
class BringIn:
    """One import being written: who writes, when, and whom it has met so far."""

    found: DryRun
    by: Actor
    at: datetime
    officers: dict[str, User] = field(default_factory=dict)
    youth: dict[str, Youth] = field(default_factory=dict)
    said: dict[int, set[str]] = field(default_factory=dict)

    def write_youth(self) -> None:
        """Every record that waits for no answer; the caller holds the transaction."""
        team = Membership.objects.current(self.at).filter(unit=self.by.unit_id)
        self.officers = {row.user.name: row.user for row in team.select_related("user")}
        ready = [record for record in self.found.youth if record.is_ready]
        known = self._known(ready)
        for record in ready:
            with naming(record.given, record.family):
                youth = known.get(record.key)
                self.youth[record.key] = (
                    self._begin(record) if youth is None else self._add(youth, record)
                )

    def write_last_reviews(self) -> None:
        """The last review of each caseload row, unless one as late is on record."""
        keys = {self.youth[one.key].pk: one for one in self._with_last_review()}
        later: dict[int, date] = {}
        rows = Activity.objects.filter(
            youth__in=list(keys), status=Status.COMPLETED, kind__group="review"
        )
        for youth_id, day in rows.exclude(kind="cft").values_list("youth_id", "day"):
            later[youth_id] = max(day, later.get(youth_id, day))
        for pk, record in keys.items():
            last = record.last_mdt
            if last is None or later.get(pk, date.min) >= last:
                continue
            with naming(record.given, record.family):
                held = self._plan(self.youth[record.key], "mdt_ongoing", last)
                note = "From the caseload’s column; it does not say which kind."
                activities.complete(held, by=self.by, at=self.at, note=note)

    def _with_last_review(self) -> Iterator[YouthRecord]:
        return (
            one for one in self.found.youth if one.last_mdt and one.key in self.youth
        )

    def _known(self, records: list[YouthRecord]) -> dict[str, Youth]:
        keys = [one.key for one in records if one.outcome is not Outcome.NEW]
        ids = [int(key.removeprefix(KNOWN)) for key in keys]
        found = Youth.objects.in_bulk(ids)
        for youth_id, text in CoverNote.objects.filter(youth__in=ids).values_list(
            "youth_id", "text"
        ):
            self.said.setdefault(youth_id, set()).add(text)
        return dict(zip(keys, (found[pk] for pk in ids), strict=True))

    def _begin(self, record: YouthRecord) -> Youth:
        youth = people.open_youth(
            by=self.by,
            at=self.at,
            because=Grant.Because.ENROLMENT,
            source="On the unit’s own caseload when it was brought in.",
            given_name=record.given[:_NAME],
            family_name=(record.family or "")[:_NAME],
            suffix=(record.suffix or "")[:_SUFFIX],
            birth_date=record.dob,
            birth_precision=Precision.DAY if record.dob else Precision.UNKNOWN,
        )
        self._names(youth, record)
        self._note(youth, record)
        if record.status == "closed":
            self._open_and_close(youth, record, record.closed_on)
            return youth
        if record.closed_on:
            self._open_and_close(youth, record, record.closed_on, again=True)
        self._open(youth, record, self.found.kept_to)
        self._facts(youth, record, _OF_THE_RECORD)
        self._court_date(youth, record)
        return youth

    def _add(self, youth: Youth, record: YouthRecord) -> Youth:
        """What the workbook says of somebody on record that the record does not."""
        changed = {change.field for change in record.changes}
        if "dob" in changed:
            values = {"birth_date": record.dob, "birth_precision": Precision.DAY}
            people.change_youth(youth, youth.version, values, by=self.by, at=self.at)
        self._names(youth, record)
        self._note(youth, record)
        if "status" in changed and record.status == "active":
            self._open(youth, record, self.found.kept_to)
        elif record.status != "closed":
            self._level_and_officer(youth, record, changed, self.found.kept_to)
        self._facts(
            youth, record, tuple(one for one in _OF_THE_RECORD if one in changed)
        )
        if "next_court" in changed:
            self._court_date(youth, record)
        if "status" in changed and record.status == "closed":
            self._close_current(youth, record)
        return youth

    def _open(self, youth: Youth, record: YouthRecord, day: date) -> Case:
        officer = self.officers.get(record.officer or "")
        case = cases.open_case(
            youth,
            by=self.by,
            at=self.at,
            day=day,
            level=_level(record),
            officer=officer,
        )
        # The workbook says that the case is open, not since when.
        case.opened_precision = Precision.UNKNOWN
        case.save(update_fields=["opened_precision"])
        return case

    def _open_and_close(
        self,
        youth: Youth,
        record: YouthRecord,
        closed_on: date | None,
        *,
        again: bool = False,
    ) -> None:
        """A case that is over: known from its last day, with who carried it then."""
        day = closed_on or self.found.kept_to
        if again:
            case = cases.open_case(
                youth, by=self.by, at=self.at, day=day - timedelta(days=1), level=None
            )
            case.opened_precision = Precision.UNKNOWN
            case.save(update_fields=["opened_precision"])
        else:
            case = self._open(youth, record, day - timedelta(days=1))
        self._close(case, record, day)

    def _close_current(self, youth: Youth, record: YouthRecord) -> None:
        case = Case.objects.get(youth=youth, unit=self.by.unit_id, closed_on=None)
        self._close(case, record, record.closed_on or self.found.kept_to)

    def _close(self, case: Case, record: YouthRecord, day: date) -> None:
        said = [record.close_reason or ""]
        if record.closed_on is None:
            said.append("The workbook does not say on which day it was closed.")
        if record.next_court:
            said.append(f"Next court date in the workbook: {record.next_court}.")
        cases.close_case(
            case,
            by=self.by,
            at=self.at,
            day=day,
            reason="other",
            note=" ".join(filter(None, said)),
        )

    def _level_and_officer(
        self, youth: Youth, record: YouthRecord, changed: set[str], day: date
    ) -> None:
        level, officer = _level(record), self.officers.get(record.officer or "")
        if "support_level" in changed and level:
            cases.set_support(youth, level, by=self.by, at=self.at, day=day)
        if "officer" in changed and officer:
            reason = "From the unit’s workbook."
            cases.assign(youth, officer, by=self.by, at=self.at, day=day, reason=reason)

    def _names(self, youth: Youth, record: YouthRecord) -> None:
        for text in record.other_names:
            people.add_name(youth, text[:_OTHER_NAME], by=self.by, at=self.at)
        for kind in ("pdj", "cw_case"):
            if value := getattr(record, kind):
                people.add_identifier(youth, kind, value, by=self.by, at=self.at)

    def _facts(self, youth: Youth, record: YouthRecord, names: tuple[str, ...]) -> None:
        for name in names:
            code = getattr(record, name)
            if code is None:
                continue
            model, column, _ = FACTS[name]
            values: dict[str, Any] = {column: to_ours(name, code)}
            if name == "placement":
                values["place"] = (record.placement_words or "")[:_PLACE]
            people.change_fact(
                model,
                youth,
                self.found.kept_to,
                by=self.by,
                at=self.at,
                within=None,
                **values,
            )

    def _court_date(self, youth: Youth, record: YouthRecord) -> None:
        if record.next_court:
            self._plan(youth, "court_hearing", record.next_court)

    def _plan(self, youth: Youth, kind: str, day: date) -> Activity:
        return activities.plan(youth, kind, by=self.by, at=self.at, day=day)

    def _note(self, youth: Youth, record: YouthRecord) -> None:
        """Whatever has no field of its own, as a note beside the record."""
        said = []
        if record.notes:
            said.append(record.notes)
        if record.officer and record.officer not in self.officers:
            said.append(f"Officer: {record.officer}, who is not on the team here.")
        for text, most in (
            (record.given, _NAME),
            (record.family, _NAME),
            (record.placement_words, _PLACE),
            *((name, _OTHER_NAME) for name in record.other_names),
        ):
            if text and len(text) > most:
                said.append(text)
        text = "From the workbook: " + "\n".join(said)
        if said and text not in self.said.get(youth.pk, ()):
            leave_cover_note(youth, text, by=self.by, at=self.at)


@contextmanager
def naming(*names: str | None) -> Iterator[None]:
    """A refusal inside says about whom it is."""
    try:
        yield
    except Refused as refused:
        name = " ".join(filter(None, names))
        raise Refused(f"Nothing was brought in. {name}: {refused.reason}") from refused


def _level(record: YouthRecord) -> str | None:
    level = record.support_level
    return to_ours("support_level", level) if level else None
