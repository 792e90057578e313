"""What an officer tells whoever covers."""

from datetime import datetime

from django.db import transaction

from alongside.access.actor import Actor
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.cases.models import CoverNote
from alongside.people.models import Youth


@transaction.atomic
def leave_cover_note(youth: Youth, text: str, *, by: Actor, at: datetime) -> CoverNote:
    """Leave a note for whoever covers; earlier ones stay in the history."""
    by.must(Permission.RECORD_CHANGE)
    note = CoverNote.objects.create(youth=youth, text=text, by_id=by.user_id, at=at)
    record(Event.RECORD_CHANGED, by=by, at=at, about=note)
    return note
