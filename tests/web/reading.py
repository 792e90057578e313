"""What a reader finds in a PDF: letters drawn, and letters that stand for a drawing."""

import io
from collections.abc import Iterable
from typing import Any

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1


def letters_of(pdf: bytes) -> str:
    """Every letter, in the order of drawing; a stated meaning replaces its glyphs."""
    resources = PDFResourceManager()
    reader = _Reader(resources)
    interpreter = PDFPageInterpreter(resources, reader)
    for page in PDFPage.get_pages(io.BytesIO(pdf)):
        interpreter.process_page(page)
    return "".join(reader.found)


class _Reader(PDFDevice):
    """Listens to the drawing instructions of a page."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.found: list[str] = []
        self._stated: list[bool] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        stated = resolve1(props) if props else None
        meaning = stated.get("ActualText") if isinstance(stated, dict) else None
        self._stated.append(meaning is not None)
        if meaning is not None:
            self.found.append(_decoded(meaning))

    def end_tag(self) -> None:
        if self._stated:
            self._stated.pop()

    def render_string(
        self, textstate: Any, seq: Iterable[Any], ncs: Any, graphicstate: Any
    ) -> None:
        if any(self._stated):
            return
        for piece in seq:
            if isinstance(piece, bytes):
                for code in textstate.font.decode(piece):
                    self.found.append(textstate.font.to_unichr(code))


def _decoded(meaning: bytes) -> str:
    if meaning.startswith(b"\xfe\xff"):
        return meaning[2:].decode("utf-16-be")
    return meaning.decode("latin-1")
