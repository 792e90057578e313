"""The report: one page and one paper that everybody can read, with the same words."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfminer.high_level import extract_text
from playwright.sync_api import Browser

from alongside.measures.disclosure import publish
from alongside.measures.report import page, pdf, report_of
from tests.browser import axe_violations, wider_than_the_screen
from tests.disclosure.tables import internal, row
from tests.publish.making import MAKING

pytestmark = pytest.mark.slow


def words_of(paper: bytes) -> str:
    """The paper's text; letters that the typesetter joined are parted again."""
    text = extract_text(BytesIO(paper))
    return re.sub(r"\s+", " ", text.replace("ﬁ", "fi").replace("ﬂ", "fl"))


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_page_can_be_read_by_everyone(
    browser: Browser, release: Path, width: int
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    tab.goto((release / "report.html").as_uri())
    assert axe_violations(tab) == []
    assert wider_than_the_screen(tab) == []


@pytest.mark.browser
def test_the_page_asks_nobody_for_anything(browser: Browser, release: Path) -> None:
    tab = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.split(":")[0]))
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto((release / "report.html").as_uri())
    assert set(asked) <= {"file", "data"}
    assert complaints == []
    fonts = tab.evaluate("[...document.fonts].map(f => f.family + ' ' + f.status)")
    assert any("loaded" in font for font in fonts)


def test_the_page_has_no_script_and_no_address_of_others(release: Path) -> None:
    html = (release / "report.html").read_text("utf-8")
    assert "<script" not in html
    outside = set(re.findall(r'(?:src|href)="(?!#|data:)([^"]*)"', html))
    assert outside == set()
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids


def test_every_drawing_has_words_and_a_table_beside_it(release: Path) -> None:
    html = (release / "report.html").read_text("utf-8")
    drawings = re.findall(r'<svg role="img" aria-label="([^"]+)"', html)
    assert len(drawings) >= 6
    assert all("The table beside it has every number." in words for words in drawings)
    assert html.count("<table>") > len(drawings)


def test_the_paper_is_tagged_and_every_figure_speaks(release: Path) -> None:
    with pikepdf.open(release / "report.pdf") as paper:
        root = paper.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "en"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with paper.open_metadata() as metadata:
            assert metadata["dc:title"] == "Measures of safety, care and support"
            assert metadata["pdfuaid:part"] == "1"
        tags = list(_tags(root.StructTreeRoot))
    kinds = [str(tag.get("/S")) for tag in tags]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= set(kinds)
    figures = [tag for tag in tags if tag.get("/S") == "/Figure"]
    html = (release / "report.html").read_text("utf-8")
    assert len(figures) == html.count("<svg role")
    assert all("chart of" in str(figure.Alt) for figure in figures)


def _tags(element: Any) -> Any:
    """Every structure element below this one."""
    children = element.get("/K")
    if isinstance(children, pikepdf.Dictionary):
        children = [children]
    for child in children if isinstance(children, (list, pikepdf.Array)) else []:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _tags(child)


def test_page_and_paper_say_the_same(release: Path) -> None:
    paper = words_of((release / "report.pdf").read_bytes())
    html = (release / "report.html").read_text("utf-8")
    cells = re.findall(r'<td class="number">([\d,.%]+)</td>', html)
    assert len(cells) > 50
    assert all(cell in paper for cell in cells)
    for words in ("What is hidden, and why", "How this was made", "Be careful"):
        assert words in html
        assert words in paper


def test_it_tells_what_was_left_out_and_what_was_wrong() -> None:
    results, _ = publish(internal([row("4-S2", n=30)]))
    html = page(report_of(results, MAKING))
    assert "4-P1 (needs removal)" in html
    assert "the code “maybe” is not known" in html
    assert "Feb 3, 2025" in html


@pytest.mark.parametrize("text", ["<b>x</b>", "漢字", "\u0007", "#let x", "a" * 300])
def test_any_group_name_survives_on_page_and_paper(text: str) -> None:
    rows = [row("4-S2", n=30, county=c) for c in (text, "Birch")]
    report = report_of(publish(internal(rows))[0], MAKING)
    assert pdf(report, MAKING).startswith(b"%PDF")
    assert "<b>" not in page(report)


def test_a_hidden_number_is_called_hidden_and_nobody_is_none() -> None:
    results, _ = publish(internal([row("4-S2", n=3, d=100)]))
    report = report_of(results, MAKING)
    assert report.key_figures.rows[0][1:] == ["hidden", "hidden", "100", "0"]
    words = words_of(pdf(report, MAKING))
    assert "Value hidden Counted hidden Out of 100 Unknown 0" in words


def test_a_year_whose_people_are_not_followed_yet_is_no_headline() -> None:
    year, next_year = date(2023, 7, 1), date(2024, 7, 1)
    periods = [(date(2022, 7, 1), year), (year, next_year)]
    told = [
        {**row("4-P1", n=n, period=period, county=county), "as_of": next_year}
        for period, n in zip(periods, (40, 20), strict=True)
        for county in (None, "Birch")
    ]
    report = report_of(publish(internal(told))[0], MAKING)
    assert report.key_figures.caption == "Key figures: everyone, 2022–23"
    over_time, by_county = report.sections[0].views
    assert [cells[0] for cells in over_time.table.rows] == [
        "2022–23",
        "2023–24 (so far)",
    ]
    assert over_time.note.startswith("So far: not everybody of that period")
    assert by_county.table.caption.endswith("by county, 2022–23")
