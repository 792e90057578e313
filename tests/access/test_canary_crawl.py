"""Every address, as every member of the cast, shows no token its guard does not allow.

Written once; a page, export or feed that is added later is crawled too.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from pdfminer.high_level import extract_text

from alongside.access import actions, checks
from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.kernel.compartments import Compartment
from tests import cast
from tests.access.canaries import Canaries, plant
from tests.access.test_table_by_table import SEES

pytestmark = pytest.mark.slow

Become = Callable[[str], Actor]

_REF = re.compile(r"<uuid:(\w+)>")
_FROM = re.compile(r'FROM "(\w+)"')
_SIGN_IN = "account/"
_LOCKS = {"exit/", "lock/"}  # after these, nothing else would answer


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


def addresses(planted: Canaries, sees_all: Client) -> Iterator[tuple[str, bool]]:
    """Every address there is, filled with every reference it could open."""
    for pattern, _ in checks.views(get_resolver().url_patterns):
        path = "/" + pattern
        if pattern.startswith(_SIGN_IN) or "^" in pattern or pattern in _LOCKS:
            continue
        if not _REF.search(path):
            if "<" not in path:
                yield path, False
            continue
        if "<" not in _REF.sub("", path):
            for ref in _could_open(path, planted, sees_all):
                yield _REF.sub(str(ref), path), True


def _could_open(path: str, planted: Canaries, sees_all: Client) -> list[UUID]:
    """References of the tables that the address looks a reference up in.

    Read off its queries for one that nobody has; the youth's own is tried everywhere.
    """
    nobody = uuid4()
    with CaptureQueriesContext(connection) as queries:
        sees_all.get(_REF.sub(str(nobody), path))
    asked = [
        query["sql"] for query in queries if nobody.hex in query["sql"].replace("-", "")
    ]
    tables = {table for sql in asked for table in _FROM.findall(sql)}
    rows = [
        row
        for made in planted.rows.values()
        for row in made
        if row._meta.db_table in tables and hasattr(row, "ref")
    ]
    return list(dict.fromkeys([planted.youth.ref, *(row.ref for row in rows)]))


def told(answer: Any) -> str:
    """All the text an answer holds, whatever kind of file it is."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    if "pdf" in kind:
        return headers + extract_text(io.BytesIO(content))
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return headers + " ".join(
                parts.read(name).decode("utf-8", "replace") for name in parts.namelist()
            )
    return headers + content.decode("utf-8", "replace")


@pytest.mark.parametrize("who", SEES)
def test_no_page_shows_what_no_grant_allows(
    planted: Canaries, visit: Callable[[str], Client], who: str
) -> None:
    client, opened = visit(who), 0
    for path, has_ref in addresses(planted, visit("supervisor")):
        # What is searched for is the searcher's own word, so it goes nowhere else.
        asked = {} if has_ref else {"q": planted.youth.family_name}
        answer = client.get(path, asked)
        assert answer.status_code < 500, path
        text = told(answer)
        leaks = {
            place
            for place, part in planted.seen_in(text).values()
            if part not in SEES[who]
        }
        # The search box says what was searched for; that is the searcher's own word.
        leaks -= (
            {"people.Youth.family_name"} if not SEES[who] and not has_ref else set()
        )
        assert not leaks, f"{path} shows {who} {sorted(leaks)}"
        # It asks why, for a record one cannot see; that there is one goes unsaid.
        asks_first = path.endswith("/emergency/") and who in {"outsider", "auditor"}
        if has_ref and not SEES[who] and not asks_first:
            assert answer.status_code in {302, 403, 404, 405}, path
        opened += answer.status_code == 200
    # Were the crawl to knock at no door that opens, it would prove nothing.
    assert opened >= (60 if who == "supervisor" else 1)
