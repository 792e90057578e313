"""The slow engine for systems, records, arrests and detention, by measure."""

from __future__ import annotations

from datetime import date

from alongside.kernel.dates import add_months
from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.programme import (
    FAR,
    ONE,
    Slow,
    activities,
    by_child,
    days,
    facts,
    final,
    in_care,
    known,
    last,
    months,
    on,
    rate,
    stretches,
)
from alongside.measures.reference.records import HELD, touches


def cases(x: Extract) -> list[Row]:
    """Child-welfare cases as known, with “start” and “end”."""
    found = []
    for c in x.rows["case_open"]:
        start, end = known(x, c["open_date"]), known(x, c["close_date"]) or FAR
        if start is not None and start < end:
            found.append({**c, "start": start, "end": end})
    return found


def lf_1(x: Extract, w: Window) -> list[Part]:
    def there(rows: list[Row], child: str, month: date, after: date) -> bool:
        return any(r["child_id"] == child and touches(r, month, after) for r in rows)

    supervised = facts(x, "supervision")
    return [
        Part(c, m, there(cases(x), c, m, a) and there(supervised, c, m, a), 1)
        for c, m, a in months(x, w)
    ]


def lf_3(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child, rows in by_child(on(x, final(x, w), "record_relief")).items():
        latest = max(rows, key=lambda f: (f["start"], f["fact_id"]))
        parts.append(
            Part(child, final(x, w), latest["value"] in ("filed", "granted"), 1)
        )
    return parts


def lf_4(x: Extract, w: Window) -> list[Part]:
    since, parts = add_months(last(x, w), -12), []
    for child, age in in_care(x, w).items():
        if age < 14:
            continue
        checks = [
            a
            for a in activities(x, "credit_check")
            if a["child_id"] == child and since <= a["day"] < last(x, w)
        ]
        checks.sort(key=lambda a: (a["day"], a["activity_id"]))
        clear = bool(checks) and checks[-1]["reason"] in ("clear", "repaired")
        parts.append(Part(child, final(x, w), clear, 1))
    return parts


def rb_1(*kinds: str) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        events = [
            (a["child_id"], a["arrest_date"], 1.0)
            for a in x.rows["arrest"]
            if known(x, a["arrest_date"]) and (not kinds or a["kind"] in kinds)
        ]
        return rate(x, w, events, *HELD)

    return slow


def rb_2(x: Extract, w: Window) -> list[Part]:
    parts = []
    for child, early, latest, fits in stretches(x, w):
        here = [days(x, child, ["unit"], *s) for s in (early, latest)]
        inside = [
            h & days(x, child, ["detention"], *s)
            for h, s in zip(here, (early, latest), strict=True)
        ]
        told = fits and min(map(len, here)) >= 60
        value = (
            90 * (len(inside[1]) / len(here[1]) - len(inside[0]) / len(here[0]))
            if told
            else 0
        )
        parts.append(Part(child, latest[1] - ONE, value, told, not told))
    return parts


LAW: dict[str, Slow] = {
    "LF-1": lf_1,
    "LF-3": lf_3,
    "LF-4": lf_4,
    "RB-1": rb_1(),
    "RB-1.exploitation_related": rb_1("exploitation_related"),
    "RB-1.status": rb_1("status"),
    "RB-1.other": rb_1("other", "violation"),
    "RB-2": rb_2,
}
