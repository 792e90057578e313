"""The pages of the reference that are read off the code and compared in every test."""

import json
from collections.abc import Callable, Iterable
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from django.urls import get_resolver

from alongside.access import checks, policies
from alongside.access.events import Event
from alongside.access.guards import ByOwner, ByUnit, ByYouth, Guard, Reference, Sealed
from alongside.access.permissions import Permission
from alongside.access.reference import permission_sentences
from alongside.activities import rules as activities
from alongside.meetings import rules as meetings
from alongside.plans import rules as plans
from alongside.referrals import rules as referrals
from alongside.web.door import Public


def permissions() -> str:
    """Which role may do what: one table, from the roles that are shipped."""
    given = json.loads(
        files("alongside.access").joinpath("defaults/roles.json").read_text("utf-8")
    )
    roles = given["rows"]
    said = permission_sentences()
    rows = [
        [
            f"`{one}`",
            said[one],
            *("yes" if one in r["permissions"] else "" for r in roles),
        ]
        for one in Permission
    ]
    head = ["permission", "what it allows", *(role["name"] for role in roles)]
    return _page(
        "Roles and permissions",
        "A role says what kind of act somebody may do; grants say about whom.",
        _table(head, rows),
    )


def tables() -> str:
    """Who sees the rows of each table."""
    rows = [
        [
            f"`{model._meta.label}`",
            (model.__doc__ or "").split("\n")[0],
            _seen_by(guard),
        ]
        for model in policies.our_models()
        if not policies.is_history(model) and (guard := policies.guard_of(model))
    ]
    return _page(
        "Tables and who sees their rows",
        "Each row's policy is written from this by `migrate`. A table that keeps what"
        " its rows were has the guard of its original.",
        _table(["table", "holds", "seen by"], sorted(rows)),
    )


def addresses() -> str:
    """The door of every address."""
    rows = []
    for pattern, view in checks.views(get_resolver().url_patterns):
        door = getattr(view, "door", None)
        if door is None:
            continue
        said = f"public: {door.why}" if isinstance(door, Public) else str(door)
        rows.append([f"`/{pattern}`", said, _first_line(view)])
    return _page(
        "Addresses and their doors",
        "An address without a door is refused by `manage check`, and answers nothing.",
        _table(["address", "needs", "what it is"], sorted(rows)),
    )


def events() -> str:
    """What the log can say happened."""
    return _page(
        "Events of the log",
        "The log holds ids and choices, never what somebody typed.",
        "\n".join(f"* `{event.value}`" for event in Event),
    )


def states() -> str:
    """How things may move, as diagrams."""
    moves: dict[str, Any] = {
        "An activity": activities.MOVES,
        "A referral": referrals.MOVES,
        "A session": meetings.MOVES,
        "A goal": plans.GOAL_MOVES,
    }
    parts = []
    for name, table in moves.items():
        lines = [
            f"    {start.value} --> {end.value}"
            for start, ends in table.items()
            for end in sorted(ends)
        ]
        parts.append(f"## {name}\n\n```mermaid\nstateDiagram-v2\n" + "\n".join(lines))
        parts[-1] += "\n```\n"
    return _page("How things may move", "Read off the rules.", "\n".join(parts))


def _first_line(thing: object) -> str:
    return (thing.__doc__ or "").split("\n")[0]


def _seen_by(guard: Guard) -> str:
    match guard:
        case ByYouth(None, _):
            return "holders of a grant of the row’s own part"
        case ByYouth(part, _):
            return f"holders of a grant of {part.label.lower()}" if part else ""
        case ByUnit():
            return "the people of the unit"
        case ByOwner():
            return "its writer alone"
        case Reference():
            return "everybody who is signed in"
        case Sealed():
            return "definer functions alone"


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |"
        for line in lines
    )


def _page(title: str, says: str, body: str) -> str:
    return f"# {title}\n\nWritten by `make docs`; do not edit. {says}\n\n{body}\n"


PAGES: MappingProxyType[str, Callable[[], str]] = MappingProxyType(
    {
        "addresses": addresses,
        "events": events,
        "permissions": permissions,
        "states": states,
        "tables-and-policies": tables,
    }
)
