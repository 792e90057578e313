"""How long DuckDB needs to read, and do nothing with, the columns of the measures."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb

COLUMNS = {
    "child": ("child_id", "birth_date"),
    "report": (
        "report_id",
        "child_id",
        "report_date",
        "incident_date",
        "allegation",
        "screened_in",
        "disposition",
    ),
    "removal": (
        "removal_id",
        "child_id",
        "entry_date",
        "exit_date",
        "exit_reason",
        "agency",
    ),
    "placement": (
        "placement_id",
        "removal_id",
        "start_date",
        "end_date",
        "setting",
        "home_id",
    ),
    "concern": (
        "concern_id",
        "child_id",
        "kind",
        "identified_date",
        "incident_date",
    ),
}


def main(folder: str) -> None:
    """Print how long it took to look at every cell once."""
    connection = duckdb.connect()
    begun = time.perf_counter()
    for table, columns in COLUMNS.items():
        path = Path(folder) / f"{table}.parquet"
        looked_at = ", ".join(f"max({column})" for column in columns)
        connection.execute(f"SELECT {looked_at} FROM read_parquet('{path}')").fetchall()
    print(json.dumps({"scan": time.perf_counter() - begun}))


if __name__ == "__main__":
    main(*sys.argv[1:])
