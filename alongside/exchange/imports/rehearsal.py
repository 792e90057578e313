"""Dry run: look up, check and settle, and tell everything that an import would do."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, time

from alongside.exchange.imports.accounts import Account
from alongside.exchange.imports.caseload import (
    NAME_FIELDS,
    fill_from_colors,
    read_caseload,
)
from alongside.exchange.imports.checks import CHECKS, Facts, Finding, Phase
from alongside.exchange.imports.checks.registry import Check
from alongside.exchange.imports.fields import DATES, Subject
from alongside.exchange.imports.identity import identify
from alongside.exchange.imports.legend import Legend
from alongside.exchange.imports.mapping import Mapping
from alongside.exchange.imports.meetings import read_meeting_grid, read_meeting_list
from alongside.exchange.imports.names import read_name
from alongside.exchange.imports.officers import OfficerIndex
from alongside.exchange.imports.problems import Act, Answers, Problem, Reply
from alongside.exchange.imports.records import meeting_record, place_of, youth_records
from alongside.exchange.imports.results import DryRun
from alongside.exchange.imports.roster import Roster
from alongside.exchange.imports.rows import (
    Entry,
    MeetingRow,
    Row,
    SheetFact,
    Tables,
    YouthRow,
)
from alongside.exchange.imports.sections import Layout, Section
from alongside.exchange.imports.values import Tools
from alongside.exchange.imports.vocabulary import Vocabulary, is_label, plain
from alongside.exchange.imports.workbook import split_ref

# Without a name, or as the same meeting again, a row makes no record at all.
_WHOLE_ROW = frozenset({"name_missing", "duplicate_row"})


def dry_run(
    sections: Iterable[Section],
    mappings: Iterable[Mapping],
    roster: Roster,
    kept_to: date,
    answers: Answers | None = None,
) -> DryRun:
    """Everything an import of these sections would do; nothing is written."""
    run = _Run(list(sections), list(mappings), roster, kept_to, answers or Answers())
    run.read()
    run.check(Phase.CELLS)
    run.look_up()
    run.check(Phase.MEETINGS)
    run.check(Phase.TOGETHER)
    return run.result()


class _Run:
    """One dry run, from rows as written to records as settled."""

    def __init__(
        self,
        sections: list[Section],
        mappings: list[Mapping],
        roster: Roster,
        kept_to: date,
        answers: Answers,
    ) -> None:
        self.sections, self.answers, self.roster = sections, answers, roster
        self.mappings = {(one.file, one.sheet): one for one in mappings}
        self.tables = Tables(kept_to)
        self.account = Account()
        self.problems: list[Problem] = []
        self.settled: list[Problem] = []
        legend = Legend(officers=roster.officers)
        for section in sections:
            legend = legend.plus(section.legend)
        self.tools = _tools(legend, kept_to, answers)
        colors = {one.fill: one for one in legend.colors}
        self.facts = Facts(self.tables, kept_to, self.tools.officers, roster, colors)

    def read(self) -> None:
        """Rows of every section that has a mapping; colors fill what is empty."""
        for section in self.sections:
            self.account.open_sheet(section)
            mapping = self.mappings.get((section.file, section.sheet.name))
            if mapping is None or section.subject is None:
                continue
            if mapping.left_out:
                self.account.leave_out(section)
                continue
            if section.subject is Subject.CASELOAD:
                self.tables.youth += read_caseload(
                    section, mapping, self.tools, self.account
                )
                continue
            grid = section.layout is Layout.GRID
            reader = read_meeting_grid if grid else read_meeting_list
            self.tables.meetings += reader(section, mapping, self.tools, self.account)
            self.tables.sheets.append(_sheet_fact(section))
        fill_from_colors(self.tables.youth, self.facts.colors)

    def check(self, phase: Phase) -> None:
        """Run the checks of one phase, each on what the ones before have settled."""
        for check in CHECKS:
            if check.phase is phase:
                for finding in list(check.find(self.facts)):
                    self._settle(check, finding)

    def look_up(self) -> None:
        """Tie rows to people, and each meeting to the one youth it names."""
        found = identify(self.tables.people(), self.roster, self.answers)
        self.facts = replace(self.facts, identities=found)
        index = found.index(self.answers.words.get("youth", {}))
        kept_to = self.tables.kept_to
        for row in self.tables.meetings:
            entry = row.entries["youth"]
            if isinstance(entry.reading.value, str):
                entry.reading = index.read(entry.reading.value, kept_to)
                entry.value = entry.reading.value
            row.entries["status"] = _status_entry(row, kept_to)

    def _settle(self, check: Check, finding: Finding) -> None:
        """A finding becomes a problem, unless the user has answered it."""
        row, entry = finding.row, finding.entry
        row.entries.setdefault(entry.field, entry)
        problem = _problem(check, finding)
        entries = (entry, *finding.also)
        reply = self.answers.problems.get(problem.id)
        settled = reply is not None and _apply(reply, row, entries)
        if settled:
            self.settled.append(problem)
        else:
            self.problems.append(problem)
            self._account(row, entry, check.code)
            for one in entries:
                one.open.append(problem.id)
                one.value = one.value if check.keeps else None
        if isinstance(row, MeetingRow) and check.code == "duplicate_row":
            keep = settled and reply is not None and reply.act is Act.KEEP
            row.duplicate_of = None if keep else finding.candidates[0]

    def _account(self, row: Row, entry: Entry, code: str) -> None:
        """The cell at fault; all the cells of a row that is no record because of it."""
        whole = code in _WHOLE_ROW and entry.line is None
        for one in row.entries.values() if whole else (entry,):
            self.account.problem(row.file, row.sheet, one.ref, code)

    def result(self) -> DryRun:
        """The records, and all that was found on the way."""
        found = self.facts.identities
        groups: dict[str, list[YouthRow]] = {}
        for row in self.tables.people():
            if row.name is not None:
                groups.setdefault(found.person_of[row.key], []).append(row)
        meetings = tuple(
            meeting_record(row, found, self.answers.officers)
            for row in self.tables.meetings
            if row.duplicate_of is None
        )
        return DryRun(
            self.tables.kept_to,
            tuple(
                youth_records(
                    list(groups.values()), found, self.roster, self.answers.officers
                )
            ),
            meetings,
            tuple(self.problems),
            tuple(self.settled),
            tuple(found.questions),
            tuple(found.answered),
            self.account.by_fate(),
            tuple(_remarks(self.sections)),
        )


def _tools(legend: Legend, kept_to: date, answers: Answers) -> Tools:
    said = {
        name: {plain(text): code for text, code in ways.items()}
        for name, ways in answers.words.items()
        if name not in ("officer", "youth")
    }
    return Tools(
        kept_to,
        Vocabulary().with_words(legend.words).with_words(said),
        OfficerIndex(legend.officers, answers.words.get("officer")),
    )


def _problem(check: Check, finding: Finding) -> Problem:
    row, entry = finding.row, finding.entry
    named = row.name.full if isinstance(row, YouthRow) and row.name else None
    line = "" if entry.line is None else str(entry.line)
    return Problem(
        f"{check.code}|{row.key}|{entry.ref}|{line}",
        check.code,
        finding.why or check.says,
        place_of(row, entry),
        entry.field,
        entry.text,
        named,
        finding.candidates,
        is_label(entry.field, entry.reading.value),
    )


def _apply(reply: Reply, row: Row, entries: tuple[Entry, ...]) -> bool:
    """Carry out one answer; an answer that cannot be read leaves the problem open."""
    first = entries[0]
    value: date | time | str | None = first.value
    if reply.act is Act.LEAVE_EMPTY:
        value = None
    elif reply.act is Act.USE:
        value = _typed(first.field, reply.value or "")
        if value is None:
            return False
        if first.field in NAME_FIELDS and isinstance(row, YouthRow):
            row.name = read_name(str(value), last_first=True)
    for entry in entries:
        entry.value = value
    return True


def _typed(name: str, text: str) -> date | time | str | None:
    try:
        if name in DATES:
            return date.fromisoformat(text)
        if name == "time":
            return time.fromisoformat(text)
    except ValueError:
        return None
    return text.strip() or None


def _status_entry(row: MeetingRow, kept_to: date) -> Entry:
    """Held, scheduled, cancelled or moved, from the words and the day."""
    youth = row.entries["youth"]
    entry = Entry("status", youth.text, youth.ref, youth.heading, line=youth.line)
    entry.value = row.status or _by_day(row, kept_to)
    return entry


def _by_day(row: MeetingRow, kept_to: date) -> str | None:
    day = row.day("date")
    if day is not None:
        return "held" if day <= kept_to else "scheduled"
    if row.month is None:
        return None
    month = (row.month.year, row.month.number)
    if month == (kept_to.year, kept_to.month):
        return None
    return "held" if month < (kept_to.year, kept_to.month) else "scheduled"


def _sheet_fact(section: Section) -> SheetFact:
    row = Row(section.file, section.sheet.name, 0)
    if section.title_cell:
        number, column = split_ref(section.title_cell)
        cell = section.sheet.at(number, column)
        row.number = number
        text = cell.words if cell else ""
        row.entries["month"] = Entry("month", text, section.title_cell, "(title)")
    return SheetFact(row, section.month)


def _remarks(sections: list[Section]) -> Iterator[str]:
    for section in sections:
        if section.layout is Layout.UNREAD:
            cells = sum(1 for _ in section.sheet.cells())
            yield (
                f"{section.name}: {cells} cells are not read. We found no caseload and"
                " no list or calendar of meetings on it."
            )
        elif section.sheet.hidden:
            yield f"{section.name} is hidden in the workbook. It is read all the same."
