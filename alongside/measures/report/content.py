"""What the report says, in the order it says it; page and paper only lay it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from alongside.kernel.dates import add_months
from alongside.measures import present
from alongside.measures.definition import Measure, Summary
from alongside.measures.disclosure import Published, must_be_published
from alongside.measures.report.charts import Point, by_group, over_time
from alongside.measures.report.curve_views import NO_CURVE, curve_views
from alongside.measures.report.curves import of_curves
from alongside.measures.report.views import Table, View


@dataclass(frozen=True)
class Making:
    """How the numbers were made, as far as the results do not tell it themselves."""

    source: str
    engine: str
    as_of: date
    made_on: date
    rows: Mapping[str, int]  # of each table that was read
    problems: Sequence[str] = ()
    left_out: Sequence[str] = ()  # measures whose tables are missing
    command: str = ""
    software: str = ""
    after_earlier: bool = False  # held against a release before it


@dataclass(frozen=True)
class Section:
    """Everything about one result."""

    anchor: str
    title: str
    question: str
    why: str
    views: Sequence[View]
    facts: Sequence[tuple[str, str]]
    cautions: Sequence[str]


@dataclass(frozen=True)
class Report:
    """The whole report."""

    title: str
    subtitle: str
    mark: str
    summary: Sequence[str]
    key_figures: Table
    sections: Sequence[Section]
    hiding: Sequence[str]
    making: Sequence[tuple[str, str]]
    problems: Sequence[str] = field(default=())


TITLE = "Measures of safety, care and support"


def report_of(results: Published, making: Making) -> Report:
    """The report of published results, and of nothing else."""
    results = must_be_published(results)
    every = results.frame()
    frame = every[~of_curves(every)]
    curves = every[of_curves(every)]
    names = list(dict.fromkeys(frame["measure"]))
    periods = _periods(frame)
    span = f"{periods[0]} to {periods[-1]}" if len(periods) > 1 else periods[0]
    return Report(
        title=TITLE,
        subtitle=f"{span}, as of {present.day_words(making.as_of)}",
        mark=results.mark,
        summary=_summary(results, names, periods),
        key_figures=_key_figures(frame, results.groups, names),
        sections=[_section(frame, curves, results.groups, name) for name in names],
        hiding=_hiding(results, making),
        making=list(_making(results, making, every)),
        problems=[present.printable(problem) for problem in making.problems],
    )


def _periods(frame: pd.DataFrame) -> list[str]:
    slots = sorted(set(zip(frame["period_start"], frame["period_end"], strict=True)))
    return [present.period_words(*slot) for slot in slots]


def _summary(
    results: Published, names: Sequence[str], periods: Sequence[str]
) -> list[str]:
    groups = [present.group_name(name).lower() for name in results.groups]
    count = "One measure" if len(names) == 1 else f"{len(names)} measures"
    spans = "one period" if len(periods) == 1 else f"{len(periods)} periods"
    by = f", by {' and '.join(groups)}" if groups else ""
    said = [
        f"{count} for {spans}{by}. Each names who is counted, out of whom, how many"
        " are unknown, and what to be careful about."
    ]
    if results.hidden:
        said.append(
            f"{results.hidden:,} numbers are hidden so that nobody can be recognized;"
            " the last pages say how that was decided."
        )
    return said


def _key_figures(
    frame: pd.DataFrame, groups: Sequence[str], names: Sequence[str]
) -> Table:
    everyone = frame[frame[list(groups)].isna().all(axis=1)] if groups else frame
    of = {name: rows for name, rows in everyone.groupby("measure")}
    shown = [
        _latest(of[name], present.measure_of(name)[0]).iloc[0].to_dict()
        for name in names
        if name in of
    ]
    periods = [_period(row, present.measure_of(row["measure"])[0]) for row in shown]
    told = len(set(periods)) == 1  # then the caption says it, once
    return Table(
        caption=f"Key figures: everyone, {periods[0] if told else 'latest period'}",
        headings=[
            "Measure",
            *([] if told else ["Period"]),
            *("Value", "Counted", "Out of", "Unknown"),
        ],
        rows=[
            [
                present.title_of(row["measure"]),
                *([] if told else [period]),
                *_cells(row, present.measure_of(row["measure"])[0], full=True),
            ]
            for row, period in zip(shown, periods, strict=True)
        ],
        numbers=4,
        links=[anchor_of(row["measure"]) for row in shown],
    )


def anchor_of(name: str) -> str:
    """Where a result's section is found; no two results share it."""
    return "m-" + "".join(c if c.isalnum() else f"-{ord(c):x}-" for c in name)


