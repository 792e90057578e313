"""One way to Spark: a cluster's session where one is set up, or one of this machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

# Any of these says that somebody has set Spark up, and knows better than we do.
_SET_UP = (
    "SPARK_CONF_DIR",
    "SPARK_HOME",
    "SPARK_REMOTE",
    "PYSPARK_GATEWAY_PORT",
    "PYSPARK_SUBMIT_ARGS",
)
# No page for others to watch the statements on, and no address but this machine's.
_PRIVATE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}


def spark_session(settings: Mapping[str, str] | None = None) -> Any:
    """The session there is, or a new one; needs the extra “spark”.

    ``settings`` are given to a new one in any case.
    """
    from pyspark.sql import SparkSession

    if found := SparkSession.getActiveSession():
        return found
    private = {} if any(name in os.environ for name in _SET_UP) else _PRIVATE
    wanted = {**private, "spark.ui.showConsoleProgress": "false", **(settings or {})}
    builder: Any = SparkSession.builder
    for name, value in wanted.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
