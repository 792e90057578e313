"""What the pages of an import show, made ready for their templates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from alongside.access.models import Membership
from alongside.access.request import Request
from alongside.desk.imports.asking import Asking
from alongside.desk.imports.wording import Wording, choices, label, neutral
from alongside.exchange.actions import answers_of, mappings_of
from alongside.exchange.bring_in import KNOWN
from alongside.exchange.imports import (
    ColumnMapping,
    DryRun,
    Layout,
    Outcome,
    Question,
    Subject,
    Sure,
    YouthRecord,
)
from alongside.exchange.imports import Mapping as SheetMapping
from alongside.exchange.models import ImportRun
from alongside.exchange.report import strangers
from alongside.forms.vocabulary import vocabulary_for
from alongside.people.models import Youth

_CHANGES_SHOWN = 200


def wording_for(request: Request) -> Wording:
    """The unit's words and its day: one query."""
    today = request.at.astimezone(request.actor.zone).date()
    return Wording(vocabulary_for(request.actor), today)


def team_of(request: Request) -> list[str]:
    """Who is on the team now, by name: one query."""
    current = Membership.objects.current(request.at).filter(unit=request.actor.unit_id)
    return sorted(set(current.values_list("user__name", flat=True)))


# ---------- headings ----------


@dataclass(frozen=True)
class SheetLine:
    """One sheet of the files: what it was taken for."""

    at: int
    name: str
    file: str
    what: str
    rows: int
    read: bool
    wanted: bool


@dataclass(frozen=True)
class ColumnLine:
    """One column: its heading, first values and where it goes."""

    name: str
    column: ColumnMapping
    heading: str
    values: list[tuple[str, str]]
    choices: list[tuple[str, str]]
    look: bool
    why: str


@dataclass(frozen=True)
class Group:
    """Sheets with the same headings, whose columns are sent together."""

    at: int
    members: list[int]
    sheets: list[str]
    what: str
    columns: list[ColumnLine]

    @property
    def to_look_at(self) -> int:
        """How many columns somebody should look at."""
        return sum(column.look for column in self.columns)


def sheets_of(run: ImportRun) -> list[SheetLine]:
    """Every sheet of the files, in their order."""
    return [
        SheetLine(
            at,
            about["sheet"] or about["file"],
            about["file"],
            _what(about, mapping),
            about["rows"],
            about["subject"] is not None,
            not mapping.left_out,
        )
        for at, (about, mapping) in enumerate(
            zip(run.told["sheets"], mappings_of(run), strict=True)
        )
    ]


def groups_of(run: ImportRun, wording: Wording) -> list[Group]:
    """The lists of the files by their headings, whose columns go where the first's do.

    Calendars have nothing to choose.
    """
    found: dict[tuple[Any, ...], list[int]] = {}
    mappings = mappings_of(run)
    for at, one in enumerate(mappings):
        if one.subject is not None and one.layout is Layout.LIST:
            key = (one.file, one.subject, one.signature, one.status)
            found.setdefault(key, []).append(at)
    return [_group(members, mappings, run, wording) for members in found.values()]


def _group(
    members: list[int], mappings: list[SheetMapping], run: ImportRun, wording: Wording
) -> Group:
    first = mappings[members[0]]
    about = run.told["sheets"][members[0]]
    columns = [
        _column(f"c-{members[0]}-{one.column}", one, first.subject, wording)
        for one in first.columns
    ]
    names = [mappings[at].sheet or mappings[at].file for at in members]
    return Group(members[0], members, names, _what(about, first), columns)


def _column(
    name: str, one: ColumnMapping, subject: Subject | None, wording: Wording
) -> ColumnLine:
    values = [
        (
            sample.cell,
            wording.written(one.field, sample.text, sample.code, sample.label),
        )
        for sample in one.samples
    ]
    look = one.sure is Sure.LOOK and one.why != "A running number."
    why = neutral(one.why) or "We know this heading."
    return ColumnLine(
        name, one, neutral(one.heading), values, choices(subject), look, why
    )


def _what(about: dict[str, Any], mapping: SheetMapping) -> str:
    if about["layout"] == Layout.LEGEND:
        return "What colors and short words mean"
    if about["subject"] == Subject.CASELOAD:
        return "Closed cases" if mapping.status == "closed" else "Caseload"
    if about["subject"] == Subject.MDT:
        is_grid = about["layout"] == Layout.GRID
        return "MDT calendar" if is_grid else "MDT list"
    return "Not read: neither a caseload nor MDT meetings"


# ---------- dry run ----------


@dataclass(frozen=True)
class SideLine:
    """One of two who may be one person, with what is known of them."""

    name: str
    where: str
    said: str