def _cells(
    row: Mapping[str, Any], measure: Measure, *, full: bool = False
) -> list[str]:
    """Value, numerator, denominator and unknown of a row, in words."""
    gone = set(str(row["hidden"]).split(";"))
    return [
        present.value_words(row["value"], measure.unit, "value" in gone, full=full),
        present.number_words(row["numerator"], "numerator" in gone),
        present.number_words(row["denominator"], "denominator" in gone),
        present.unknown_words(row["unknown"], row["denominator"], "unknown" in gone),
    ]


def _section(
    frame: pd.DataFrame, curves: pd.DataFrame, groups: Sequence[str], name: str
) -> Section:
    measure, _ = present.measure_of(name)
    rows = frame[frame["measure"] == name]
    drawn = []
    if measure.summary is Summary.SURVIVAL:
        drawn = list(curve_views(curves, groups, name))
    return Section(
        anchor=anchor_of(name),
        title=present.title_of(name),
        question=measure.question,
        why=measure.why,
        views=[*_views(rows, groups, name, measure), *drawn],
        facts=[
            ("Counted", measure.numerator),
            ("Out of", measure.denominator),
            ("Unknown", measure.unknown),
            *_how(measure),
            *([] if drawn or measure.summary is not Summary.SURVIVAL else [NO_CURVE]),
            ("Source", measure.source),
            ("Definition", _definition(name, str(rows["definition"].iloc[0]))),
        ],
        cautions=measure.cautions,
    )


def _definition(name: str, definition: str) -> str:
    return definition if definition.startswith(f"{name} ") else f"{name}: {definition}"


def _how(measure: Measure) -> Iterator[tuple[str, str]]:
    if measure.summary is Summary.MEDIAN:
        yield "Value", "The middle value: half are below it and half above."
    elif measure.summary is Summary.SURVIVAL:
        yield "Value", "Estimated from everyone, for as long as each was followed."


def _views(
    rows: pd.DataFrame, groups: Sequence[str], name: str, measure: Measure
) -> Iterator[View]:
    broken = rows[list(groups)].notna() if groups else rows[[]]
    everyone = rows[broken.sum(axis=1) == 0].sort_values("period_start")
    yield _over_time(everyone, name, measure)
    for column in groups:
        alone = rows[broken[column] & (broken.sum(axis=1) == 1)]
        yield _by_group(alone, column, name, measure)


def _over_time(rows: pd.DataFrame, name: str, measure: Measure) -> View:
    records = rows.to_dict("records")
    labels = [_period(r, measure) for r in records]
    # What is not over would look like a fall, so no line leads to it.
    points = [
        Point(la, _number(r))
        for la, r in zip(labels, records, strict=True)
        if _is_whole(r, measure)
    ]
    title = present.title_of(name)
    return View(
        table=Table(
            caption=f"{title}: everyone",
            headings=["Period", *_headings(measure)],
            rows=[
                [la, *_cells(r, measure)] for la, r in zip(labels, records, strict=True)
            ],
            numbers=4,
        ),
        chart=over_time(points, measure.unit, _lower(title)),
        note="" if len(points) == len(records) else _so_far(records[-1], measure),
    )


