"""A typeface made on the spot for letters that no other has.

Each is drawn as a box. In the PDF it still is the letter: it is read aloud, found and
copied as what was typed.
"""

import unicodedata
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

FAMILY = "Alongside Last Resort"
_EM = 1000
_WIDTH = 640
_MOST = 60_000  # glyphs a typeface can hold, with some to spare
_TAKEN_APART = {  # the vowel "am" of Thai and of Lao
    "\u0e33": "\u0e4d\u0e32",
    "\u0eb3": "\u0ecd\u0eb2",
}


def write_font(folder: Path, text: str) -> None:
    """Write a typeface that has every letter of the text."""
    # A glyph for each letter: programs that copy text go from the glyph to the letter.
    named = {ord(letter): f"u{ord(letter):X}" for letter in _letters(text)}
    glyphs = [".notdef", *named.values()]
    font = FontBuilder(_EM, isTTF=True)
    font.setupGlyphOrder(glyphs)
    font.setupCharacterMap(named)
    font.setupGlyf(dict.fromkeys(glyphs, _box()))
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (_WIDTH, 60)))
    font.setupHorizontalHeader(ascent=900, descent=-200)
    font.setupNameTable(
        {
            "familyName": FAMILY,
            "styleName": "Regular",
            "fullName": FAMILY,
            "psName": FAMILY.replace(" ", ""),
            "version": "Version 1.0",
        }
    )
    font.setupOS2(sTypoAscender=900, sTypoDescender=-200)
    font.setupPost()
    font.save(folder / "last_resort.ttf")


def _letters(text: str) -> list[str]:
    """The letters, and what Typst takes them apart into before it draws them."""
    apart = unicodedata.normalize("NFD", text) + "".join(
        parts for letter, parts in _TAKEN_APART.items() if letter in text
    )
    return sorted({letter for letter in text + apart if letter >= " "})[:_MOST]


def _box() -> Glyph:
    pen = TTGlyphPen(None)
    for outline in (
        [(60, 0), (60, 700), (580, 700), (580, 0)],
        [(110, 50), (530, 50), (530, 650), (110, 650)],
    ):
        pen.moveTo(outline[0])
        for point in outline[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()
