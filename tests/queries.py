"""A page's query count does not grow with its rows."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def assert_constant_queries(
    grow: Callable[[int], object], render: Callable[[], object], *, ceiling: int = 40
) -> None:
    """Render with one row, then with twelve more, and compare the counts."""
    grow(1)
    render()  # whatever is loaded once, such as a content type, is loaded here
    few = _count(render)
    grow(12)
    many = _count(render)
    assert few == many, f"{few} queries with one row, {many} with thirteen"
    assert many <= ceiling, f"{many} queries for one page"


def _count(render: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        render()
    return len(queries)
