"""Cells that need an answer: one page of them on the screen, all of them as a sheet."""

import io
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator

from alongside.access.request import Request
from alongside.desk.imports.asking import (
    GROUPS,
    Ask,
    Asking,
    alike,
    group_of,
    likeness,
)
from alongside.exchange.imports import DryRun, Problem
from alongside.web.sheets import Kind, xlsx

_A_PAGE = 40
_ANSWERED = "answered"
_OTHERS = ("others", "Others")
_HEADS = ("File", "Sheet", "Cell", "Young person", "Field", "It says", "In the way")


def cells_in_doubt(request: Request, found: DryRun, asking: Asking) -> dict[str, Any]:
    """One page of cells under the chosen chip, in the order of the sheets."""
    chip = request.GET.get("kind", "")
    shown = [
        one
        for one in (found.settled if chip == _ANSWERED else found.problems)
        if chip in ("", _ANSWERED) or group_of(one) == chip
    ]
    paged = Paginator(_in_order(shown, found), _A_PAGE).get_page(
        request.GET.get("page")
    )
    times = alike((*found.problems, *found.settled))
    return {
        "chips": _chips(found, chip),
        "asks": [asking.ask(one, times[likeness(one)]) for one in paged],
        "paged": paged,
        "chip": chip,
    }


def as_sheet(asks: Iterable[Ask]) -> bytes:
    """The cells as a spreadsheet to walk around with."""
    rows = [
        [
            one.problem.place.file,
            one.problem.place.sheet,
            one.problem.place.cell,
            one.name,
            one.field,
            one.says,
            one.why,
        ]
        for one in asks
    ]
    target = io.BytesIO()
    xlsx(target, [("Cells", [(head, Kind.TEXT) for head in _HEADS], rows)])
    return target.getvalue()


def _in_order(problems: list[Problem], found: DryRun) -> list[Problem]:
    sheets = {where: at for at, where in enumerate(found.cells)}
    return sorted(
        problems,
        key=lambda one: (
            sheets.get(f"{one.place.file}!{one.place.sheet}", 0),
            one.place.row,
            one.place.cell,
            one.place.line or 0,
        ),
    )


def _chips(found: DryRun, chosen: str) -> list[dict[str, Any]]:
    counts = Counter(map(group_of, found.problems))
    groups = [*((code, name) for code, name, _ in GROUPS), _OTHERS]
    chips = [("", f"All {len(found.problems)}")]
    chips += [(code, f"{name} {counts[code]}") for code, name in groups if counts[code]]
    if found.settled:
        chips.append((_ANSWERED, f"Answered {len(found.settled)}"))
    return [
        {
            "name": name,
            "url": f"?kind={code}" if code else "?",
            "current": code == chosen,
        }
        for code, name in chips
    ]
