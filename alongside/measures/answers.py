"""What forms answered: single items, scales, and first against latest ratings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ibis
import ibis.expr.types as ir

from alongside.kernel.dates import add_months
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.parts import Amount, parts
from alongside.measures.programme import known, last_day, pick, seen

AGREE = 4  # agree or strongly agree, of five
Score = Callable[[ir.Table], Amount]

# The youth survey, by part; items are answered 1 (strongly disagree) to 5.
ENGAGEMENT = ("builds_relationship", "supported_by_worker", "builds_family_ties")
TEAM = ("team_supports_me", "knows_where_to_go", "team_follows_through")
VOICE = (
    "comfortable_sharing",
    "has_information",
    "input_respected",
    "helps_set_goals",
    "strengths_celebrated",
    "not_judged",
)
RESOURCES = ("connects_to_services", "can_change_service", "services_still_missing")
CULTURE = (
    "gender_respected",
    "orientation_respected",
    "name_and_pronouns",
    "cultural_activities",
    "providers_like_me",
    "providers_speak_my_language",
    "spiritual_connections",
)
EMPOWERMENT = ("helps_set_goals", "strengths_celebrated", "has_information")
HOPE = ("hopeful", "can_ask_for_help")
OWN_ITEMS = (
    "safe_where_living",
    "money_for_needs",
    "knows_someone_in_field",
    *HOPE,
)
LEADERSHIP = ("leader_supports", "leader_listens", "workload_fair", "training_enough")


def responses(
    frames: Frames, window: Window, form: str, items: Sequence[str]
) -> ir.Table:
    """Completed forms in the window: how many items were answered, and their sum."""
    a = frames["form_answer"]
    a = a.filter(a.form == form, seen(frames, window, a.answered_date))
    among = a.item.isin(items)
    return a.group_by("response_id").aggregate(
        child_id=a.child_id.max(),
        day=a.answered_date.min(),
        answered=a.value.count(where=among),
        total=a.value.sum(where=among).fill_null(0.0),
        lowest=a.value.min(where=among),
        highest=a.value.max(where=among),
        choice=a.choice.max(where=among),
    )


def scored(
    frames: Frames,
    window: Window,
    *,
    form: str,
    items: Sequence[str],
    score: Score,
    least: int | None = None,
) -> ir.Table:
    """Forms with enough items answered, each with its score; the others are unknown."""
    r = responses(frames, window, form, items)
    enough = r.answered >= (len(items) if least is None else least)
    amount = score(r)
    value = amount if isinstance(amount, ir.Value) else ibis.literal(amount)
    if value.type().is_boolean():
        value = value.fill_null(False).ifelse(1, 0)
    return parts(
        r,
        day=r.day,
        numerator=enough.ifelse(value.cast("float64"), 0.0),
        denominator=enough,
        unknown=~enough,
    )


def average(r: ir.Table) -> ir.Value:
    """The mean of the items answered."""
    return r.total / r.answered.nullif(0)


def agrees(r: ir.Table) -> ir.Value:
    """Agree or strongly agree, on one item or on the mean of several."""
    return average(r) >= AGREE


def any_yes(r: ir.Table) -> ir.Value:
    """At least one item is 1 or more."""
    return r.highest >= 1


def all_yes(r: ir.Table) -> ir.Value:
    """Every item is 1 or more."""
    return r.lowest >= 1


def chosen(
    frames: Frames, window: Window, *, form: str, item: str, choice: str
) -> ir.Table:
    """Forms in which one choice was made, of those in which any was."""
    r = responses(frames, window, form, [item])
    made = r.choice.notnull()
    return parts(
        r, day=r.day, numerator=r.choice == choice, denominator=made, unknown=~made
    )


def ratings(frames: Frames, form: str, items: Sequence[str] | None = None) -> ir.Table:
    """Every answer with a value about a named young person, as of the as-of date."""
    a = frames["form_answer"]
    a = a.filter(
        a.form == form,
        a.child_id.notnull(),
        a.value.notnull(),
        known(frames, a.answered_date).notnull(),
    )
    if items is not None:
        a = a.filter(a.item.isin(items))
    return a.select("child_id", "item", "response_id", "value", day=a.answered_date)


def first_and_latest(
    frames: Frames, window: Window, rows: ir.Table, keys: Sequence[str]
) -> ir.Table:
    """A first value, and the latest one in the window if it came on a later day.

    Without a latest one the row is there only if the first came in the window or in the
    year before it: “day” is the latest day, or else the first.
    """
    rows = rows.filter(rows.day < last_day(frames, window))
    first = pick(rows, keys, rows.day, rows.response_id)
    first = first.select(*keys, first_day="day", first="value")
    inside = rows.filter(seen(frames, window, rows.day))
    latest = pick(inside, keys, inside.day.desc(), inside.response_id.desc())
    latest = latest.select(
        **{f"l_{key}": latest[key] for key in keys},
        latest_day=latest.day,
        latest=latest.value,
    )
    both = first.left_join(
        latest,
        [
            *(first[key] == latest[f"l_{key}"] for key in keys),
            latest.latest_day > first.first_day,
        ],
    ).drop(*(f"l_{key}" for key in keys))
    recent = both.first_day >= add_months(window.start, -12)
    both = both.filter(both.latest_day.notnull() | recent)
    return both.mutate(day=ibis.coalesce(both.latest_day, both.first_day))
