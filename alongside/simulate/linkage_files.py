"""Two agencies' files about some of the same invented people, and who is the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from alongside.simulate.changes import changed_date, changed_names
from alongside.simulate.columns import Days, Ids, Numbers, arrow_table, joined
from alongside.simulate.draws import Draws
from alongside.simulate.identities import identities
from alongside.simulate.people import people

IN_BOTH = 0.5  # share of each file's people who are in the other too
CHANGED_NAME = 0.25  # of those, written differently in the other file
CHANGED_DATE = 0.04
MOVED = 0.2  # live elsewhere by then
OTHER = 0.03  # have a gender drawn anew
LOST = {"birth_date": 0.02, "given_name": 0.005, "postal_code": 0.05, "gender": 0.02}


def write_linkage_files(out: Path, *, people: int, seed: int) -> None:
    """Write ``a.parquet`` and ``b.parquet``, and the pairs in ``truth.parquet``."""
    out.mkdir(parents=True, exist_ok=True)
    draws = Draws(seed)
    shared = round(people * IN_BOTH)
    everyone = _everyone(draws, 2 * people - shared)
    a = everyone.slice(0, people)
    b = _rewritten(draws, everyone.slice(people - shared), shared)
    order = draws.rng.permutation(people)
    b_ids = Ids("b", np.arange(people)).arrow()
    pairs = np.empty(people, dtype=np.int64)  # where each row of b ends up
    pairs[order] = np.arange(people)
    truth = pa.table(
        {
            "a_id": a["person_id"].slice(people - shared),
            "b_id": b_ids.take(pa.array(pairs[:shared])),
        }
    )
    b = b.take(pa.array(order)).set_column(0, "person_id", b_ids)
    for name, table in {"a": a, "b": b, "truth": truth}.items():
        pq.write_table(table, out / f"{name}.parquet", compression="zstd")


def _everyone(draws: Draws, count: int) -> pa.Table:
    found, _ = people(draws, 0, count)
    table = arrow_table(identities(draws, found))
    ids = Ids("a", np.arange(count)).arrow()
    return table.set_column(0, "person_id", ids)


def _rewritten(draws: Draws, table: pa.Table, shared: int) -> pa.Table:
    """The other agency's way of writing the first ``shared`` people: those in both."""
    columns = {name: table[name].combine_chunks() for name in table.column_names}
    at = np.flatnonzero(draws.chance(shared, CHANGED_NAME))
    names = ("given_name", "family_name")
    given, family = (columns[n].take(pa.array(at)).to_pylist() for n in names)
    for name, changed in zip(names, changed_names(draws, given, family), strict=True):
        columns[name] = _replaced(columns[name], at, pa.array(changed, pa.string()))
    at = np.flatnonzero(draws.chance(shared, CHANGED_DATE))
    days = columns["birth_date"].cast(pa.int32()).to_numpy().astype(np.int64)
    days[at] = changed_date(draws, days[at])
    columns["birth_date"] = Days(days).arrow()
    for share, *others in ((MOVED, "county", "postal_code"), (OTHER, "gender")):
        at = np.flatnonzero(draws.chance(shared, share))
        whose = pa.array(draws.between(0, table.num_rows - 1, len(at)))
        for name in others:
            columns[name] = _replaced(columns[name], at, columns[name].take(whose))
    return pa.table(_with_gaps(draws, columns))


def _with_gaps(draws: Draws, columns: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    found = dict(columns)
    for name, share in LOST.items():
        lost = draws.chance(len(found[name]), share)
        nothing = pa.scalar(None, found[name].type)
        found[name] = pa.compute.if_else(pa.array(lost), nothing, found[name])
    return found


def _replaced(column: pa.Array, at: Numbers, values: pa.Array) -> pa.Array:
    """The column with other values at some positions."""
    source = np.arange(len(column))
    source[at] = len(column) + np.arange(len(at))
    return pa.concat_arrays([column, values]).take(pa.array(joined([source])))
