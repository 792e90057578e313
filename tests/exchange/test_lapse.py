"""An import that nobody brings in gives its workbooks up, and says so."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from alongside.access.actor import Actor
from alongside.config.deployment import days
from alongside.exchange import actions, jobs
from alongside.exchange.lapse import let_lapse
from alongside.exchange.models import ImportFile, ImportRun
from tests.exchange.test_pages import HEADINGS, ONEIL, RAMOS, main_of

Become = Callable[..., Actor]
Visit = Callable[[str], Client]
State = ImportRun.State
KEPT = timedelta(days=14)


def begun(become: Become, at: datetime) -> ImportRun:
    """An import with a cell answered and a dry run made."""
    by = become("coordinator")
    content = (HEADINGS + RAMOS + ONEIL).encode()
    run = actions.start_import([("caseload.csv", content)], by=by, at=at)
    actions.rehearse(run, by=by)
    return run


def clear_away(at: datetime) -> None:
    """The night's work, done as the worker does it: by nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('alongside.' || name, '', true) from"
            " unnest(array['actor', 'holders', 'units', 'at', 'request']) name"
        )
    with time_machine.travel(at, tick=False):
        jobs.clear_away(int(at.timestamp()))


def test_what_was_chosen_goes_and_the_line_stays(become: Become, at: datetime) -> None:
    old = begun(become, at)
    late = begun(become, at + timedelta(days=2))
    clear_away(at + KEPT)
    become("coordinator")
    assert ImportFile.objects.filter(run=old).exists()
    clear_away(at + KEPT + timedelta(minutes=1))
    become("coordinator")
    old.refresh_from_db()
    assert old.state == State.LAPSED
    assert not old.files.exists()
    for name in ("Joaquín", "Zoë", "104418"):
        assert name not in str([old.mappings, old.answers, old.result])
    assert old.told["files"] == ["caseload.csv"]
    late.refresh_from_db()
    assert late.state == State.REHEARSED
    assert late.files.exists()


def test_one_that_waits_for_the_worker_goes_too_and_one_brought_in_does_not(
    become: Become, at: datetime
) -> None:
    waiting, written = begun(become, at), begun(become, at)
    by = become("coordinator")
    actions.wait_for_worker(waiting, by=by, ready_only=True)
    actions.commit(written, by=by, at=at, ready_only=True)
    clear_away(at + KEPT + timedelta(days=1))
    become("coordinator")
    states = dict(ImportRun.objects.values_list("pk", "state"))
    assert states == {waiting.pk: State.LAPSED, written.pk: State.COMMITTED}
    jobs.bring_in.run(actor_id=by.user_id, run_id=waiting.pk, ready_only=1)
    become("coordinator")
    assert ImportRun.objects.get(pk=waiting.pk).state == State.LAPSED


@pytest.mark.parametrize("over", [actions.commit, actions.drop_import])
def test_what_is_over_keeps_no_first_values(
    become: Become, at: datetime, over: Callable[..., ImportRun]
) -> None:
    run, by = begun(become, at), become("coordinator")
    more = {"at": at, "ready_only": True} if over is actions.commit else {}
    assert "Zoë" in str(run.mappings)
    over(run, by=by, **more)
    run.refresh_from_db()
    assert run.mappings == []


def test_the_page_says_it_beforehand_and_afterwards(
    become: Become, visit: Visit, at: datetime
) -> None:
    run = begun(become, at)
    client = visit("coordinator")
    page = main_of(client.get(reverse("imports")))
    assert "deleted after 14 days" in page
    assert 'datetime="2026-12-05T' in page
    clear_away(at + KEPT + timedelta(days=1))
    page = main_of(client.get(reverse("imports")))
    assert "Not brought in in time" in page
    assert "The files are deleted." in page
    for name in ("import_headings", "import_dry_run"):
        answer = client.get(reverse(name, args=[run.ref]), follow=True)
        assert "Choose them again to go on." in main_of(answer)


def test_nobody_who_acts_ends_the_imports_of_others(
    become: Become, at: datetime
) -> None:
    run = begun(become, at)
    become("outsider")
    with pytest.raises(DatabaseError, match="only the clock"), transaction.atomic():
        let_lapse(at + KEPT, at=at + KEPT)
    become("coordinator")
    run.refresh_from_db()
    assert run.files.exists()


def test_how_long_is_the_installations_to_say() -> None:
    assert days({}, "KEPT", otherwise=14) == KEPT
    assert days({"KEPT": " 30 "}, "KEPT", otherwise=14) == timedelta(days=30)
    for wrong in ("0", "-1", "soon", "366", "١٤"):
        with pytest.raises(ImproperlyConfigured, match="Write how many days"):
            days({"KEPT": wrong}, "KEPT", otherwise=14)
