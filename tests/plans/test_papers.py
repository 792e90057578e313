"""The plan on paper and as a spreadsheet: tagged, neutral in name, and complete."""

import io
from collections.abc import Callable
from datetime import datetime

import openpyxl
import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pdfminer.high_level import extract_text

from alongside.access.actor import Actor
from alongside.plans import actions
from alongside.plans.models import Goal

Visit = Callable[[str], Client]

ODD = [
    "Siobhán O’Neal’s “plan” <b>&amp;</b>",
    '=HYPERLINK("x")',
    "Thảo Nguyễn đi học",
    "#set page() $x$ \\ @here *bold* _it_",
    "line one\nline two",
]


@pytest.mark.parametrize("text", ODD)
def test_any_text_is_on_the_paper_and_in_the_sheet(
    goal: Goal, visit: Visit, amara: Actor, at: datetime, text: str
) -> None:
    actions.note_progress(goal, text, by=amara, at=at)
    actions.add_step(goal.youth, by=amara, at=at, text=text, who=text, goal=goal)
    client = visit("amara")
    paper = client.get(reverse("plan_pdf", args=[goal.youth.ref])).content
    words = set("".join(extract_text(io.BytesIO(paper)).split()).split("\n"))
    assert "".join(text.split()) in "".join(words)
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("plan_sheet", args=[goal.youth.ref])).content)
    )
    cells = [cell.value for row in book["Steps"].iter_rows() for cell in row]
    assert cells.count(text) == 2


def test_the_paper_is_a_tagged_pdf(goal: Goal, visit: Visit) -> None:
    answer = visit("amara").get(reverse("plan_pdf", args=[goal.youth.ref]))
    assert answer["Content-Disposition"] == 'attachment; filename="plan-2026-11-19.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert paper.Root.MarkInfo.Marked
        assert paper.Root.StructTreeRoot
        assert str(paper.Root.Lang) == "en"
        metadata = paper.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "SMART plan"
