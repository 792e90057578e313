"""The catalogue, and one measure in plain words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from alongside.measures.definition import Better, Measure, Summary

_BETTER = {
    Better.UP: "Higher is better.",
    Better.DOWN: "Lower is better.",
    Better.CONTEXT: "It describes; neither higher nor lower is better.",
}
_SUMMARY = {
    Summary.RATIO: "The first divided by the second, as {unit}.",
    Summary.MEDIAN: "The middle value, in {unit}: half are below it, half above.",
    Summary.SURVIVAL: (
        "Estimated from everyone for as long as each was followed (Kaplan-Meier),"
        " as {unit}."
    ),
}


def catalogue(measures: Iterable[Measure]) -> Table:
    """Every measure with its id and title."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Id", no_wrap=True)
    table.add_column("Measure")
    table.add_column("Unit", no_wrap=True)
    for measure in measures:
        table.add_row(Text(measure.id), Text(measure.title), Text(measure.unit.label))
    return table


def catalogue_lines(measures: Iterable[Measure]) -> list[str]:
    """Every measure's id and title, each on a line of its own."""
    shown = list(measures)
    width = max((len(measure.id) for measure in shown), default=0)
    return [f"{measure.id:<{width}}  {measure.title}" for measure in shown]


def explained(measure: Measure) -> RenderableType:
    """A measure as one would explain it to somebody."""
    parts: list[RenderableType] = [
        Text(f"{measure.id}  {measure.title}", style="bold"),
        Text(measure.question),
        Text(measure.why),
        Text(),
    ]
    facts = Table(box=None, show_header=False, pad_edge=False)
    facts.add_column(no_wrap=True, style="bold")
    facts.add_column()
    for name, words in (
        ("Counted", measure.numerator),
        ("Out of", measure.denominator),
        ("Value", _SUMMARY[measure.summary].format(unit=_unit(measure))),
        ("Unknown", measure.unknown),
        ("Direction", _BETTER[measure.better]),
        ("Needs", f"The tables {', '.join(measure.needs)}."),
        ("Source", measure.source),
        ("Definition", measure.definition),
    ):
        facts.add_row(name, Text(words))
    parts.append(facts)
    if measure.cautions:
        parts += [Text(), Text("Be careful", style="bold")]
        parts += [Padding(Text(f"- {c}"), (0, 0, 0, 2)) for c in measure.cautions]
    for example in measure.examples[:1]:
        parts += [Text(), Text("A worked example", style="bold")]
        parts += list(_example(measure, example))
    return Group(*parts)


def _unit(measure: Measure) -> str:
    return "a percentage" if measure.unit.label == "%" else measure.unit.label


def _example(measure: Measure, example: object) -> Iterable[RenderableType]:
    case = example
    text: dict[str, str] = getattr(case, "text", {})
    says = getattr(case, "says", "")
    numerator, denominator = getattr(case, "expect", (0, 0))
    window = getattr(case, "window", None)
    yield Padding(Text(f"{says[:1].upper()}{says[1:]}."), (0, 0, 0, 2))
    for name, rows in text.items():
        lines = [line.strip() for line in rows.strip().splitlines()]
        yield Padding(Text("\n".join([f"{name}:", *lines])), (0, 0, 0, 4))
    if window is not None:
        yield Padding(
            Text(
                f"From {window.start} up to {window.end} it counts {numerator:g} out"
                f" of {denominator:g}."
            ),
            (0, 0, 0, 2),
        )
