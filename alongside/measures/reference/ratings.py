"""The slow engine for ratings, first against latest, measure by measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.practice import mean
from alongside.measures.reference.programme import (
    Slow,
    pair_part,
    pairs,
    ratings,
    seen,
)


def need_met(*items: str) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        return [
            pair_part(
                (first, latest), bool(latest and latest["value"] < 2), bool(latest)
            )
            for first, latest in pairs(
                x, w, ratings(x, "cans", items), "child_id", "item"
            )
            if first["value"] >= 2
        ]

    return slow


def mh_4(x: Extract, w: Window) -> list[Part]:
    items = list(map(str, range(1, 10)))
    people: dict[str, list[tuple[Row, Row | None]]] = {}
    for pair in pairs(x, w, ratings(x, "cans", items), "child_id", "item"):
        people.setdefault(pair[0]["child_id"], []).append(pair)
    parts = []
    for child, each in people.items():
        day = max((latest or first)["day"] for first, latest in each)
        told = any(latest for _, latest in each)
        new = sum(
            bool(latest) and first["value"] < 2 <= latest["value"]
            for first, latest in each
            if latest
        )
        parts.append(Part(child, day, new, told, not told))
    return parts


def mh_5(x: Extract, w: Window) -> list[Part]:
    forms: dict[tuple[str, str], list[Row]] = {}
    for r in ratings(x, "cans"):
        if seen(x, w, r["day"]):
            forms.setdefault((r["child_id"], r["response_id"]), []).append(r)
    latest: dict[str, tuple[date, str]] = {}
    for (child, response), rows in forms.items():
        at = (min(r["day"] for r in rows), response)
        latest[child] = max(latest.get(child, at), at)
    parts = []
    for child, (day, response) in latest.items():
        among = [
            r["value"]
            for r in forms[child, response]
            if r["item"] in ("21", "22", "23")
        ]
        acute = any(value >= 2 for value in among)
        told = acute or len(among) == 3
        parts.append(Part(child, day, acute, told, not told))
    return parts


FORMS = ("cats", "cats2", "cries8", "cpss5", "pcl5", "ptsd_ri")


def stress_pairs(x: Extract, w: Window) -> list[tuple[str, Row, Row | None]]:
    """First and latest totals, by form."""
    return [
        (form, first, latest)
        for form in FORMS
        for first, latest in pairs(x, w, ratings(x, form, ["total"]), "child_id")
    ]


def mh_1(sign: int) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        least = dict(x.options.reliable_change)
        parts = []
        for form, first, latest in stress_pairs(x, w):
            told = latest is not None and form in least
            changed = (
                latest is not None
                and told
                and sign * (latest["value"] - first["value"]) >= least[form]
            )
            parts.append(pair_part((first, latest), changed, told))
        return parts

    return slow


def mh_2(x: Extract, w: Window) -> list[Part]:
    return [
        pair_part((first, latest), bool(latest and latest["value"] < 21), bool(latest))
        for form, first, latest in stress_pairs(x, w)
        if form in ("cats", "cats2") and first["value"] >= 21
    ]


def difference(rows: Callable[[Extract], list[Row]]) -> Slow:
    """The latest value less the first, each young person."""

    def slow(x: Extract, w: Window) -> list[Part]:
        return [
            pair_part(
                (first, latest),
                latest["value"] - first["value"] if latest else 0,
                bool(latest),
            )
            for first, latest in pairs(x, w, rows(x), "child_id")
        ]

    return slow


def hope(x: Extract) -> list[Row]:
    """The mean of the hope items of each named survey."""
    forms: dict[tuple[str, str], list[Row]] = {}
    for r in ratings(x, "youth_survey", ["hopeful", "can_ask_for_help"]):
        forms.setdefault((r["child_id"], r["response_id"]), []).append(r)
    return [
        {
            "child_id": child,
            "response_id": response,
            "day": min(r["day"] for r in rows),
            "value": mean([r["value"] for r in rows]),
        }
        for (child, response), rows in forms.items()
    ]


def use(x: Extract) -> list[Row]:
    return ratings(x, "use_report", ["days_per_30"])


def adults(least: int) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        latest: dict[str, Row] = {}
        for r in sorted(
            ratings(x, "review", ["adults_outside_unit"]),
            key=lambda r: (r["day"], r["response_id"]),
        ):
            if seen(x, w, r["day"]):
                latest[r["child_id"]] = r
        return [
            Part(child, r["day"], r["value"] >= least, 1) for child, r in latest.items()
        ]

    return slow


def rl_7(x: Extract, w: Window) -> list[Part]:
    parts = []
    for first, latest in pairs(x, w, ratings(x, "stage_of_change"), "child_id", "item"):
        if latest is None:
            way = ""
        elif latest["value"] == 5:
            way = "return"
        elif first["value"] == 5 or latest["value"] > first["value"]:
            way = "forward"
        else:
            way = "back" if latest["value"] < first["value"] else "same"
        for each in ("forward", "same", "back", "return"):
            part = pair_part((first, latest), way == each, latest is not None)
            name = f"{first['item']}.{each}"
            parts.append(
                Part(
                    part.child_id,
                    part.day,
                    part.numerator,
                    part.denominator,
                    part.unknown,
                    name,
                )
            )
    return parts


RATINGS: dict[str, Slow] = {
    "AG-6.change": difference(hope),
    "PH-4": need_met("18"),
    "PH-5": need_met("20"),
    "MH-3": need_met(*map(str, range(1, 10))),
    "MH-4": mh_4,
    "MH-5": mh_5,
    "ED-6": need_met("15", "16", "17"),
    "AG-4": need_met("14"),
    "SU-2": need_met("8"),
    "RB-3": need_met("26", "27", "28"),
    "RL-5": need_met("32", "33", "36", "38", "39"),
    "MH-1": mh_1(-1),
    "MH-1.worsened": mh_1(1),
    "MH-2": mh_2,
    "PX-8": mh_1(-1),
    "PX-8.below_cut_off": mh_2,
    "SU-1": difference(use),
    "RL-2": adults(1),
    "RL-2.two": adults(2),
    "PX-5": adults(1),
    "RL-7": rl_7,
}
