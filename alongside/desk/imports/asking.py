"""Cells that need an answer: how each is asked, and how an answer is read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from alongside.desk.imports.wording import Wording, label, neutral
from alongside.exchange.imports import Act, DryRun, Problem, Reply
from alongside.exchange.imports.caseload import NAME_FIELDS
from alongside.exchange.imports.fields import DATES

KEEP, EMPTY, USE = "keep", "empty", "use:"
_OF_A_MEETING = frozenset({"date", "youth", "type"})
GROUPS = (
    ("dates", "Dates", frozenset(DATES) | {"time", "month"}),
    ("officers", "Officers", frozenset({"officer"})),
    ("staying", "Where staying", frozenset({"placement"})),
    ("numbers", "Numbers", frozenset({"pdj", "cw_case"})),
    ("names", "Names", frozenset({"youth", *NAME_FIELDS})),
    ("reviews", "Reviews", frozenset({"type", "status"})),
)
_MOST_PEOPLE = 400  # longer lists are no help; the name can be corrected in the file

Option = tuple[str, str]


@dataclass(frozen=True)
class Ask:
    """One cell on the screen, with its control and what was answered so far."""

    key: str
    problem: Problem
    name: str
    field: str
    says: str
    why: str
    control: str
    options: list[Option]
    chosen: str = ""
    typed: str = ""
    alike: int = 1
    if_empty: str = "Leave empty"


@dataclass(frozen=True)
class Asking:
    """What every question of one dry run needs to know."""

    found: DryRun
    wording: Wording
    team: list[str]
    names: dict[str, str]
    replies: Mapping[str, Reply]
    whose: Mapping[str, str]

    def ask(self, problem: Problem, alike: int = 1) -> Ask:
        """How one problem is asked."""
        control = control_of(problem)
        chosen, typed = _so_far(self.replies.get(problem.id), control)
        return Ask(
            key=key_of(problem),
            problem=problem,
            name=neutral(problem.youth or self.whose.get(problem.id, "")),
            field=label(problem.field),
            says=self._says(problem),
            why=neutral(problem.message),
            control=control,
            options=list(self._options(problem)) if control == "choice" else [],
            chosen=chosen,
            typed=typed,
            alike=alike,
            if_empty=_if_empty(problem),
        )

    def _says(self, problem: Problem) -> str:
        if problem.code == "colour_unknown":
            return "(color)"
        return self.wording.written(problem.field, problem.value, None, problem.label)

    def _options(self, problem: Problem) -> Iterator[Option]:
        match problem.code:
            case "year_conflict":
                yield KEEP, "Go by the weekdays"
            case "colour_unknown":
                yield EMPTY, "Nothing to bring in"
            case "duplicate_row":
                yield EMPTY, "The same: bring in one"
                yield KEEP, "Two reviews: bring in both"
            case "status_conflict":
                yield from self._values(problem)
            case "name_order_unclear":
                yield from _orders(problem.value)
                yield KEEP, "Keep it as one name"
            case "identifier_shared" | "identifier_name_disagree":
                yield KEEP, f"It is {neutral(problem.youth or 'this row')}’s number"
                yield EMPTY, "Leave empty"
            case "last_mdt_disagrees":
                yield from self._values(problem)
                yield EMPTY, "Leave empty"
            case _:
                yield from self._listed(problem)
                yield EMPTY, _if_empty(problem)

    def _values(self, problem: Problem) -> Iterator[Option]:
        for one in dict.fromkeys(problem.candidates):
            # A blue row says "in custody", and not where.
            code = "custody_not_named" if one == "in_custody" else one
            yield USE + code, self.wording.value(problem.field, code)

    def _listed(self, problem: Problem) -> Iterator[Option]:
        """What it may have meant first, then everything it could be."""
        if problem.field == "youth":
            likely = [(one, self.names.get(one, one)) for one in problem.candidates]
            every = sorted(self.names.items(), key=lambda pair: pair[1].casefold())
            rest = every if len(every) <= _MOST_PEOPLE else []
        elif problem.field == "officer":
            likely = [(one, one) for one in problem.candidates]
            rest = [(one, one) for one in self.team]
        else:
            likely = [
                (value.removeprefix(USE), shown)
                for value, shown in self._values(problem)
            ]
            rest = self.wording.coded(problem.field)
        for code, shown in dict([*likely, *rest]).items():
            yield USE + code, shown


def key_of(problem: Problem) -> str:
    """A short name for the fields of one problem."""
    return sha256(problem.id.encode()).hexdigest()[:12]


def group_of(problem: Problem) -> str:
    """The chip under which a problem is shown."""
    return next(
        (code for code, _, fields in GROUPS if problem.field in fields), "others"
    )


def alike(problems: Iterable[Problem]) -> Counter[tuple[str, str, str]]:
    """How often the same text stands in the way for the same reason."""
    return Counter(map(likeness, problems))


def likeness(problem: Problem) -> tuple[str, str, str]:
    """Problems that are equal in this may be answered together."""
    return problem.code, problem.field, problem.value.casefold().strip()


def control_of(problem: Problem) -> str:
    """The kind of field an answer needs."""
    if problem.code in {"rows_disagree", "last_mdt_disagrees"}:
        return "choice"
    if problem.field in DATES:
        return "date"
    if problem.field == "time":
        return "time"
    if problem.code in {"identifier_malformed", "name_missing"}:
        return "choice" if problem.field == "youth" else "text"
    return "choice"


def _so_far(reply: Reply | None, control: str) -> tuple[str, str]:
    if reply is None:
        return "", ""
    if reply.act is Act.LEAVE_EMPTY:
        return EMPTY, ""
    if reply.act is Act.KEEP:
        return KEEP, ""
    value = reply.value or ""
    return (USE + value, "") if control == "choice" else ("", value)


def _if_empty(problem: Problem) -> str:
    if problem.field in _OF_A_MEETING or problem.code == "status_unclear":
        return "Leave this review out"
    if problem.field == "officer":
        return "No officer yet"
    return "Leave empty"


def _orders(text: str) -> Iterator[Option]:
    """The two ways to part a name of several words."""
    words = text.split()
    if len(words) > 1:
        first, rest = words[0], " ".join(words[1:])
        last, before = words[-1], " ".join(words[:-1])
        yield f"{USE}{last}, {before}", f"Last name {last}"
        yield f"{USE}{first}, {rest}", f"Last name {first}"
