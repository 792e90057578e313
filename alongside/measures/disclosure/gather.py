"""Raw results with the people behind each number, for every table of a release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from alongside.measures.definition import Compute, Measure, Summary
from alongside.measures.disclosure.earlier import Earlier
from alongside.measures.disclosure.internal import NUMBERS, PEOPLE, Internal
from alongside.measures.engine import Engine, tidy
from alongside.measures.frames import Frames
from alongside.measures.groups import GROUPS
from alongside.measures.intervals import Window
from alongside.measures.library import MEASURES

Progress = Callable[[Measure, Window], None]


@dataclass(frozen=True)
class Task:
    """One measure, in one period, broken down one way."""

    measure: Measure
    window: Window
    by: tuple[str, ...]
    asked: bool = True  # or needed only because an earlier release shows it


def breakdowns(by: Sequence[str]) -> list[tuple[str, ...]]:
    """Every margin of a table: everyone, each group alone, and groups crossed."""
    sizes = range(len(by) + 1)
    return list(chain.from_iterable(combinations(by, size) for size in sizes))


def tasks(
    measures: Sequence[Measure],
    windows: Sequence[Window],
    by: Sequence[str] = (),
    earlier: Earlier | None = None,
) -> list[Task]:
    """All that is asked for, and all that an earlier release shows beside it."""
    asked = [
        Task(measure, window, shape)
        for measure in measures
        for window in windows
        for shape in breakdowns(by)
    ]
    known = {(t.measure.id, t.window, frozenset(t.by)) for t in asked}
    return asked + [
        task
        for task in (_shown_before(earlier) if earlier else ())
        if (task.measure.id, task.window, frozenset(task.by)) not in known
    ]


def gather(
    wanted: Iterable[Task],
    engine: Engine,
    frames: Frames,
    progress: Progress | None = None,
) -> Internal:
    """Run every task; the results are internal until they are published."""
    found: list[tuple[Task, pd.DataFrame]] = []
    at = None
    for task in wanted:
        if at != (task.measure.id, task.window):
            # What a measure counts is computed once, for all its breakdowns.
            counts = task.measure.compute(frames, task.window).cache()
            kept = replace(task.measure, compute=_always(counts))
            at = task.measure.id, task.window
            if progress:
                progress(task.measure, task.window)
        found.append((task, _one(replace(task, measure=kept), engine, frames)))
    # Row by row: pandas would guess the type of a column that is empty in some tables.
    rows = [row for _, table in found for row in table.to_dict("records")]
    return Internal(pd.DataFrame([*rows, *_nobody(found, frames)]))


def _always(counts: ir.Table) -> Compute:
    return lambda frames, window: counts


def _nobody(
    found: Sequence[tuple[Task, pd.DataFrame]], frames: Frames
) -> Iterator[dict[str, Any]]:
    """Rows of zeros where nothing was found: saying nothing would say the same.

    A measure in parts has every part that it has anywhere; one example of a group is
    enough, because the others are added to it later.
    """
    names: dict[str, dict[str, None]] = defaultdict(dict)
    groups: dict[str, str] = {}
    for task, table in found:
        names[task.measure.id] |= dict.fromkeys(table["measure"])
        if len(table):
            groups |= {by: str(table[f"by_{by}"].iloc[0]) for by in task.by}
    for task, table in found:
        missing = names[task.measure.id] or {task.measure.id: None}
        if groups.keys() >= set(task.by):
            there = set(table["measure"])
            example = {f"by_{by}": groups[by] for by in task.by}
            for name in missing:
                if name not in there:
                    yield _zeros(task, frames, name, example)


def _zeros(
    task: Task, frames: Frames, name: str, example: Mapping[str, str]
) -> dict[str, Any]:
    flipped = frames.options.flipped()
    notes = "".join(f"; {option}={value}" for option, value in flipped.items())
    return {
        "measure": name,
        "period_start": task.window.start,
        "period_end": task.window.end,
        **example,
        **dict.fromkeys((*NUMBERS, *PEOPLE), 0.0),
        "value": None,
        "unit": task.measure.unit.label,
        "as_of": frames.as_of,
        "definition": task.measure.definition + notes,
        "asked": task.asked,
    }


def _one(task: Task, engine: Engine, frames: Frames) -> pd.DataFrame:
    by = list(task.by)
    results = tidy(list(engine.each(task.measure, [task.window], frames, by)), by)
    if results.empty:
        return results
    expression = people(task.measure, frames, task.window, by)
    counted = engine.connection.to_pandas(expression)
    id_ = task.measure.id
    counted["measure"] = [f"{id_}.{p}" if p else id_ for p in counted["part"]]
    groups = [f"by_{name}" for name in by]
    counted = counted[["measure", *groups, "people", "people_counted", "largest"]]
    together = results.merge(counted, on=["measure", *groups], how="left")
    return together.assign(asked=task.asked)


def people(
    measure: Measure, frames: Frames, window: Window, by: Sequence[str] = ()
) -> ir.Table:
    """Per group: how many people are counted from, counted, and the largest part.

    Rows without a person, such as answers of an anonymous survey, are one each.
    """
    rows = measure.compute(frames, window)
    for name in by:
        rows = GROUPS[name].add(rows, frames, window)
    if "part" not in rows.columns:
        rows = rows.mutate(part=ibis.literal(""))
    keys = [*(f"by_{name}" for name in by), "part"]
    size = rows.numerator.abs()
    each = rows.group_by([*keys, "child_id"]).aggregate(
        counted=size.sum(),
        base=rows.denominator.abs().sum(),
        rows_counted=_how_many(size > 0),
        rows_base=_how_many((size > 0) | (rows.denominator.abs() > 0)),
        largest_row=size.max(),
    )
    nobody = each.child_id.isnull()
    counted = nobody.ifelse(each.rows_counted, (each.counted > 0).ifelse(1, 0))
    base = ((each.counted > 0) | (each.base > 0)).ifelse(1, 0)
    largest = nobody.ifelse(each.largest_row, each.counted).max()
    if measure.summary is Summary.MEDIAN:
        # One person moves a middle value very little, and no change is an answer too.
        counted, largest = base, ibis.literal(0.0)
    return each.group_by(keys).aggregate(
        people=nobody.ifelse(each.rows_base, base).sum(),
        people_counted=counted.sum(),
        largest=largest,
    )


def _how_many(test: ir.BooleanColumn) -> ir.IntegerScalar:
    # PostgreSQL makes no number of yes and no by itself.
    return test.ifelse(1, 0).sum()


def _shown_before(earlier: Earlier) -> Iterator[Task]:
    shapes = earlier.shapes()
    for name, start, end in sorted(earlier.slots()):
        measure = _of_part(name)
        if measure:
            for shape in sorted(shapes):
                if all(group in GROUPS for group in shape):
                    yield Task(measure, Window(start, end), shape, asked=False)


def _of_part(name: str) -> Measure | None:
    """The measure that a result belongs to, if it is a part of one."""
    while name and name not in MEASURES:
        name = name.rpartition(".")[0]
    return MEASURES.get(name)
