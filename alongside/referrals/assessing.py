"""Writing an assessment together, and signing it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.access.versions import ChangedMeanwhile
from alongside.forms.actions import answer
from alongside.forms.models import FormVersion, Response
from alongside.forms.reading import own_words_of
from alongside.kernel.refusal import Refused, refuse_if
from alongside.people.models import OwnWords
from alongside.referrals import rules
from alongside.referrals.actions import must_be_ours
from alongside.referrals.models import AssessmentDraft, Referral
from alongside.referrals.rules import Decision, Stage

FORM = "unit_assessment"
_QUESTION = "asked what they would like"


@transaction.atomic
def keep_assessment(
    referral: Referral,
    version: FormVersion,
    read: int,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    recommendation: str = "",
    note: str = "",
) -> AssessmentDraft:
    """Keep answers that are not signed yet; ``read`` is 0 where none were kept.

    What was signed since it was read is told, as what was kept since is.
    """
    by.must(Permission.REFERRAL_ASSESS)
    must_be_ours(referral, by)
    refuse_if(rules.refusal_to_assess(Stage(referral.stage)))
    kept = {
        "answers": dict(answers),
        "recommendation": recommendation,
        "recommendation_note": note,
        "kept_by_id": by.user_id,
        "kept_at": at,
    }
    if read == 0:
        draft, made = AssessmentDraft.objects.get_or_create(
            referral=referral,
            defaults={
                "youth_id": referral.youth_id,
                "compartment": version.form.compartment,
                "form_version": version,
                **kept,
            },
        )
        if made:
            return draft
        raise ChangedMeanwhile(draft)
    return _gone_on_with(referral, read, kept)


def _gone_on_with(
    referral: Referral, read: int, kept: Mapping[str, Any]
) -> AssessmentDraft:
    drafts = AssessmentDraft.objects.select_for_update()
    draft = drafts.filter(referral=referral).first()
    if draft is None:  # a colleague has signed it since
        raise ChangedMeanwhile(referral)
    for name, value in kept.items():
        setattr(draft, name, value)
    draft.save_changes(read, *kept)
    return draft


@transaction.atomic
def sign_assessment(
    referral: Referral,
    version: FormVersion,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    recommendation: Decision,
    note: str = "",
    read: int | None = None,
) -> Response:
    """Sign the assessment with its recommendation; a later one corrects it.

    ``read`` is the version of the kept draft it was written from, 0 for none.
    """
    by.must(Permission.REFERRAL_ASSESS)
    must_be_ours(referral, by)
    refuse_if(rules.refusal_to_assess(Stage(referral.stage)))
    draft = _draft_as_read(referral, read)
    response = answer(
        version,
        answers,
        youth_id=referral.youth_id,
        by=by,
        at=at,
        corrects=referral.assessment,
    )
    _keep_own_words(referral, response, by=by, at=at)
    if draft is not None:
        draft.delete()
    referral.assessment, referral.assessed_at = response, referral.assessed_at or at
    referral.recommendation, referral.recommendation_note = recommendation, note
    _save_assessed(referral)
    record(Event.REFERRAL_ASSESSED, by=by, at=at, about=referral, said=recommendation)
    return response


def draft_of(referral: Referral) -> AssessmentDraft | None:
    """The answers under way, with who kept them last: one query."""
    return (
        AssessmentDraft.objects.filter(referral=referral)
        .select_related("kept_by", "form_version__form")
        .first()
    )


def recommendation_of(code: str) -> Decision:
    """The recommendation somebody chose."""
    try:
        return Decision(code)
    except ValueError:
        raise Refused(
            "The assessment was not signed. Choose what you recommend to the team."
        ) from None


def _draft_as_read(referral: Referral, read: int | None) -> AssessmentDraft | None:
    draft = AssessmentDraft.objects.filter(referral=referral).first()
    if read is not None and read != (draft.version if draft else 0):
        raise ChangedMeanwhile(draft or referral)
    return draft


def _save_assessed(referral: Referral) -> None:
    referral.stage = Stage.ASSESSED
    referral.save_changes(
        referral.version,
        *("stage", "assessment", "assessed_at"),
        *("recommendation", "recommendation_note"),
    )


def _keep_own_words(
    referral: Referral, response: Response, *, by: Actor, at: datetime
) -> None:
    """What they said stands on their record too, where plans and meetings quote it."""
    said = own_words_of(response)
    if said is None:
        return
    known = OwnWords.objects.filter(youth=referral.youth_id, words=said.words)
    if not known.exists():
        OwnWords.objects.create(
            youth_id=referral.youth_id,
            words=said.words,
            question=_QUESTION,
            kind="wish",
            said_on=at.astimezone(by.zone).date(),
            said_to_id=by.user_id,
        )
