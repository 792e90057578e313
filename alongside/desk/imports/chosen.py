"""What was chosen on the pages of an import, read from what arrived.

Only what a page offers is taken. Whatever else arrives is left aside and said to be, so
that nothing is guessed from it, and nothing that was chosen beside it is lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from alongside.desk.imports.asking import (
    EMPTY,
    KEEP,
    USE,
    Asking,
    control_of,
    key_of,
    likeness,
)
from alongside.desk.imports.listing import Group
from alongside.exchange.imports import Act, Decision, Mapping, Problem, Reply

NOT_OFFERED = (
    "Something arrived that this page does not offer, and was left aside. Look through"
    " what is chosen here, and send it again."
)


@dataclass
class Headings:
    """Where columns were sent, and which sheets are not wanted."""

    fields: dict[tuple[int, str], str] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    all_read: bool = True


def read_headings(
    sent: QueryDict, mappings: Sequence[Mapping], groups: Iterable[Group]
) -> Headings:
    """The choices of the page of headings; what does not arrive stays as it is."""
    chosen = Headings()
    offered = {line.name: (line, group) for group in groups for line in group.columns}
    for name, to in _named(sent, "c-"):
        if name not in offered or to not in dict(offered[name][0].choices):
            chosen.all_read = False
            continue
        line, group = offered[name]
        for at in group.members:
            chosen.fields[at, line.column.column] = to
    shown, wanted = set(sent.getlist("offered")), set(sent.getlist("sheet"))
    readable = {str(at) for at, one in enumerate(mappings) if one.subject is not None}
    chosen.all_read &= shown | wanted <= readable
    chosen.left_out = {
        at
        for at, one in enumerate(mappings)
        if str(at) not in wanted and (one.left_out or str(at) in shown)
    }
    return chosen


@dataclass
class Said:
    """The answers on a dry run; ``None`` takes one back."""

    questions: dict[str, Decision | None] = field(default_factory=dict)
    problems: dict[str, Reply | None] = field(default_factory=dict)
    officers: dict[str, str] = field(default_factory=dict)
    all_read: bool = True


def read_answers(sent: QueryDict, asking: Asking, officers: Iterable[str]) -> Said:
    """The answers of the page of a dry run; ``officers`` are those it asks about."""
    said = Said()
    _read_pairs(sent, asking, said)
    _read_cells(sent, asking, said)
    known, team = set(officers), {"", *asking.team}
    pairs = zip(sent.getlist("officer"), sent.getlist("officer_is"), strict=False)
    for name, meant in pairs:
        if name in known and meant in team:
            said.officers[name] = meant
        else:
            said.all_read = False
    said.all_read &= sent.get("go", "") in {"", "all", "ready"}
    return said


def _read_pairs(sent: QueryDict, asking: Asking, said: Said) -> None:
    asked = {one.id for one in (*asking.found.questions, *asking.found.answered)}
    for name, answer in _named(sent, "q-"):
        # Its number on the page may be another by now, when others were answered.
        pair = name.split("-", 2)[-1]
        if pair in asked and answer in {"", *Decision}:
            said.questions[pair] = Decision(answer) if answer else None
        else:
            said.all_read = False


def _read_cells(sent: QueryDict, asking: Asking, said: Said) -> None:
    every = (*asking.found.problems, *asking.found.settled)
    by_key = {key_of(one): one for one in every}
    for key in sent.getlist("asked"):
        problem = by_key.get(key)
        typed = sent.get(f"p-{key}", "").replace("\0", "").strip()
        if problem is None or not _is_offered(problem, typed, asking):
            said.all_read = False
            continue
        reply = _reply(problem, typed, empty=f"e-{key}" in sent)
        said.problems[problem.id] = reply
        if reply is not None and sent.get(f"a-{key}"):
            same = [one for one in every if likeness(one) == likeness(problem)]
            said.problems |= {one.id: reply for one in same}


def _is_offered(problem: Problem, typed: str, asking: Asking) -> bool:
    if not typed or control_of(problem) != "choice":
        return True
    return typed in dict(asking.ask(problem).options)


def _reply(problem: Problem, typed: str, *, empty: bool) -> Reply | None:
    if empty:
        return Reply(Act.LEAVE_EMPTY)
    if not typed:
        return None
    if control_of(problem) != "choice":
        return Reply(Act.USE, typed)
    if typed == EMPTY:
        return Reply(Act.LEAVE_EMPTY)
    return Reply(Act.KEEP) if typed == KEEP else Reply(Act.USE, typed.removeprefix(USE))


def _named(sent: QueryDict, prefix: str) -> list[tuple[str, str]]:
    return [(name, str(said)) for name, said in sent.items() if name.startswith(prefix)]
