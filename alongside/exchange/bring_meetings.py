"""Writing the meetings of a dry run: held ones as reviews, coming ones on agendas."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from alongside.activities import actions as activities
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.exchange.bring_in import BringIn, naming
from alongside.exchange.imports import Meeting as MeetingRecord
from alongside.exchange.words import to_ours
from alongside.meetings import actions as meetings
from alongside.meetings.models import Item, Meeting
from alongside.meetings.rules import MOST_PLACES, MeetingStatus
from alongside.people.models import Youth

_FIRST, _LONG, _TURN = time(9), timedelta(hours=3), timedelta(minutes=30)
_USUAL_PLACES = 10
_NOTE = "The place in the session is from the unit’s own MDT calendar."

Slot = tuple[int, date, str]


@dataclass(frozen=True, slots=True)
class _Coming:
    """A meeting still to come, for which a place is needed."""

    youth: Youth
    kind: str
    record: MeetingRecord
    day: date


@dataclass
class BringMeetings:
    """The meetings of one import, after its youth have been written."""

    brought: BringIn
    written: int = 0
    sessions: list[int] = field(default_factory=list)
    known: dict[Slot, Activity] = field(default_factory=dict)

    def write(self) -> None:
        """Every meeting that waits for no answer and whose youth has come in."""
        ready = [
            one
            for one in self.brought.found.meetings
            if one.is_ready and one.youth in self.brought.youth
        ]
        self._read_known()
        coming: dict[date, list[_Coming]] = defaultdict(list)
        for record in ready:
            youth = self.brought.youth[record.youth or ""]
            with naming(youth.name):
                self._settled(youth, record, coming)
        for day in sorted(coming):
            self._session(day, coming[day])

    def _read_known(self) -> None:
        """Reviews on record, called-off ones last, so that they give way."""
        ids = [youth.pk for youth in self.brought.youth.values()]
        rows = Activity.objects.filter(youth__in=ids, kind__group="review")
        for one in sorted(rows, key=lambda one: one.status != Status.CANCELED):
            self.known[one.youth_id, one.day, one.kind_id] = one

    def _settled(
        self,
        youth: Youth,
        record: MeetingRecord,
        coming: dict[date, list[_Coming]],
    ) -> None:
        assert record.date is not None  # noqa: S101 (a meeting that is ready has one)
        kind = to_ours("type", record.type or "")
        slot = (youth.pk, record.date, kind)
        there = self.known.get(slot)
        if there and there.status == Status.CANCELED and not _is_off(record):
            there = None
        if there and there.status != Status.SCHEDULED:
            return
        if record.status == "scheduled":
            if there is None:
                coming[record.date].append(_Coming(youth, kind, record, record.date))
            return
        activity = there or self._planned(youth, kind, record, record.date)
        self.known[slot] = activity
        self.written += 1
        note = record.note or ""
        by, at = self.brought.by, self.brought.at
        if record.status == "held":
            activities.complete(activity, by=by, at=at, note=note)
        else:
            reason = "moved" if record.status == "moved" else "other"
            activities.cancel(activity, reason, by=by, at=at, note=note)

    def _planned(
        self, youth: Youth, kind: str, record: MeetingRecord, day: date
    ) -> Activity:
        starts = self._instant(day, record.time) if record.time else None
        return activities.plan(
            youth,
            kind,
            by=self.brought.by,
            at=self.brought.at,
            day=day,
            starts_at=starts,
            ends_at=starts + _TURN if starts else None,
            officer=self.brought.officers.get(record.officer or ""),
        )

    def _session(self, day: date, coming: list[_Coming]) -> None:
        """Places in the session of a day; without one, the session is made."""
        by, at = self.brought.by, self.brought.at
        session = Meeting.objects.filter(
            unit_id=by.own_unit, day=day, status=MeetingStatus.PLANNED
        ).first()
        if session is None:
            session = self._new_session(day, coming)
        items = Item.objects.filter(meeting=session).exclude(
            activity__status=Status.CANCELED
        )
        taken = set(items.values_list("youth_id", flat=True))
        for one in coming:
            self.written += 1
            with naming(one.youth.name):
                if len(taken) >= session.capacity or one.youth.pk in taken:
                    # It stays on the calendar, and on the list of who needs a place.
                    self._planned(one.youth, one.kind, one.record, day)
                    continue
                item = meetings.book(one.youth, one.kind, session, by=by, at=at)
                taken.add(one.youth.pk)
                self._keep_time(item, one)

    def _new_session(self, day: date, coming: list[_Coming]) -> Meeting:
        times = [one.record.time for one in coming if one.record.time]
        starts = self._instant(day, min(times, default=_FIRST))
        last = self._instant(day, max(times, default=_FIRST)) + _TURN
        session = meetings.plan_meeting(
            by=self.brought.by,
            at=self.brought.at,
            day=day,
            starts_at=starts,
            ends_at=max(last, starts + _LONG),
            place="",
            capacity=min(max(len(coming), _USUAL_PLACES), MOST_PLACES),
            note=_NOTE,
        )
        self.sessions.append(session.pk)
        return session

    def _keep_time(self, item: Item, one: _Coming) -> None:
        """The time and the note the calendar gives, where it gives one."""
        activity = item.activity
        if one.record.note:
            activity.note = one.record.note
            activity.save_changes(activity.version, "note")
        if one.record.time:
            starts = self._instant(one.day, one.record.time)
            activities.move(
                activity,
                one.day,
                starts,
                by=self.brought.by,
                at=self.brought.at,
                ends_at=starts + _TURN,
            )

    def _instant(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.brought.by.zone)


def _is_off(record: MeetingRecord) -> bool:
    return record.status in {"cancelled", "moved"}
