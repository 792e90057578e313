"""What people do with meetings: plan sessions, give places, and write minutes."""

from alongside.meetings.actions.agencies import invite, uninvite
from alongside.meetings.actions.family import move_family_meeting, plan_family_meeting
from alongside.meetings.actions.minutes import (
    Present,
    Recommendation,
    Standing,
    note_opening,
    save_item,
    start_item,
)
from alongside.meetings.actions.places import (
    book,
    cancel_item,
    change_section,
    miss_item,
    move_all,
    move_item,
    next_open_day,
    set_times_in_order,
)
from alongside.meetings.actions.sessions import (
    cancel_meeting,
    change_meeting,
    finish_meeting,
    plan_meeting,
    plan_weekly,
    reopen_meeting,
)

__all__ = [
    "Present",
    "Recommendation",
    "Standing",
    "book",
    "cancel_item",
    "cancel_meeting",
    "change_meeting",
    "change_section",
    "finish_meeting",
    "invite",
    "miss_item",
    "move_all",
    "move_family_meeting",
    "move_item",
    "next_open_day",
    "note_opening",
    "plan_family_meeting",
    "plan_meeting",
    "plan_weekly",
    "reopen_meeting",
    "save_item",
    "set_times_in_order",
    "start_item",
    "uninvite",
]
