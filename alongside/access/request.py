"""What a request carries once the middleware has told the database who acts."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from alongside.access.actor import Actor


class Request(HttpRequest):
    """A request with its actor and its one instant."""

    actor: Actor
    at: datetime
    request_id: UUID
    htmx: HtmxDetails
