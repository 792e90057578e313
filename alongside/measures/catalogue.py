"""The manual's pages about measures, tables and checks, written from the code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alongside.measures.assure import Case
from alongside.measures.catalogue_rows import AREAS, CATALOGUE, Entry
from alongside.measures.definition import Better, Measure, Summary
from alongside.measures.groups import GROUPS
from alongside.measures.library import FEDERAL, MEASURES, STATEWIDE
from alongside.measures.problems import RULES
from alongside.measures.schema import Column, Kind, Table
from alongside.measures.tables import ADMINISTRATIVE, PROGRAMME

# What a catalogue entry would need that the contract does not hold; all are computed.
LACKS: dict[str, str] = {}

_BETTER = {
    Better.UP: "More is better.",
    Better.DOWN: "Less is better.",
    Better.CONTEXT: "It describes; neither more nor less is better.",
}
_SUMMARY = {
    Summary.RATIO: "the numerator over the denominator",
    Summary.MEDIAN: "the median of each person's own amount",
    Summary.COUNT: "the count itself",
    Summary.SURVIVAL: "a Kaplan-Meier estimate",
}
_KINDS = {
    Kind.TEXT: "text",
    Kind.WHOLE: "whole number",
    Kind.NUMBER: "number",
    Kind.YES_NO: "yes or no",
    Kind.DATE: "date",
    Kind.INSTANT: "time, UTC",
}


def measures_page() -> str:
    """Every measure, in the order of the catalogue."""
    lines = [
        "# Measures",
        "",
        f"There are {len(MEASURES)} measures. This page is written from their"
        " definitions; every worked example is also a test.",
        "",
        "Results can be grouped by:",
        "",
        *(f"* `{group.name}`: {group.description}" for group in GROUPS.values()),
        "",
        "## Federal measures, round 4",
        "",
        *_all(FEDERAL),
        "## The statewide funnel, concerns and repeated harm",
        "",
        *_all(STATEWIDE),
    ]
    for code, area in AREAS.items():
        lines += [f"## {area[0].upper()}{area[1:]} ({code})", ""]
        for entry in CATALOGUE.values():
            if entry.id.startswith(f"{code}-"):
                lines += _entry(entry)
    return "\n".join(lines).rstrip() + "\n"


def tables_page() -> str:
    """The table contract: every table, column and code."""
    lines = [
        "# Tables",
        "",
        "A source is a folder with one Parquet or CSV file per table, named after it."
        " Tables that are not there leave out the measures that need them. Periods are"
        " half-open: the end is the first day on which it was no longer so.",
        "",
        "## Administrative tables",
        "",
        *_tables(ADMINISTRATIVE),
        "## Tables of daily work",
        "",
        *_tables(PROGRAMME),
        "## Codes",
        "",
        *_codes((*ADMINISTRATIVE, *PROGRAMME)),
        "## Checks of a source",
        "",
        "| check | what it finds, and what happens |",
        "|---|---|",
        *(f"| `{rule.value}` | {says} |" for rule, says in RULES.items()),
    ]
    return "\n".join(lines) + "\n"


def measure_section(measure: Measure) -> list[str]:
    """One measure in plain words, as Markdown."""
    return [
        f"### {measure.id}: {measure.title}",
        "",
        f"**{measure.question}** {measure.why}",
        "",
        f"* Numerator: {measure.numerator}",
        f"* Denominator: {measure.denominator}",
        f"* Unknown: {measure.unknown}",
        f"* Value: {_SUMMARY[measure.summary]}, as {measure.unit.label}."
        f" {_BETTER[measure.better]}",
        f"* Needs: {', '.join(f'`{name}`' for name in measure.needs)}",
        f"* Source: {measure.source}",
        *(f"* Caution: {caution}" for caution in measure.cautions),
        "",
        *(line for example in measure.examples for line in _example(example)),
    ]


PAGES = {"measures": measures_page, "tables": tables_page}


def _all(measures: Iterable[Measure]) -> list[str]:
    return [line for measure in measures for line in measure_section(measure)]


def _entry(entry: Entry) -> list[str]:
    mine = [
        measure
        for measure in MEASURES.values()
        if measure.id.split(".")[0] == entry.id and not measure.id.endswith("_quartile")
    ]
    lines = [f"*{entry.id} of the catalogue: {entry.formula}.*"]
    if entry.kind:
        lines.append(f"*Kind: {entry.kind}.*")
    if entry.policy:
        lines.append(f"*Held against: {entry.policy}.*")
    if entry.id in LACKS:
        lines.append(f"*Not computed: {LACKS[entry.id]}*")
    return [*_all(mine), " ".join(lines), ""]


def _example(example: Case) -> Iterator[str]:
    last = example.window
    yield (
        f"Worked example: {example.says}. Period {last.start} up to {last.end}, as of"
        f" {example.as_of}; numerator {example.expect[0]:g}, denominator"
        f" {example.expect[1]:g}."
    )
    yield ""
    for name, text in example.text.items():
        heading, *rows = [line.split() for line in text.splitlines() if line.strip()]
        if name == "child" and heading == ["child_id", "birth_date"]:
            births = {row[1] for row in rows}
            if births == {"2010-01-01"}:
                continue  # what every example has unless it says otherwise
        widths = [
            max(len(row[n]) for row in (heading, *rows)) for n in range(len(heading))
        ]
        yield "```text"
        yield f"{name}:"
        for row in (heading, *rows):
            cells = zip(row, widths, strict=True)
            yield "  " + " ".join(cell.ljust(width) for cell, width in cells).rstrip()
        yield "```"
        yield ""


def _tables(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        yield f"### {table.name}"
        yield ""
        yield f"{table.row} Key: {', '.join(f'`{key}`' for key in table.key)}."
        if table.caution:
            yield ""
            yield f"{table.caution}"
        yield ""
        yield "| column | type | must be filled | meaning |"
        yield "|---|---|---|---|"
        for name, column in table.columns.items():
            filled = "yes" if column.required else ""
            yield f"| `{name}` | {_kind(column)} | {filled} | {column.description} |"
        yield ""


def _kind(column: Column) -> str:
    if column.codes is not None:
        many = "codes, separated by semicolons" if column.several else "code"
        return f"{many} ([{column.codes.name}](#{column.codes.name}))"
    if column.refers_to is not None:
        return f"text, a `{column.refers_to}`"
    return _KINDS[column.kind]


def _codes(tables: Iterable[Table]) -> Iterator[str]:
    lists = {
        column.codes.name: column.codes
        for table in tables
        for column in table.columns.values()
        if column.codes is not None
    }
    for name, codes in sorted(lists.items()):
        yield f"### {name}"
        yield ""
        yield "| code | meaning |"
        yield "|---|---|"
        for code, meaning in codes.codes.items():
            yield f"| `{code}` | {meaning} |"
        yield ""
