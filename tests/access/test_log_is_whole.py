"""Every page that shows a young person says so in the log, whoever opens it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from alongside.access import actions
from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.kernel.compartments import Compartment
from tests import cast
from tests.access.canaries import Canaries, plant
from tests.access.test_canary_crawl import addresses, told

pytestmark = pytest.mark.slow

Become = Callable[[str], Actor]


@pytest.fixture
def planted(become: Become, at: datetime) -> Canaries:
    """A youth in every table, shared with the partner agency as far as a release."""
    canaries = plant(at, become)
    actions.share(
        canaries.youth.pk,
        cast.agency().holder,
        [Compartment.RECORD],
        because=Grant.Because.RELEASE,
        source="Release",
        until=None,
        by=become("amara"),
    )
    return canaries


@pytest.mark.parametrize("who", ["supervisor", "amara", "advocate"])
def test_what_a_page_shows_is_in_the_log(
    planted: Canaries, visit: Callable[[str], Client], become: Become, who: str
) -> None:
    client = visit(who)
    silent, showed = [], 0
    for path, _ in addresses(planted, visit("supervisor")):
        before = _lines_about(planted, become)
        answer: Any = client.get(path)
        seen = planted.seen_in(told(answer)) if answer.status_code == 200 else {}
        if not seen:
            continue
        showed += 1
        if _lines_about(planted, become) == before:
            places = sorted({place for place, _ in seen.values()})
            silent.append(f"{path} shows {places}")
    assert not silent
    # Were no page to show anything, it would prove nothing.
    assert showed > 10


def _lines_about(planted: Canaries, become: Become) -> int:
    become("supervisor")
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from access_log_of(%s, 100000)", [planted.youth.pk]
        )
        (lines,) = cursor.fetchone()
    return int(lines)
