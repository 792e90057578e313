"""The funnel, concerns and repeated harm, rule by rule (C1 to C7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from alongside.kernel.dates import add_months
from alongside.measures.codelists import CONCERN_KIND
from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference.care import episodes, stays
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.federal import inside

Slow = Callable[[Extract, Window], list[Part]]
Test = Callable[[Row], bool]


def cse_reports(extract: Extract, window: Window) -> list[Row]:
    """Reports of exploitation in the window, each child in each report once (C1)."""
    seen: dict[tuple[str, str], Row] = {}
    for row in extract.rows["report"]:
        reported = row["report_date"]
        known = inside(window, reported) and reported < extract.as_of
        if known and row["allegation"] == "cse":
            seen.setdefault((row["report_id"], row["child_id"]), row)
    return list(seen.values())


def screened(row: Row) -> bool:
    """Accepted for investigation."""
    return row["screened_in"] is True


def disposed(row: Row) -> bool:
    """Screened in, with a finding."""
    return screened(row) and row["disposition"] is not None


def found(disposition: str) -> Test:
    """Screened in, with this finding."""
    return lambda row: screened(row) and row["disposition"] == disposition


def share(population: Test, test: Test, unknown: Test = lambda row: False) -> Slow:
    """A share of the reports of exploitation."""

    def slow(extract: Extract, window: Window) -> list[Part]:
        return [
            Part(row["child_id"], row["report_date"], test(row), 1, unknown(row))
            for row in cse_reports(extract, window)
            if population(row)
        ]

    return slow


def reports_per_young_person(extract: Extract, window: Window) -> list[Part]:
    """Reports over the young people they are about."""
    reports = cse_reports(extract, window)
    return [
        Part(
            child,
            min(r["report_date"] for r in reports if r["child_id"] == child),
            sum(r["child_id"] == child for r in reports),
            1,
        )
        for child in {row["child_id"] for row in reports}
    ]


def concerns(extract: Extract) -> list[Row]:
    """Valid concerns, in order of date and identifier (C3)."""
    valid = []
    for row in extract.rows["concern"]:
        day, born = row["identified_date"], extract.birth(row["child_id"])
        if row["kind"] not in CONCERN_KIND or day is None or day >= extract.as_of:
            continue
        if born is not None and day < born:
            continue
        incident = row["incident_date"]
        happened = day if incident is None or incident > day else incident
        valid.append({**row, "happened": happened})
    return sorted(valid, key=lambda row: (row["identified_date"], row["concern_id"]))


def first_concerns(
    extract: Extract, window: Window, kinds: Iterable[str]
) -> dict[str, Row]:
    """Each young person's first concern of some kinds in the window (C4, C5)."""
    first: dict[str, Row] = {}
    for row in concerns(extract):
        if row["kind"] in kinds and inside(window, row["identified_date"]):
            first.setdefault(row["child_id"], row)
    return first


def highest(kind: str) -> Slow:
    """Young people whose highest kind of concern is this one (C2)."""

    def slow(extract: Extract, window: Window) -> list[Part]:
        order = ["at_risk", "suspected", "confirmed"]
        parts = []
        for child, first in first_concerns(extract, window, order).items():
            kinds = [
                order.index(row["kind"])
                for row in concerns(extract)
                if row["child_id"] == child and inside(window, row["identified_date"])
            ]
            test = order[max(kinds)] == kind
            parts.append(Part(child, first["identified_date"], test, 1))
        return parts

    return slow


def confirmed_with_reports(extract: Extract, window: Window) -> list[Part]:
    """Concerns and reports of exploitation together (C2, the variant)."""
    days: dict[str, list[date]] = {}
    confirmed = set()
    for row in concerns(extract):
        if inside(window, row["identified_date"]):
            days.setdefault(row["child_id"], []).append(row["identified_date"])
            if row["kind"] == "confirmed":
                confirmed.add(row["child_id"])
    for row in cse_reports(extract, window):
        days.setdefault(row["child_id"], []).append(row["report_date"])
        if found("substantiated")(row):
            confirmed.add(row["child_id"])
    return [Part(c, min(on), c in confirmed, 1) for c, on in days.items()]


