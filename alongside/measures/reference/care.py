"""Removal rows become episodes (rules E1 to E7), one child at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from alongside.measures.example import Row
from alongside.measures.reference.extract import Extract

FAR = date.max


@dataclass
class Episode:
    """Continuous time in care; ``exit`` is empty while it lasts."""

    child_id: str
    entry: date
    exit: date | None
    reason: str | None
    agency: str | None
    removals: set[str] = field(default_factory=set)
    next: Episode | None = None

    @property
    def end(self) -> date:
        """The exit, or a day that never comes."""
        return self.exit or FAR

    @property
    def brief(self) -> bool:
        """Complete, and shorter than eight days."""
        return self.exit is not None and (self.exit - self.entry).days < 8


def episodes(extract: Extract, *, federal: bool) -> list[Episode]:
    """Every episode, each knowing the child's next one."""
    by_child: dict[str, list[Episode]] = defaultdict(list)
    for row in extract.rows["removal"]:
        kept = _row(extract, row, federal=federal)
        if kept is not None:
            by_child[kept.child_id].append(kept)
    found = []
    for rows in by_child.values():
        child = _sweep(extract, _without_stale(rows))
        if federal:
            for episode in child:
                _end_at_eighteen(extract, episode)
        for episode, following in zip(child, child[1:], strict=False):
            episode.next = following
        found += child
    return found


def _row(extract: Extract, row: Row, *, federal: bool) -> Episode | None:
    """The removal row as known at the as-of date, or nothing (G2, E1 to E3)."""
    entry, exit_, reason = row["entry_date"], row["exit_date"], row["exit_reason"]
    if entry is None or entry >= extract.as_of:
        return None
    if exit_ is not None and exit_ >= extract.as_of:
        exit_ = reason = None
    if exit_ is None and reason is not None:
        return None
    if exit_ is not None and exit_ <= entry:
        return None
    born = extract.birth(row["child_id"])
    if born is not None and entry < born:
        return None
    adult = extract.adult_on(row["child_id"])
    if federal and (adult is None or entry >= adult):
        return None
    removals = {row["removal_id"]}
    return Episode(row["child_id"], entry, exit_, reason, row["agency"], removals)


def _without_stale(rows: list[Episode]) -> list[Episode]:
    """Without open rows that a later or a closed one overtook (E4)."""

    def stale(row: Episode) -> bool:
        return row.exit is None and any(
            other.entry > row.entry
            or (other.entry == row.entry and other.exit is not None)
            for other in rows
        )

    return [row for row in rows if not stale(row)]


def _sweep(extract: Extract, rows: list[Episode]) -> list[Episode]:
    """Overlaps merged and bridges crossed, in one pass (E5, E6)."""
    rows = sorted(rows, key=lambda row: (row.entry, row.end, min(row.removals)))
    swept: list[Episode] = []
    for row in rows:
        current = swept[-1] if swept else None
        if current is None or not _joins(extract, current, row):
            swept.append(row)
            continue
        if row.end > current.end:
            current.exit, current.reason, current.agency = (
                row.exit,
                row.reason,
                row.agency,
            )
        elif row.end == current.end and row.reason is not None:
            current.reason = row.reason
        current.removals |= row.removals
    return swept


def _joins(extract: Extract, current: Episode, row: Episode) -> bool:
    if row.entry < current.end:
        return True
    if row.entry > current.end or not extract.options.bridge:
        return False
    agencies = {row.agency, current.agency}
    changed = len(agencies) == 2 and None not in agencies
    return changed or current.reason == "transfer"


def _end_at_eighteen(extract: Extract, episode: Episode) -> None:
    """Care ends on the eighteenth birthday, known and not permanency (E7)."""
    adult = extract.adult_on(episode.child_id)
    assert adult is not None  # noqa: S101 (federal rows all have a birth date)
    happened = episode.exit is not None or adult < extract.as_of
    if episode.end >= adult and happened:
        episode.exit, episode.reason = adult, "aged_18"


@dataclass(frozen=True)
class Stay:
    """A valid placement row, clipped to its episode (P5-3)."""

    start: date
    end: date
    placement_id: str
    setting: str | None
    home_id: str | None


def stays(extract: Extract, episode: Episode) -> list[Stay]:
    """The episode's placements in order (P5-3, P5-5)."""
    found = []
    for row in extract.rows["placement"]:
        start, end = row["start_date"], row["end_date"]
        if row["removal_id"] not in episode.removals:
            continue
        if start is None or start >= extract.as_of or (end and end < start):
            continue
        if end is None or end >= extract.as_of:
            end = FAR
        start, end = max(start, episode.entry), min(end, episode.end)
        if start < end:
            found.append(
                Stay(start, end, row["placement_id"], row["setting"], row["home_id"])
            )
    return sorted(found, key=lambda stay: (stay.start, stay.end, stay.placement_id))
