"""The slow engine for forms, protocols, referrals, plans and staff, by measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from alongside.kernel.dates import add_months
from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference import concerns
from alongside.measures.reference.extract import Extract, Part
from alongside.measures.reference.programme import (
    FAR,
    Slow,
    activities,
    answers,
    facts,
    final,
    known,
    last,
    moment,
    on,
    pair_part,
    pairs,
    ratings,
    seen,
    with_unit,
)
from alongside.measures.reference.records import away, cases, in_days

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
                r["value"] for r in rows if r["item"] in items and r["value"] is not None
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


def need_met(*items: str) -> Slow:
    def slow(x: Extract, w: Window) -> list[Part]:
        return [
            pair_part((first, latest), bool(latest and latest["value"] < 2), bool(latest))
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
        Part(g["child_id"], g["day"], g["origin"] == "youth", bool(g["origin"]), not g["origin"])
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
        Part(c, day, began is not None, 1, began is None, time=((began or x.as_of) - day).days)
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
                Part(part.child_id, part.day, part.numerator, part.denominator, part.unknown, name)
            )
    return parts


def protocol(x: Extract, which: str) -> list[Row]:
    """What called for a protocol: “day”, and only times that had come."""
    found = []
    for p in x.rows["protocol_event"]:
        if p["protocol"] == which and moment(x, p["occurred_at"]):
            times = {name: moment(x, p[name]) for name in p if name.endswith("_at")}
            found.append({**p, **times, "day": p["occurred_at"].date()})
    return found


def within(which: str, ends: tuple[str, ...], hours: float, accepted: bool = False) -> Slow:
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
        c["child_id"]
        for c in concerns.concerns(x)
        if c["identified_date"] < last(x, w)
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
        r for r in x.rows["wellness"] if r["kind"] in kinds and seen(x, w, r["report_date"])
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
    "AG-6.change": difference(hope),
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
    "AG-2": ag_2,
    "AG-5": ag_5,
    "SU-1": difference(use),
    "SU-3": su_3,
    "SU-3.days": su_3_days,
    "SU-4": su_4,
    "RL-2": adults(1),
    "RL-2.two": adults(2),
    "PX-5": adults(1),
    "RL-3": rl_3,
    "RL-4": rl_4,
    "RL-7": rl_7,
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
        ("csec_101", "csec_102"), None, lambda rows: len({t["topic"] for t in rows}) == 2
    ),
    "FD-12": fd_12,
    "FD-12.progress": fd_12_progress,
    "OP-4": op_4,
}
