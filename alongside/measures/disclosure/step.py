"""The one step that every table passes last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from alongside.measures import definition
from alongside.measures.disclosure.additions import relations
from alongside.measures.disclosure.conceal import Puzzle, conceal
from alongside.measures.disclosure.earlier import (
    NAMES,
    Earlier,
    Told,
    small_changes,
    told,
)
from alongside.measures.disclosure.follow_up import (
    FollowUp,
    with_between,
    with_intervals,
    without_idle,
)
from alongside.measures.disclosure.internal import SLOT, Internal
from alongside.measures.disclosure.judge import Judged, judge
from alongside.measures.disclosure.policy import Policy, Reason
from alongside.measures.disclosure.published import Published, sealed
from alongside.measures.disclosure.quantities import (
    PRINTED,
    Quantities,
    Role,
    quantities,
)

# A rate is as exact as it is printed, and no more: further decimals tell of its counts.
DECIMALS = {
    unit.label: unit.decimals
    for unit in vars(definition).values()
    if isinstance(unit, definition.Unit)
}
NUMBER_COLUMNS = ["numerator", "denominator", "value", "unit", "unknown"]


@dataclass(frozen=True)
class Log:
    """For the releasing agency's own review: what was hidden, and why; no numbers.

    It stays inside, because a reason tells that a number is small.
    """

    hidden: pd.DataFrame
    assessments: pd.DataFrame


Cell = tuple[int, Role]
Rows = npt.NDArray[np.int64]


@dataclass
class Hiding:
    """What is hidden so far, each number with its first reason."""

    reasons: dict[Cell, Reason] = field(default_factory=dict)
    quantities: set[int] = field(default_factory=set)
    exposed: set[int] = field(default_factory=set)  # hidden in vain

    def hide(self, q: Quantities, row: int, role: Role, reason: Reason) -> None:
        """Hide a number, and the numerator with its denominator or its rest."""
        roles = [role] if role is Role.UNKNOWN else [role, Role.NUMERATOR]
        for each in roles:
            if each is not Role.REST:
                self.reasons.setdefault((row, each), reason)
                self.quantities.add(int(q.ids[row, each]))


@dataclass(frozen=True)
class Decided:
    """What is hidden of some results, and why."""

    internal: Internal
    q: Quantities
    judged: Judged
    hiding: Hiding


def publish(
    internal: Internal,
    *,
    policy: Policy | None = None,
    earlier: Earlier | None = None,
    progress: Callable[[int], None] = lambda left: None,
) -> tuple[Published, Log]:
    """Hide what must be hidden; the results may then leave, the log may not.

    Curves come after everything else: they show what can be shown beside the results,
    and never cost a result its number. ``progress`` is told how many proofs are left
    to find, of the results and then of the curves.
    """
    policy = policy or Policy()
    internal = with_between(with_intervals(internal, policy.smallest))
    internal = without_idle(internal, earlier.curves() if earlier else ())
    curves = FollowUp(internal).rows
    rest = np.array([row not in curves for row in range(len(internal.frame))])
    decided = _decided(internal.some(rest), policy, earlier, progress)
    if curves:
        settled = Settled.of(decided, np.flatnonzero(rest))
        decided = _decided(internal, policy, earlier, progress, settled)
    frame = _masked(internal, decided.hiding)
    published = sealed(
        frame,
        ddg_version=policy.ddg_version,
        smallest=policy.smallest,
        hidden=int(frame["hidden"].map(_numbers).sum()),
        exposed=len(decided.hiding.exposed),
    )
    return published, _log(decided)


@dataclass(frozen=True)
class Settled:
    """Rows about which it is decided already: what is hidden there, and no more."""

    rows: Rows
    reasons: Mapping[Cell, Reason]  # by their place among these rows
    exposed: frozenset[Cell]

    @classmethod
    def of(cls, decided: Decided, rows: Rows) -> Settled:
        """What was decided about some rows of what is to be decided next."""
        ids, hiding = decided.q.ids, decided.hiding
        cells = zip(*np.nonzero(np.isin(ids, list(hiding.exposed))), strict=True)
        exposed = frozenset((int(row), Role(role)) for row, role in cells)
        return cls(rows, hiding.reasons, exposed)

    def shown(self, q: Quantities) -> set[int]:
        """What these rows show."""
        return {
            int(q.ids[row, role])
            for at, row in enumerate(self.rows)
            for role in PRINTED
            if (at, role) not in self.reasons
        }


def _decided(
    internal: Internal,
    policy: Policy,
    earlier: Earlier | None,
    progress: Callable[[int], None],
    settled: Settled | None = None,
) -> Decided:
    q = quantities(internal)
    judged = judge(internal, policy)
    was = told(internal, earlier) if earlier else Told({}, set())
    judged.verdicts += small_changes(internal, was, policy)
    hiding = Hiding()
    fixed: set[int] = set()
    new: set[int] | None = None
    if settled:
        fixed = settled.shown(q)
        for (at, role), reason in settled.reasons.items():
            row = int(settled.rows[at])
            hiding.reasons[row, role] = reason
            hiding.quantities.add(int(q.ids[row, role]))
        hiding.exposed = {int(q.ids[settled.rows[at], r]) for at, r in settled.exposed}
        new = set(np.delete(q.ids, settled.rows, axis=0).ravel().tolist())
    puzzle = _puzzle(internal, q, judged, was, hiding, fixed)
    found = conceal(puzzle, new, progress)
    hiding.quantities |= found.hidden
    hiding.exposed |= found.exposed
    _everywhere(q, hiding)
    return Decided(internal, q, judged, hiding)


def mark_internal(internal: Internal, *, policy: Policy | None = None) -> Published:
    """Everything as it is, marked so that every page of it says so."""
    policy = policy or Policy()
    internal = with_intervals(internal, 0)
    return sealed(
        _masked(internal, Hiding()).assign(internal="not for publication"),
        ddg_version=policy.ddg_version,
        smallest=policy.smallest,
        hidden=0,
        internal=True,
    )


def _puzzle(
    internal: Internal,
    q: Quantities,
    judged: Judged,
    was: Told,
    hiding: Hiding,
    fixed: set[int],
) -> Puzzle:
    known = _known(internal, q, was)
    wanted: dict[int, tuple[float, float]] = {}
    for verdict in judged.verdicts:
        quantity = int(q.ids[verdict.row, verdict.role])
        low, high = wanted.get(quantity, verdict.range)
        wanted[quantity] = min(low, verdict.range[0]), max(high, verdict.range[1])
        hiding.hide(q, verdict.row, verdict.role, verdict.reason)
    unsure: set[int] = set()
    for row, role in was.hidden:
        # What an earlier release hid nobody knows yet, and it stays so.
        i = int(q.ids[row, role])
        if i not in known:
            hiding.hide(q, row, role, Reason.BEFORE)
            unsure.add(i)
    hiding.exposed |= wanted.keys() & known
    asked = internal.frame["asked"].to_numpy()
    printed = set(q.ids[asked][:, list(PRINTED)].ravel().tolist())
    unknown = hiding.quantities | (set(q.ids.ravel().tolist()) - printed)
    return Puzzle(
        values=q.values.tolist(),
        least=q.least.tolist(),
        whole=q.whole.tolist(),
        relations=relations(internal, q),
        wanted={i: span for i, span in wanted.items() if i not in known},
        hidden=frozenset(unknown - known),
        cost=_costs(internal, q, unknown | known | fixed),
        unsure=frozenset(unsure - wanted.keys()),
    )


def _known(internal: Internal, q: Quantities, was: Told) -> set[int]:
    """What an earlier release showed, and still is so, can be hidden no more."""
    now = internal.frame[[NAMES[role] for role in PRINTED]].to_numpy()
    asked = internal.frame["asked"].to_numpy()
    return {
        int(q.ids[row, role])
        for (row, role), before in was.shown.items()
        if now[row, PRINTED.index(role)] == before or not asked[row]
    }


def _costs(internal: Internal, q: Quantities, fixed: set[int]) -> dict[int, float]:
    """What it costs a reader to lose each number: totals and denominators the most."""
    depth = internal.frame[internal.groups].notna().to_numpy().sum(axis=1)
    totals = 10.0 ** (depth.max(initial=0) - depth)
    sizes = 1 + np.log1p(np.abs(q.values))
    costs: dict[int, float] = {}
    for row in range(len(internal.frame)):
        for role in PRINTED:
            i = int(q.ids[row, role])
            if i not in fixed:
                weight = 4.0 if role is Role.DENOMINATOR else 1.0
                costs[i] = costs.get(i, 0.0) + float(totals[row] * weight * sizes[i])
    return costs


def _everywhere(q: Quantities, hiding: Hiding) -> None:
    """A hidden number is hidden in every place where it is printed."""
    concealed = np.isin(q.ids, list(hiding.quantities))
    for row, role in zip(*np.nonzero(concealed[:, list(PRINTED)]), strict=True):
        cell = int(row), PRINTED[role]
        hiding.reasons.setdefault(cell, Reason.COMPLEMENT)


def _masked(internal: Internal, hiding: Hiding) -> pd.DataFrame:
    frame = internal.frame
    numbers = {c: frame[c].to_numpy(copy=True) for c in (*NAMES.values(), "value")}
    gone: list[list[str]] = [[] for _ in range(len(frame))]
    for row, role in sorted(hiding.reasons):
        numbers[NAMES[role]][row] = np.nan
        gone[row].append(NAMES[role])
        if role is not Role.UNKNOWN and "value" not in gone[row]:
            numbers["value"][row] = np.nan
            gone[row].append("value")
    for row in FollowUp(internal).spoiled(row for row, _ in hiding.reasons):
        numbers["value"][row] = np.nan
        gone[row] += ["value"] if "value" not in gone[row] else []
    frame = frame.assign(**numbers, hidden=[";".join(names) for names in gone])
    frame["value"] = [
        round(value, DECIMALS.get(unit, 1))
        for value, unit in zip(frame["value"], frame["unit"], strict=True)
    ]
    frame = frame[frame["asked"]].reset_index(drop=True)
    groups = [name for name in internal.groups if frame[name].notna().any()]
    keys = ["measure", *SLOT, *groups]
    return frame[[*keys, *NUMBER_COLUMNS, "as_of", "definition", "hidden"]]


def _numbers(hidden: str) -> int:
    return len(hidden.split(";")) if hidden else 0


def _log(decided: Decided) -> Log:
    internal, q, hiding = decided.internal, decided.q, decided.hiding
    frame = internal.frame
    keys = frame[internal.keys].to_dict("records")
    rows = [
        {
            **keys[row],
            "number": NAMES[role],
            "reason": reason.value,
            "protected": "no" if int(q.ids[row, role]) in hiding.exposed else "yes",
        }
        for (row, role), reason in sorted(hiding.reasons.items())
        if frame.at[row, "asked"]
    ]
    columns = [*internal.keys, "number", "reason", "protected"]
    assessments = [asdict(found) for found in decided.judged.assessments]
    return Log(
        hidden=pd.DataFrame(rows, columns=columns),
        assessments=pd.DataFrame(assessments),
    )
