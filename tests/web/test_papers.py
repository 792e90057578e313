"""Any text that anyone can type makes a paper, and is on it."""

import io
from collections import Counter

import pikepdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.web import papers
from alongside.web.papers import pdf, printable
from tests.web.reading import letters_of

ODD = {
    "vietnamese": "Thảo Nguyễn, Đặng Thị Ước",
    "spanish": "¿Cuándo? Peña, Zúñiga",
    "greek and cyrillic": "Ωμέγα, Жанна Щербак",
    "hindi": "हिन्दी में नाम",
    "arabic": "عربى ابجد",
    "hebrew": "שלום",
    "khmer": "សុខា",
    "thai": "ก็ำ น้ำ",
    "chinese, japanese, korean": "王小明 さくら 김민수",
    "emoji": "😀 👩‍👩‍👧 🇺🇸 ❤️",
    "markup": '#set page(fill: red) $x$ \\ * _a_ `c` <l> @ref // c /* "q" [b] {c}',
    "quotes": "“It’s” 'fine' \"now\"",
    "json": '"},{"x":"',
    "controls": "a\x00\x07\x1b\x7f\x9fb",
    "halves of a pair": "a\ud800b\udfffc",
    "not characters": "a\ufffe\uffff\ufdd0b\U0010ffff",
    "mark on its own": "\u0301 \u0489 😀\u0301",
    "private and unassigned": "\ue000 \u0378 \U000f0000",
    "right to left marks": "ok\u202eabc\u202c \u200fx",
    "zero widths": "a\u200b\u200c\u200d\ufeff\u2060b",
    "nothing": "",
    "spaces": "  \n \t \n",
}


def read(text: str) -> str:
    return letters_of(pdf("web/letter.typ", {"text": text}, title="Paper"))


def lacking(text: str) -> Counter[str]:
    """Letters of the text that the paper has fewer of; layout may eat blanks."""
    seen = [one for one in printable(text) if one.isprintable() and not one.isspace()]
    return Counter(seen) - Counter(read(text))


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_text_is_on_the_paper(text: str) -> None:
    assert not lacking(text)


def test_what_cannot_be_printed_is_shown_as_a_sign() -> None:
    assert printable("a\x00b\x7fc\ud800d") == "a␀b␡c\N{REPLACEMENT CHARACTER}d"


@pytest.mark.slow
@given(st.text(max_size=200))
@settings(max_examples=30)
def test_any_text_is_on_the_paper(text: str) -> None:
    assert not lacking(text)


@pytest.mark.slow
def test_a_very_long_text_is_all_there() -> None:
    words = "One more line about a good day. " * 3_125
    assert len(words) == 100_000
    assert not lacking(words)


@pytest.mark.slow
def test_an_endless_word_wraps_instead_of_leaving_the_page() -> None:
    assert not lacking("x" * 100_000)
    assert printable("x" * 59) == "x" * 59
    assert printable("x" * 60).split("\N{ZERO WIDTH SPACE}") == ["x" * 20] * 3


def test_an_endless_word_is_not_cut_inside_a_letter() -> None:
    family = "👩\N{ZERO WIDTH JOINER}👧"
    assert all(
        part[0] not in "\N{ZERO WIDTH JOINER}👧"
        for part in printable(family * 40).split("\N{ZERO WIDTH SPACE}")
    )


def test_the_paper_states_its_title_language_and_structure() -> None:
    made = pdf("web/letter.typ", {"text": "Hola."}, title="Carta", language="es")
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.open_metadata()["pdfuaid:part"] == "1"
        assert opened.open_metadata()["dc:title"] == "Carta"
        assert str(opened.Root.Lang).startswith("es")
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert "Página" in letters_of(made)


def test_nothing_but_text_numbers_lists_and_mappings_is_taken() -> None:
    with pytest.raises(TypeError):
        pdf("web/letter.typ", {"text": object()}, title="Paper")


def test_a_broken_template_is_an_error() -> None:
    with pytest.raises(typst.TypstError):
        pdf("web/letter.typ", {"no": "text"}, title="Paper")


def test_missing_typefaces_say_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "FONTS", papers.FONTS / "elsewhere")
    with pytest.raises(papers.FontsMissing, match="npm ci && npm run build"):
        pdf("web/letter.typ", {"text": ""}, title="Paper")


def test_every_part_of_a_paper_can_be_drawn() -> None:
    values = {
        "text": "First.\n\nSecond,\nstill second.",
        "words": "Quiero vivir con mi tía.",
        "facts": [["Staying", "Delgado family"], ["School", "Eastfield High"]],
        "points": ["Text him first", "#not markup"],
        "headings": ["Step", "By"],
        "rows": [[f"Step {number}", "Nov 24"] for number in range(80)],
        "foot": "Printed Thursday, November 19, 2026",
    }
    text = letters_of(pdf("web/every_part.typ", values, title="Every part"))
    for words in ("Second,", "Quiero vivir", "Eastfield", "#not markup", "Step 79"):
        assert words.replace(" ", "") in text.replace(" ", "")
    assert "Page3of3" in text.replace(" ", "")
    assert text.count("Printed Thursday") == 3
