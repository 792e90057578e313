"""No page asks more of the database for showing more; whoever adds one is told."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.access.actor import Actor
from tests.access.canaries import Canaries, plant, plant_more
from tests.access.test_canary_crawl import addresses

pytestmark = pytest.mark.slow
_MORE = 3


def test_no_page_asks_more_for_more_rows(
    become: Callable[[str], Actor],
    visit: Callable[[str], Client],
    at: datetime,
) -> None:
    planted = plant(at, become)
    _grow(planted, become)
    client = visit("supervisor")
    found = list(dict.fromkeys(path for path, _ in addresses(planted, client)))
    pages = [path for path in found if client.get(path).status_code == 200]
    few = {path: _asked(client, path) for path in pages}
    for _ in range(_MORE):
        _grow(planted, become)
    many = {path: _asked(client, path) for path in pages}
    grown = {path: (few[path], many[path]) for path in pages if many[path] > few[path]}
    assert not grown
    assert len(pages) >= 60


def _grow(planted: Canaries, become: Callable[[str], Actor]) -> None:
    """One young person more, and of the first one a row more in every table."""
    become("supervisor")
    plant_more(planted)
    plant(planted.at, become)


def _asked(client: Client, path: str) -> int:
    client.get(path)  # whatever is loaded once is loaded here
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)