@dataclass(frozen=True)
class Pair:
    """One person or two? Both sides, what speaks for either, and the answer so far."""

    at: int
    question: Question
    sides: tuple[SideLine, SideLine]
    alike: str
    different: str
    chosen: str


def asking_for(request: Request, run: ImportRun, found: DryRun) -> Asking:
    """What the questions about cells need: three queries."""
    names = {
        one.key: " ".join(filter(None, (one.given, one.family, one.suffix)))
        for one in found.youth
    }
    known = Youth.objects.filter(cases__unit=run.unit_id).distinct()
    names = {f"{KNOWN}{one.pk}": one.name for one in known} | names
    return Asking(
        found,
        wording_for(request),
        team_of(request),
        names,
        answers_of(run).problems,
        {
            problem: names[one.youth]
            for one in found.meetings
            for problem in one.problems
            if one.youth in names
        },
    )


def pairs_of(run: ImportRun, found: DryRun, wording: Wording) -> list[Pair]:
    """Every pair that is asked about or was: one query for those on record."""
    decided = answers_of(run).questions
    questions = [*found.questions, *found.answered]
    records = {one.key: one for one in found.youth}
    known = _on_record(questions)
    pairs = []
    for at, one in enumerate(questions):
        a, b = (
            SideLine(
                neutral(side.name),
                side.place.cell if side.place else "on record",
                _said(records.get(side.key), known.get(side.key), wording),
            )
            for side in (one.a, one.b)
        )
        chosen = decided.get(one.id)
        pairs.append(
            Pair(
                at,
                one,
                (a, b),
                ", ".join(one.alike),
                ", ".join(one.different),
                chosen.value if chosen else "",
            )
        )
    return pairs


def _on_record(questions: Iterable[Question]) -> dict[str, Youth]:
    keys = {side.key for one in questions for side in (one.a, one.b)}
    ids = [int(key.removeprefix(KNOWN)) for key in keys if key.startswith(KNOWN)]
    found = Youth.objects.filter(pk__in=ids).prefetch_related("identifiers")
    return {f"{KNOWN}{one.pk}": one for one in found}


def _said(record: YouthRecord | None, known: Youth | None, wording: Wording) -> str:
    """A line of what tells two people apart."""
    said: list[str] = []
    if known is not None:
        born = known.birth_date and known.birth_date.isoformat()
        said += [f"Born {wording.value('dob', born)}"] if born else []
        said += [f"{label(n.kind)} {n.value}" for n in known.identifiers.all()]
    elif record is not None:
        for name in ("dob", "pdj", "cw_case", "officer", "placement"):
            value = getattr(record, name)
            if value is None:
                continue
            shown = wording.value(name, str(value))
            said.append(f"{'Born' if name == 'dob' else label(name)} {shown}")
        if record.other_names:
            said.append("Also called " + ", ".join(map(neutral, record.other_names)))
        if record.notes:
            said.append(f"“{neutral(record.notes)[:120]}”")
    return ". ".join(said) + "." if said else "Nothing more is written."


@dataclass(frozen=True)
class ChangeLine:
    """What a record says now beside what the workbook says."""

    name: str
    field: str
    old: str
    new: str


def changes_of(found: DryRun, wording: Wording, which: str) -> list[ChangeLine]:
    """``which`` is "changes", or "stays" for what is newer on record and so stays."""
    lines = (
        ChangeLine(
            " ".join(filter(None, (one.given, one.family))),
            label(change.field),
            wording.value(change.field, change.old),
            wording.value(change.field, change.new),
        )
        for one in found.youth
        for change in getattr(one, which)
    )
    return [line for line, _ in zip(lines, range(_CHANGES_SHOWN), strict=False)]


def tallies_of(found: DryRun) -> dict[str, int]:
    """The numbers at the head of a dry run."""
    ready = [one for one in found.youth if one.is_ready]
    return {
        **found.counts(),
        "ready_new": sum(one.outcome is Outcome.NEW for one in ready),
        "ready_known": sum(one.outcome is not Outcome.NEW for one in ready),
        "waiting": len(found.youth) - len(ready),
        "settled": len(found.settled),
    }


@dataclass(frozen=True)
class OfficerLine:
    """An officer of the workbook who is not on the team."""

    key: str
    name: str
    chosen: str


def officers_of(
    run: ImportRun, found: DryRun, team: list[str]
) -> Iterator[OfficerLine]:
    """Whom to ask about, and whom somebody has been said to be."""
    meant = answers_of(run).officers
    names = sorted({*strangers(found, set(team)), *meant})
    for at, name in enumerate(names):
        yield OfficerLine(f"o-{at}", name, meant.get(name, ""))
