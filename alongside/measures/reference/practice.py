"""The slow engine for forms, goals and contacts, measure by measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.programme import (
    FAR,
    Slow,
    activities,
    answers,
    known,
    last,
    seen,
)
from alongside.measures.reference.records import in_days

Score = Callable[[list[float]], float]


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def agrees(values: list[float]) -> float:
    return mean(values) >= 4


def scored(form: str, items: Iterable[str], score: Score, least: int = 0) -> Slow:
    """Forms with enough of the items answered, each with its score."""
    items = tuple(items)

    def slow(x: Extract, w: Window) -> list[Part]:
        parts = []
        for rows in answers(x, w, form).values():
            values = [
                r["value"]
                for r in rows
                if r["item"] in items and r["value"] is not None
            ]
            told = len(values) >= (least or len(items))
            parts.append(
                Part(
                    max((r["child_id"] for r in rows if r["child_id"]), default=None),
                    min(r["answered_date"] for r in rows),
                    score(values) if told else 0,
                    told,
                    not told,
                )
            )
        return parts

    return slow


def chosen(form: str, item: str, choice: str) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        parts = []
        for rows in answers(x, w, form).values():
            made = [r["choice"] for r in rows if r["item"] == item and r["choice"]]
            parts.append(
                Part(
                    max((r["child_id"] for r in rows if r["child_id"]), default=None),
                    min(r["answered_date"] for r in rows),
                    bool(made) and max(made) == choice,
                    bool(made),
                    not made,
                )
            )
        return parts

    return slow


def happened(kind: str) -> Slow:
    """How many completed activities of a kind."""

    def slow(x: Extract, w: Window) -> list[Part]:
        return [
            Part(a["child_id"], a["day"], 1, 1)
            for a in activities(x, kind)
            if seen(x, w, a["day"])
        ]

    return slow


def active_goals(x: Extract, w: Window) -> list[Row]:
    found = []
    for g in x.rows["goal"]:
        start, end = g["start_date"], known(x, g["end_date"]) or FAR
        if start is not None and start < last(x, w) and end > w.start:
            found.append({**g, "day": max(start, w.start)})
    return found


def ag_2(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            g["child_id"],
            g["day"],
            g["origin"] == "youth",
            bool(g["origin"]),
            not g["origin"],
        )
        for g in active_goals(x, w)
    ]


def ag_5(x: Extract, w: Window) -> list[Part]:
    return [
        Part(a["child_id"], a["day"], a["reason"] in ("consent", "notice"), 1)
        for a in activities(x, "disclosure")
        if seen(x, w, a["day"])
    ]


def wanted_treatment(x: Extract, w: Window) -> list[tuple[str, date, date | None]]:
    found = []
    for s in x.rows["service_referral"]:
        day = s["need_date"] or s["referred_date"]
        began = known(x, s["started_date"])
        if s["service"] == "substance_use" and s["wanted"] and seen(x, w, day):
            found.append(
                (s["child_id"], day, began if began and began >= day else None)
            )
    return found


def su_3(x: Extract, w: Window) -> list[Part]:
    return [in_days(x, c, day, began, 30) for c, day, began in wanted_treatment(x, w)]


def su_3_days(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            c,
            day,
            began is not None,
            1,
            began is None,
            time=((began or x.as_of) - day).days,
        )
        for c, day, began in wanted_treatment(x, w)
    ]


USE_REASONS = ("coercion", "coping", "dissociation", "peer", "other")


def su_4(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            a["child_id"],
            a["answered_date"],
            a["choice"] == reason,
            a["choice"] in USE_REASONS,
            a["choice"] not in USE_REASONS,
            reason,
        )
        for a in x.rows["form_answer"]
        if a["form"] == "use_report"
        and a["item"] == "reason"
        and seen(x, w, a["answered_date"])
        for reason in USE_REASONS
    ]


def rl_3(x: Extract, w: Window) -> list[Part]:
    return [
        Part(
            a["child_id"],
            a["day"],
            a["initiated_by"] == "youth",
            bool(a["initiated_by"]),
            not a["initiated_by"],
        )
        for a in activities(x, "need_event")
        if seen(x, w, a["day"])
    ]


def rl_4(x: Extract, w: Window) -> list[Part]:
    parts = []
    for a in x.rows["activity"]:
        planned = a["activity_date"]
        if a["kind"] == "family_visit" and a["wanted"] and seen(x, w, planned):
            told = a["status"] in ("completed", "missed", "cancelled")
            held = a["status"] == "completed"
            parts.append(Part(a["child_id"], planned, held, told, not told))
    return parts


VOICE = (
    "comfortable_sharing",
    "has_information",
    "input_respected",
    "helps_set_goals",
    "strengths_celebrated",
    "not_judged",
)


CULTURE = (
    "gender_respected",
    "orientation_respected",
    "name_and_pronouns",
    "cultural_activities",
    "providers_like_me",
    "providers_speak_my_language",
    "spiritual_connections",
)


ENGAGEMENT = ("builds_relationship", "supported_by_worker", "builds_family_ties")


SURVEY = "youth_survey"


PRACTICE: dict[str, Slow] = {
    "PS-6": scored(SURVEY, ["safe_where_living"], agrees),
    "PS-7": scored(
        "review",
        ["food", "shelter", "clothing", "own_needs"],
        lambda values: all(value >= 1 for value in values),
    ),
    "WK-4": scored(SURVEY, ["knows_someone_in_field"], agrees),
    "AG-1": scored(SURVEY, VOICE, mean, 4),
    "AG-1.high": scored(SURVEY, VOICE, agrees, 4),
    "AG-6": scored(SURVEY, ["hopeful", "can_ask_for_help"], mean),
    "LF-5": scored(SURVEY, ["money_for_needs"], agrees),
    "FD-10": scored(SURVEY, ENGAGEMENT, mean, 2),
    "FD-10.contact_just_right": chosen(SURVEY, "contact_amount", "just_right"),
    "FD-13": scored(SURVEY, VOICE, mean, 4),
    "FD-14": scored(
        SURVEY, ["helps_set_goals", "strengths_celebrated", "has_information"], mean, 2
    ),
    "FD-14.events": happened("empowerment"),
    "FD-15": scored(SURVEY, CULTURE, mean, 4),
    "FD-9.practice": scored("staff_survey", ["harm_reduction"], mean),
    "FD-11": scored(
        "staff_survey",
        ["leader_supports", "leader_listens", "workload_fair", "training_enough"],
        mean,
    ),
    "RB-4": scored("review", ["recruitment"], lambda values: max(values) >= 1),
    "RL-6": scored("review", ["partner_violence"], lambda values: max(values) >= 1),
    "AG-2": ag_2,
    "AG-5": ag_5,
    "SU-3": su_3,
    "SU-3.days": su_3_days,
    "SU-4": su_4,
    "RL-3": rl_3,
    "RL-4": rl_4,
}
