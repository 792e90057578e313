"""Keeping answers: with the version they answer, once, and never changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.forms import rules
from alongside.forms.models import FormVersion, Response
from alongside.forms.rendering import form_for
from alongside.kernel.refusal import Refused, refuse_if


@transaction.atomic
def answer(
    version: FormVersion,
    answers: Mapping[str, Any],
    *,
    youth_id: int,
    by: Actor,
    at: datetime,
    corrects: Response | None = None,
) -> Response:
    """Keep what was answered about a young person; a correction is a new response.

    They are checked against the version’s questions; the part is the form’s own.
    """
    by.must(Permission.RECORD_READ)
    form = form_for(version, data=answers)
    refuse_if(
        rules.refusal_to_answer(
            published=version.published_at is not None,
            unknown=sorted(set(answers) - set(form.fields)),
        )
    )
    if not form.is_valid():
        raise Refused(_what_is_wrong(form.errors.get_json_data()))
    response = Response.objects.create(
        youth_id=youth_id,
        compartment=version.form.compartment,
        version=version,
        answers=form.answers(),
        by_id=by.user_id,
        at=at,
        corrects=corrects,
    )
    record(Event.FORM_ANSWERED, by=by, at=at, about=response, version=version.pk)
    return response


def _what_is_wrong(errors: Mapping[str, Any]) -> str:
    sentences = [one["message"] for field in errors.values() for one in field]
    return "The answers were not saved. " + " ".join(dict.fromkeys(sentences))
