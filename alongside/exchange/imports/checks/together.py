"""What only shows when rows, sheets and files are read side by side."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from alongside.exchange.imports.caseload import NAME_FIELDS
from alongside.exchange.imports.checks.identity import meetings_of
from alongside.exchange.imports.checks.registry import Facts, Finding, Phase, check
from alongside.exchange.imports.rows import Entry, YouthRow

_COMPARED = ("dob", "pdj", "cw_case", "officer", "placement", "disposition") + (
    "child_welfare",
    "court",
    "last_mdt",
    "next_court",
    "support_level",
)


def groups(facts: Facts) -> dict[str, list[YouthRow]]:
    """The rows that are, or may be, one person."""
    found: dict[str, list[YouthRow]] = defaultdict(list)
    for row in facts.tables.people():
        if row.name is not None:
            found[facts.identities.group_of(row.key)].append(row)
    return found


def is_reopened(rows: list[YouthRow]) -> bool:
    """Whether an active row says that the case was opened again."""
    return any(
        row.status == "active" and "reopen" in (row.word("notes") or "").casefold()
        for row in rows
    )


@check(
    "rows_disagree",
    "Two rows of one youth say different things.",
    fields=_COMPARED,
    phase=Phase.TOGETHER,
)
def rows_disagree(facts: Facts) -> Iterator[Finding]:
    """The same youth, twice on one list, in two places."""
    for rows in groups(facts).values():
        for at, row in enumerate(rows):
            for name in _COMPARED:
                said = _said_before(rows[:at], row.status, name)
                entry = row.entries.get(name)
                if said is None or entry is None or entry.value is None:
                    continue
                before = said.entries[name]
                if entry.value != before.value:
                    why = f"Row {said.number}, the same youth, says otherwise."
                    options = (str(before.value), str(entry.value))
                    yield Finding(row, entry, why, options, (before,))


def _said_before(rows: list[YouthRow], status: str, name: str) -> YouthRow | None:
    """The first row of the same list that gives this field."""
    for row in rows:
        entry = row.entries.get(name)
        if row.status == status and entry is not None and entry.value is not None:
            return row
    return None


@check(
    "status_conflict",
    "A youth is both active and closed, with no word of reopening.",
    fields=("status",),
    phase=Phase.TOGETHER,
    keeps=True,
)
def status_conflict(facts: Facts) -> Iterator[Finding]:
    """Which list is right must be asked."""
    for rows in groups(facts).values():
        statuses = {row.status for row in rows}
        if statuses != {"active", "closed"} or is_reopened(rows):
            continue
        active = next(row for row in rows if row.status == "active")
        for row in rows:
            if row.status == "closed":
                name = next(e for n in NAME_FIELDS if (e := row.entries.get(n)))
                entry = Entry("status", name.text, name.ref, name.heading)
                why = f"Also active on row {active.number}, with no word of reopening."
                yield Finding(row, entry, why, ("active", "closed"))


@check(
    "last_mdt_disagrees",
    "The MDT calendar shows a later meeting than the caseload.",
    fields=("last_mdt",),
    phase=Phase.TOGETHER,
    keeps=True,
)
def last_mdt_disagrees(facts: Facts) -> Iterator[Finding]:
    """The caseload's date stays, and somebody is asked."""
    held = _last_held(facts)
    for group, rows in groups(facts).items():
        for row in rows:
            entry = row.entries.get("last_mdt")
            later = held.get(group)
            if entry is None or entry.day is None or later is None:
                continue
            if later > entry.day:
                why = f"The MDT calendar shows a later one, held {later:%-m/%-d/%Y}."
                options = (entry.day.isoformat(), later.isoformat())
                yield Finding(row, entry, why, options)


def _last_held(facts: Facts) -> dict[str, date]:
    """The latest meeting held, from these files and from what is on record."""
    held = {
        facts.identities.group_of(f"known:{one.id}"): one.last_meeting
        for one in facts.roster.youth
        if one.last_meeting is not None
    }
    for meeting in meetings_of(facts):
        day, youth = meeting.day("date"), meeting.word("youth")
        if day is None or youth is None or meeting.word("status") != "held":
            continue
        group = facts.identities.group_of(youth)
        held[group] = max(day, held.get(group, day))
    return held
