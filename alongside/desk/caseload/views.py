"""The caseload page, its spreadsheet, and filters somebody keeps."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.access.door import requires
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.access.records import log_list
from alongside.access.request import Request
from alongside.cases.caseload import Row
from alongside.cases.models import SavedFilter
from alongside.desk.caseload import wording
from alongside.desk.caseload.forms import FilterForm, SaveFilterForm
from alongside.desk.caseload.listing import (
    SECTION,
    Shown,
    address_of,
    dues_of,
    query_of,
    saved,
    shown,
)
from alongside.desk.caseload.sheet import file_name, sheet
from alongside.forms.vocabulary import vocabulary_for
from alongside.kernel.dates_in_words import short_day
from alongside.web.pages import page
from alongside.web.sought import searches, words_sought

ROWS = 25
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.CASELOAD_READ)
@searches
@require_GET
def caseload(request: Request) -> HttpResponse:
    """Everybody on the caseload, as of a day, narrowed and ordered by the address."""
    words = vocabulary_for(request.actor)
    found = shown(request, words)
    rows = Paginator(found.rows, ROWS).get_page(request.GET.get("page"))
    if not found.dues:
        found = replace(found, dues=dues_of(request, list(rows), found.day, words))
    form = FilterForm(
        request.GET,
        search=words_sought(request),
        rows=found.everybody,
        words=words,
        actor=request.actor,
        day=found.day,
    )
    log_list(
        request,
        SECTION,
        [row.youth_id for row in rows],
        filter=query_of(found),
        as_of=found.day,
    )
    names = wording.names_apart(found.everybody)
    context = {
        "found": found,
        "rows": rows,
        "lines": [_line(row, found, names) for row in rows],
        "form": form,
        "saved": saved(request, found),
        "sort": found.order,
        **_said(request, found),
        **_actions(request, found),
    }
    return page(request, "desk/caseload/caseload.html", context)


@requires(Permission.CASELOAD_EXPORT)
@require_GET
def export(request: Request) -> HttpResponse:
    """The same rows as a spreadsheet; the log keeps who left with how many."""
    words = vocabulary_for(request.actor)
    found = shown(request, words)
    content = sheet(request, found, legal=_sees_legal(request))
    record(
        Event.EXPORT_MADE,
        by=request.actor,
        at=request.at,
        youth=[row.youth_id for row in found.rows],
        export=SECTION,
        rows=len(found.rows),
        as_of=found.day,
    )
    response = HttpResponse(content, content_type=_XLSX)
    name = file_name(found.day)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@requires(Permission.CASELOAD_READ)
def save_filter(request: Request) -> HttpResponse:
    """Give the filter in the address a name, or take one's own names away."""
    words = vocabulary_for(request.actor)
    found = shown(request, words)
    own = SavedFilter.objects.filter(user_id=request.actor.user_id, section=SECTION)
    if request.method == "POST" and (gone := request.POST.get("remove")):
        own.filter(name=gone.replace("\0", "")).delete()
        return HttpResponseRedirect(_here("caseload", address_of(found)), status=303)
    form = SaveFilterForm(request.POST or None)
    if form.is_valid():
        SavedFilter.objects.update_or_create(
            user_id=request.actor.user_id,
            section=SECTION,
            name=form.cleaned_data["name"],
            defaults={
                "query": query_of(found, q=found.filter.q)[:1_000],
                "position": own.count(),
            },
        )
        return HttpResponseRedirect(_here("caseload", address_of(found)), status=303)
    context = {
        "form": form,
        "said": wording.filters_in_words(found),
        "order": wording.order_in_words(found.order),
        "back": _here("caseload", address_of(found)),
        "own": [
            {
                "name": each.name,
                "url": _here("caseload", QueryDict(each.query).urlencode()),
            }
            for each in own
        ],
    }
    status = 422 if form.is_bound else 200
    return page(request, "desk/caseload/save_filter.html", context, status=status)


def _line(row: Row, found: Shown, names: dict[int, str]) -> dict[str, Any]:
    """What one row says beyond its own columns."""
    due = found.next_due(row)
    return {
        "row": row,
        "name": names[row.youth_id],
        "who": wording.person_line(row),
        "where": wording.where(row),
        "since": wording.since(row, found.day),
        "covered": found.covered.get(row.officer_id or 0, ""),
        "due": due and wording.due_name(due),
        "due_when": due and wording.due_when(due, found.day),
        "due_state": due and due.state,
    }


def _said(request: Request, found: Shown) -> dict[str, Any]:
    narrowed = wording.filters_in_words(found)
    return {
        "count": len(found.rows),
        "all": len(found.everybody),
        "narrowed": narrowed,
        "order_said": wording.order_in_words(found.order),
        "legal": _sees_legal(request),
        "of_unit": request.actor.unit_id is not None,
        "over": request.actor.unit_name or request.actor.agency_name,
        "stated": _stated(request, found, narrowed),
        "clear_url": _here("caseload", ""),
    }


def _stated(request: Request, found: Shown, narrowed: list[str]) -> str:
    """What the folded filter bar of a phone says is set."""
    everybody = "whole unit" if request.actor.unit_id else "all shared with us"
    day = "today" if found.is_today else short_day(found.day, found.today)
    return f"{', '.join(narrowed) or everybody}, as of {day}"


def _actions(request: Request, found: Shown) -> dict[str, Any]:
    query = address_of(found)
    dated = "&".join(filter(None, (query, urlencode({"as_of": found.day.isoformat()}))))
    return {
        "export_url": _here("caseload_export", dated)
        if request.actor.may(Permission.CASELOAD_EXPORT)
        else None,
        "save_url": _here("caseload_save", query) if query else None,
        "hand_over_url": reverse("hand_over")
        if request.actor.may(Permission.CASE_HAND_OVER)
        else None,
    }


def _sees_legal(request: Request) -> bool:
    """Court columns are for the unit; partner agencies see the everyday record."""
    return request.actor.unit_id is not None


def _here(route: str, query: str) -> str:
    return reverse(route) + (f"?{query}" if query else "")
