"""What somebody typed and has not sent: kept on the server, for its writer alone."""

from django.db import connection

from alongside.access.models import Draft
from alongside.access.request import Request

_NOT_TEXT = {"csrfmiddlewaretoken", "form_token", "password", "draft_path"}


def keep_draft(request: Request, path: str | None = None) -> None:
    """Keep the fields of this request as the draft of a page: the last one wins."""
    fields = {
        _holdable(name): [_holdable(value) for value in values]
        for name, values in request.POST.lists()
        if name not in _NOT_TEXT and any(values)
    }
    place = _holdable(path or request.path)[:500]
    if not fields:
        drop_draft(request, place)
        return
    Draft.objects.update_or_create(
        user_id=request.actor.user_id,
        path=place,
        defaults={"fields": fields, "kept_at": request.at},
    )


def drop_draft(request: Request, path: str | None = None) -> None:
    """Forget the draft of a page: it was sent, or emptied."""
    place = _holdable(path or request.path)[:500]
    Draft.objects.filter(user_id=request.actor.user_id, path=place).delete()


def draft_for(request: Request) -> Draft | None:
    """What was kept for this page: one query."""
    if connection.needs_rollback:
        return None
    return Draft.objects.filter(
        user_id=request.actor.user_id, path=_holdable(request.path)[:500]
    ).first()


def _holdable(text: object) -> str:
    """The text without the one sign that the database cannot hold."""
    return str(text).replace("\0", "")
