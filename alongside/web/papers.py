"""Every paper that people are handed: a tagged PDF (PDF/UA) from a Typst template."""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from alongside.kernel import clock
from alongside.web.last_resort import FAMILY, write_font
from alongside.web.signs import visible

_PACKAGE = Path(__file__).parents[1]
FONTS = Path(__file__).parent / "papers" / "fonts"
_FAMILIES = [
    *("Public Sans", "Noto Sans", "Noto Sans Arabic", "Noto Sans Khmer", "Noto Emoji"),
]

_LONG = 60  # letters in a row that no language writes; they would leave the page
_STEP = 20
_BREAK_HERE = "\N{ZERO WIDTH SPACE}"
_JOINERS = {"\N{ZERO WIDTH JOINER}", "\N{VARIATION SELECTOR-16}"}


class FontsMissing(Exception):
    """The typefaces of papers were not built."""


def pdf(
    template: str, values: Mapping[str, Any], *, title: str, language: str = "en"
) -> bytes:
    """A tagged PDF; ``plans/plan.typ`` is the file plans/papers/plan.typ.

    ``values`` holds texts, numbers, lists and mappings, and reaches the template as
    data. ``title`` is neutral, as everywhere: no name, and nothing about why.
    """
    if not FONTS.is_dir():
        raise FontsMissing(
            'Run "npm ci && npm run build": papers have no typefaces yet.'
        )
    app, _, name = template.rpartition("/")
    source = _PACKAGE / app / "papers" / name
    inputs = {
        "values": json.dumps(_printable(dict(values)), ensure_ascii=False),
        "title": printable(title),
        "language": language,
    }
    try:
        return _compile(source, inputs, _FAMILIES, [FONTS], system_fonts=False)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    return _with_more_fonts(source, inputs)


def printable(text: str) -> str:
    """The text with nothing left out that a page cannot hold: it is shown as a sign."""
    text = visible(text).translate(_ON_PAPER)
    return _LONG_RUN.sub(lambda run: _breakable(run[0]), text)


def _with_more_fonts(source: Path, inputs: dict[str, str]) -> bytes:
    """For a letter ours lack: this machine's, then boxes that read as the text."""
    with TemporaryDirectory() as folder:
        write_font(Path(folder), inputs["values"] + inputs["title"])
        others = [name for name in _families_here() if name not in _FAMILIES]
        families = [*_FAMILIES, *others, FAMILY]
        return _compile(
            source, inputs, families, [FONTS, Path(folder)], system_fonts=True
        )


def _compile(
    source: Path,
    inputs: dict[str, str],
    families: list[str],
    fonts: list[Path],
    *,
    system_fonts: bool,
) -> bytes:
    made: bytes = typst.compile(
        str(source),
        root=str(_PACKAGE),
        font_paths=[str(path) for path in fonts],
        ignore_system_fonts=not system_fonts,
        sys_inputs={**inputs, "fonts": json.dumps(families)},
        pdf_standards=["ua-1"],
        timestamp=int(clock.now().timestamp()),
    )
    return made


@cache
def _families_here() -> list[str]:
    return list(typst.Fonts(include_system_fonts=True).families())


# ---------- text a page can hold ----------

_ON_PAPER = {
    ord("\t"): "    ",
    0xFEFF: "\N{WORD JOINER}",  # its other use goes by that name today
}
_LONG_RUN = re.compile(rf"[^\s{_BREAK_HERE}]{{{_LONG},}}")


def _breakable(run: str) -> str:
    """Let an endless word wrap, but never inside what is one letter to its reader."""
    parts = [run[0]]
    since = 1
    for before, letter in zip(run, run[1:], strict=False):
        is_start = (
            unicodedata.combining(letter) == 0 and not {before, letter} & _JOINERS
        )
        if since >= _STEP and is_start:
            parts.append(_BREAK_HERE)
            since = 0
        parts.append(letter)
        since += 1
    return "".join(parts)


def _printable(value: Any) -> Any:
    match value:
        case str():
            return printable(value)
        case Mapping():
            return {str(key): _printable(each) for key, each in value.items()}
        case list() | tuple():
            return [_printable(each) for each in value]
        case _:
            return value
