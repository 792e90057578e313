"""A young person's own words, and a note for whoever covers."""

from uuid import UUID

from django.http import HttpResponse

from alongside.access.door import requires
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.cases.cover_notes import leave_cover_note
from alongside.cases.models import CoverNote
from alongside.desk.youth.form_page import form_page, seen
from alongside.desk.youth.forms import CoverNoteForm, OwnWordsForm
from alongside.desk.youth.wording import called
from alongside.forms.vocabulary import vocabulary_for
from alongside.people.actions import add_own_words
from alongside.people.models import OwnWords, Youth


@requires(Permission.RECORD_CHANGE)
def own_words(request: Request, ref: UUID) -> HttpResponse:
    """Write down what a young person said, word for word."""
    youth = open_record(request, Youth, ref, part="own words")
    words = vocabulary_for(request.actor)
    today = request.at.astimezone(request.actor.zone).date()
    form = OwnWordsForm(
        request.POST or None,
        vocabulary=words,
        today=today,
        initial={"said_on": today, "kind": "what_works"},
    )
    if form.is_valid():
        given = form.cleaned_data
        named = words.name("words_kind", given["kind"])
        add_own_words(
            youth,
            given["words"],
            given["question"] or named[:1].lower() + named[1:],
            by=request.actor,
            at=request.at,
            said_on=given["said_on"],
            kind=given["kind"],
        )
        return seen("youth", youth)
    return form_page(
        request,
        youth,
        form,
        heading=f"Add {called(youth).name}’s own words",
        title="own words",
        save="Save the words",
        words=words,
        said=list(OwnWords.objects.filter(youth=youth)[:20]),
        template="desk/youth/own_words.html",
    )


@requires(Permission.RECORD_CHANGE)
def cover_note(request: Request, ref: UUID) -> HttpResponse:
    """Leave a note for whoever covers; the latest one stands on the summary."""
    youth = open_record(request, Youth, ref, part="note")
    form = CoverNoteForm(request.POST or None)
    if form.is_valid():
        leave_cover_note(
            youth, form.cleaned_data["text"], by=request.actor, at=request.at
        )
        return seen("youth", youth)
    return form_page(
        request,
        youth,
        form,
        heading="A note for whoever covers",
        save="Leave the note",
        notes=list(CoverNote.objects.filter(youth=youth).select_related("by")[:5]),
        template="desk/youth/cover_note.html",
    )
