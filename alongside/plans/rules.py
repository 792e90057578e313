"""How goals and steps stand, and how they may move."""

from enum import StrEnum


class GoalStatus(StrEnum):
    """How a goal stands."""

    UNDER_WAY = "under_way"
    REACHED = "reached"
    SET_ASIDE = "set_aside"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return {"under_way": "Under way", "reached": "Reached"}.get(self, "Set aside")


class StepStatus(StrEnum):
    """How an action step stands."""

    OPEN = "open"
    PARTLY = "partly"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return {
            "open": "Not yet",
            "partly": "Partly",
            "done": "Done",
            "dropped": "Dropped",
        }[self]


class SetBy(StrEnum):
    """Whose goal it is."""

    YOUTH = "youth"
    TOGETHER = "together"
    TEAM = "team"
    PARTNER = "partner"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return {
            "youth": "The young person",
            "together": "The young person and the team",
            "team": "The team",
            "partner": "A partner agency",
        }[self]


GOAL_MOVES = {
    GoalStatus.UNDER_WAY: {GoalStatus.REACHED, GoalStatus.SET_ASIDE},
    GoalStatus.REACHED: {GoalStatus.UNDER_WAY},
    GoalStatus.SET_ASIDE: {GoalStatus.UNDER_WAY},
}

SETTLED = {StepStatus.DONE, StepStatus.DROPPED}


def refusal_to_move_goal(now: GoalStatus, then: GoalStatus) -> str | None:
    """Why a goal cannot come to stand this way, if so."""
    if then in GOAL_MOVES[now]:
        return None
    return f"This goal is “{now.label}” and cannot become “{then.label}”."
