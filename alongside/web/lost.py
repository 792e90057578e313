"""An address that leads nowhere gets our page, where Django would show its addresses.

Only while DEBUG is on, as in the demo; elsewhere ``handler404`` sees to it.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alongside.web.views import not_found


class OwnNotFound:
    """Draws the page for what no address matches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as elsewhere."""
        response = self.get_response(request)
        if response.status_code == 404 and request.resolver_match is None:
            return not_found(request)
        return response
