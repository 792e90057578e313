"""The desk's benchmark: server time of its busiest pages at full size."""

from __future__ import annotations

import logging
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.table import write_down

REPEATS = 40
LOOK_UP = (
    "Referral look-up across units"  # takes 50 ms always, so that time tells nothing
)
HEADINGS = ("Page", "p50", "p95", "Queries", "SQL time", "Size")


@dataclass(frozen=True)
class Timing:
    """What one page took, over its repeats."""

    name: str
    seconds: list[float]
    queries: int
    sql: float
    size: int

    def row(self) -> list[str]:
        """A line of the table."""
        ordered = sorted(self.seconds)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        return [
            self.name,
            f"{statistics.median(ordered) * 1000:.0f} ms",
            f"{p95 * 1000:.0f} ms",
            str(self.queries),
            f"{self.sql * 1000:.0f} ms",
            f"{self.size / 1024:.0f} KiB",
        ]


def run() -> None:
    """Build the database in a folder of its own, time each page, write it down."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            ALONGSIDE_DEBUG="1",
            ALONGSIDE_DATA=folder,
            DJANGO_SETTINGS_MODULE="alongside.config.settings",
        )
        from alongside.config import ready

        with ready.application():
            built = _build()
            rows = [timing.row() for timing in _time_all()]
    write_down(
        "desk",
        "The desk: 60,000 youth, 2,000,000 activities, 60 units",
        HEADINGS,
        rows,
        f"Server time of whole requests as the supervisor of one unit (1,000 youth),"
        f" {REPEATS} repeats after one warm-up, on the embedded PostgreSQL. The data"
        f" was written in {built:.0f} s.",
    )


def _build() -> float:
    from django.conf import settings
    from django.core.management import call_command

    from alongside.kernel import clock
    from benchmarks import desk_data

    settings.SECOND_STEP_REQUIRED = False
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.DEBUG = False
    # The page that asks "do we know them?" answers 422 on purpose, every time.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    call_command("migrate", database="owner", verbosity=0)
    begun = time.perf_counter()
    desk_data.build(clock.now())
    return time.perf_counter() - begun


def _time_all() -> list[Timing]:
    from django.test import Client
    from django.urls import reverse

    from alongside.access.actor import acting_as
    from alongside.config import wsgi  # what a server loads  # noqa: F401
    from alongside.kernel import clock
    from alongside.people.models import Youth
    from alongside.referrals.models import Referral
    from benchmarks.desk_data import supervisor

    client, user = Client(), supervisor()
    client.force_login(user)
    with acting_as(user, clock.now()):
        youth = Youth.objects.filter(cases__closed_on=None).by_name()[40]
        referral = Referral.objects.filter(stage="received").earliest("pk")
    ref = [youth.ref]
    pages: dict[str, str] = {
        "Today, mine": reverse("today"),
        "Today, the unit": reverse("today_unit"),
        "Caseload": reverse("caseload"),
        "Caseload, as of last year": reverse("caseload") + "?as_of=2026-03-01",
        "MDT month": reverse("mdt"),
        "MDT, who waits": reverse("mdt_waiting"),
        "Youth, summary": reverse("youth", args=ref),
        "Youth, timeline": reverse("youth_timeline", args=ref),
        "Youth, plan": reverse("youth_plan", args=ref),
        "Referrals": reverse("referrals"),
        "Referral": reverse("referral", args=[referral.ref]),
        "Search": reverse("find") + "?q=given41",
        "Plan as PDF": reverse("plan_pdf", args=ref),
    }
    found = [_time(name, partial(client.get, url)) for name, url in pages.items()]
    asks = partial(
        client.post,
        reverse("referral_new"),
        {"given_name": "Given417", "family_name": "Family41"},
    )
    found.append(_time("Do we know them? (before a referral)", asks, status=422))
    look_up = reverse("referral_look_up", args=[referral.ref])
    found.append(_time(LOOK_UP, partial(client.post, look_up), status=303))
    export = partial(client.get, reverse("caseload_export"))
    found.append(_time("Caseload as .xlsx, 500 youth", export))
    return found


def _time(name: str, get: Callable[[], Any], *, status: int = 200) -> Timing:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer = get()
    if answer.status_code != status:
        raise RuntimeError(f"{name} answers {answer.status_code}.")
    with CaptureQueriesContext(connection) as captured:
        get()
    queries = list(captured)  # the next request begins a new list
    sql = sum(float(query["time"]) for query in queries)
    seconds = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        get()
        seconds.append(time.perf_counter() - begun)
    return Timing(name, seconds, len(queries), sql, len(answer.content))
