"""The slow engine for homes and medicines in care, and for life after the unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from alongside.kernel.dates import add_months
from alongside.measures.codelists import FAMILY_LIKE
from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference import concerns
from alongside.measures.reference.care import Episode, episodes, stays
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.programme import (
    FAR,
    Slow,
    enrolled,
    facts,
    known,
    last,
    ratings,
    runs,
    seen,
    span,
)


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


def taken(
    x: Extract, w: Window, child: str, *classes: str
) -> list[tuple[str, set[date]]]:
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


IN_CARE_AND_AFTER: dict[str, Slow] = {
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
