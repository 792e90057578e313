"""What is true about a young person on a day: every kind of fact, in one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from alongside.cases.models import (
    Assignment,
    ChildWelfareStatus,
    CourtAssignment,
    LegalStatus,
    Support,
)
from alongside.kernel.dates import Precision
from alongside.kernel.dates_in_words import vague_day
from alongside.people.models import Schooling, Stay, Youth
from alongside.web.templatetags.web import day as spoken
from alongside.web.templatetags.web import short_day

_WHEN = ("starts", "starts_precision")


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact: its table, its columns, and the part it belongs to."""

    model: Any
    label: str
    columns: tuple[str, ...]
    part: str = "record"


FACTS: dict[str, FactKind] = {
    "stay": FactKind(Stay, "Staying", ("kind", "place", "town")),
    "school": FactKind(Schooling, "School", ("school", "grade")),
    "support": FactKind(Support, "Support", ("level",)),
    "officer": FactKind(Assignment, "Officer", ("officer", "officer__name", "reason")),
    "legal": FactKind(LegalStatus, "Legal status", ("status",), "legal"),
    "child_welfare": FactKind(
        ChildWelfareStatus, "Child welfare", ("status",), "legal"
    ),
    "court": FactKind(CourtAssignment, "Court", ("court",), "legal"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One fact as it stands: its columns, and since when, as far as that is known."""

    values: dict[str, Any]
    since: date
    precision: Precision

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


def facts_on(youth: Youth, day: date, *names: str) -> dict[str, Said | None]:
    """The facts of these kinds (or of every kind) that are true on a day."""
    wanted = names or tuple(FACTS)
    row = (
        Youth.objects.filter(pk=youth.pk)
        .values_list(*(_newest(FACTS[name], day) for name in wanted))
        .first()
    ) or (None,) * len(wanted)
    return {name: _said(value) for name, value in zip(wanted, row, strict=True)}


def _newest(kind: FactKind, day: date) -> Subquery:
    facts: Any = kind.model
    newest = (
        facts.objects.as_of(day)
        .filter(youth=OuterRef("pk"))
        .order_by("-starts", "-pk")
        .values(said=JSONObject(**{name: name for name in (*kind.columns, *_WHEN)}))
    )
    return Subquery(newest[:1])


def _said(value: dict[str, Any] | None) -> Said | None:
    if value is None:
        return None
    return Said(
        value, date.fromisoformat(value["starts"]), Precision(value["starts_precision"])
    )


def since(fact: Said, today: date, *, short: bool = False) -> str:
    """Since when, no more exact than it is known: "Aug 28", "about March 2026"."""
    if fact.precision is not Precision.DAY:
        return vague_day(fact.since, fact.precision, today)
    return (short_day if short else spoken)(fact.since, today)
