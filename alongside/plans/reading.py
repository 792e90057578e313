"""A youth's plan as a page, a paper and a spreadsheet show it: three queries."""

from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from alongside.forms.vocabulary import Vocabulary
from alongside.kernel.names import fold
from alongside.people.models import Youth
from alongside.plans.models import ActionStep, Goal, ProgressNote
from alongside.plans.rules import SETTLED, GoalStatus, StepStatus

SMART = [
    ("specific", "Specific"),
    ("measurable", "Measurable"),
    ("achievable", "Achievable"),
    ("relevant", "Relevant"),
    ("time_bound", "Time-bound"),
]
_ORDER = [GoalStatus.UNDER_WAY, GoalStatus.REACHED, GoalStatus.SET_ASIDE]
# Above this, two goals read like one wish; said to people, never merged.
_ALIKE = 72


@dataclass(slots=True)
class GoalRow:
    """A goal with its steps and its progress, the newest first."""

    goal: Goal
    number: int
    category: str
    steps: list[ActionStep] = field(default_factory=list)
    notes: list[ProgressNote] = field(default_factory=list)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The SMART parts that are written down, each with its name."""
        return [
            (label, text) for name, label in SMART if (text := getattr(self.goal, name))
        ]

    @property
    def done(self) -> int:
        """How many of its steps are done."""
        return sum(step.status == StepStatus.DONE for step in self.steps)

    @property
    def counted(self) -> int:
        """How many steps it has, dropped ones aside."""
        return sum(step.status != StepStatus.DROPPED for step in self.steps)

    @property
    def next_step(self) -> ActionStep | None:
        """The open step that is due first."""
        waiting = [step for step in self.steps if step.status not in SETTLED]
        return min(waiting, key=lambda s: (s.due_on or date.max, s.pk), default=None)

    @property
    def is_open(self) -> bool:
        """Whether it is being worked on."""
        return self.goal.status == GoalStatus.UNDER_WAY


@dataclass(frozen=True, slots=True)
class SameWish:
    """Two open goals that read like one, set by different people."""

    first: GoalRow
    second: GoalRow


@dataclass(slots=True)
class Plan:
    """Everything on a youth's plan."""

    rows: list[GoalRow]
    loose: list[ActionStep]

    @property
    def open(self) -> list[GoalRow]:
        """Goals under way."""
        return [row for row in self.rows if row.is_open]

    def count(self, status: GoalStatus) -> int:
        """How many goals stand this way."""
        return sum(row.goal.status == status for row in self.rows)


def plan_of(youth: Youth, words: Vocabulary) -> Plan:
    """The plan, open goals first, each in the order it was set."""
    goals = sorted(
        Goal.objects.filter(youth=youth).select_related("agency"),
        key=lambda goal: (_ORDER.index(GoalStatus(goal.status)), goal.set_on, goal.pk),
    )
    rows = [
        GoalRow(goal, number, words.name("goal_category", goal.category))
        for number, goal in enumerate(goals, 1)
    ]
    by_goal = {row.goal.pk: row for row in rows}
    loose: list[ActionStep] = []
    for step in ActionStep.objects.filter(youth=youth).select_related("user"):
        row = by_goal.get(step.goal_id or 0)
        (row.steps if row else loose).append(step)
    for note in ProgressNote.objects.filter(youth=youth).select_related("by"):
        by_goal[note.goal_id].notes.append(note)
    return Plan(rows, loose)


def same_wishes(plan: Plan) -> list[SameWish]:
    """Open goals that say the same thing twice, to be looked at side by side."""
    found = []
    rows = [row for row in plan.open if row.goal.same_as_id is None]
    for at, first in enumerate(rows):
        for second in rows[at + 1 :]:
            if first.goal.category == second.goal.category and _alike(
                first.goal, second.goal
            ):
                found.append(SameWish(first, second))
    return found


def _alike(a: Goal, b: Goal) -> bool:
    one, other = (fold(f"{goal.words} {goal.specific}") for goal in (a, b))
    words = fuzz.token_set_ratio(fold(a.words), fold(b.words))
    return max(words, fuzz.token_set_ratio(one, other)) >= _ALIKE
