"""What writers take: results that passed disclosure control, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa

_SEAL = object()  # only this package's last step has it
INTERNAL_MARK = "Internal: not for publication. Small counts are shown."


@dataclass(frozen=True)
class Published:
    """Results as they may leave, or marked internal for those who may see them all.

    It cannot be made by hand: ``publish`` and ``mark_internal`` make it.
    """

    table: pa.Table
    ddg_version: str
    smallest: int
    hidden: int  # how many numbers are hidden
    internal: bool = False
    exposed: int = 0  # hidden, yet to be worked out from what is or was shown
    _seal: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self._seal is not _SEAL:
            raise TypeError(
                "Published results come from disclosure.publish only, so that nothing"
                " is written that has not passed it."
            )

    def frame(self) -> pd.DataFrame:
        """A copy to read from."""
        return self.table.to_pandas(date_as_object=True)

    @property
    def groups(self) -> list[str]:
        """The columns that results are broken down by."""
        return [name for name in self.table.column_names if name.startswith("by_")]

    @property
    def mark(self) -> str:
        """What every page of an internal copy says."""
        return INTERNAL_MARK if self.internal else ""

    @property
    def about(self) -> Mapping[str, str]:
        """What travels inside the Parquet file."""
        return {
            "alongside.ddg_version": self.ddg_version,
            "alongside.smallest": str(self.smallest),
            "alongside.internal": "yes" if self.internal else "no",
        }


def must_be_published(results: object) -> Published:
    """The same results, or a refusal: every writer's first line."""
    if not isinstance(results, Published):
        raise TypeError(
            f"Only published results can be written, not {type(results).__name__}."
            " Pass them through disclosure.publish first."
        )
    return results


def sealed(
    frame: pd.DataFrame,
    *,
    ddg_version: str,
    smallest: int,
    hidden: int,
    internal: bool = False,
    exposed: int = 0,
) -> Published:
    """For this package's last step alone."""
    return Published(
        table=pa.Table.from_pandas(frame, preserve_index=False),
        ddg_version=ddg_version,
        smallest=smallest,
        hidden=hidden,
        internal=internal,
        exposed=exposed,
        _seal=_SEAL,
    )
