"""The report as a PDF that screen readers can read (PDF/UA), from the same content."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from alongside.measures.present import NO_LETTER, printable
from alongside.measures.report.charts import FONTS, Chart
from alongside.measures.report.content import Making, Report, Section

SHEET = Path(__file__).parent / "report.typ"
LATIN = 0x24F  # the last letter of the Latin alphabets of Europe
COMMON = "\N{EN DASH}\N{EM DASH}‘’“”…•\N{NON-BREAKING HYPHEN}"


def pdf(report: Report, making: Making) -> bytes:
    """The whole report as a tagged PDF, the same bytes for the same content."""
    words = _printable(_content(report))
    try:
        return _compiled(words, making)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    # A letter that no typeface here has is shown as a square; the page has it.
    return _compiled(_printable(words, plain=True), making)


def _compiled(words: dict[str, Any], making: Making) -> bytes:
    made: bytes = typst.compile(
        str(SHEET),
        root=str(SHEET.parent),
        font_paths=[str(FONTS)],
        sys_inputs={"report": json.dumps(words, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(datetime.combine(making.made_on, time(), UTC).timestamp()),
    )
    return made


def _content(report: Report) -> dict[str, Any]:
    return {
        **asdict(report),
        "sections": [_section(section) for section in report.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    views = [
        {**asdict(view), "chart": _chart(view.chart) if view.chart else None}
        for view in section.views
    ]
    return {**asdict(section), "views": views}


def _chart(chart: Chart) -> dict[str, Any]:
    return {"svg": chart.svg, "alt": chart.alt, "width": chart.width}


def _printable(value: Any, *, plain: bool = False) -> Any:
    """Texts with what a sheet of paper cannot hold shown as a square."""
    match value:
        case str():
            return "".join(_letter(letter, plain) for letter in value)
        case dict():
            return {k: _printable(v, plain=plain) for k, v in value.items()}
        case Sequence():
            return [_printable(each, plain=plain) for each in value]
        case _:
            return value


def _letter(letter: str, plain: bool) -> str:
    rare = plain and ord(letter) > LATIN and letter not in COMMON
    return NO_LETTER if rare else printable(letter)
