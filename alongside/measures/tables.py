"""The contract: the tables from which every measure is computed.

Periods are half-open: a young person who left on a day was not there on that day.
"""

from alongside.measures.codelists import (
    AGENCY,
    CONCERN_KIND,
    DISPOSITION,
    EXIT_REASON,
    RACE_ETHNICITY,
    SETTING,
)
from alongside.measures.programme_tables import PROGRAMME
from alongside.measures.schema import (
    Codelist,
    Column,
    Kind,
    Table,
    code,
    codes,
    day,
    link,
    text,
    yes_no,
)

__all__ = [
    "ADMINISTRATIVE",
    "PROGRAMME",
    "TABLES",
    "Codelist",
    "Column",
    "Kind",
    "Table",
]

CHILD = Table(
    "child",
    row="One child or young person.",
    key=("child_id",),
    columns={
        "child_id": text("The person's identifier in this extract.", required=True),
        "birth_date": day("Date of birth; empty when it is not known."),
        "county": text("The county responsible."),
        "race_ethnicity": codes(
            "Every race and ethnicity the person is, separated by semicolons.",
            RACE_ETHNICITY,
        ),
        "gender": text("The gender recorded, in the source's own codes."),
    },
    caution="Federal measures leave out a child whose date of birth is missing.",
)
REPORT = Table(
    "report",
    row="One child in one report of suspected maltreatment.",
    key=("report_id", "child_id"),
    columns={
        "report_id": text("The report's identifier.", required=True),
        "child_id": link("The child reported about.", "child.child_id"),
        "report_date": day("When it was reported."),
        "incident_date": day("When it happened; often not known."),
        "county": text("The county that received the report."),
        "allegation": text("'cse' for commercial sexual exploitation, or another."),
        "screened_in": yes_no("Whether it was accepted for investigation."),
        "disposition": code("What the investigation found.", DISPOSITION),
    },
    caution="An incident dated after its report is impossible and counts as missing.",
)
REMOVAL = Table(
    "removal",
    row="One removal into care by one agency, until it ends.",
    key=("removal_id",),
    columns={
        "removal_id": text("The removal's identifier.", required=True),
        "child_id": link("The child in care.", "child.child_id"),
        "entry_date": day("The first day in care."),
        "exit_date": day("The day care ended; empty while it lasts."),
        "exit_reason": code("Why care ended.", EXIT_REASON),
        "agency": code("Who was responsible.", AGENCY),
    },
    periods=(("entry_date", "exit_date"),),
    caution="Rows that touch or overlap become one episode before anything is counted.",
)
PLACEMENT = Table(
    "placement",
    row="One stay in one setting during a removal.",
    key=("placement_id",),
    columns={
        "placement_id": text("The placement's identifier.", required=True),
        "removal_id": link("The removal it belongs to.", "removal.removal_id"),
        "child_id": link("The child placed.", "child.child_id", required=False),
        "start_date": day("The first day there."),
        "end_date": day("The day it ended; empty while it lasts."),
        "setting": code("What kind of place.", SETTING),
        "home_id": text("Which home, so that a return to it can be seen."),
    },
    periods=(("start_date", "end_date"),),
    caution="A placement is found through its removal; its child_id is not used.",
)
CONCERN = Table(
    "concern",
    row="One documented concern about commercial sexual exploitation.",
    key=("concern_id",),
    columns={
        "concern_id": text("The concern's identifier.", required=True),
        "child_id": link("The young person.", "child.child_id"),
        "kind": code("How sure anybody is.", CONCERN_KIND),
        "identified_date": day("When it was documented."),
        "incident_date": day("When it happened; often not known."),
        "end_date": day("When it was resolved."),
    },
    caution="A concern describes something documented; it never labels a person.",
)
CASE_OPEN = Table(
    "case_open",
    row="One open child-welfare case, until it closes.",
    key=("case_id",),
    columns={
        "case_id": text("The case's identifier.", required=True),
        "child_id": link("The young person.", "child.child_id"),
        "open_date": day("The first day the case was open."),
        "close_date": day("The day it closed; empty while it is open."),
    },
    periods=(("open_date", "close_date"),),
)

ADMINISTRATIVE: tuple[Table, ...] = (
    CHILD,
    REPORT,
    REMOVAL,
    PLACEMENT,
    CONCERN,
    CASE_OPEN,
)
TABLES: dict[str, Table] = {t.name: t for t in (*ADMINISTRATIVE, *PROGRAMME)}
