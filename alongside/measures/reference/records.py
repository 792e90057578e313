"""The slow engine for safety, health, leaving and care, measure by measure."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

from alongside.kernel.dates import add_months
from alongside.measures.codelists import PLACEMENT_REASON, VITAL_DOCUMENT
from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference import concerns
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.programme import (
    FAR,
    ONE,
    Slow,
    activities,
    by_child,
    change,
    days,
    facts,
    final,
    in_care,
    known,
    last,
    months,
    on,
    rate,
    seen,
    spells,
    stretches,
    with_unit,
)

HELD = ("detention", "hospital")


EXPLOITED = ("suspected", "confirmed")


def touches(row: Row, start: date, end: date) -> bool:
    """Whether a period touches another."""
    overlap: bool = row["start"] < end and row["end"] > start
    return overlap


def ps_1(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child, month, after in months(x, w):
        values = {
            f["value"]
            for f in facts(x, "exploitation")
            if f["child_id"] == child and touches(f, month, after)
        }
        recorded = bool(values & {"none", "at_risk", *EXPLOITED})
        harmed = bool(values & set(EXPLOITED))
        parts.append(
            Part(child, month, recorded and not harmed, recorded, not recorded)
        )
    return parts


def ps_2(x: Extract, w: Window) -> list[Part]:
    events = [
        (c["child_id"], c["happened"], 1.0)
        for c in concerns.concerns(x)
        if c["kind"] in EXPLOITED
    ]
    return change(x, w, events, per=30)


def away(x: Extract) -> list[tuple[str, date, date]]:
    """Times away, those that overlap or touch as one."""
    return [
        (child, *spell)
        for child, rows in by_child(facts(x, "away")).items()
        for spell in spells(rows)
    ]


def ps_8(x: Extract, w: Window) -> list[Part]:
    calls = [a for a in activities(x, "contact") if a["initiated_by"] == "youth"]
    return [
        Part(
            child,
            end,
            any(a["child_id"] == child and start <= a["day"] < end for a in calls),
            1,
        )
        for child, start, end in away(x)
        if seen(x, w, end)
    ]


def health(x: Extract, *kinds: str) -> list[Row]:
    """Health events of some kinds, with “day” and a possible “treated”."""
    found = []
    for h in x.rows["health_event"]:
        day, treated = known(x, h["identified_date"]), known(x, h["treated_date"])
        if h["kind"] in kinds and day is not None:
            if treated is not None and treated < day:
                treated = None
            found.append({**h, "day": day, "treated": treated})
    return found


def health_rate(*kinds: str) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        return rate(x, w, [(h["child_id"], h["day"], 1.0) for h in health(x, *kinds)])

    return slow


def health_change(kind: str, stays: bool) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        events = [
            (h["child_id"], h["day"], (h["days"] or 0.0) if stays else 1.0)
            for h in health(x, kind)
        ]
        return change(x, w, events, per=1_000, length=180, prior=True)

    return slow


def ph_2(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            h["child_id"],
            h["day"],
            h["treated"] is not None,
            1,
            h["treated"] is None,
            time=((h["treated"] or x.as_of) - h["day"]).days,
        )
        for h in health(x, "injury", "illness")
        if seen(x, w, h["day"])
    ]


def pl_3(x: Extract, w: Window) -> list[Part]:
    return change(x, w, [(c, s, 1.0) for c, s, _ in away(x)], per=30, held=HELD)


def pl_4(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child, early, latest, fits in stretches(x, w):
        lengths = [
            [
                (e - s).days
                for c, s, e in away(x)
                if c == child and a <= s < b and e < FAR
            ]
            for a, b in (early, latest)
        ]
        exposure = [len(days(x, child, ["unit"], *s)) for s in (early, latest)]
        told = fits and min(exposure) >= 60 and all(lengths)
        value = median(lengths[1]) - median(lengths[0]) if told else 0
        parts.append(Part(child, latest[1] - ONE, value, told, not told))
    return parts


def pl_8(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            a["child_id"],
            a["day"],
            a["reason"] == code,
            a["reason"] in PLACEMENT_REASON,
            a["reason"] not in PLACEMENT_REASON,
            code,
        )
        for a in activities(x, "placement_change")
        if seen(x, w, a["day"])
        for code in PLACEMENT_REASON
    ]


def exams(kind: str, ages: tuple[int, int]) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        medical = kind == "medical_exam"
        back = (
            x.options.medical_exam_months if medical else x.options.dental_exam_months
        )
        since = add_months(last(x, w), -back)
        return [
            Part(
                child,
                final(x, w),
                any(
                    h["child_id"] == child
                    and h["kind"] == kind
                    and h["treated_date"] is not None
                    and since <= h["treated_date"] < last(x, w)
                    for h in x.rows["health_event"]
                ),
                1,
            )
            for child, age in in_care(x, w, 31).items()
            if ages[0] <= age <= ages[1]
        ]

    return slow


def ac_4(x: Extract, w: Window) -> list[Part]:
    since, parts = add_months(last(x, w), -12), []
    for child in with_unit(x, w):
        seen_by = [
            h["provider"]
            for h in x.rows["health_event"]
            if h["child_id"] == child
            and h["provider"] is not None
            and h["treated_date"] is not None
            and since <= h["treated_date"] < last(x, w)
        ]
        often = any(seen_by.count(provider) >= 2 for provider in seen_by)
        parts.append(Part(child, final(x, w), often, 1))
    return parts


def ac_5(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            s["child_id"],
            s["need_date"],
            s["wanted"] is True and known(x, s["started_date"]) is not None,
            s["wanted"] is True,
            s["wanted"] is None,
        )
        for s in x.rows["service_referral"]
        if seen(x, w, s["need_date"])
    ]


def in_days(x: Extract, child: str, start: date, end: date | None, most: int) -> Part:
    """Done within so many days; unknown while they are not over."""
    by = start + timedelta(days=most)
    settled = end is not None or by < x.as_of
    return Part(child, start, end is not None and end <= by, settled, not settled)


def sx_1(x: Extract, w: Window) -> list[Part]:
    return [
        in_days(x, h["child_id"], h["day"], h["treated"], 30)
        for h in health(x, "reproductive_care")
        if seen(x, w, h["day"]) and h["wanted"] is True
    ]


def sx_2(x: Extract, w: Window) -> list[Part]:
    return [
        Part(h["child_id"], h["day"], h["treated"] is not None, 1)
        for h in health(x, "sti_screen")
        if seen(x, w, h["day"])
    ]


def sx_3(x: Extract, w: Window) -> list[Part]:
    new = health(x, "pregnancy")
    told = [(h["child_id"], h["day"], 1.0) for h in new if h["intended"] is False]
    return rate(x, w, told) + [
        Part(h["child_id"], h["day"], 0, 0, 1)
        for h in new
        if h["intended"] is None and seen(x, w, h["day"])
    ]


def sx_4(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child in in_care(x, w):
        values = {
            f["value"]
            for f in on(x, final(x, w), "with_own_child")
            if f["child_id"] == child
        } & {"wanted_and_together", "wanted_and_apart"}
        if values:
            together = "wanted_and_apart" not in values
            parts.append(Part(child, final(x, w), together, 1))
    return parts


def checklist(kind: str, values: set[str], only: str | None = None) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        parts = []
        for child in with_unit(x, w):
            here = [f for f in on(x, final(x, w), kind) if f["child_id"] == child]
            if only is None or any(
                f["child_id"] == child for f in on(x, final(x, w), only)
            ):
                held = {f["value"] for f in here} & values
                parts.append(Part(child, final(x, w), len(held), 1))
        return parts

    return slow


RECORDS: dict[str, Slow] = {
    "PS-1": ps_1,
    "PS-2": ps_2,
    "PS-8": ps_8,
    "PH-1": health_rate("injury", "illness"),
    "PH-2": ph_2,
    "PH-3": health_change("emergency_visit", stays=False),
    "PH-3.hospital_days": health_change("hospital_stay", stays=True),
    "MH-6": health_rate("psychiatric_hold", "psychiatric_stay"),
    "PL-3": pl_3,
    "PL-4": pl_4,
    "PL-8": pl_8,
    "AC-1": exams("medical_exam", (3, 20)),
    "AC-2": exams("dental_exam", (1, 20)),
    "AC-4": ac_4,
    "AC-5": ac_5,
    "SX-1": sx_1,
    "SX-2": sx_2,
    "SX-3": sx_3,
    "SX-4": sx_4,
    "SX-5": checklist(
        "family_support",
        {"prenatal", "parenting_plan", "child_care", "legal", "housing"},
        "expecting_or_parenting",
    ),
    "AG-3": checklist("document", set(VITAL_DOCUMENT)),
}
