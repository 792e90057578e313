# ruff: noqa: S608 (tables are named by us; what people wrote is only ever a value)
"""Where pairs are compared: DuckDB on one machine, Spark on many."""

from __future__ import annotations

from typing import Any

import duckdb
from splink import DuckDBAPI

from alongside.kernel.refusal import Refused
from alongside.kernel.spark import spark_session

ENGINES = ("duckdb", "spark")


def api_of(engine: str, connection: duckdb.DuckDBPyConnection) -> Any:
    """What Splink runs on."""
    return DuckDBAPI(connection) if engine == "duckdb" else _spark()


def people_for(api: Any, connection: duckdb.DuckDBPyConnection, table: str) -> Any:
    """The prepared people as that engine takes them: a name, or the rows."""
    if isinstance(api, DuckDBAPI):
        return table
    return connection.execute(f'SELECT * FROM "{table}"').fetch_arrow_table()


def _spark() -> Any:
    try:
        from splink import SparkAPI
        from splink.backends.spark import similarity_jar_location
    except ImportError as missing:
        raise Refused(
            "Linking on Spark needs Spark. Install it with:"
            " pip install 'alongside[spark]'"
        ) from missing
    session = spark_session({"spark.jars": similarity_jar_location()})
    api: Any = SparkAPI
    return api(spark_session=session, break_lineage_method="persist")
