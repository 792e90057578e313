"""What a page asks for by itself is no use of the screen, and stops no lock."""

from django.http import HttpRequest

_SIGN = "by_itself"


def by_itself(address: str) -> str:
    """The address under which a page asks for itself again."""
    return f"{address}?{_SIGN}"


def is_by_itself(request: HttpRequest) -> bool:
    """Whether the page asked, and no person."""
    return request.method == "GET" and _SIGN in request.GET
