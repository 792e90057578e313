"""The slow engine for referrals, teams, workers, services, care and life afterward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from alongside.kernel.dates import add_months
from alongside.measures.codelists import FAMILY_LIKE
from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference import concerns
from alongside.measures.reference.care import Episode, episodes, stays
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
    ratings,
    runs,
    seen,
    sometime,
    span,
)
from alongside.measures.reference.practice import active_goals
from alongside.measures.reference.records import away, ed_2, ed_3_change, in_days


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
                len({r["agency"] for r in rows(x, w) if r["child_id"] == child} - {None}),
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


def fd_8_in_time(x: Extract, w: Window) -> list[Part]:
    parts = []
    for r in stages(x):
        received = r.get("received")
        if not seen(x, w, received):
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
            parts.append(
                Part(s["child_id"], day, told and not stopped, told, not told)
            )
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
        Part(c, day, kept is not None, 1, kept is None, time=((kept or x.as_of) - day).days)
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


def left(x: Extract, w: Window, after: int) -> list[tuple[str, date, date]]:
    """Those whose anniversary of leaving is in the window, and who stayed away."""
    found = []
    for child, periods in enrolled(x).items():
        for _, gone in periods:
            if gone == FAR:
                continue
            day = add_months(gone, after)
            back = any(gone <= start <= day for start, _ in periods)
            if seen(x, w, day) and not back:
                found.append((child, gone, day))
    return found


def asked(
    items: tuple[str, ...], after: int, score: Callable[[list[float]], float]
) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        parts = []
        for child, _, day in left(x, w, after):
            highest: dict[str, float] = {}
            for r in ratings(x, "follow_up", items):
                if r["child_id"] == child and abs((r["day"] - day).days) <= 45:
                    before = highest.get(r["item"], r["value"])
                    highest[r["item"]] = max(before, r["value"])
            told = len(highest) == len(items)
            value = score(list(highest.values())) if told else 0
            parts.append(Part(child, day, value, told, not told))
        return parts

    return slow


def lt_2(after: int) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        parts = []
        for child, gone, day in left(x, w, after):
            values = {
                f["value"]
                for f in facts(x, "exploitation")
                if f["child_id"] == child and f["start"] < day and f["end"] > gone
            }
            harmed = bool(values & {"suspected", "confirmed"}) or any(
                c["child_id"] == child
                and c["kind"] in ("suspected", "confirmed")
                and gone <= c["happened"] < day
                for c in concerns.concerns(x)
            )
            told = harmed or bool(values & {"none", "at_risk"})
            parts.append(Part(child, day, told and not harmed, told, not told))
        return parts

    return slow


def placed(x: Extract) -> list[tuple[Episode, list[Row]]]:
    """Every episode with its placements in order, as rows with “start” and “end”."""
    return [
        (
            e,
            [
                {
                    "start": s.start,
                    "end": s.end,
                    "setting": s.setting,
                    "home": s.home_id,
                }
                for s in stays(x, e)
            ],
        )
        for e in episodes(x, federal=False)
    ]


def pl_5(x: Extract, w: Window) -> list[Part]:
    where: dict[str, tuple[set[date], set[date]]] = {}
    for e, rows in placed(x):
        every, absent = where.setdefault(e.child_id, (set(), set()))
        for row in rows:
            some = set(span(max(row["start"], w.start), min(row["end"], last(x, w))))
            every |= some
            if row["setting"] == "absent":
                absent |= some
    parts = []
    for child, (every, absent) in where.items():
        parts += [Part(child, run[0], 0, len(run)) for run in runs(every)]
        parts += [Part(child, run[0], len(run), 0) for run in runs(absent)]
    return parts


def pl_6(x: Extract, w: Window) -> list[Part]:
    parts = []
    for e, rows in placed(x):
        home: Row | None = None
        gone = False
        for row in rows:
            if row["setting"] == "absent":
                gone = True
                continue
            if home is not None and gone and seen(x, w, row["start"]):
                told = None not in (home["home"], row["home"])
                same = told and home["home"] == row["home"]
                parts.append(Part(e.child_id, row["start"], same, told, not told))
            home, gone = row, False
    return parts


def pl_7(x: Extract, w: Window) -> list[Part]:
    parts = []
    for e, rows in placed(x):
        rows = [row for row in rows if row["setting"] in FAMILY_LIKE]
        for before, row in zip(rows, rows[1:], strict=False):
            old, new = FAMILY_LIKE[before["setting"]], FAMILY_LIKE[row["setting"]]
            same_home = before["home"] is not None and before["home"] == row["home"]
            if seen(x, w, row["start"]) and not (old == new and same_home):
                step = (old > new) - (old < new)
                parts.append(Part(e.child_id, row["start"], step, 1))
    return parts


def care_days(x: Extract, w: Window) -> dict[str, set[date]]:
    """The days of the window on which each child was in care."""
    found: dict[str, set[date]] = {}
    for e in episodes(x, federal=True):
        here = set(span(max(e.entry, w.start), min(e.end, last(x, w))))
        if here:
            found.setdefault(e.child_id, set()).update(here)
    return found


def taken(x: Extract, w: Window, child: str, *classes: str) -> list[tuple[str, set[date]]]:
    """Medicines of some classes, with the days in care on which each was taken."""
    here, found = care_days(x, w)[child], []
    for m in x.rows["medication"]:
        start, end = known(x, m["start_date"]), known(x, m["end_date"]) or FAR
        mine = m["child_id"] == child and m["drug_class"] in classes
        if mine and start is not None and start < end:
            when = {day for day in here if start <= day < end}
            if when:
                found.append((m["drug"], when))
    return found


BOTH = ("psychotropic", "antipsychotic")


def mh_8(*classes: str) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        return [
            Part(child, min(here), bool(taken(x, w, child, *classes)), 1)
            for child, here in care_days(x, w).items()
        ]

    return slow


def mh_8_together(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child, here in care_days(x, w).items():
        medicines = taken(x, w, child, *BOTH)
        two = any(
            a is not None
            and b is not None
            and a < b
            and any(len(run) >= x.options.together_days for run in runs(s & t))
            for a, s in medicines
            for b, t in medicines
        )
        if medicines:
            parts.append(Part(child, min(here), two, 1))
    return parts


def mh_8_monitored(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child, here in care_days(x, w).items():
        if taken(x, w, child, "antipsychotic"):
            tests = {
                h["kind"]
                for h in x.rows["health_event"]
                if h["child_id"] == child and seen(x, w, h["treated_date"])
            }
            done = {"glucose_test", "lipid_test"} <= tests
            parts.append(Part(child, min(here), done, 1))
    return parts


def _first(values: list[float]) -> float:
    return values[0]


_ASKED: dict[str, tuple[tuple[str, ...], Callable[[list[float]], float]]] = {
    "LT-1": (("education_or_work",), lambda v: v[0] >= 1),
    "LT-3": (
        ("housing", "income", "documents", "accounts"),
        lambda v: sum(one >= 1 for one in v),
    ),
    "LT-3.agency": (("in_control",), _first),
    "LT-4": (("unmet_health_need",), lambda v: v[0] < 1),
    "LT-4.access": (("knows_where_to_get_care",), lambda v: v[0] >= 1),
    "LT-5": (("adults_outside_unit",), lambda v: v[0] >= 1),
    "LT-5.leaving": (("can_leave_unhealthy_ties",), lambda v: v[0] >= 4),
    "LT-6": (("knows_where_to_go",), lambda v: v[0] >= 4),
    "LT-6.belonging": (("belongs",), lambda v: v[0] >= 4),
}


def _six(id_: str) -> str:
    return f"{id_}_6m" if "." in id_ else f"{id_}.6m"


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
    "LT-2": lt_2(12),
    "LT-2.6m": lt_2(6),
    **{id_: asked(items, 12, score) for id_, (items, score) in _ASKED.items()},
    **{_six(id_): asked(items, 6, score) for id_, (items, score) in _ASKED.items()},
    "PL-5": pl_5,
    "PL-6": pl_6,
    "PL-7": pl_7,
    "MH-8": mh_8(*BOTH),
    "MH-8.antipsychotic": mh_8("antipsychotic"),
    "MH-8.together": mh_8_together,
    "MH-8.monitored": mh_8_monitored,
}
