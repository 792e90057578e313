"""The steps of an import: files, headings, dry run, bring in, and undo."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.access.door import requires
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.access.records import log_list, open_record
from alongside.access.request import Request
from alongside.desk.imports import listing
from alongside.desk.imports.asking import Asking
from alongside.desk.imports.cells import as_sheet, cells_in_doubt
from alongside.desk.imports.chosen import (
    NOT_OFFERED,
    Headings,
    read_answers,
    read_headings,
)
from alongside.desk.imports.forms import StartForm
from alongside.desk.imports.wording import label, neutral
from alongside.exchange import actions, jobs, rules
from alongside.exchange.bring_in import KNOWN
from alongside.exchange.imports import DryRun
from alongside.exchange.models import ImportRun
from alongside.exchange.report import left_out_of
from alongside.kernel.refusal import Refused
from alongside.web.by_itself import by_itself
from alongside.web.pages import page

_RUNS = ImportRun.objects.select_related("by", "undone_by")
_STEPS = ["Files", "Headings", "Dry run", "Bring in"]
_LAPSES_AT = ExpressionWrapper(F("at") + Value(settings.IMPORTS_KEPT), DateTimeField())
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = ImportRun.State


@requires(Permission.IMPORT_RUN)
def imports(request: Request) -> HttpResponse:
    """Choose files, and see the imports there were."""
    form = StartForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = [(one.name, one.read()) for one in form.cleaned_data["workbooks"]]
        kept_to = form.cleaned_data["kept_to"]
        try:
            run = actions.start_import(
                files, by=request.actor, at=request.at, kept_to=kept_to
            )
        except Refused as refused:
            form.add_error("workbooks", refused.reason)
        else:
            return _to("import_headings", run)
    runs = (
        _RUNS.filter(unit=request.actor.unit_id)
        .defer("mappings", "answers")
        .annotate(lapses_at=_LAPSES_AT)
    )
    shown = Paginator(runs, 20).get_page(request.GET.get("page"))
    shown.object_list = list(shown.object_list)
    kept = settings.IMPORTS_KEPT.days
    context = {"form": form, "runs": shown, "steps": _STEPS, "kept_days": kept}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return page(request, "desk/imports/imports.html", context, status=status)


@requires(Permission.IMPORT_RUN)
def headings(request: Request, ref: UUID) -> HttpResponse:
    """Say which column is what, and which sheets are wanted."""
    run = open_record(request, _RUNS, ref)
    if over := _if_over(run):
        return over
    wording, left_aside = listing.wording_for(request), None
    if request.method == "POST":
        groups = listing.groups_of(run, wording)
        given = read_headings(request.POST, actions.mappings_of(run), groups)
        if given.all_read:
            _correct(request, run, given)
            return _to("import_dry_run", run)
        # Shown as it was chosen, and saved only when it is sent again.
        run.mappings = actions.corrected(run, given.fields, given.left_out)
        left_aside = NOT_OFFERED
    groups = listing.groups_of(run, wording)
    context = {
        "run": run,
        "steps": _STEPS,
        "sheets": listing.sheets_of(run),
        "groups": groups,
        "columns": sum(len(group.columns) for group in groups),
        "to_look_at": sum(group.to_look_at for group in groups),
        "remarks": [neutral(one) for one in run.told.get("remarks", [])],
        "left_aside": left_aside,
        "keep": left_aside is None or "keep" in request.POST,
    }
    status = 422 if left_aside else 200
    return page(request, "desk/imports/headings.html", context, status=status)


def _correct(request: Request, run: ImportRun, given: Headings) -> None:
    actions.correct_mappings(
        run,
        given.fields,
        given.left_out,
        by=request.actor,
        keep="keep" in request.POST,
    )


@requires(Permission.IMPORT_RUN)
def dry_run(request: Request, ref: UUID) -> HttpResponse:
    """What would be brought in, and each cell that needs an answer."""
    run = open_record(request, _RUNS, ref)
    if over := _if_over(run):
        return over
    found = actions.rehearse(run, by=request.actor)
    refused = run.told.get("refused")
    if request.method == "POST":
        run, all_read = _take_answers(request, run, found)
        go = request.POST.get("go")
        if all_read and go:
            return _bring_in(request, run, ready_only=go == "ready")
        if all_read:
            return HttpResponseRedirect(request.get_full_path(), status=303)
        refused, found = NOT_OFFERED, actions.rehearse(run, by=request.actor)
    _log(request, found)
    asking = listing.asking_for(request, run, found)
    context = {
        "run": run,
        "steps": _STEPS,
        "refused": refused,
        **_found(run, found, asking),
        **cells_in_doubt(request, found, asking),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "desk/imports/dry_run.html", context, status=status)


def _bring_in(request: Request, run: ImportRun, *, ready_only: bool) -> HttpResponse:
    """Write it now, or let the worker do what takes long."""
    counts = actions.rehearse(run, by=request.actor).counts()
    if rules.takes_long(counts):
        run = actions.wait_for_worker(run, by=request.actor, ready_only=ready_only)
        jobs.bring_in.later(
            request.actor.user_id,
            once=f"import-{run.pk}",
            run_id=run.pk,
            ready_only=int(ready_only),
        )
    else:
        actions.commit(run, by=request.actor, at=request.at, ready_only=ready_only)
    return _to("import_report", run)


def _found(run: ImportRun, found: DryRun, asking: Asking) -> dict[str, Any]:
    counts = found.counts()
    return {
        "tally": listing.tallies_of(found),
        "pairs": listing.pairs_of(run, found, asking.wording),
        "changes": listing.changes_of(found, asking.wording, "changes"),
        "stays": listing.changes_of(found, asking.wording, "stays"),
        "officers": list(listing.officers_of(run, found, asking.team)),
        "team": asking.team,
        "left_out": [
            {
                **one,
                "where": one["where"].replace("!", ", "),
                "what": neutral(one["what"]),
            }
            for one in left_out_of(found)
        ],
        "remarks": [neutral(one) for one in found.remarks],
        "refusal": rules.refusal_to_commit(run.state, counts),
        "refusal_ready": rules.refusal_to_commit(run.state, counts, ready_only=True),
    }


def _take_answers(
    request: Request, run: ImportRun, found: DryRun
) -> tuple[ImportRun, bool]:
    """Keep every answer that the page offers; whether there were others."""
    asking = listing.asking_for(request, run, found)
    officers = [one.name for one in listing.officers_of(run, found, asking.team)]
    said = read_answers(request.POST, asking, officers)
    run = actions.answer(
        run,
        by=request.actor,
        questions=said.questions,
        problems=said.problems,
        officers=said.officers,
    )
    return run, said.all_read


@requires(Permission.IMPORT_RUN)
def report(request: Request, ref: UUID) -> HttpResponse:
    """What an import brought in, and what it did not; or the step it stands at."""
    run = open_record(request, _RUNS, ref)
    if run.state == State.WRITING:
        return _still_writing(request, run)
    if request.htmx and request.htmx.target == "job-import":
        done = HttpResponse(status=204)
        done["HX-Redirect"] = request.path
        return done
    if run.state in {State.READING, State.MAPPING}:
        return _to("import_headings", run)
    if run.state == State.REHEARSED:
        return _to("import_dry_run", run)
    refusal = rules.refusal_to_undo(run.state, run.committed_at, request.at)
    context = {"run": run, "steps": _STEPS, "refusal": refusal, **_told(run)}
    return page(request, "desk/imports/report.html", context)


def _told(run: ImportRun) -> dict[str, Any]:
    """The report that was kept with a commit, in the words of the screen."""
    told = run.told.get("report") or {}
    return {
        "told": told,
        "written": sum(told.get("youth", {}).values()),
        "left_empty": [
            {**one["place"], "label": label(one["field"])}
            for one in told.get("left_empty", [])
        ],
        "waiting": [
            {
                "name": neutral(one["name"]),
                "cells": one["cells"],
                "sheet": one["sheet"],
                "field": label(one["field"]) if one["field"] else "",
                "why": neutral(one["why"]),
            }
            for one in told.get("waiting", [])
        ],
    }


def _still_writing(request: Request, run: ImportRun) -> HttpResponse:
    """The worker is at it; the page asks again by itself."""
    place = by_itself(reverse("import_report", args=[run.ref]))
    job = {"id": "import", "words": "Bringing the workbooks in", "url": place}
    return page(request, "desk/imports/writing.html", {"run": run, "job": job})


@requires(Permission.IMPORT_RUN)
def stop(request: Request, ref: UUID) -> HttpResponse:
    """Back to the dry run, if the worker has not begun."""
    run = open_record(request, _RUNS, ref)
    if request.method == "POST":
        run = actions.stop_waiting(run, by=request.actor)
    return _to("import_report", run)


@requires(Permission.IMPORT_RUN)
def undo(request: Request, ref: UUID) -> HttpResponse:
    """Take the whole import back, after one more look."""
    run = open_record(request, _RUNS, ref)
    if request.method == "POST":
        actions.undo_import(run, by=request.actor, at=request.at)
        return _to("import_report", run)
    refusal = rules.refusal_to_undo(run.state, run.committed_at, request.at)
    told = run.told.get("report")
    context = {"run": run, "refusal": refusal, "told": told}
    return page(request, "desk/imports/undo.html", context)


@requires(Permission.IMPORT_RUN)
def give_up(request: Request, ref: UUID) -> HttpResponse:
    """Drop an import before anything is written; its files go."""
    run = open_record(request, _RUNS, ref)
    if request.method == "POST":
        actions.drop_import(run, by=request.actor)
        return HttpResponseRedirect(reverse("imports"), status=303)
    return page(request, "desk/imports/give_up.html", {"run": run})


@requires(Permission.IMPORT_RUN)
def cells(request: Request, ref: UUID) -> HttpResponse:
    """The cells that need an answer, as a spreadsheet to walk around with."""
    run = open_record(request, _RUNS, ref)
    if over := _if_over(run):
        return over
    found = actions.rehearse(run, by=request.actor)
    asking = listing.asking_for(request, run, found)
    content = as_sheet(map(asking.ask, found.problems))
    record(
        Event.EXPORT_MADE,
        by=request.actor,
        at=request.at,
        about=run,
        youth=_known(found),
        rows=len(found.problems),
    )
    response = HttpResponse(content, content_type=_SHEET)
    day = request.at.astimezone(request.actor.zone).date()
    response["Content-Disposition"] = f'attachment; filename="cells-{day}.xlsx"'
    return response


def _if_over(run: ImportRun) -> HttpResponse | None:
    over = rules.refusal_to_work_on(run.state)
    return _to("import_report", run) if over else None


def _log(request: Request, found: DryRun) -> None:
    log_list(request, "import dry run", _known(found))


def _known(found: DryRun) -> list[int]:
    """Who of those shown is on record."""
    keys = (one.key for one in found.youth)
    return [int(key.removeprefix(KNOWN)) for key in keys if key.startswith(KNOWN)]


def _to(name: str, run: ImportRun) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=[run.ref]), status=303)
