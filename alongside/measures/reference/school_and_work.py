"""The slow engine for school and work, measure by measure."""

from __future__ import annotations

from datetime import date

from alongside.kernel.dates import add_months, age_on
from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.programme import (
    FAR,
    Slow,
    activities,
    by_child,
    enrolled,
    facts,
    final,
    in_care,
    known,
    last,
    months,
    on,
    seen,
    with_unit,
)
from alongside.measures.reference.records import touches


def terms(x: Extract) -> list[Row]:
    """School terms as known, with “start” and “end”."""
    found = []
    for t in x.rows["school_term"]:
        start, end = known(x, t["start_date"]), known(x, t["end_date"]) or FAR
        if start is not None and start < end:
            found.append({**t, "start": start, "end": end})
    return found


def ed_1(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child, month, after in months(x, w):
        born = x.birth(child)
        if born is None:
            parts.append(Part(child, month, 0, 0, 1))
        elif 6 <= age_on(born, month) <= 17:
            at_school = any(
                t["child_id"] == child and touches(t, month, after) for t in terms(x)
            )
            parts.append(Part(child, month, at_school, 1))
    return parts


def ed_2(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child, periods in enrolled(x).items():
        weeks = sorted(
            (s["week_start"], s["week_id"], s["days_attended"])
            for s in x.rows["school_week"]
            if s["child_id"] == child
            and s["week_start"] is not None
            and periods[0][0] <= s["week_start"] < last(x, w)
            and s["days_attended"] is not None
            and s["setting"] != "detention"
        )
        if not weeks or weeks[-1][0] < w.start:
            continue
        told = len(weeks) >= 16
        early, latest = (sum(d for *_, d in part) for part in (weeks[:8], weeks[-8:]))
        value = (latest - early) / 8 if told else 0
        parts.append(Part(child, weeks[-1][0], value, told, not told))
    return parts


def ed_3(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            t["child_id"],
            t["end"],
            t["credits"] or 0,
            t["credits"] is not None,
            t["credits"] is None,
        )
        for t in terms(x)
        if seen(x, w, t["end"])
    ]


def ed_3_change(x: Extract, w: Window) -> list[Part]:
    parts = []
    ended = [t for t in terms(x) if t["credits"] is not None and t["end"] < x.as_of]
    for child, rows in by_child(ended).items():
        rows.sort(key=lambda t: (t["end"], t["term_id"]))
        here = [n for n, t in enumerate(rows) if seen(x, w, t["end"])]
        if here:
            n = here[-1]
            told = n > 0
            value = rows[n]["credits"] - rows[n - 1]["credits"] if told else 0
            parts.append(Part(child, rows[n]["end"], value, told, not told))
    return parts


def ed_4(x: Extract, w: Window) -> list[Part]:
    parts = []
    for t in terms(x):
        if seen(x, w, t["end"]):
            told = t["exclusions"] is not None and t["enrolled_days"] is not None
            parts.append(
                Part(
                    t["child_id"],
                    t["end"],
                    t["exclusions"] if told else 0,
                    t["enrolled_days"] if told else 0,
                    not told,
                )
            )
    return parts


def ed_5(x: Extract, w: Window) -> list[Part]:
    with_iep = {f["child_id"] for f in on(x, final(x, w), "iep")}
    return [
        Part(child, final(x, w), child in with_iep, 1)
        for child, age in in_care(x, w).items()
        if 6 <= age <= 17
    ]


def ed_7(age: int) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        parts = []
        for child, periods in enrolled(x).items():
            born = x.birth(child)
            day = None if born is None else add_months(born, 12 * age)
            if day is None or not seen(x, w, day) or periods[0][0] > day:
                continue
            done = any(
                t["child_id"] == child
                and t["attainment"] is not None
                and t["end"] < x.as_of
                and t["end"] <= day
                for t in terms(x)
            )
            parts.append(Part(child, day, done, 1))
        return parts

    return slow


def wk_1(any_: bool) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        parts = []
        for child, month, after in months(x, w):
            times = sum(
                a["child_id"] == child and month <= a["day"] < after
                for a in activities(x, "pro_social")
            )
            parts.append(Part(child, month, times > 0 if any_ else times, 1))
        return parts

    return slow


def wk_3(x: Extract, w: Window) -> list[Part]:
    busy = [*facts(x, "occupation"), *terms(x)]
    return [
        Part(
            child,
            month,
            any(b["child_id"] == child and touches(b, month, after) for b in busy),
            1,
        )
        for child, month, after in months(x, w)
    ]


def reached(x: Extract, child: str, before: date) -> int:
    """The highest step toward work reached before a day."""
    steps = [
        s["step"]
        for s in x.rows["work_step"]
        if s["child_id"] == child
        and s["step"] is not None
        and s["reached_date"] is not None
        and s["reached_date"] < before
    ]
    return max(steps, default=0)


def old_enough(x: Extract, w: Window) -> list[str]:
    """Young people of 16 and over with the unit on the last day."""
    return [
        child
        for child in with_unit(x, w)
        if (born := x.birth(child)) is not None and age_on(born, final(x, w)) >= 16
    ]


STEPS = ("none", "documents", "application", "interview", "job", "kept_90_days")


def wk_2(x: Extract, w: Window) -> list[Part]:
    return [
        Part(child, final(x, w), reached(x, child, last(x, w)) == n, 1, 0, step)
        for child in old_enough(x, w)
        for n, step in enumerate(STEPS)
    ]


def wk_2_up(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            child,
            final(x, w),
            reached(x, child, last(x, w)) > reached(x, child, w.start),
            1,
        )
        for child in old_enough(x, w)
    ]


SCHOOL_AND_WORK: dict[str, Slow] = {
    "ED-1": ed_1,
    "ED-2": ed_2,
    "ED-3": ed_3,
    "ED-3.change": ed_3_change,
    "ED-4": ed_4,
    "ED-5": ed_5,
    "ED-7": ed_7(18),
    "ED-7.by_21": ed_7(21),
    "WK-1": wk_1(any_=False),
    "WK-1.any": wk_1(any_=True),
    "WK-2": wk_2,
    "WK-2.stepped_up": wk_2_up,
    "WK-3": wk_3,
}
