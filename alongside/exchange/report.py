"""What an import says of itself: its sheets, and what was written and what was not."""

from collections.abc import Iterable
from typing import Any

from alongside.exchange.bring_in import BringIn
from alongside.exchange.bring_meetings import BringMeetings
from alongside.exchange.imports import (
    Act,
    Answers,
    DryRun,
    Outcome,
    Problem,
    Section,
    YouthRecord,
    to_json,
)


def sheets_of(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Each sheet as recognised, in the order of the mappings."""
    return [
        {
            "file": one.file,
            "sheet": one.sheet.name,
            "layout": one.layout.value,
            "subject": one.subject.value if one.subject else None,
            "headings": list(one.heading_rows),
            "rows": len(one.rows),
            "cells": sum(1 for _ in one.sheet.cells()),
            "hidden": one.sheet.hidden,
        }
        for one in sections
    ]


def report_of(
    found: DryRun, answers: Answers, brought: BringIn, meetings: BringMeetings
) -> dict[str, Any]:
    """What was written, what was not and why, and what was left empty."""
    written = [one for one in found.youth if one.key in brought.youth]
    open_problems = {one.id: one for one in found.problems}
    waiting = [
        {
            "name": " ".join(filter(None, (one.given, one.family))),
            **_why(one, open_problems),
        }
        for one in found.youth
        if not one.is_ready
    ]
    left = [
        one
        for one in found.settled
        if (reply := answers.problems.get(one.id)) and reply.act is Act.LEAVE_EMPTY
    ]
    return {
        "counts": found.counts(),
        "youth": {
            outcome.value: sum(one.outcome is outcome for one in written)
            for outcome in Outcome
        },
        "meetings": meetings.written,
        "sessions": meetings.sessions,
        "waiting": waiting,
        "meetings_waiting": sum(
            not (one.is_ready and one.youth in brought.youth) for one in found.meetings
        ),
        "left_empty": [_cell(one) for one in left],
        "left_out": left_out_of(found),
        "officers": sorted(strangers(found, set(brought.officers))),
    }


def strangers(found: DryRun, team: set[str]) -> set[str]:
    """Officers the workbook names for somebody and who are not on the team."""
    youth = {one.officer for one in found.youth if one.status != "closed"}
    return {name for name in youth if name} - team


def left_out_of(found: DryRun) -> list[dict[str, Any]]:
    """What goes nowhere, sheet by sheet: columns left out, and cells not read."""
    return [
        {"where": where, "what": fate, "cells": len(cells)}
        for where, fates in found.cells.items()
        for fate, cells in fates.items()
        if fate.startswith("left out") or fate == "not read"
    ]


def _why(record: YouthRecord, problems: dict[str, Problem]) -> dict[str, Any]:
    """The first cell in the way, or the rows that may be somebody else's too."""
    for problem in (problems[one] for one in record.problems if one in problems):
        return {
            "cells": [problem.place.cell],
            "sheet": problem.place.sheet,
            "field": problem.field,
            "why": problem.message,
        }
    return {
        "cells": [place.cell for place in record.places],
        "sheet": record.places[0].sheet,
        "field": "",
        "why": "One person or two?",
    }


def _cell(problem: Problem) -> dict[str, Any]:
    return {"place": to_json(problem.place), "field": problem.field}