def placement_status(status: str) -> Slow:
    """Where young people were when their concern was confirmed (C4)."""

    def slow(extract: Extract, window: Window) -> list[Part]:
        care = episodes(extract, federal=False)
        parts = []
        for child, row in first_concerns(extract, window, {"confirmed"}).items():
            day = row["identified_date"]
            mine = [e for e in care if e.child_id == child]
            current = [e for e in mine if e.entry <= day < e.end]
            where = "past" if any(e.entry < day for e in mine) else "never"
            if current:
                away = any(
                    s.setting == "absent" and s.start <= day < s.end
                    for s in stays(extract, current[0])
                )
                where = "absent" if away else "in_placement"
            parts.append(Part(child, day, where == status, 1))
        return parts

    return slow


def case_status(status: str, kinds: Iterable[str]) -> Slow:
    """Whether a case was open when the concern was documented (C5)."""

    def slow(extract: Extract, window: Window) -> list[Part]:
        parts = []
        for child, row in first_concerns(extract, window, kinds).items():
            day = row["identified_date"]
            where = _case_on(_cases(extract, child), day)
            parts.append(Part(child, day, where == status, 1))
        return parts

    return slow


def _cases(extract: Extract, child: str) -> list[tuple[date, date]]:
    known = []
    for row in extract.rows["case_open"]:
        opened, closed = row["open_date"], row["close_date"]
        if row["child_id"] != child or opened is None or opened >= extract.as_of:
            continue
        if closed is not None and closed < opened:
            continue
        if closed is None or closed >= extract.as_of:
            closed = date.max
        known.append((opened, closed))
    return known


def _case_on(cases: list[tuple[date, date]], day: date) -> str:
    if any(opened <= day < closed for opened, closed in cases):
        return "open"
    if any(closed <= day for _, closed in cases):
        return "closed_before"
    return "opened_after" if any(opened > day for opened, _ in cases) else "none"


def followed(extract: Extract, window: Window, *, to_18: bool) -> list[dict[str, date]]:
    """Index day, end of follow-up and later events of each young person (C6)."""
    found = []
    for child, row in first_concerns(extract, window, {"confirmed"}).items():
        start, until = row["identified_date"], extract.as_of
        adult = extract.adult_on(child)
        if (to_18 or extract.options.censor_at_18) and adult is not None:
            if start >= adult:
                continue
            until = min(until, adult)
        events = [
            other["happened"]
            for other in concerns(extract)
            if other["child_id"] == child
            and other["kind"] == "confirmed"
            and other["happened"] > start + timedelta(days=14)
            and (until == extract.as_of or other["happened"] < until)
        ]
        event = min(events) if events else date.max
        found.append({"child": child, "start": start, "until": until, "event": event})
    return found


def repeated(months: int, *, to_18: bool = False) -> Slow:
    """Further confirmed harm within so many months (C6)."""

    def slow(extract: Extract, window: Window) -> list[Part]:
        parts = []
        for one in followed(extract, window, to_18=to_18):
            complete = one["until"] > add_months(one["start"], months)
            again = extract.within(one["event"], one["start"], months)
            child = str(one["child"])
            part = Part(child, one["start"], complete and again, complete, not complete)
            parts.append(part)
        return parts

    return slow


def completeness(months: int) -> Slow:
    """Of all index young people, those followed to the end (C6)."""

    def slow(extract: Extract, window: Window) -> list[Part]:
        return [
            Part(
                str(one["child"]),
                one["start"],
                one["until"] > add_months(one["start"], months),
                1,
            )
            for one in followed(extract, window, to_18=False)
        ]

    return slow


