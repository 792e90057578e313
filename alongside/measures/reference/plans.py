"""The slow engine for services, steps, goals and safety plans, by measure."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.practice import active_goals
from alongside.measures.reference.programme import (
    Slow,
    activities,
    facts,
    final,
    known,
    on,
    seen,
    sometime,
)
from alongside.measures.reference.records import away, in_days
from alongside.measures.reference.school_and_work import ed_2, ed_3_change
from alongside.measures.reference.teams import stages


def fd_8_in_time(x: Extract, w: Window) -> list[Part]:
    parts = []
    for r in stages(x):
        received: date | None = r.get("received")
        if received is None or not seen(x, w, received):
            continue
        by = received + timedelta(days=14)
        safe = any(
            f["child_id"] == r["child_id"]
            and f["value"] == "complete"
            and f["start"] <= by
            and f["end"] > received
            for f in facts(x, "safety_plan")
        )
        told = safe or by < x.as_of
        parts.append(Part(r["child_id"], received, safe, told, not told))
    return parts


def plans_with(*values: str) -> Slow:
    kinds = ("goals_and_strategies", "goals", "strategies", "neither")

    def slow(x: Extract, w: Window) -> list[Part]:
        return [
            Part(
                f["child_id"],
                final(x, w),
                f["value"] in values,
                f["value"] in kinds,
                f["value"] not in kinds,
            )
            for f in on(x, final(x, w), "case_plan")
        ]

    return slow


def fd_6(x: Extract, w: Window) -> list[Part]:
    return [
        Part(s["child_id"], s["need_date"], known(x, s["referred_date"]) is not None, 1)
        for s in x.rows["service_referral"]
        if seen(x, w, s["need_date"])
    ]


def referred(x: Extract, w: Window) -> list[Row]:
    """Referrals made in the window, with when the service began."""
    found = []
    for s in x.rows["service_referral"]:
        day, began = s["referred_date"], known(x, s["started_date"])
        if seen(x, w, day):
            found.append({**s, "began": began if began and began >= day else None})
    return found


def count_referrals(split: bool) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        return [
            Part(
                s["child_id"],
                s["referred_date"],
                1,
                1,
                0,
                (s["service"] or "unknown") if split else "",
            )
            for s in referred(x, w)
        ]

    return slow


def fd_6_outcome(x: Extract, w: Window) -> list[Part]:
    return [
        Part(s["child_id"], s["referred_date"], s["outcome"] is not None, 1)
        for s in referred(x, w)
    ]


def px_6(x: Extract, w: Window) -> list[Part]:
    return [
        in_days(x, s["child_id"], s["referred_date"], s["began"], 30)
        for s in referred(x, w)
    ]


def engaged(most: int) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        parts = []
        for s in x.rows["service_referral"]:
            day = s["started_date"]
            if not seen(x, w, day):
                continue
            until, end = day + timedelta(days=most), known(x, s["ended_date"])
            stopped = end is not None and end < until
            told = stopped or until < x.as_of
            parts.append(Part(s["child_id"], day, told and not stopped, told, not told))
        return parts

    return slow


def first_kept(x: Extract, w: Window) -> list[tuple[str, date, date | None]]:
    """Wanted mental-health referrals, and the first session kept after each."""
    found = []
    for s in referred(x, w):
        if s["service"] == "mental_health" and s["wanted"]:
            sessions = [
                v["session_date"]
                for v in x.rows["service"]
                if v["service_referral_id"] == s["service_referral_id"]
                and v["status"] == "kept"
                and known(x, v["session_date"])
                and v["session_date"] >= s["referred_date"]
            ]
            day = s["referred_date"]
            found.append((s["child_id"], day, min(sessions, default=None)))
    return found


def mh_7(x: Extract, w: Window) -> list[Part]:
    return [in_days(x, c, day, kept, 30) for c, day, kept in first_kept(x, w)]


def mh_7_days(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            c,
            day,
            kept is not None,
            1,
            kept is None,
            time=((kept or x.as_of) - day).days,
        )
        for c, day, kept in first_kept(x, w)
    ]


def fd_7(own: bool) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        youths = {g["goal_id"] for g in x.rows["goal"] if g["origin"] == "youth"}
        parts = []
        for s in x.rows["action_step"]:
            due_, done = s["due_date"], known(x, s["done_date"])
            if s["status"] == "dropped" or not seen(x, w, due_):
                continue
            if not own or s["goal_id"] in youths:
                parts.append(
                    Part(s["child_id"], due_, done is not None and done <= due_, 1)
                )
        return parts

    return slow


def fd_7_goals(x: Extract, w: Window) -> list[Part]:
    parts = []
    for g in active_goals(x, w):
        told = None not in (g["first_rating"], g["latest_rating"])
        ahead = told and g["latest_rating"] - g["first_rating"] >= 1
        parts.append(Part(g["child_id"], g["day"], ahead, told, not told))
    return parts


def px_4(x: Extract, w: Window) -> list[Part]:
    parts = []
    for s in x.rows["action_step"]:
        done = known(x, s["done_date"])
        day = done or s["due_date"]
        if s["kind"] == "tie_removal" and s["status"] != "dropped" and seen(x, w, day):
            parts.append(Part(s["child_id"], day, done is not None, 1))
    return parts


def px_1(x: Extract, w: Window) -> list[Part]:
    education = {g["goal_id"] for g in x.rows["goal"] if g["domain"] == "education"}
    steps = [s for s in x.rows["action_step"] if s["goal_id"] in education]
    parts = []
    for child, day in sometime(x, w).items():
        signs = [
            part.numerator > 0
            for part in (*ed_2(x, w), *ed_3_change(x, w))
            if part.child_id == child and part.denominator
        ]
        for s in steps:
            done = seen(x, w, s["done_date"])
            due_ = seen(x, w, s["due_date"]) and s["status"] != "dropped"
            if s["child_id"] == child and (done or due_):
                signs.append(done)
        parts.append(Part(child, day, any(signs), bool(signs), not signs))
    return parts


UNPLANNED = ("youth_left", "provider_notice", "status_rejection", "safety")


def px_3(x: Extract, w: Window) -> list[Part]:
    unsettled = [
        (a["child_id"], a["day"])
        for a in activities(x, "placement_change")
        if a["reason"] in UNPLANNED
    ]
    unsettled += [(child, start) for child, start, _ in away(x)]
    parts = []
    for a in x.rows["form_answer"]:
        day, child = a["answered_date"], a["child_id"]
        mine = a["form"] == "youth_survey" and a["item"] == "safe_where_living"
        if not mine or child is None or not seen(x, w, day):
            continue
        steady = not any(
            c == child and day - timedelta(days=90) < d <= day for c, d in unsettled
        )
        told = a["value"] is not None
        parts.append(
            Part(child, day, told and a["value"] >= 4 and steady, told, not told)
        )
    return parts


PLANS: dict[str, Slow] = {
    "FD-8.in_14_days": fd_8_in_time,
    "FD-9": plans_with("goals_and_strategies", "strategies"),
    "OP-7": plans_with("goals_and_strategies"),
    "FD-6": fd_6,
    "FD-6.count": count_referrals(split=True),
    "FD-6.outcome": fd_6_outcome,
    "OP-2": count_referrals(split=False),
    "PX-6": px_6,
    "PX-6.engaged_30": engaged(30),
    "PX-6.engaged_90": engaged(90),
    "MH-7": mh_7,
    "MH-7.days": mh_7_days,
    "FD-7": fd_7(own=False),
    "FD-7.goals": fd_7_goals,
    "PX-7": fd_7(own=True),
    "PX-4": px_4,
    "PX-1": px_1,
    "PX-3": px_3,
}
