"""What a form may ask: its sections and questions, read from data and checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_MOST_STEPS = 11


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    MANY_OF = "many_of"
    NUMBER = "number"
    DATE = "date"
    SCALE = "scale"
    OWN_WORDS = "own_words"


CHOSEN = frozenset({Kind.ONE_OF, Kind.MANY_OF})
# Those whose answers another question may depend on: they have codes.
DECISIVE = CHOSEN | {Kind.YES_NO}
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; answers keep its code, which never changes."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ShowIf:
    """Ask only when an earlier question was answered with one of these codes."""

    question: str
    is_any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question; answers are kept under its code.

    ``label`` names the answer where answers are summed up: "Goes well".
    """

    code: str
    text: str
    kind: Kind
    hint: str = ""
    label: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    least: float | None = None
    most: float | None = None
    least_text: str = ""
    most_text: str = ""
    show_if: ShowIf | None = None

    @property
    def choices(self) -> tuple[Option, ...]:
        """What may be chosen; empty where the answer is written."""
        if self.kind is Kind.YES_NO:
            return (Option(YES, "Yes"), Option(NO, "No"))
        if self.kind is Kind.SCALE:
            steps = range(int(self.least or 0), int(self.most or 0) + 1)
            return tuple(Option(str(step), self._step_text(step)) for step in steps)
        return self.options

    def _step_text(self, step: int) -> str:
        ends = {self.least: self.least_text, self.most: self.most_text}
        said = ends.get(step)
        return f"{step}, {said}" if said else str(step)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together, under one heading."""

    code: str
    title: str
    questions: tuple[Question, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """Everything a version of a form asks, in order."""

    title: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> dict[str, Question]:
        """Every question by its code, in the order asked."""
        return {one.code: one for part in self.sections for one in part.questions}


class DefinitionProblems(ValueError):
    """A form's data cannot be asked; ``sentences`` say what to change."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def read_definition(raw: Any) -> Definition:
    """The form as it is asked; raises with every problem found at once."""
    if found := list(_problems(raw)):
        raise DefinitionProblems(found)
    return Definition(
        title=raw["title"],
        sections=tuple(
            Section(
                code=part["code"],
                title=part["title"],
                hint=part.get("hint", ""),
                questions=tuple(_question(one) for one in part["questions"]),
            )
            for part in raw["sections"]
        ),
    )


def _question(raw: Mapping[str, Any]) -> Question:
    condition = raw.get("show_if")
    return Question(
        code=raw["code"],
        text=raw["text"],
        kind=Kind(raw["kind"]),
        hint=raw.get("hint", ""),
        label=raw.get("label", ""),
        required=raw.get("required", False),
        options=tuple(
            Option(one["code"], one["text"]) for one in raw.get("options", [])
        ),
        least=raw.get("least"),
        most=raw.get("most"),
        least_text=raw.get("least_text", ""),
        most_text=raw.get("most_text", ""),
        show_if=ShowIf(condition["question"], tuple(condition["is_any_of"]))
        if condition
        else None,
    )


# ---------- what is wrong, in sentences for whoever wrote the form ----------


def _problems(raw: Any) -> Iterator[str]:
    if not isinstance(raw, Mapping) or not _said(raw, "title"):
        yield "The form has no title. Give it one."
        return
    parts = raw.get("sections")
    if not isinstance(parts, list) or not parts:
        yield "The form asks nothing. Add a section with a question."
        return
    asked: dict[str, Mapping[str, Any]] = {}
    sections: set[str] = set()
    for number, part in enumerate(parts, 1):
        where = f"Section {number}"
        if not isinstance(part, Mapping) or not _said(part, "title"):
            yield f"{where} has no title. Give it one."
            continue
        yield from _code_problems(part, where, sections)
        sections.add(str(part.get("code")))
        questions = part.get("questions")
        if not isinstance(questions, list) or not questions:
            yield f"{where} asks nothing. Add a question, or take the section out."
            continue
        for place, one in enumerate(questions, 1):
            yield from _question_problems(one, f"{where}, question {place}", asked)
            if isinstance(one, Mapping):
                asked[str(one.get("code"))] = one


def _question_problems(
    raw: Any, where: str, asked: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    if not isinstance(raw, Mapping) or not _said(raw, "text"):
        yield f"{where} has no text. Write what is asked."
        return
    yield from _code_problems(raw, where, asked)
    kinds = [kind.value for kind in Kind]
    if raw.get("kind") not in kinds:
        yield f"{where} is of no known kind. Choose one of {', '.join(kinds)}."
        return
    kind = Kind(raw["kind"])
    if kind in CHOSEN:
        yield from _option_problems(raw.get("options"), where)
    elif raw.get("options"):
        yield f"{where} is not chosen from a list. Take its options out."
    yield from _limit_problems(raw, kind, where)
    if (condition := raw.get("show_if")) is not None:
        yield from _condition_problems(condition, where, asked)


def _code_problems(
    raw: Mapping[str, Any], where: str, taken: Mapping[str, Any] | set[str]
) -> Iterator[str]:
    code = raw.get("code")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        yield (
            f"{where} needs a code: small letters, figures and _, a letter first, at"
            " most 60."
        )
    elif code in taken:
        yield f"{where} has the code {code}, which is taken. Choose another."


def _option_problems(options: Any, where: str) -> Iterator[str]:
    if not isinstance(options, list) or len(options) < 2:
        yield f"{where} offers fewer than two answers. Add options."
        return
    seen: set[str] = set()
    for number, option in enumerate(options, 1):
        place = f"{where}, option {number}"
        if not isinstance(option, Mapping) or not _said(option, "text"):
            yield f"{place} has no text. Write the answer."
            continue
        yield from _code_problems(option, place, seen)
        seen.add(str(option.get("code")))


def _limit_problems(raw: Mapping[str, Any], kind: Kind, where: str) -> Iterator[str]:
    limits = [raw.get("least"), raw.get("most")]
    if kind not in {Kind.NUMBER, Kind.SCALE}:
        if limits != [None, None]:
            yield f"{where} is not a number. Take its least and most out."
        return
    given = [limit for limit in limits if limit is not None]
    if not all(_is_number(limit) for limit in given):
        yield f"{where} has a least or most that is not a number."
    elif len(given) == 2 and given[0] >= given[1]:
        yield f"{where} has a least that is not below its most. Turn them round."
    elif kind is Kind.SCALE and (
        len(given) < 2
        or any(limit != int(limit) for limit in given)
        or given[1] - given[0] >= _MOST_STEPS
    ):
        yield f"{where} needs whole numbers as ends, at most {_MOST_STEPS} steps apart."


def _condition_problems(
    condition: Any, where: str, asked: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    if not isinstance(condition, Mapping) or not condition.get("is_any_of"):
        yield f"{where} depends on an answer. Say which question, and which answers."
        return
    other = asked.get(str(condition.get("question")))
    if other is None or other.get("kind") not in {kind.value for kind in DECISIVE}:
        yield (
            f"{where} depends on a question that is not asked before it, or has no"
            " answers to choose."
        )
        return
    codes = {YES, NO}
    if other["kind"] != Kind.YES_NO:
        codes = {str(one.get("code")) for one in other.get("options") or []}
    if unknown := sorted(set(map(str, condition["is_any_of"])) - codes):
        yield f"{where} depends on {', '.join(unknown)}, which cannot be answered."


def _said(raw: Mapping[str, Any], name: str) -> bool:
    return isinstance(raw.get(name), str) and bool(raw[name].strip())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
