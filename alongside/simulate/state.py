"""A simulated state, written block by block as the contract's administrative tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from alongside.measures.tables import ADMINISTRATIVE
from alongside.simulate import published
from alongside.simulate.assumptions import ASSUMED
from alongside.simulate.care import removals
from alongside.simulate.cases import cases
from alongside.simulate.columns import Columns, arrow_table
from alongside.simulate.concerns import concerns
from alongside.simulate.dirt import DUPLICATES, soiled
from alongside.simulate.draws import Draws
from alongside.simulate.identities import identities
from alongside.simulate.people import people
from alongside.simulate.placements import placements
from alongside.simulate.reports import reports

BLOCK = 250_000  # children held in memory at once
# Names, and who was entered twice: for linkage only, not tables of the contract.
IDENTITIES = "identity"
_APART = (IDENTITIES, DUPLICATES)
_VERSION = 1


def write_state(
    out: Path,
    *,
    children: int,
    seed: int,
    dirt: float = 0.0,
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Write every table to ``out``; the same arguments write the same bytes."""
    (out / "linkage").mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers: dict[str, pq.ParquetWriter] = {}
        for number, first in enumerate(range(0, children, BLOCK)):
            count = min(BLOCK, children - first)
            for name, columns in block(seed, number, first, count, dirt).items():
                table = arrow_table(columns)
                if name not in writers:
                    path = _path(out, name)
                    writers[name] = stack.enter_context(_writer(path, table.schema))
                writers[name].write_table(table)
            progress(first + count)
    _write_about(out, children=children, seed=seed, dirt=dirt)


def block(
    seed: int, number: int, first: int, count: int, dirt: float
) -> dict[str, Columns]:
    """The tables of some children; no two blocks share a child."""
    draws = Draws(seed, number)
    found, stories = people(draws, first, count)
    care = removals(draws, found, stories)
    tables = {
        "child": found.columns(),
        "report": reports(draws, found, stories),
        "removal": care.columns(found),
        "placement": placements(draws, found, care),
        "concern": concerns(draws, found, stories),
        "case_open": cases(draws, found, stories, care),
        # of their own source of chance: names never change the histories
        IDENTITIES: identities(Draws(seed, number, 1), found),
    }
    return soiled(Draws(seed, number, 2), tables, dirt) if dirt else tables


def _path(out: Path, name: str) -> Path:
    folder = out / "linkage" if name in _APART else out
    return folder / f"{name}.parquet"


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, schema, compression="zstd", compression_level=1)


def _write_about(out: Path, *, children: int, seed: int, dirt: float) -> None:
    about = {
        "what": "A simulated state. Nobody in it exists.",
        "version": _VERSION,
        "children": children,
        "seed": seed,
        "dirt": dirt,
        "as_of": ASSUMED.as_of.isoformat(),
        "calibrated_from": published.WINDOW.start.isoformat(),
        "calibrated_until": published.WINDOW.end.isoformat(),
        "tables": [table.name for table in ADMINISTRATIVE],
    }
    text = json.dumps(about, indent=2) + "\n"
    (out / "about.json").write_text(text, encoding="utf-8")