def incomplete_events(months: int) -> Slow:
    """Of those not followed to the end, those harmed again so far (C6)."""

    def slow(extract: Extract, window: Window) -> list[Part]:
        return [
            Part(
                str(one["child"]),
                one["start"],
                extract.within(one["event"], one["start"], months),
                1,
            )
            for one in followed(extract, window, to_18=False)
            if one["until"] <= add_months(one["start"], months)
        ]

    return slow


def survived(horizon: int, *, to_18: bool = False) -> Slow:
    """Events by a day, and those whose follow-up ended before it (C7)."""

    def slow(extract: Extract, window: Window) -> list[Part]:
        parts = []
        for one in followed(extract, window, to_18=to_18):
            time, happened = _time(one)
            part = Part(
                str(one["child"]),
                one["start"],
                happened and time <= horizon,
                1,
                not happened and time < horizon,
            )
            parts.append(part)
        return parts

    return slow


def survival(
    extract: Extract, window: Window, horizon: int, *, to_18: bool = False
) -> float | None:
    """The Kaplan-Meier share without an event, multiplied out day by day (C7)."""
    times = [_time(one) for one in followed(extract, window, to_18=to_18)]
    share = 1.0
    for day in sorted({time for time, happened in times if happened}):
        if day <= horizon:
            at_risk = sum(time >= day for time, _ in times)
            events = sum(time == day and happened for time, happened in times)
            share *= 1 - events / at_risk
    longest = max((time for time, _ in times), default=0)
    return None if longest < horizon and share > 0 else share


def _time(one: dict[str, date]) -> tuple[int, bool]:
    happened = one["event"] != date.max
    last = one["event"] if happened else one["until"]
    return (last - one["start"]).days, happened


CONCERNS: dict[str, Slow] = {
    "funnel.screened_in": share(
        lambda row: True, screened, lambda row: row["screened_in"] is None
    ),
    "funnel.screened_out": share(
        lambda row: True,
        lambda row: row["screened_in"] is False,
        lambda row: row["screened_in"] is None,
    ),
    "funnel.no_disposition": share(screened, lambda row: row["disposition"] is None),
    "funnel.substantiated_of_reports": share(
        lambda row: True,
        found("substantiated"),
        lambda row: screened(row) and not disposed(row),
    ),
    "funnel.reports_per_young_person": reports_per_young_person,
    "concern.confirmed_with_reports": confirmed_with_reports,
    "repeat.6m": repeated(6),
    "repeat.12m": repeated(12),
    "repeat.6m_to_18": repeated(6, to_18=True),
    "repeat.12m_to_18": repeated(12, to_18=True),
}
for _months, _days in ((6, 183), (12, 365)):
    CONCERNS[f"repeat.km.{_months}m"] = survived(_days)
    CONCERNS[f"repeat.km.{_months}m_to_18"] = survived(_days, to_18=True)
for _finding in ("substantiated", "inconclusive", "unfounded"):
    CONCERNS[f"funnel.{_finding}"] = share(
        screened, found(_finding), lambda row: not disposed(row)
    )
    CONCERNS[f"funnel.{_finding}_of_disposed"] = share(disposed, found(_finding))
for _kind in CONCERN_KIND:
    CONCERNS[f"concern.{_kind}"] = highest(_kind)
for _status in ("never", "past", "in_placement", "absent"):
    CONCERNS[f"concern.placement.{_status}"] = placement_status(_status)
for _status in ("closed_before", "open", "opened_after", "none"):
    CONCERNS[f"concern.case.{_status}"] = case_status(_status, set(CONCERN_KIND))
    CONCERNS[f"concern.case_of_confirmed.{_status}"] = case_status(
        _status, {"confirmed"}
    )
for _months in (6, 12):
    CONCERNS[f"repeat.{_months}m.completeness"] = completeness(_months)
    CONCERNS[f"repeat.{_months}m.incomplete_events"] = incomplete_events(_months)
