"""What is wrong with real extracts, added on purpose."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from alongside.simulate.changes import changed_date, changed_names
from alongside.simulate.columns import NO_DAY, Columns, Days, Ids, Numbers, joined
from alongside.simulate.draws import Draws
from alongside.simulate.identities import Texts

Tables = dict[str, Columns]
DUPLICATES = "duplicate"  # which child was entered twice, for checking linkage

# Days that get lost, and periods whose ends get swapped.
_LOSE = (
    ("child", "birth_date"),
    ("report", "report_date"),
    ("removal", "entry_date"),
    ("removal", "exit_date"),
    ("placement", "start_date"),
    ("concern", "identified_date"),
    ("case_open", "open_date"),
)
_SWAP = (
    ("removal", "entry_date", "exit_date"),
    ("placement", "start_date", "end_date"),
    ("case_open", "open_date", "close_date"),
)


def soiled(draws: Draws, tables: Tables, share: float) -> Tables:
    """The tables with missing dates, ends before starts, overlaps and duplicates."""
    for table, column in _LOSE:
        day = _days(tables[table], column)
        day[draws.chance(len(day), share)] = NO_DAY
    for table, start, end in _SWAP:
        _swap(draws, _days(tables[table], start), _days(tables[table], end), share)
    tables["removal"] = _overlapping(draws, tables["removal"], share)
    return _twice(draws, tables, share)


def _days(columns: Columns, name: str) -> Numbers:
    column = columns[name]
    assert isinstance(column, Days)  # noqa: S101 (for the type checker)
    return column.numbers


def _ids(columns: Columns, name: str) -> Ids:
    column = columns[name]
    assert isinstance(column, Ids)  # noqa: S101 (for the type checker)
    return column


def _swap(draws: Draws, start: Numbers, end: Numbers, share: float) -> None:
    chosen = draws.chance(len(start), share) & (start != NO_DAY) & (end != NO_DAY)
    start[chosen], end[chosen] = end[chosen], start[chosen].copy()


def _overlapping(draws: Draws, removal: Columns, share: float) -> Columns:
    """Some removals entered twice, the second a few days later."""
    count = len(_days(removal, "entry_date"))
    at = np.flatnonzero(draws.chance(count, share))
    rows = {
        name: column.take(joined([np.arange(count), at]))
        for name, column in removal.items()
    }
    numbers = _ids(rows, "removal_id").numbers
    numbers[count:] = -numbers[count:] - 2  # negative until named apart below
    entry = _days(rows, "entry_date")
    later = entry[count:] + draws.between(1, 20, len(at))
    entry[count:] = np.where(entry[count:] == NO_DAY, NO_DAY, later)
    rows["removal_id"] = Texts(_named_apart("m", numbers))
    return rows


def _named_apart(prefix: str, numbers: Numbers) -> pa.Array:
    again = numbers < 0
    plain = Ids(prefix, np.where(again, -numbers - 2, numbers)).arrow()
    suffixed = pa.compute.binary_join_element_wise(plain, "again", "-")
    return pa.compute.if_else(pa.array(again), suffixed, plain)


def _twice(draws: Draws, tables: Tables, share: float) -> Tables:
    """Some children entered twice, the second time under changed names.

    The second record takes over about half of the first one's reports.
    """
    child = tables["child"]
    count = len(_days(child, "birth_date"))
    at = np.flatnonzero(draws.chance(count, share))
    every = joined([np.arange(count), at])
    again = np.arange(len(every)) >= count
    originals = _ids(child, "child_id").numbers[every]
    ids = Texts(_named_apart("c", np.where(again, -originals - 2, originals)))
    doubled = {name: column.take(every) for name, column in child.items()}
    identity = {name: c.take(every) for name, c in tables["identity"].items()}
    _change(draws, identity, at, count)
    report = tables["report"]
    of_report = _ids(report, "child_id").numbers
    moved = np.isin(of_report, originals[count:]) & draws.chance(len(of_report), 0.5)
    moved_ids = Texts(_named_apart("c", np.where(moved, -of_report - 2, of_report)))
    first = Ids("c", originals[count:])
    return {
        **tables,
        "child": {**doubled, "child_id": ids},
        "identity": {**identity, "child_id": ids},
        "report": {**report, "child_id": moved_ids},
        DUPLICATES: {"child_id": first, "again": ids.take(np.flatnonzero(again))},
    }


def _change(draws: Draws, identity: Columns, at: Numbers, count: int) -> None:
    """Other spellings for the second records."""
    texts = {n: identity[n].arrow() for n in ("given_name", "family_name")}
    given, family = changed_names(
        draws, *(texts[n].slice(count).to_pylist() for n in texts)
    )
    for name, changed in (("given_name", given), ("family_name", family)):
        kept = texts[name].slice(0, count)
        identity[name] = Texts(pa.concat_arrays([kept, pa.array(changed, pa.string())]))
    birth = _days(identity, "birth_date")
    wrong = count + np.flatnonzero(draws.chance(len(at), 0.1))
    birth[wrong] = changed_date(draws, birth[wrong])