def _by_group(rows: pd.DataFrame, column: str, name: str, measure: Measure) -> View:
    latest = _latest(rows, measure)
    records = sorted(latest.to_dict("records"), key=lambda r: _order(r[column]))
    labels = [present.group_words(column, r[column]) for r in records]
    points = [Point(la, _number(r)) for la, r in zip(labels, records, strict=True)]
    period = _period(records[0], measure)
    what, title = present.group_name(column), present.title_of(name)
    several = rows["period_start"].nunique() > 1
    return View(
        table=Table(
            caption=f"{title}: by {what.lower()}, {period}",
            headings=[what, *_headings(measure)],
            rows=[
                [la, *_cells(r, measure)] for la, r in zip(labels, records, strict=True)
            ],
            numbers=4,
        ),
        chart=by_group(points, measure.unit, f"{_lower(title)} by {what.lower()}"),
        note="Other periods are in the workbook." if several else "",
    )


def _latest(rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """The rows of the last period whose people were all followed, if there is one."""
    whole = [_is_whole(row, measure) for row in rows.to_dict("records")]
    rows = rows[whole] if any(whole) else rows
    return rows[rows["period_start"] == rows["period_start"].max()]


def _is_whole(row: Mapping[str, Any], measure: Measure) -> bool:
    """Whether everybody of the period was followed to the end by the as-of date."""
    whole: bool = add_months(row["period_end"], measure.follow_up) <= row["as_of"]
    return whole or not measure.follow_up


def _period(row: Mapping[str, Any], measure: Measure) -> str:
    words = present.period_words(row["period_start"], row["period_end"])
    return words if _is_whole(row, measure) else f"{words} (so far)"


def _so_far(row: Mapping[str, Any], measure: Measure) -> str:
    return (
        "So far: not everybody of that period had been followed by"
        f" {present.day_words(row['as_of'])}. It is complete {measure.follow_up} months"
        " after it ended; until then its number changes, and no line leads to it."
    )


def _headings(measure: Measure) -> list[str]:
    label = measure.unit.label
    value = "Value" if label in ("count", "mean") else f"Value ({label})"
    return [value, "Counted", "Out of", "Unknown"]


def _number(row: Mapping[str, Any]) -> float | None:
    return None if pd.isna(row["value"]) else float(row["value"])


def _order(group: object) -> tuple[bool, list[tuple[int, str]]]:
    """Groups by name, numbers in them by size, and those not known last."""
    text = str(group)
    parts = [(int(p), "") if p.isdigit() else (-1, p) for p in text.split()]
    under = text.startswith("under ")
    return text == "unknown", [(-2, "")] if under else parts


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _hiding(results: Published, making: Making) -> list[str]:
    if results.internal:
        return [
            "Nothing is hidden in this copy. It is for people who may see every count,"
            " and must not be passed on."
        ]
    n = results.smallest
    said = [
        f"A count below {n} is hidden, also when it is zero, and so is a share when all"
        f" but fewer than {n} are counted or when fewer than {n} could be. This follows"
        f" the data de-identification guideline ({results.ddg_version}).",
        "Further numbers are hidden where adding or subtracting would reveal a hidden"
        " one: within a table, with its totals, between periods that make up a longer"
        f" one, and between measures. What is hidden could, for all that is shown, be"
        f" none, or {n} and more.",
        "A rate is shown only if its two counts are. All hidden numbers look alike,"
        " small or not.",
    ]
    if results.exposed:
        said.append(
            "Some of them can be worked out from an earlier release. Nothing that this"
            " one hides could prevent that."
            if making.after_earlier
            else "Some of them can be worked out from what is shown."
        )
    return said


def _making(
    results: Published, making: Making, frame: pd.DataFrame
) -> Iterator[tuple[str, str]]:
    read = ", ".join(f"{name} ({count:,})" for name, count in making.rows.items())
    yield "Source", present.printable(making.source)
    yield "Rows read", read or "not counted"
    as_of = present.day_words(making.as_of)
    yield "As of", f"{as_of}: only what was dated before that day is counted."
    yield "Made on", present.day_words(making.made_on)
    yield "Computed with", f"{making.software} on {making.engine}".strip()
    yield "Published under", f"{results.ddg_version}; smallest count {results.smallest}"
    yield "Numbers hidden", f"{results.hidden:,} of {3 * len(frame) + len(frame):,}"
    if making.left_out:
        yield "Not computed", "; ".join(making.left_out)
    if making.command:
        yield "Command", present.printable(making.command)
