"""A form's data is checked before it is asked; every problem is a sentence."""

from typing import Any

import pytest

from alongside.forms.definition import (
    Definition,
    DefinitionProblems,
    Kind,
    read_definition,
)


def form(*questions: dict[str, Any]) -> dict[str, Any]:
    """A form of one section."""
    section = {"code": "one", "title": "One", "questions": list(questions)}
    return {"title": "A form", "sections": [section]}


def ask(kind: str, code: str = "a", **more: Any) -> dict[str, Any]:
    """A question."""
    return {"code": code, "kind": kind, "text": "How is it?", **more}


OPTIONS = [{"code": "x", "text": "X"}, {"code": "y", "text": "Y"}]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ([], "The form has no title. Give it one."),
        ({"title": " "}, "The form has no title. Give it one."),
        ({"title": "A"}, "The form asks nothing. Add a section with a question."),
        (
            {"title": "A", "sections": [{"code": "one"}]},
            "Section 1 has no title. Give it one.",
        ),
        (
            {"title": "A", "sections": [{"code": "one", "title": "One"}]},
            "Section 1 asks nothing. Add a question, or take the section out.",
        ),
        (
            form(ask("text", text="")),
            "Section 1, question 1 has no text. Write what is asked.",
        ),
        (
            form(ask("text", code="Two words")),
            "Section 1, question 1 needs a code: small letters, figures and _, a letter"
            " first, at most 60.",
        ),
        (
            form(ask("text"), ask("text")),
            "Section 1, question 2 has the code a, which is taken. Choose another.",
        ),
        (
            form(ask("one_of", options=OPTIONS[:1])),
            "Section 1, question 1 offers fewer than two answers. Add options.",
        ),
        (
            form(ask("text", options=OPTIONS)),
            "Section 1, question 1 is not chosen from a list. Take its options out.",
        ),
        (
            form(ask("number", least=5, most=5)),
            "Section 1, question 1 has a least that is not below its most. Turn them"
            " round.",
        ),
        (
            form(ask("scale", least=0, most=40)),
            "Section 1, question 1 needs whole numbers as ends, at most 11 steps"
            " apart.",
        ),
        (
            form(ask("text", least=1)),
            "Section 1, question 1 is not a number. Take its least and most out.",
        ),
        (
            form(ask("text", show_if={"question": "b", "is_any_of": ["x"]})),
            "Section 1, question 1 depends on a question that is not asked before it,"
            " or has no answers to choose.",
        ),
        (
            form(
                ask("one_of", options=OPTIONS),
                ask("text", "b", show_if={"question": "a", "is_any_of": ["z"]}),
            ),
            "Section 1, question 2 depends on z, which cannot be answered.",
        ),
    ],
)
def test_a_problem_says_where_it_is_and_what_to_do(raw: Any, sentence: str) -> None:
    with pytest.raises(DefinitionProblems) as told:
        read_definition(raw)
    assert told.value.sentences == [sentence]


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(DefinitionProblems) as told:
        read_definition(
            form(ask("poem"), ask("text", "B"), ask("number", "c", most="x"))
        )
    assert len(told.value.sentences) == 3


def test_a_form_is_read_as_it_is_asked() -> None:
    read: Definition = read_definition(
        form(
            ask("yes_no", required=True, label="Agreed"),
            ask("scale", "b", least=0, most=2, least_text="not at all"),
            ask("text", "c", show_if={"question": "a", "is_any_of": ["yes"]}),
        )
    )
    agreed, scale, third = read.questions.values()
    assert (agreed.kind, agreed.required, agreed.label) == (Kind.YES_NO, True, "Agreed")
    assert [one.text for one in scale.choices] == ["0, not at all", "1", "2"]
    assert third.show_if is not None
    assert third.show_if.is_any_of == ("yes",)
