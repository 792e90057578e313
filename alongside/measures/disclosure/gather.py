"""Raw results with the people behind each number, for every table of a release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

import pandas as pd

from alongside.measures.definition import Measure
from alongside.measures.disclosure.earlier import Earlier
from alongside.measures.disclosure.internal import NUMBERS, PEOPLE, Internal
from alongside.measures.engine import Engine, labelled
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
    before = list(_shown_before(earlier)) if earlier else []
    once: dict[Any, Task] = {}
    for task in (*asked, *before):
        once.setdefault((task.measure.id, task.window, frozenset(task.by)), task)
    return list(once.values())


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
        if progress and at != (task.measure.id, task.window):
            progress(task.measure, task.window)
        at = task.measure.id, task.window
        found.append((task, _one(task, engine, frames)))
    # Row by row: pandas would guess the type of a column that is empty in some tables.
    rows = [row for _, table in found for row in table.to_dict("records")]
    return Internal(pd.DataFrame([*rows, *_nobody(found, frames)]))


def _nobody(
    found: Sequence[tuple[Task, pd.DataFrame]], frames: Frames
) -> Iterator[dict[str, Any]]:
    """Rows of zeros where nothing was found: saying nothing would say the same.

    A measure in parts has every part that it has anywhere; one example of a group is
    enough, because the others are added to it later.
    """
    names: dict[tuple[str, tuple[str, ...]], dict[str, None]] = defaultdict(dict)
    groups: dict[str, str] = {}
    for task, table in found:
        names[task.measure.id, task.by] |= dict.fromkeys(table["measure"])
        if len(table):
            groups |= {by: str(table[f"by_{by}"].iloc[0]) for by in task.by}
    for task, table in found:
        missing = names[task.measure.id, task.by] or {task.measure.id: None}
        if groups.keys() >= set(task.by):
            there = set(table["measure"])
            example = {f"by_{by}": groups[by] for by in task.by}
            for name in missing:
                if name not in there:
                    yield _zeros(task, frames, name, example)


def _zeros(
    task: Task, frames: Frames, name: str, example: Mapping[str, str]
) -> dict[str, Any]:
    zeros = dict.fromkeys((*NUMBERS, *PEOPLE), 0.0)
    part = name.removeprefix(task.measure.id).lstrip(".")
    row = pd.DataFrame([{**example, **zeros, "value": None, "part": part}])
    return dict(_told(row, task, frames).iloc[0])


def _one(task: Task, engine: Engine, frames: Frames) -> pd.DataFrame:
    counted = engine.counted(task.measure, task.window, frames, task.by)
    told = _told(counted.table, task, frames)
    cells = counted.cells()
    if cells.empty:
        return told
    return pd.concat([told, _told(cells, task, frames)], ignore_index=True)


def _told(table: pd.DataFrame, task: Task, frames: Frames) -> pd.DataFrame:
    return labelled(table, task.measure, task.window, frames).assign(asked=task.asked)


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
