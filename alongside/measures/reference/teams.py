"""The slow engine for referrals, teams and workers, measure by measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.programme import (
    FAR,
    ONE,
    Slow,
    activities,
    by_child,
    change,
    days,
    enrolled,
    facts,
    final,
    known,
    last,
    moment,
    months,
    on,
    rate,
    runs,
    seen,
    sometime,
    span,
)


def stages(x: Extract) -> list[Row]:
    """Each referral: the first day of each stage, and what was recorded."""
    found: dict[str, Row] = {}
    for s in x.rows["referral_stage"]:
        if not moment(x, s["reached_at"]):
            continue
        row = found.setdefault(s["referral_id"], {"children": [], "told": set()})
        row["children"].append(s["child_id"])
        day = s["reached_at"].date()
        row[s["stage"]] = min(row.get(s["stage"], day), day)
        if s["outcome"] is not None:
            row["told"].add(s["stage"])
    return [{**row, "child_id": max(row["children"])} for row in found.values()]


def fd_1(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            r["child_id"],
            r["closed"],
            bool(r["told"] & {"reported", "received"})
            and {"assessed", "decided"} <= r["told"],
            1,
        )
        for r in stages(x)
        if seen(x, w, r.get("closed"))
    ]


def days_from(start: str, end: str) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        parts = []
        for r in stages(x):
            if seen(x, w, r.get(end)):
                told = start in r and r[start] <= r[end]
                value = (r[end] - r[start]).days if told else 0
                parts.append(Part(r["child_id"], r[end], value, told, not told))
        return parts

    return slow


def due(x: Extract, w: Window) -> list[Row]:
    """Team reviews due in the window and not cancelled."""
    return [
        a
        for a in x.rows["activity"]
        if a["kind"] == "mdt"
        and a["status"] != "cancelled"
        and seen(x, w, a["due_date"])
    ]


def held(x: Extract, a: Row) -> bool:
    """Held, on a day that had come."""
    return a["status"] == "completed" and known(x, a["activity_date"]) is not None


def undated(a: Row) -> bool:
    """Held on a day that nobody wrote down."""
    return a["status"] == "completed" and a["activity_date"] is None


def fd_2(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            a["child_id"],
            a["due_date"],
            held(x, a) and a["activity_date"] <= a["due_date"],
            not undated(a),
            undated(a),
        )
        for a in due(x, w)
    ]


def fd_2_overdue(x: Extract, w: Window) -> list[Part]:
    return [
        Part(a["child_id"], a["due_date"], 1, 1)
        for a in due(x, w)
        if not held(x, a) and not undated(a)
    ]


def breadth(rows: Callable[[Extract, Window], list[Row]]) -> Slow:
    """Distinct agencies for each young person with the unit."""

    def slow(x: Extract, w: Window) -> list[Part]:
        return [
            Part(
                child,
                day,
                len(
                    {r["agency"] for r in rows(x, w) if r["child_id"] == child} - {None}
                ),
                1,
            )
            for child, day in sometime(x, w).items()
        ]

    return slow


def joined(x: Extract, w: Window) -> list[Row]:
    """Activities completed in the window."""
    return [
        a
        for a in x.rows["activity"]
        if a["status"] == "completed" and seen(x, w, a["activity_date"])
    ]


def taken_on(x: Extract, w: Window) -> list[Row]:
    """Steps open or done, with a date in the window."""
    return [
        s
        for s in x.rows["action_step"]
        if s["status"] in ("open", "done")
        and (seen(x, w, s["due_date"]) or seen(x, w, s["done_date"]))
    ]


def fd_4(at_liberty: bool) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        parts = []
        for child, month, after in months(x, w):
            full = {
                day
                for f in facts(x, "support_level")
                if f["child_id"] == child and f["value"] == "full"
                for day in span(max(f["start"], month), min(f["end"], after))
            }
            gone = days(x, child, ["detention", "hospital", "away"], month, after)
            if full != set(span(month, after)) or bool(gone) == at_liberty:
                continue
            times = sum(
                a["child_id"] == child
                and a["channel"] == "in_person"
                and month <= a["day"] < after
                for a in activities(x, "contact")
            )
            parts.append(Part(child, month, times >= 4, 1))
        return parts

    return slow


def fd_5(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child, rows in by_child(on(x, final(x, w), "worker")).items():
        since = min(f["start"] for f in rows)
        parts.append(Part(child, final(x, w), (last(x, w) - since).days, 1))
    return parts


def fd_5_longest(x: Extract, w: Window) -> list[Part]:
    parts = []
    now = {f["child_id"] for f in on(x, final(x, w), "worker")}
    for child, rows in by_child(facts(x, "worker")).items():
        each: dict[str, int] = {}
        for f in rows:
            if f["value"] is not None and f["start"] < last(x, w):
                length = (min(f["end"], last(x, w)) - f["start"]).days
                each[f["value"]] = each.get(f["value"], 0) + length
        if child in now and each:
            parts.append(
                Part(child, final(x, w), max(each.values()), sum(each.values()))
            )
    return parts


def fd_5_changes(x: Extract, w: Window) -> list[Part]:
    events = []
    for child, rows in by_child(facts(x, "worker")).items():
        rows.sort(key=lambda f: (f["start"], f["end"], f["fact_id"]))
        for before, after in zip(rows, rows[1:], strict=False):
            pair = (before["value"], after["value"])
            if None not in pair and pair[0] != pair[1]:
                events.append((child, after["start"], 1.0))
    return rate(x, w, events)


def op_5(x: Extract, w: Window) -> list[Part]:
    types = ("initial", "ongoing", "90_day", "as_needed")
    return [
        Part(
            a["child_id"],
            a["day"],
            1,
            1,
            0,
            a["reason"] if a["reason"] in types else "other",
        )
        for a in activities(x, "mdt")
        if seen(x, w, a["day"])
    ]


def op_5_per_meeting(x: Extract, w: Window) -> list[Part]:
    meetings: dict[str, list[Row]] = {}
    for a in activities(x, "mdt"):
        if seen(x, w, a["day"]) and a["meeting_id"] is not None:
            meetings.setdefault(a["meeting_id"], []).append(a)
    return [
        Part(None, min(a["day"] for a in rows), len({a["child_id"] for a in rows}), 1)
        for rows in meetings.values()
    ]


def contact_rate(kind: str) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        return rate(x, w, [(a["child_id"], a["day"], 1.0) for a in activities(x, kind)])

    return slow


def rl_1_change(x: Extract, w: Window) -> list[Part]:
    contacts = activities(x, "supportive_adult")
    return change(x, w, [(a["child_id"], a["day"], 1.0) for a in contacts], per=30)


def fd_20(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child in enrolled(x):
        for run in runs(days(x, child, ["unit"], w.start, last(x, w))):
            helped = days(x, child, ["advocate"], run[0], run[-1] + ONE)
            parts.append(Part(child, run[0], len(helped), len(run)))
    return parts


def op_1(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child, day in sometime(x, w).items():
        here = days(x, child, ["unit"], w.start, last(x, w))
        levels = {
            f["value"]
            for f in facts(x, "support_level")
            if f["child_id"] == child
            and f["value"] in ("at_risk", "secondary", "full")
            and any(f["start"] <= d < f["end"] for d in here)
        }
        parts += [Part(child, day, 1, 1, 0, level) for level in levels or {"unknown"}]
    return parts


def op_1_assessed(x: Extract, w: Window) -> list[Part]:
    firsts: dict[str, date] = {}
    for r in stages(x):
        if seen(x, w, r.get("assessed")):
            child = r["child_id"]
            firsts[child] = min(firsts.get(child, FAR), r["assessed"])
    return [Part(child, day, 1, 1) for child, day in firsts.items()]


TEAMS: dict[str, Slow] = {
    "FD-1": fd_1,
    "FD-1.days_to_assessment": days_from("received", "assessed"),
    "FD-1.days_to_decision": days_from("assessed", "decided"),
    "FD-2": fd_2,
    "FD-2.overdue": fd_2_overdue,
    "FD-3": breadth(joined),
    "FD-3.partners": breadth(taken_on),
    "OP-6": breadth(joined),
    "FD-4": fd_4(at_liberty=True),
    "FD-4.elsewhere": fd_4(at_liberty=False),
    "FD-5": fd_5,
    "FD-5.longest_share": fd_5_longest,
    "FD-5.changes": fd_5_changes,
    "OP-9": fd_5,
    "OP-5": op_5,
    "OP-5.per_meeting": op_5_per_meeting,
    "OP-8": contact_rate("caregiver_contact"),
    "RL-1": contact_rate("supportive_adult"),
    "RL-1.change": rl_1_change,
    "FD-20": fd_20,
    "FD-20.days_to_contact": days_from("agency_received", "first_contact"),
    "OP-1": op_1,
    "OP-1.assessed": op_1_assessed,
}
