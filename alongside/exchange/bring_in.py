"""Writing what a dry run found, youth by youth, through the application's actions."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alongside.access.actor import Actor
from alongside.access.models import Grant, Membership, User
from alongside.activities import actions as activities
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.cases import actions as cases
from alongside.cases.models import (
    Case,
    ChildWelfareStatus,
    CourtAssignment,
    CoverNote,
    LegalStatus,
)
from alongside.exchange.imports import DryRun, Meeting, Outcome, YouthRecord
from alongside.exchange.words import to_ours
from alongside.kernel.dates import Precision
from alongside.people import actions as people
from alongside.people.models import Fact, Stay, Youth

_KNOWN = "known:"
_FACTS: dict[str, tuple[type[Fact], str]] = {
    "placement": (Stay, "kind"),
    "disposition": (LegalStatus, "status"),
    "child_welfare": (ChildWelfareStatus, "status"),
    "court": (CourtAssignment, "court"),
}


@dataclass
class BringIn:
    """One import being written: who writes, when, and whom it has met so far."""

    found: DryRun
    by: Actor
    at: datetime
    officers: dict[str, User] = field(default_factory=dict)
    youth: dict[str, Youth] = field(default_factory=dict)
    written: int = 0

    def run(self) -> None:
        """Everything that waits for no answer; the caller holds the transaction."""
        self.officers = {
            row.user.name: row.user
            for row in Membership.objects.filter(unit=self.by.unit_id).select_related(
                "user"
            )
        }
        for record in self.found.youth:
            if record.is_ready:
                self._youth(record)
        for meeting in self.found.meetings:
            if meeting.is_ready and meeting.youth in self.youth:
                self._meeting(meeting)

    @property
    def zone(self) -> ZoneInfo:
        """The unit's own zone."""
        return self.by.zone

    def _youth(self, record: YouthRecord) -> None:
        if record.outcome is Outcome.NEW:
            youth = self._begin(record)
        else:
            youth = Youth.objects.get(pk=record.key.removeprefix(_KNOWN))
            self._change(youth, record)
        self.youth[record.key] = youth
        self.written += 1

    def _begin(self, record: YouthRecord) -> Youth:
        youth = people.open_youth(
            by=self.by,
            at=self.at,
            because=Grant.Because.ENROLMENT,
            source="On the unit’s own caseload when it was brought in.",
            given_name=record.given,
            family_name=record.family or "",
            suffix=record.suffix or "",
            birth_date=record.dob,
            birth_precision=Precision.DAY if record.dob else Precision.UNKNOWN,
        )
        self._names(youth, record)
        day = self.found.kept_to
        case = cases.open_case(
            youth,
            by=self.by,
            at=self.at,
            day=record.closed_on or day,
            level=to_ours("support_level", record.support_level)
            if record.support_level
            else None,
            officer=self.officers.get(record.officer or ""),
        )
        # The workbook says that the case is open, not since when.
        case.opened_precision = Precision.UNKNOWN
        case.save(update_fields=["opened_precision"])
        self._note(youth, record)
        if record.status == "closed":
            self._close(case, record)
        else:
            self._facts(youth, record, tuple(_FACTS))
            self._dates(youth, record)
        return youth

    def _change(self, youth: Youth, record: YouthRecord) -> None:
        changed = {change.field for change in record.changes}
        if "dob" in changed:
            values = {"birth_date": record.dob, "birth_precision": Precision.DAY}
            people.change_youth(youth, youth.version, values, by=self.by, at=self.at)
        self._names(youth, record)
        self._facts(youth, record, tuple(name for name in _FACTS if name in changed))
        day = self.found.kept_to
        if "support_level" in changed and record.support_level:
            level = to_ours("support_level", record.support_level)
            cases.set_support(youth, level, by=self.by, at=self.at, day=day)
        officer = self.officers.get(record.officer or "")
        if "officer" in changed and officer:
            cases.assign(
                youth, officer, by=self.by, at=self.at, day=day, reason="Brought in."
            )
        if changed & {"next_court", "last_mdt"}:
            self._dates(youth, record)
        if changed & {"closed_on", "status"} and record.status == "closed":
            case = Case.objects.get(youth=youth, unit=self.by.unit_id, closed_on=None)
            self._close(case, record)

    def _names(self, youth: Youth, record: YouthRecord) -> None:
        for text in record.other_names:
            people.add_name(youth, text, by=self.by, at=self.at)
        for kind in ("pdj", "cw_case"):
            if value := getattr(record, kind):
                people.add_identifier(youth, kind, value, by=self.by, at=self.at)

    def _facts(self, youth: Youth, record: YouthRecord, names: tuple[str, ...]) -> None:
        for name in names:
            code = getattr(record, name)
            if code is None:
                continue
            model, column = _FACTS[name]
            values = {column: to_ours(name, code)}
            if name == "placement":
                values["place"] = record.placement_words or ""
            people.change_fact(
                model, youth, self.found.kept_to, by=self.by, at=self.at, **values
            )

    def _dates(self, youth: Youth, record: YouthRecord) -> None:
        if record.last_mdt and not _is_there(youth, record.last_mdt, "review"):
            self._held(youth, "mdt_ongoing", record.last_mdt, "")
        if record.next_court and not _is_there(youth, record.next_court, "court"):
            activities.plan(
                youth, "court_hearing", by=self.by, at=self.at, day=record.next_court
            )

    def _note(self, youth: Youth, record: YouthRecord) -> None:
        if record.notes:
            CoverNote.objects.create(
                youth=youth, text=record.notes, by_id=self.by.user_id, at=self.at
            )

    def _close(self, case: Case, record: YouthRecord) -> None:
        cases.close_case(
            case,
            by=self.by,
            at=self.at,
            day=record.closed_on or self.found.kept_to,
            reason="other",
            note=record.close_reason or "",
        )

    def _meeting(self, meeting: Meeting) -> None:
        youth = self.youth[meeting.youth or ""]
        assert meeting.date  # noqa: S101 (a meeting that is ready has its day)
        assert meeting.type  # noqa: S101
        kind = to_ours("type", meeting.type)
        if _is_there(youth, meeting.date, "review", kind):
            return
        if meeting.status == "held":
            self._held(youth, kind, meeting.date, meeting.note or "", meeting)
            return
        planned = self._planned(youth, kind, meeting.date, meeting)
        if meeting.status in {"cancelled", "moved"}:
            reason = "moved" if meeting.status == "moved" else "other"
            activities.cancel(
                planned, reason, by=self.by, at=self.at, note=meeting.note or ""
            )

    def _held(
        self,
        youth: Youth,
        kind: str,
        day: date,
        note: str,
        meeting: Meeting | None = None,
    ) -> None:
        planned = self._planned(youth, kind, day, meeting)
        activities.complete(planned, by=self.by, at=self.at, note=note)

    def _planned(
        self, youth: Youth, kind: str, day: date, meeting: Meeting | None
    ) -> Activity:
        starts = ends = None
        if meeting and meeting.time:
            starts = datetime.combine(day, meeting.time, self.zone)
            ends = starts + timedelta(minutes=30)
        officer = self.officers.get((meeting and meeting.officer) or "")
        return activities.plan(
            youth,
            kind,
            by=self.by,
            at=self.at,
            day=day,
            starts_at=starts,
            ends_at=ends,
            officer=officer,
        )


def _is_there(youth: Youth, day: date, group: str, kind: str | None = None) -> bool:
    rows = Activity.objects.filter(youth=youth, day=day, kind__group=group)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.exclude(status=Status.CANCELED).exists()
