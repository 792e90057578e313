"""Bringing in, refusing to, bringing the same in again, and taking it all back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from alongside.access import policies
from alongside.access.actor import Actor
from alongside.access.guards import ByYouth
from alongside.access.models import Grant
from alongside.cases.cover_notes import leave_cover_note
from alongside.cases.models import Assignment, Case, CoverNote, Support
from alongside.exchange import actions, rules
from alongside.exchange.imports import Act, Reply
from alongside.exchange.models import ImportFile, ImportRun
from alongside.kernel.refusal import NotPermitted, Refused
from alongside.meetings.models import Meeting
from alongside.people.actions import change_fact
from alongside.people.models import Stay, Youth
from tests import cast
from tests.exchange.conftest import leave_in_doubt_empty

Become = Callable[..., Actor]
Start = Callable[..., ImportRun]
StartText = Callable[..., ImportRun]

pytestmark = pytest.mark.slow

HEADINGS = "Last, First;DOB;PDJ #;DPO;Placement;Support lvl;Remarks\n"
RAMOS = "Ramos, Joaquín;3/9/2010;104418;Amara Okafor;home;AR;ride to court\n"
ONEIL = "O’Neil, Zoë;12/30/2008;104419;Rosa Castellanos;RFA home;full;\n"
IN_DOUBT = "Kaur, Simran;6/31/2010;104420;Amara Okafor;JH;sec;\n"


@pytest.fixture
def start_text(become: Become, at: datetime) -> StartText:
    """``start_text(RAMOS)``: a small caseload of these lines, chosen as a file."""

    def choose(*lines: str) -> ImportRun:
        content = (HEADINGS + "".join(lines)).encode()
        files = [("caseload.csv", content)]
        return actions.start_import(files, by=become("coordinator"), at=at)

    return choose


def rows_about_youth() -> dict[str, int]:
    """How many rows every table about young people has, history apart."""
    return {
        model._meta.label: model._default_manager.count()
        for model in policies.our_models()
        if isinstance(policies.guard_of(model), ByYouth)
        and not policies.is_history(model)
        and model._meta.label != "referrals.LookUp"  # nobody reads it
    }


def test_the_same_files_again_bring_nothing_new(
    answered: ImportRun, start: Start, become: Become, at: datetime
) -> None:
    actions.commit(answered, by=become("coordinator"), at=at)
    before = rows_about_youth()
    later = at + timedelta(hours=1)
    by = become("coordinator", later)
    again = leave_in_doubt_empty(start(), by)
    found = actions.rehearse(again, by=by)
    changed = [one for one in found.youth if one.changes]
    assert found.counts()["new"] == 0
    assert [(one.given, one.changes) for one in changed] == []
    actions.commit(again, by=by, at=later)
    assert rows_about_youth() == before


def test_undoing_leaves_what_was_there_before(
    answered: ImportRun, become: Become, at: datetime
) -> None:
    before, sessions = rows_about_youth(), Meeting.objects.count()
    by = become("coordinator")
    run = actions.commit(answered, by=by, at=at)
    assert rows_about_youth() != before
    run = actions.undo_import(run, by=by, at=at)
    assert rows_about_youth() == before
    assert Meeting.objects.count() == sessions
    assert run.state == ImportRun.State.UNDONE


def test_what_a_small_caseload_says_is_on_record(
    start_text: StartText, become: Become, at: datetime
) -> None:
    by = become("coordinator")
    run = actions.commit(start_text(RAMOS, ONEIL), by=by, at=at)
    youth = Youth.objects.get(given_name="Joaquín")
    assert Support.objects.get(youth=youth).level == "early"
    assert Assignment.objects.get(youth=youth).officer == cast.user("amara")
    assert Case.objects.get(youth=youth).opened_precision == "unknown"
    assert CoverNote.objects.get(youth=youth).text == "From the workbook: ride to court"
    assert run.told["report"]["youth"] == {"new": 2, "matched": 0, "changed": 0}
    assert not ImportFile.objects.exists()


def test_a_changed_row_changes_the_record_and_keeps_what_was(
    start_text: StartText, become: Become, at: datetime
) -> None:
    actions.commit(start_text(RAMOS), by=become("coordinator"), at=at)
    later = at + timedelta(days=3)
    by = become("coordinator", later)
    moved = RAMOS.replace(";home;", ";JH;")
    again = actions.start_import(
        [("caseload.csv", (HEADINGS + moved).encode())], by=by, at=later
    )
    found = actions.rehearse(again, by=by)
    assert [(one.field, one.old, one.new) for one in found.youth[0].changes] == [
        ("placement", "home", "juvenile_hall")
    ]
    actions.commit(again, by=by, at=later)
    stays = Stay.objects.order_by("starts")
    assert [(one.kind, one.ends is None) for one in stays] == [
        ("home", False),
        ("juvenile_hall", True),
    ]
    actions.undo_import(again, by=become("coordinator", later), at=later)
    stay = Stay.objects.get()
    assert (stay.kind, stay.ends) == ("home", None)
    assert Youth.objects.count() == 1


def test_what_is_newer_on_record_stays(
    start_text: StartText, become: Become, at: datetime
) -> None:
    actions.commit(start_text(RAMOS), by=become("coordinator"), at=at)
    later = at + timedelta(days=3)
    by = become("amara", later)
    youth = Youth.objects.get()
    change_fact(Stay, youth, later.date(), by=by, at=later, kind="hospital")
    by = become("coordinator", later)
    moved = RAMOS.replace(";home;", ";JH;")
    files = [("caseload.csv", (HEADINGS + moved).encode())]
    kept_to = at.date()
    again = actions.start_import(files, by=by, at=later, kept_to=kept_to)
    (one,) = actions.rehearse(again, by=by).youth
    assert not one.changes
    assert [stays.field for stays in one.stays] == ["placement"]
    actions.commit(again, by=by, at=later)
    assert Stay.objects.get(ends=None).kind == "hospital"


def test_an_officer_of_the_workbook_is_who_somebody_says_they_are(
    start_text: StartText, become: Become, at: datetime
) -> None:
    by = become("coordinator")
    run = start_text(RAMOS.replace("Amara Okafor", "M. Strange"))
    run = leave_in_doubt_empty(run, by)
    run = actions.commit(run, by=by, at=at)
    youth = Youth.objects.get()
    assert not Assignment.objects.filter(youth=youth).exists()


def test_nothing_is_written_while_a_cell_waits(
    start_text: StartText, become: Become, at: datetime
) -> None:
    by = become("coordinator")
    run = start_text(RAMOS, IN_DOUBT)
    with pytest.raises(Refused, match="one cell waits for your answer"):
        actions.commit(run, by=by, at=at)
    assert not Youth.objects.exists()
    run = actions.commit(run, by=by, at=at, ready_only=True)
    assert Youth.objects.get().given_name == "Joaquín"
    assert [one["name"] for one in run.told["report"]["waiting"]] == ["Simran Kaur"]


def test_two_people_answer_and_neither_answer_is_lost(
    start_text: StartText, become: Become
) -> None:
    run = start_text(IN_DOUBT, IN_DOUBT.replace("Simran", "Ann").replace("20;", "21;"))
    first, second = actions.rehearse(run, by=become("coordinator")).problems
    use = Reply(Act.USE, "2010-06-30")
    actions.answer(run, by=become("coordinator"), problems={first.id: use})
    empty = Reply(Act.LEAVE_EMPTY)
    run = actions.answer(run, by=become("supervisor"), problems={second.id: empty})
    found = actions.rehearse(run, by=become("coordinator"))
    assert (len(found.problems), len(found.settled)) == (0, 2)
    run = actions.answer(run, by=become("coordinator"), problems={first.id: None})
    assert len(actions.rehearse(run, by=become("coordinator")).problems) == 1


def test_a_later_note_is_never_lost_to_an_undo(
    start_text: StartText, become: Become, at: datetime
) -> None:
    run = actions.commit(start_text(RAMOS, ONEIL), by=become("coordinator"), at=at)
    youth = Youth.objects.get(given_name="Zoë")
    leave_cover_note(youth, "Prefers texts.", by=become("amara"), at=at)
    with pytest.raises(Refused, match="worked on these records since: Zoë O'Neil"):
        actions.undo_import(run, by=become("coordinator"), at=at)
    assert CoverNote.objects.filter(text="Prefers texts.").exists()
    assert Youth.objects.count() == 2


def test_grants_of_young_people_taken_back_are_ended(
    start_text: StartText, become: Become, at: datetime
) -> None:
    run = actions.commit(start_text(RAMOS), by=become("coordinator"), at=at)
    youth = Youth.objects.get()
    held = Grant.objects.filter(youth_id=youth.pk, ends=None)
    assert held.exists()
    actions.undo_import(run, by=become("coordinator"), at=at)
    assert not held.exists()


def test_an_import_belongs_to_its_unit_and_to_those_who_may_run_one(
    start_text: StartText, become: Become, at: datetime
) -> None:
    run = start_text(RAMOS)
    amara = become("amara")
    with pytest.raises(NotPermitted):
        actions.commit(run, by=amara, at=at)
    with pytest.raises(NotPermitted):
        actions.answer(run, by=amara)
    with pytest.raises(NotPermitted):
        actions.undo_import(run, by=amara, at=at)
    assert not ImportRun.objects.filter(unit=cast.unit(cast.SOUTH)).exists()
    become("outsider")
    assert not ImportRun.objects.exists()


def test_an_import_that_is_over_changes_no_more(
    start_text: StartText, become: Become, at: datetime
) -> None:
    by = become("coordinator")
    run = actions.drop_import(start_text(RAMOS), by=by)
    assert not ImportFile.objects.exists()
    with pytest.raises(Refused, match="This import is over"):
        actions.commit(run, by=by, at=at)
    with pytest.raises(Refused, match="can be undone"):
        actions.undo_import(run, by=by, at=at)


def test_a_mapping_is_kept_for_the_next_workbook(
    start_text: StartText, become: Become
) -> None:
    run = start_text(RAMOS)
    by = become("coordinator")
    actions.correct_mappings(run, {(0, "G"): "leave_out"}, (), by=by, keep=True)
    (mapping,) = actions.mappings_of(start_text(ONEIL))
    assert mapping.field_of("G") == "leave_out"
    assert mapping.columns[6].why == "Same heading as last time."


def test_a_sheet_that_is_not_wanted_is_accounted_for(
    start: Start, become: Become
) -> None:
    by = become("coordinator")
    run = actions.correct_mappings(start(), {}, {1}, by=by, keep=False)
    found = actions.rehearse(run, by=by)
    assert all(one.status != "closed" for one in found.youth)
    fates = found.cells["running_caseload.xlsx!Closed"]
    assert set(fates) <= {"left out: whole sheet"}
    assert rules.refusal_to_commit(run.state, found.counts())
