"""One process that computes the federal measures, the funnel and the curves."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

from alongside.kernel.spark import spark_session
from alongside.measures import MEASURES, Engine, Source, Window, engine_for, load
from alongside.measures.library import FEDERAL

WINDOW = Window(date(2020, 10, 1), date(2021, 10, 1))
AS_OF = date(2024, 7, 1)
MEASURED = [
    *FEDERAL,
    *(m for name, m in MEASURES.items() if name.startswith(("funnel.", "repeat.km."))),
]


def main(folder: str, engine: str = "duckdb") -> None:
    """Print how long checking the source and computing took."""
    begun = time.perf_counter()
    source = load(Path(folder))
    loaded = time.perf_counter()
    found = _engine(source, engine)
    results = found.run(MEASURED, [WINDOW], found.frames(AS_OF))
    done = time.perf_counter()
    print(
        json.dumps(
            {
                "checking": loaded - begun,
                "measures": done - loaded,
                "rows": sum(source.rows.values()),
                "results": len(results),
            }
        )
    )


def _engine(source: Source, name: str) -> Engine:
    if name == "spark":
        spark_session({"spark.driver.memory": "6g"})
    return engine_for(source, name)


if __name__ == "__main__":
    main(*sys.argv[1:])
