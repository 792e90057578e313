"""A source, some measures and some periods become one tidy table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches

import ibis
import pandas as pd

from alongside.kernel.scratch import scratch_folder
from alongside.kernel.spark import spark_session
from alongside.measures.definition import Measure
from alongside.measures.engine import Bound, Engine, tidy
from alongside.measures.groups import GROUPS
from alongside.measures.intervals import Window
from alongside.measures.library import MEASURES
from alongside.measures.options import Options
from alongside.measures.source import Source
from alongside.measures.tables import TABLES

Progress = Callable[[Measure, Window], None]


def get(*ids: str) -> list[Measure]:
    """Measures by id; an unknown one is refused with what it might have been."""
    return [_known(id_) for id_ in ids]


def engine_for(source: Source, name: str = "duckdb") -> Engine:
    """The source's tables on an engine: “duckdb” in this process, or “spark”."""
    if name == "duckdb":
        connection = ibis.duckdb.from_connection(source.connection)
        return Engine(connection, Bound(connection))
    if name == "spark":
        return _on_spark(source)
    raise ValueError(f"There is no engine “{name}” for a folder. Use duckdb or spark.")


def compute(
    measures: Iterable[Measure | str],
    source: Source | Engine,
    windows: Window | Sequence[Window],
    as_of: date,
    *,
    by: Sequence[str] = (),
    engine: str = "duckdb",
    options: Options | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Raw, unsuppressed results: a row per measure, period and group.

    Columns: measure, period_start, period_end, by_<group>..., numerator, denominator,
    value, unit, unknown, as_of, definition. Measures whose tables are missing are left
    out; ``source.missing_tables(measures)`` says which. ``source`` may be an engine
    that already holds the tables. ``progress`` is told each measure as it is begun.
    """
    wanted = [_known(m) if isinstance(m, str) else m for m in measures]
    check_groups(by)
    if isinstance(source, Source):
        wanted = [measure for measure in wanted if not source.lacks(measure)]
        source = engine_for(source, engine)
    windows = [windows] if isinstance(windows, Window) else list(windows)
    frames = source.frames(as_of, options)
    found = []
    for measure in wanted:
        for window in windows:
            if progress:
                progress(measure, window)
            found += list(source.each(measure, [window], frames, by))
    return tidy(found, by)


def check_groups(by: Sequence[str]) -> None:
    """Refuse a grouping that does not exist, or that is given twice."""
    for name in by:
        if name not in GROUPS:
            raise ValueError(
                f"Results cannot be grouped by “{name}”. The groups are"
                f" {', '.join(GROUPS)}."
            )
    if len(set(by)) < len(by):
        raise ValueError("Give each group once.")


def _known(id_: str) -> Measure:
    if id_ in MEASURES:
        return MEASURES[id_]
    near = get_close_matches(id_, MEASURES, n=5, cutoff=0.5)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    raise ValueError(
        f"There is no measure “{id_}”.{hint} List them with: alongside measure --list"
    )


def _on_spark(source: Source) -> Engine:
    session = spark_session()  # which tells by name what is not installed
    connection = ibis.pyspark.connect(session)
    folder = scratch_folder()
    files = source.write_sound(folder)
    for name in TABLES:
        if name not in files:  # an empty table, so that every measure compiles
            files[name] = folder / f"{name}.parquet"
            source.connection.table(name).write_parquet(str(files[name]))
    return Engine(
        connection,
        {
            name: connection.read_parquet(str(path), table_name=name)
            for name, path in files.items()
        },
    )
