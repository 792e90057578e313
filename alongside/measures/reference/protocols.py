"""The slow engine for protocols, courts, safety plans and staff, by measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from alongside.kernel.dates import add_months
from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference import concerns
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.law import cases
from alongside.measures.reference.programme import (
    Slow,
    facts,
    final,
    last,
    moment,
    on,
    seen,
    with_unit,
)
from alongside.measures.reference.records import away


def protocol(x: Extract, which: str) -> list[Row]:
    """What called for a protocol: “day”, and only times that had come."""
    found = []
    for p in x.rows["protocol_event"]:
        if p["protocol"] == which and moment(x, p["occurred_at"]):
            times = {name: moment(x, p[name]) for name in p if name.endswith("_at")}
            found.append({**p, **times, "day": p["occurred_at"].date()})
    return found


def within(
    which: str, ends: tuple[str, ...], hours: float, accepted: bool = False
) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        parts = []
        for p in protocol(x, which):
            if not seen(x, w, p["day"]) or (accepted and p["exam_accepted"] is False):
                continue
            by = p["occurred_at"] + timedelta(hours=hours)
            done = all(p[end] for end in ends)
            over = by < datetime.combine(x.as_of, time())
            told = (done or over) and not (accepted and p["exam_accepted"] is None)
            in_time = told and all(p[end] and p[end] <= by for end in ends)
            parts.append(Part(p["child_id"], p["day"], in_time, told, not told))
        return parts

    return slow


def events(x: Extract, w: Window, which: str) -> list[Row]:
    return [p for p in protocol(x, which) if seen(x, w, p["day"])]


def ac_3_declined(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            p["child_id"],
            p["day"],
            p["exam_accepted"] is False,
            p["exam_accepted"] is not None,
            p["exam_accepted"] is None,
        )
        for p in events(x, w, "first_responder")
    ]


def lf_2(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            p["child_id"],
            p["day"],
            p["steps_complete"] is True and p["advocate_at"] is not None,
            p["steps_complete"] is not None,
            p["steps_complete"] is None,
        )
        for p in events(x, w, "witness")
    ]


def fd_16(x: Extract, w: Window) -> list[Part]:
    return [
        Part(p["child_id"], p["day"], p["started_at"] is not None, 1)
        for p in events(x, w, "first_responder")
    ]


def fd_17(x: Extract, w: Window) -> list[Part]:
    firsts: dict[str, date] = {}
    for f in facts(x, "detention"):
        start = max(f["start"], w.start)
        if start < min(f["end"], last(x, w)):
            firsts[f["child_id"]] = min(firsts.get(f["child_id"], start), start)
    started = {p["child_id"] for p in events(x, w, "detention") if p["started_at"]}
    concerned = {
        c["child_id"] for c in concerns.concerns(x) if c["identified_date"] < last(x, w)
    }
    return [
        Part(child, day, child in started, 1)
        for child, day in firsts.items()
        if child in concerned
    ]


def fd_18(x: Extract, w: Window) -> list[Part]:
    firsts: dict[str, date] = {}
    for a in x.rows["activity"]:
        day = a["activity_date"]
        if a["kind"] == "testimony" and a["status"] != "cancelled" and seen(x, w, day):
            firsts[a["child_id"]] = min(firsts.get(a["child_id"], day), day)
    started = {
        p["child_id"]
        for p in protocol(x, "witness")
        if p["started_at"] and p["day"] < last(x, w)
    }
    return [Part(child, day, child in started, 1) for child, day in firsts.items()]


def fd_19(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            child,
            start,
            any(
                p["child_id"] == child and p["started_at"] and start <= p["day"] < end
                for p in protocol(x, "locate")
            ),
            1,
        )
        for child, start, end in away(x)
        if seen(x, w, start)
    ]


def fd_19_debriefed(x: Extract, w: Window) -> list[Part]:
    return [
        Part(p["child_id"], p["returned_at"].date(), p["debriefed_at"] is not None, 1)
        for p in protocol(x, "locate")
        if p["returned_at"] and seen(x, w, p["returned_at"].date())
    ]


def safe_today(x: Extract, w: Window) -> list[Part]:
    plans = on(x, final(x, w), "safety_plan")
    safe = {f["child_id"] for f in plans if f["value"] == "complete"}
    return [Part(child, final(x, w), child in safe, 1) for child in with_unit(x, w)]


def in_court(*courts: str) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        day, parts = final(x, w), []
        supervised = {f["child_id"] for f in on(x, day, "supervision")}
        cased = {c["child_id"] for c in cases(x) if c["start"] <= day < c["end"]}
        heard = {f["child_id"] for f in on(x, day, "court") if f["value"] in courts}
        for child in with_unit(x, w):
            could = ("star" in courts and child in supervised) or (
                "dream" in courts and child in cased
            )
            if could:
                parts.append(Part(child, day, child in heard, 1))
        return parts

    return slow


def on_staff(x: Extract, w: Window) -> list[str]:
    """Staff on the last day."""
    day = final(x, w)
    return [
        s["staff_id"]
        for s in x.rows["staff"]
        if (s["start_date"] is None or s["start_date"] <= day)
        and (s["end_date"] is None or s["end_date"] > day)
    ]


def trained(
    topics: tuple[str, ...], months: int | None, score: Callable[[list[Row]], float]
) -> Slow:
    """Trainings of each member of staff; of the window itself when months is 0."""

    def slow(x: Extract, w: Window) -> list[Part]:
        since = date.min
        if months is not None:
            since = add_months(last(x, w), -months) if months else w.start
        parts = []
        for person in on_staff(x, w):
            rows = [
                t
                for t in x.rows["training"]
                if t["staff_id"] == person
                and (not topics or t["topic"] in topics)
                and t["completed_date"] is not None
                and since <= t["completed_date"] < last(x, w)
            ]
            parts.append(Part(None, final(x, w), score(rows), 1))
        return parts

    return slow


def hours(rows: list[Row]) -> float:
    return sum(t["hours"] or 0 for t in rows)


def wellness(x: Extract, w: Window, *kinds: str) -> list[Row]:
    return [
        r
        for r in x.rows["wellness"]
        if r["kind"] in kinds and seen(x, w, r["report_date"])
    ]


def fd_12(x: Extract, w: Window) -> list[Part]:
    return [
        Part(None, r["report_date"], r["kind"] == "goal", 1)
        for r in wellness(x, w, "goal", "no_goal")
    ]


def fd_12_progress(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            None,
            r["report_date"],
            r["progress"] or 0,
            r["progress"] is not None,
            r["progress"] is None,
        )
        for r in wellness(x, w, "goal")
    ]


def op_4(x: Extract, w: Window) -> list[Part]:
    return [
        Part(None, r["report_date"], 1, 1, 0, r["kind"])
        for r in wellness(x, w, "individual", "organization")
    ]


PROTOCOLS: dict[str, Slow] = {
    "AC-3": within("first_responder", ("exam_at",), 72, accepted=True),
    "AC-3.declined": ac_3_declined,
    "RB-5": within("locate", ("law_notified_at", "center_notified_at"), 24),
    "RB-5.law": within("locate", ("law_notified_at",), 24),
    "RB-5.center": within("locate", ("center_notified_at",), 24),
    "LF-2": lf_2,
    "FD-16": fd_16,
    "FD-16.advocate_90_minutes": within("first_responder", ("advocate_at",), 1.5),
    "FD-16.exam_72_hours": within("first_responder", ("exam_at",), 72, accepted=True),
    "FD-17": fd_17,
    "FD-18": fd_18,
    "FD-19": fd_19,
    "FD-19.notified_24_hours": within(
        "locate", ("law_notified_at", "center_notified_at"), 24
    ),
    "FD-19.debriefed": fd_19_debriefed,
    "FD-8": safe_today,
    "FD-21": in_court("star", "dream"),
    "FD-21.star": in_court("star"),
    "FD-21.dream": in_court("dream"),
    "FD-9.trained": trained(("harm_reduction",), 24, lambda rows: len(rows) > 0),
    "FD-15.hours": trained(("culture", "history", "gender"), 0, hours),
    "OP-3": trained((), 12, hours),
    "OP-3.forty": trained((), 12, lambda rows: hours(rows) >= 40),
    "OP-3.core": trained(
        ("csec_101", "csec_102"),
        None,
        lambda rows: len({t["topic"] for t in rows}) == 2,
    ),
    "FD-12": fd_12,
    "FD-12.progress": fd_12_progress,
    "OP-4": op_4,
}
