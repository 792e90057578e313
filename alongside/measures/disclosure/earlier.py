"""What a release has already told: the earlier numbers, and what they make small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from alongside.measures.curves import interval_of
from alongside.measures.disclosure.internal import SLOT, Internal, group_columns
from alongside.measures.disclosure.judge import Verdict
from alongside.measures.disclosure.policy import Policy, Reason
from alongside.measures.disclosure.quantities import PRINTED, Role

RESULTS = "results.parquet"
NAMES = {
    Role.NUMERATOR: "numerator",
    Role.DENOMINATOR: "denominator",
    Role.UNKNOWN: "unknown",
}


class NotARelease(Exception):
    """The folder holds no earlier release that can be compared with; it says why."""


@dataclass(frozen=True)
class Earlier:
    """An earlier release, as anybody can read it."""

    frame: pd.DataFrame

    @property
    def groups(self) -> list[str]:
        """The columns it was broken down by."""
        return group_columns(self.frame)

    def slots(self) -> set[tuple[str, Any, Any]]:
        """Every measure and period it shows."""
        columns = self.frame[["measure", *SLOT]].itertuples(index=False, name=None)
        return set(columns)

    def curves(self) -> set[str]:
        """The measures of which it shows intervals of a curve."""
        told = (interval_of(str(name)) for name in self.frame["measure"].unique())
        return {found[0] for found in told if found}

    def shapes(self) -> set[tuple[str, ...]]:
        """Every combination of groupings it shows, without their prefix."""
        used = self.frame[self.groups].notna().drop_duplicates()
        return {
            tuple(name.removeprefix("by_") for name in self.groups if bool(row[name]))
            for _, row in used.iterrows()
        }


@dataclass(frozen=True)
class Told:
    """Of this release's numbers: those an earlier one showed, and those it hid."""

    shown: dict[tuple[int, Role], float]
    hidden: set[tuple[int, Role]]


def read_earlier(folder: Path) -> Earlier:
    """The results of an earlier release, from the folder it was written to."""
    file = folder / RESULTS
    try:
        table = pq.read_table(file)
    except FileNotFoundError:
        raise NotARelease(
            f"{folder} has no {RESULTS}. Name the folder that an earlier"
            " “alongside measure” wrote."
        ) from None
    except (OSError, pa.ArrowInvalid) as error:
        raise NotARelease(f"{file} cannot be read: {error}.") from error
    about = table.schema.metadata or {}
    if about.get(b"alongside.internal") != b"no" or "hidden" not in table.column_names:
        raise NotARelease(
            f"{file} is not a published release: it is internal, or another program"
            " wrote it. Only what was published is compared with."
        )
    return Earlier(table.to_pandas(date_as_object=True))


def told(internal: Internal, earlier: Earlier) -> Told:
    """Match the earlier release's rows with this one's."""
    groups = sorted({*internal.groups, *earlier.groups})
    now = _keys(internal.frame, groups)
    before = dict(
        zip(_keys(earlier.frame, groups), earlier.frame.to_dict("records"), strict=True)
    )
    shown: dict[tuple[int, Role], float] = {}
    hidden: set[tuple[int, Role]] = set()
    for row, key in enumerate(now):
        if key not in before:
            continue
        cells = before[key]
        concealed = set(str(cells["hidden"] or "").split(";"))
        for role in PRINTED:
            if NAMES[role] in concealed:
                hidden.add((row, role))
            elif pd.notna(cells[NAMES[role]]):
                shown[row, role] = float(cells[NAMES[role]])
    return Told(shown, hidden)


def small_changes(internal: Internal, was: Told, policy: Policy) -> Iterator[Verdict]:
    """Numbers that moved by so few that the difference is itself a small count."""
    frame = internal.frame
    for (row, role), before in was.shown.items():
        now = float(frame.at[row, NAMES[role]])
        if frame.at[row, "asked"] and 0 < abs(now - before) < policy.smallest:
            span = (min(now, before), before + policy.smallest)
            yield Verdict(row, role, Reason.CHANGED, span)


def _keys(frame: pd.DataFrame, groups: list[str]) -> list[tuple[Any, ...]]:
    """What names a row, the same in both releases."""
    wide = frame.reindex(columns=["measure", *SLOT, *groups]).astype(object)
    wide = wide.where(wide.notna(), None)
    return list(wide.itertuples(index=False, name=None))
