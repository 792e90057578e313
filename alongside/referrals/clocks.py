"""How long each step of a referral took, every duration named by its two ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alongside.referrals.rules import HAND_OFF, Decision, Stage, Stamps, Step


@dataclass(frozen=True, slots=True)
class Gap:
    """A duration and its ends: "7 days 6 hours", "received to assessed"."""

    took: str
    ends: str
    running: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """One step: when it was, and how long it is, or was, until the next one."""

    step: Step
    at: datetime | None
    gap: Gap | None = None
    skipped: bool = False

    @property
    def css(self) -> str:
        """How its mark and line are drawn."""
        if self.gap is not None and self.gap.running:
            return "is-running"
        return "is-ahead" if self.at is None else "is-done"


def unit_steps() -> tuple[Step, ...]:
    """What the unit itself does, from the report to the decision."""
    return tuple(step for step in Step if step not in HAND_OFF)


def clocks(
    stamps: Stamps, steps: Sequence[Step], *, now: datetime, runs: bool
) -> list[Clock]:
    """The clocks of these steps, in order. ``runs``: the last one known still runs,
    toward the first step after it."""
    known = [step for step in steps if stamps.get(step) is not None]
    made = []
    for place, step in enumerate(steps):
        at = stamps.get(step)
        later = [one for one in steps[place + 1 :] if stamps.get(one) is not None]
        ahead = steps[place + 1] if place + 1 < len(steps) else None
        gap = None
        if at is not None and later:
            until = stamps[later[0]]
            if until is not None:
                gap = Gap(
                    spoken(_between(at, until)), _ends(step, later[0]), running=False
                )
        elif at is not None and runs and ahead is not None:
            gap = Gap(
                f"{spoken(_between(at, now))} so far", _ends(step, ahead), running=True
            )
        skipped = at is None and bool(known) and steps.index(known[-1]) > place
        made.append(Clock(step, at, gap, skipped))
    return made


def waiting_since(
    stage: Stage, decision: str, stamps: Stamps, started_at: datetime
) -> tuple[datetime, str]:
    """Since when a referral waits for its next step, and what that instant was."""
    if stage is Stage.DRAFT:
        return started_at, "started"
    steps: Iterable[Step] = Step
    if decision != Decision.ADVOCACY:
        steps = unit_steps()
    last = [(step, stamps[step]) for step in steps if stamps.get(step) is not None]
    step, at = last[-1] if last else (Step.RECEIVED, None)
    return at or started_at, step.end


def spoken(took: timedelta) -> str:
    """A duration as said aloud: "2 days 18 hours", "40 minutes"."""
    minutes = max(0, int(took.total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours = rest // 60
    if days:
        return _count(days, "day") + (f" {_count(hours, 'hour')}" if hours else "")
    if hours:
        return _count(hours, "hour")
    return _count(minutes, "minute") if minutes else "less than a minute"


def _between(since: datetime, until: datetime) -> timedelta:
    # In UTC: two instants of one zone are subtracted as their clocks on the wall read.
    return until.astimezone(UTC) - since.astimezone(UTC)


def _ends(first: Step, last: Step) -> str:
    end = "received by this unit" if last is Step.RECEIVED else last.end
    return f"{first.end} to {end}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
