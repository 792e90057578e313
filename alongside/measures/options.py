"""The choices the sources leave open, each with the one we make unless told."""

from dataclasses import dataclass, fields

NEVER_A_MOVE = ("trial_home_visit", "absent", "hospital")


@dataclass(frozen=True)
class Options:
    """Which reading of the rules to compute; the defaults are the published one."""

    anniversary_inclusive: bool = True  # the twelve-month anniversary itself counts
    s1_first_days: int = 7  # days at the start of care whose reports do not count
    same_period: bool = True  # a return in the same reporting period leaves 4-P1..4
    bridge: bool = True  # same-day changes of agency, and transfers, are one episode
    non_move_settings: tuple[str, ...] = NEVER_A_MOVE
    censor_at_18: bool = False  # follow-up of repeated harm ends at eighteen
    # By form, the change of its total that is more than chance; none is published
    # for the forms we know, so whoever uses the measure says.
    reliable_change: tuple[tuple[str, float], ...] = ()
    together_days: int = 1  # for how long two medicines must overlap to count as two
    medical_exam_months: int = 12  # how recent an examination must be
    dental_exam_months: int = 6

    def flipped(self) -> dict[str, object]:
        """The options that differ from the published definition."""
        default = Options()
        return {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if getattr(self, f.name) != getattr(default, f.name)
        }
