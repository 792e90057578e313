"""Which files are kept, and when somebody stops being around."""

from datetime import date

import pytest

from alongside.kernel.compartments import Compartment
from alongside.people import rules

PDF = b"%PDF-1.7 and so on"
DAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("letter.pdf", PDF, True),
        ("LETTER.PDF", PDF, True),
        ("photo.jpeg", b"\xff\xd8\xff\xe0", True),
        ("notes.txt", "Café".encode(), True),
        ("letter.pdf", b"<html>", False),
        ("photo.png", PDF, False),
        ("notes.txt", b"a\x00b", False),
        ("page.html", b"<html>", False),
        ("picture.svg", b"<svg>", False),
        ("program.exe", b"MZ", False),
        ("noextension", PDF, False),
        ("empty.pdf", b"", False),
        ("large.pdf", PDF + b"0" * rules.MAX_BYTES, False),
    ],
)
def test_only_papers_are_kept(name: str, content: bytes, kept: bool) -> None:
    refusal = rules.refusal_to_keep(name, content)
    assert (refusal is None) is kept
    assert refusal is None or refusal.endswith(".")


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("letter", Compartment.RECORD),
        ("court_order", Compartment.LEGAL),
        ("health", Compartment.HEALTH),
        ("something new", Compartment.RECORD),
    ],
)
def test_a_paper_belongs_to_the_part_of_its_kind(kind: str, part: Compartment) -> None:
    assert rules.part_of_document(kind) is part


@pytest.mark.parametrize(
    ("starts", "refused"), [(None, False), (DAY, False), (date(2026, 11, 20), True)]
)
def test_nobody_stops_before_they_began(starts: date | None, refused: bool) -> None:
    assert (rules.refusal_to_end(starts, DAY) is not None) is refused
