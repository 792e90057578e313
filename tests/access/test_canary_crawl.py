"""Every address, as every member of the cast, shows no token its guard does not allow.

Written once; a page, export or feed that is added later is crawled too.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
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


# address -> which of the planted references open it for somebody who sees every part;
# learnt once a run, so that not every reference is tried at every address ten times.
_OPENED_BY: dict[str, list[int]] = {}


def addresses(planted: Canaries, sees_all: Client) -> Iterator[tuple[str, bool]]:
    """Every address there is, filled with every reference that opens it for anyone."""
    for pattern, _ in checks.views(get_resolver().url_patterns):
        path = "/" + pattern
        if pattern.startswith(_SIGN_IN) or "^" in pattern or pattern in _LOCKS:
            continue
        if not _REF.search(path):
            if "<" not in path:
                yield path, False
            continue
        if "<" in _REF.sub("", path):
            continue
        filled = [_REF.sub(str(ref), path) for ref in planted.refs]
        if path not in _OPENED_BY:
            answers = [sees_all.get(each).status_code for each in filled]
            _OPENED_BY[path] = [n for n, code in enumerate(answers) if code != 404]
        # The youth's own reference is tried everywhere, whatever it opens.
        for number in sorted({0, *_OPENED_BY[path]}):
            yield filled[number], True


def told(answer: HttpResponse) -> str:
    """All the text an answer holds, whatever kind of file it is."""
    content = (
        b"".join(answer.streaming_content)  # type: ignore[arg-type]
        if answer.streaming
        else answer.content
    )
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
    assert opened or who in {"evaluator", "administrator"}
