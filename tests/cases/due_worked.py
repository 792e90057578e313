"""Worked cases of the due list: what happened, and what is due because of it."""

from datetime import date, timedelta

from tests.cases.due_by_hand import History, Rule, Stayed

TODAY = date(2026, 11, 19)
NEEDS_PLACE = ("home", "strtp", "other")


def ago(days: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days=days)


SAFETY = Rule("safety_plan", "referral_received", ("safety_plan",), days=14)
REVIEW = Rule(
    "mdt_90_day", "last_held", ("mdt_90_day", "mdt_ongoing"), days=90, repeats=True
)
VISIT = Rule("contact", "month", ("contact_in_person",), per_month=4, stays=NEEDS_PLACE)
BACK = Rule("back", "returned", ("welcome_back",), days=3, working_days=True)
HALL = Rule(
    "visit_hall",
    "stay_began",
    ("detention_visit",),
    days=2,
    stays=("juvenile_hall",),
    working_days=True,
)
REPORT = Rule("report", "next_court", ("court_report",), days=-7)
FIRST = Rule("first", "case_opened", ("mdt_initial", "mdt_ongoing"), days=14)
LEVEL = Rule("level", "support_began", ("cft",), days=10, levels=("full",))

AT_HOME = Stayed("home", ago(200), None)
AWAY_THEN_BACK = [
    Stayed("home", ago(200), ago(10)),
    Stayed("away", ago(10), ago(2)),
    Stayed("strtp", ago(2), None),
]

# rule, what happened, the day it is due and how it stands, and the sentence
CASES: list[tuple[Rule, History, tuple[date, str] | None, str]] = [
    (
        SAFETY,
        History(opened=ago(10), referred=ago(10)),
        (date(2026, 11, 23), "soon"),
        "Referral received Mon, Nov 9; due within 14 days.",
    ),
    (
        SAFETY,
        History(ago(10), referred=ago(10), done=[("safety_plan", ago(3))]),
        None,
        "",
    ),
    (SAFETY, History(opened=ago(10)), None, ""),
    (
        REVIEW,
        History(opened=ago(300), done=[("mdt_ongoing", ago(92))]),
        (ago(2), "was"),
        "Last MDT was Aug 19, 92 days ago; one every 90 days.",
    ),
    (
        REVIEW,
        History(opened=ago(20)),
        (date(2027, 1, 28), "later"),
        "Support began Oct 30, and no MDT is on record since; one every 90 days.",
    ),
    (
        REVIEW,
        History(
            opened=ago(300),
            done=[("mdt_ongoing", date(2026, 8, 29))],
            booked=[("mdt_90_day", date(2026, 11, 24))],
        ),
        (date(2026, 11, 27), "booked"),
        "Due Fri, Nov 27. Last MDT was Aug 29, 82 days ago; one every 90 days."
        " Nothing to do until then.",
    ),
    (
        VISIT,
        History(
            ago(300),
            stays=[AT_HOME],
            done=[("contact_in_person", ago(d)) for d in (1, 9, 30)],
        ),
        (date(2026, 11, 30), "soon"),
        "2 of 4 this month, 11 days left.",
    ),
    (
        VISIT,
        History(ago(300), stays=[Stayed("away", ago(3), None)]),
        None,
        "",
    ),
    (VISIT, History(ago(300)), None, ""),
    (
        BACK,
        History(ago(300), stays=AWAY_THEN_BACK),
        (date(2026, 11, 20), "today"),
        "Back since Tue, Nov 17; due within 3 working days.",
    ),
    (
        BACK,
        History(ago(300), stays=AWAY_THEN_BACK, done=[("welcome_back", ago(1))]),
        None,
        "",
    ),
    (
        BACK,
        History(
            ago(300),
            stays=[Stayed("away", ago(30), ago(9)), Stayed("away", ago(9), None)],
        ),
        None,
        "",
    ),
    (
        HALL,
        History(ago(300), stays=[Stayed("juvenile_hall", date(2026, 11, 10), None)]),
        (date(2026, 11, 13), "was"),  # the 11th is a holiday
        "Juvenile Hall since Tue, Nov 10; due within 2 working days.",
    ),
    (
        REPORT,
        History(ago(300), booked=[("court_hearing", date(2026, 12, 8))]),
        (date(2026, 12, 1), "soon"),
        "Court is Dec 8; due 7 days before.",
    ),
    (
        REPORT,
        History(
            ago(300),
            booked=[("court_hearing", date(2026, 12, 8))],
            done=[("court_report", ago(5)), ("court_hearing", ago(30))],
        ),
        None,
        "",
    ),
    (
        REPORT,
        History(
            ago(300),
            booked=[("court_hearing", date(2026, 12, 8))],
            done=[("court_report", ago(35)), ("court_hearing", ago(30))],
        ),
        (date(2026, 12, 1), "soon"),
        "Court is Dec 8; due 7 days before.",
    ),
    (
        FIRST,
        History(opened=ago(15)),
        (ago(1), "was"),
        "Support began Wed, Nov 4; due within 14 days.".replace("Wed, Nov 4", "Nov 4"),
    ),
    (
        LEVEL,
        History(ago(90), level="full", level_since=ago(9)),
        (date(2026, 11, 20), "today"),
        "Full support since Tue, Nov 10; due within 10 days.",
    ),
    (LEVEL, History(ago(90), level="early", level_since=ago(9)), None, ""),
    (
        Rule(**{**vars(FIRST), "starts": ago(4)}),
        History(opened=ago(700)),
        (date(2026, 11, 29), "soon"),
        "Support began Dec 19, 2024; expected since Sun, Nov 15, due within 14 days.",
    ),
    (
        Rule(**{**vars(REVIEW), "starts": ago(4)}),
        History(opened=ago(700)),
        (date(2027, 2, 13), "later"),
        "Expected since Sun, Nov 15, and no MDT is on record since support began;"
        " one every 90 days.",
    ),
    (
        Rule(**{**vars(REVIEW), "starts": ago(4)}),
        History(opened=ago(700), done=[("mdt_ongoing", ago(92))]),
        (ago(2), "was"),
        "Last MDT was Aug 19, 92 days ago; one every 90 days.",
    ),
    (FIRST, History(opened=ago(15), closed=ago(1)), None, ""),
    (FIRST, History(opened=ago(15), died=ago(1)), None, ""),
    (FIRST, History(opened=TODAY + timedelta(days=1)), None, ""),
]
