"""Finding the version to ask now; reading answers with what they answer."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from alongside.forms.definition import Definition, Kind, Question, read_definition
from alongside.forms.models import FormVersion, Response
from alongside.forms.rendering import in_words
from alongside.kernel.refusal import Refused


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer beside its question, as both stood."""

    question: Question
    value: Any
    words: str

    @property
    def label(self) -> str:
        """What the answer is called where answers are summed up."""
        return self.question.label or self.question.text

    @property
    def asked(self) -> str:
        """The question, as one quotes it beside own words."""
        return f"asked “{self.question.text}”"

    @property
    def is_own_words(self) -> bool:
        """Whether these are the young person's own words."""
        return self.question.kind is Kind.OWN_WORDS


def latest_version(code: str, unit_id: int | None) -> FormVersion:
    """The newest published version: the unit's own form, or everybody's. One query."""
    found = (
        FormVersion.objects.filter(
            Q(form__unit=unit_id) | Q(form__unit=None),
            form__code=code,
            published_at__isnull=False,
        )
        .select_related("form")
        .order_by(F("form__unit").asc(nulls_last=True), "-number")
        .first()
    )
    if found is None:
        raise Refused(
            f"There is no published form “{code}”. Ask whoever sets up the unit’s forms"
            " to publish one."
        )
    return found


def answers_of(response: Response) -> list[Answer]:
    """The given answers in the order asked; give ``version`` with the response."""
    return answers_to(read_definition(response.version.definition), response.answers)


def answers_to(definition: Definition, given: dict[str, Any]) -> list[Answer]:
    """Answers beside their questions, in the order asked."""
    return [
        Answer(question, given[code], in_words(question, given[code]))
        for code, question in definition.questions.items()
        if code in given
    ]


def summary_of(response: Response) -> list[tuple[str, str]]:
    """Label and answer of what a version wants summed up; own words stand apart."""
    return [
        (answer.question.label, answer.words)
        for answer in answers_of(response)
        if answer.question.label and not answer.is_own_words
    ]


def own_words_of(response: Response) -> Answer | None:
    """What the young person said, word for word, if the form asked and they did."""
    return next((one for one in answers_of(response) if one.is_own_words), None)
