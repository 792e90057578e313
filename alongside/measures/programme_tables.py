"""The tables of daily work: what a program records beside the administrative files."""

from alongside.measures.codelists import (
    ACTIVITY_KIND,
    ACTIVITY_STATUS,
    ARREST_KIND,
    ATTAINMENT,
    CHANNEL,
    DRUG_CLASS,
    FACT_KIND,
    HEALTH_EVENT_KIND,
    INITIATOR,
    ORIGIN,
    PROTOCOL,
    REFERRAL_STAGE,
    RESPONDENT,
    SCHOOL_SETTING,
    SESSION_STATUS,
    STEP_STATUS,
    WELLNESS_KIND,
)
from alongside.measures.schema import (
    Column,
    Table,
    code,
    day,
    instant,
    link,
    number,
    text,
    yes_no,
)


def _child() -> Column:
    return link("The young person.", "child.child_id")


FACT = Table(
    "fact",
    row="Something true about a young person for a period.",
    key=("fact_id",),
    columns={
        "fact_id": text("The fact's identifier.", required=True),
        "child_id": _child(),
        "kind": code("What kind of fact.", FACT_KIND, required=True),
        "value": text("Which one, as the kind's meaning says."),
        "start_date": day("The first day it was true.", required=True),
        "end_date": day("The day it stopped; empty while it is true."),
    },
    periods=(("start_date", "end_date"),),
)
HEALTH_EVENT = Table(
    "health_event",
    row="One health event, visit or examination.",
    key=("event_id",),
    columns={
        "event_id": text("The event's identifier.", required=True),
        "child_id": _child(),
        "kind": code("What kind of event.", HEALTH_EVENT_KIND, required=True),
        "identified_date": day("When it happened or was wanted, due or noticed."),
        "treated_date": day("When it was treated, done or received."),
        "days": number("Days it lasted, for a stay.", 0),
        "wanted": yes_no("Whether the young person wanted it."),
        "intended": yes_no("For a pregnancy, whether they describe it as intended."),
        "provider": text("Which provider."),
    },
)
MEDICATION = Table(
    "medication",
    row="One medicine, while it is taken.",
    key=("medication_id",),
    columns={
        "medication_id": text("The medication's identifier.", required=True),
        "child_id": _child(),
        "drug": text("Which medicine."),
        "drug_class": code("What kind of medicine.", DRUG_CLASS),
        "start_date": day("The first day."),
        "end_date": day("The day it stopped."),
    },
    periods=(("start_date", "end_date"),),
)
SCHOOL_TERM = Table(
    "school_term",
    row="One young person in one school term.",
    key=("term_id",),
    columns={
        "term_id": text("The row's identifier.", required=True),
        "child_id": _child(),
        "start_date": day("First day enrolled in the term."),
        "end_date": day("The day after the last day enrolled."),
        "enrolled_days": number("School days while enrolled.", 0),
        "credits": number("Credits earned in the term.", 0),
        "exclusions": number("Suspensions and expulsions.", 0),
        "attainment": code("What was attained by the end of it.", ATTAINMENT),
        "setting": code("Where the school is.", SCHOOL_SETTING),
    },
    periods=(("start_date", "end_date"),),
)
SCHOOL_WEEK = Table(
    "school_week",
    row="One young person in one week with school.",
    key=("week_id",),
    columns={
        "week_id": text("The row's identifier.", required=True),
        "child_id": _child(),
        "week_start": day("The Monday of the week."),
        "days_attended": number("Days attended.", 0, 7),
        "setting": code("Where the school is.", SCHOOL_SETTING),
    },
    caution="Weeks of holiday have no row.",
)
WORK_STEP = Table(
    "work_step",
    row="One step toward work, when it was reached.",
    key=("work_step_id",),
    columns={
        "work_step_id": text("The row's identifier.", required=True),
        "child_id": _child(),
        "step": number(
            "0 none, 1 documents, 2 resume or application, 3 interview,"
            " 4 job or internship, 5 kept for 90 days.",
            0,
            5,
            whole=True,
        ),
        "reached_date": day("When it was reached."),
    },
)
ARREST = Table(
    "arrest",
    row="One arrest or violation.",
    key=("arrest_id",),
    columns={
        "arrest_id": text("The arrest's identifier.", required=True),
        "child_id": _child(),
        "arrest_date": day("When it happened."),
        "kind": code("What it was about.", ARREST_KIND),
    },
)
ACTIVITY = Table(
    "activity",
    row="Something planned or done with or about one young person.",
    key=("activity_id",),
    columns={
        "activity_id": text("The activity's identifier.", required=True),
        "child_id": _child(),
        "kind": code("What kind of activity.", ACTIVITY_KIND, required=True),
        "status": code("How it went.", ACTIVITY_STATUS),
        "due_date": day("The day by which practice asks for it."),
        "activity_date": day("The day it was planned for or done."),
        "channel": code("How it took place.", CHANNEL),
        "initiated_by": code("Who began it.", INITIATOR),
        "agency": text("The partner agency that took part."),
        "staff_id": link("Who did it.", "staff.staff_id", required=False),
        "wanted": yes_no("Whether the young person wanted it."),
        "reason": text("A coded reason or outcome."),
        "meeting_id": text("The meeting it was part of."),
    },
)
REFERRAL = Table(
    "referral_stage",
    row="One stage that one referral reached.",
    key=("stage_id",),
    columns={
        "stage_id": text("The row's identifier.", required=True),
        "referral_id": text("The referral.", required=True),
        "child_id": _child(),
        "stage": code("Which stage.", REFERRAL_STAGE, required=True),
        "reached_at": instant("When it was reached."),
        "outcome": text("The source, recommendation or decision at this stage."),
    },
)
GOAL = Table(
    "goal",
    row="One goal of one young person.",
    key=("goal_id",),
    columns={
        "goal_id": text("The goal's identifier.", required=True),
        "child_id": _child(),
        "domain": text("Which part of life, as in the catalogue."),
        "origin": code("Whose goal it is.", ORIGIN),
        "start_date": day("When it was set."),
        "end_date": day("When it ended; empty while it is active."),
        "first_rating": number("First rating on the goal scale."),
        "latest_rating": number("Latest rating on the goal scale."),
    },
    periods=(("start_date", "end_date"),),
)
ACTION_STEP = Table(
    "action_step",
    row="One step toward a goal.",
    key=("step_id",),
    columns={
        "step_id": text("The step's identifier.", required=True),
        "goal_id": link("The goal.", "goal.goal_id", required=False),
        "child_id": _child(),
        "kind": text("What kind of step; tie_removal for removing a tie."),
        "agency": text("The partner agency that took it on."),
        "due_date": day("When it is due."),
        "done_date": day("When it was done."),
        "status": code("Where it stands.", STEP_STATUS),
    },
)
SERVICE_REFERRAL = Table(
    "service_referral",
    row="One need, and the referral to a service if one was made.",
    key=("service_referral_id",),
    columns={
        "service_referral_id": text("The row's identifier.", required=True),
        "child_id": _child(),
        "service": text("Which service, such as mental_health or substance_use."),
        "need_date": day("When the need was identified."),
        "wanted": yes_no("Whether the young person wanted it."),
        "referred_date": day("When the referral was made."),
        "started_date": day("When the service began."),
        "ended_date": day("When it ended; empty while engaged."),
        "outcome": text("How the referral turned out."),
    },
)
SERVICE = Table(
    "service",
    row="One session of a service.",
    key=("session_id",),
    columns={
        "session_id": text("The session's identifier.", required=True),
        "child_id": _child(),
        "service_referral_id": link(
            "The referral it came from.",
            "service_referral.service_referral_id",
            required=False,
        ),
        "service": text("Which service."),
        "session_date": day("When it took place or was planned."),
        "status": code("Whether it was kept.", SESSION_STATUS),
    },
)
FORM_ANSWER = Table(
    "form_answer",
    row="One answer to one question of one form.",
    key=("response_id", "item"),
    columns={
        "response_id": text("The completed form.", required=True),
        "child_id": link("The young person.", "child.child_id", required=False),
        "form": text("Which form, such as cans or youth_survey.", required=True),
        "item": text("Which question.", required=True),
        "answered_date": day("When it was answered."),
        "value": number("The answer as a number; empty when skipped."),
        "choice": text("The answer as a code, when it is not a number."),
        "respondent": code("Who answered.", RESPONDENT),
    },
    caution="Anonymous surveys have no child_id; such answers are never linked.",
)
PROTOCOL_EVENT = Table(
    "protocol_event",
    row="One event that called for a protocol.",
    key=("protocol_event_id",),
    columns={
        "protocol_event_id": text("The row's identifier.", required=True),
        "child_id": _child(),
        "protocol": code("Which protocol.", PROTOCOL, required=True),
        "occurred_at": instant("When the event became known."),
        "started_at": instant("When the protocol was started; empty if it was not."),
        "advocate_at": instant("When an advocate arrived."),
        "exam_at": instant("When the health evaluation began."),
        "exam_accepted": yes_no("Whether the young person accepted one."),
        "law_notified_at": instant("When law enforcement was told."),
        "center_notified_at": instant("When the national center was told."),
        "returned_at": instant("When the young person was found or returned."),
        "debriefed_at": instant("When the debrief after the return was done."),
        "steps_complete": yes_no("Whether every step of the protocol was done."),
    },
)
STAFF = Table(
    "staff",
    row="One member of staff.",
    key=("staff_id",),
    columns={
        "staff_id": text("The person's identifier.", required=True),
        "unit": text("Their unit."),
        "role": text("Their role."),
        "start_date": day("First day."),
        "end_date": day("The day after the last day."),
    },
    periods=(("start_date", "end_date"),),
)
TRAINING = Table(
    "training",
    row="One training that one member of staff completed.",
    key=("training_id",),
    columns={
        "training_id": text("The row's identifier.", required=True),
        "staff_id": link("Who took it.", "staff.staff_id"),
        "topic": text("What about, such as harm_reduction or culture."),
        "hours": number("Hours.", 0),
        "completed_date": day("When."),
    },
)
WELLNESS = Table(
    "wellness",
    row="One wellness activity or monthly self-care report, without its words.",
    key=("wellness_id",),
    columns={
        "wellness_id": text("The row's identifier.", required=True),
        "kind": code("What it was.", WELLNESS_KIND, required=True),
        "report_date": day("When."),
        "progress": number("Progress on the goal, 1 to 5.", 1, 5),
    },
    caution="It holds no staff_id: nobody's wellness can be looked up.",
)

PROGRAMME: tuple[Table, ...] = (
    FACT,
    HEALTH_EVENT,
    MEDICATION,
    SCHOOL_TERM,
    SCHOOL_WEEK,
    WORK_STEP,
    ARREST,
    ACTIVITY,
    REFERRAL,
    GOAL,
    ACTION_STEP,
    SERVICE_REFERRAL,
    SERVICE,
    FORM_ANSWER,
    PROTOCOL_EVENT,
    STAFF,
    TRAINING,
    WELLNESS,
)
