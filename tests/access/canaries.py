"""One row in every table about a youth, with a token of its own in every text.

A page that shows a token shows that field of that row; so the tokens on a page say
exactly what it told, however it came to be there.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from alongside.access import policies
from alongside.access.guards import ByYouth
from alongside.access.models import Grant, User
from alongside.kernel.compartments import Compartment
from alongside.people.actions import fold_names, open_youth
from alongside.people.models import Youth
from tests import cast

TOKEN = re.compile(r"canary[a-p]{8}x", re.IGNORECASE)

# Written by a definer function alone: the web login cannot make one to plant.
MADE_BY_FUNCTIONS = {"referrals.LookUp", "referrals.LookUpNotice"}

# The parts that have anything to enter yet.
PARTS = (
    Compartment.RECORD,
    Compartment.LEGAL,
    Compartment.HEALTH,
    Compartment.EXPLOITATION,
)


@dataclass
class Canaries:
    """What was planted: each token's place, and every record's reference."""

    at: datetime
    youth: Youth
    tokens: dict[str, tuple[str, Compartment]] = field(default_factory=dict)
    refs: list[UUID] = field(default_factory=list)
    rows: dict[str, list[models.Model]] = field(default_factory=dict)

    def seen_in(self, text: str) -> dict[str, tuple[str, Compartment]]:
        """The tokens a text shows, and where each comes from."""
        found = {token.lower() for token in TOKEN.findall(text)}
        return {token: self.tokens[token] for token in found if token in self.tokens}

    def token(self, place: str, part: Compartment, longest: int | None = None) -> str:
        """A new token for one field of one row, which holds so many characters."""
        number = len(self.tokens)
        letters = "".join(chr(ord("a") + (number >> 4 * i) % 16) for i in range(8))
        self.tokens[f"canary{letters}x"] = (place, part)
        return f"canary{letters}x"


def plant(at: datetime, become: Any, kind: type[Canaries] = Canaries) -> Canaries:
    """A youth of the Bridge Unit with one row in every table about youth."""
    supervisor = become("supervisor")
    youth = open_youth(by=supervisor, at=at, because=Grant.Because.ENROLMENT)
    planted = kind(at, youth)
    _fill(youth, planted, Compartment.RECORD)
    fold_names(youth)
    youth.save()
    planted.refs.append(youth.ref)
    planted.rows["people.Youth"] = [youth]
    plant_more(planted)
    return planted


def plant_more(planted: Canaries) -> None:
    """A row in every table about youth, where another may be."""
    waiting = [
        model
        for model in policies.our_models()
        if isinstance(policies.guard_of(model), ByYouth)
        and not policies.is_history(model)
        and model is not Youth
        and model._meta.label not in MADE_BY_FUNCTIONS
    ]
    for model in sorted(waiting, key=_depth):
        guard = policies.guard_of(model)
        assert isinstance(guard, ByYouth)
        for part in [guard.compartment] if guard.compartment else PARTS:
            _plant_one(model, part, planted)


def _plant_one(model: type[models.Model], part: Compartment, planted: Canaries) -> None:
    row = model()
    _fill(row, planted, part)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # One such row is all there may be; it is planted for the first part.
        if model._meta.label not in planted.rows:
            raise
        return
    planted.rows.setdefault(model._meta.label, []).append(row)
    if ref := getattr(row, "ref", None):
        planted.refs.append(ref)


def _fill(row: models.Model, planted: Canaries, part: Compartment) -> None:
    label = row._meta.label
    for column in row._meta.local_concrete_fields:
        if column.primary_key or column.attname in {"ref", "version", "sort_key"}:
            continue
        if column.name == "compartment":
            row.compartment = part  # type: ignore[attr-defined]
        elif isinstance(column, models.ForeignKey):
            setattr(row, column.attname, _key(column, planted, part))
        elif column.column == "youth_id":
            row.youth_id = planted.youth.pk  # type: ignore[attr-defined]
        else:
            value = _value(column, planted, part, label)
            if value is not None:
                setattr(row, column.attname, value)


def _value(
    column: "models.Field[Any, Any]",
    planted: Canaries,
    part: Compartment,
    label: str,
) -> Any:
    if column.null and not isinstance(column, models.CharField | models.TextField):
        return None
    match column:
        case models.SlugField() | models.UUIDField() | models.EmailField():
            return None
        case models.CharField() if column.choices:
            return None if column.has_default() else list(column.choices)[0][0]
        case models.CharField() if (column.max_length or 0) < 30:
            return None
        case models.CharField() | models.TextField():
            return planted.token(f"{label}.{column.name}", part, column.max_length)
        case models.JSONField():
            return {"words": planted.token(f"{label}.{column.name}", part)}
        case models.BinaryField():
            return planted.token(f"{label}.{column.name}", part).encode()
        case models.DateTimeField():
            return planted.at
        case models.DateField():
            return planted.at.date()
        case models.BooleanField():
            return True
        case models.IntegerField():
            return 1
    return None


def _key(
    column: "models.ForeignKey[Any, Any]", planted: Canaries, part: Compartment
) -> Any:
    target = column.related_model
    assert isinstance(target, type)
    if target is Youth:
        return planted.youth.pk
    if target is User:
        return cast.user("amara").pk
    if target._meta.label == "access.Unit":
        return cast.unit().pk
    made = planted.rows.get(target._meta.label)
    if made:
        same = [row for row in made if getattr(row, "compartment", part) == part]
        return (same or made)[0].pk
    if column.null:
        return None
    return target._default_manager.values_list("pk", flat=True).first()


def _depth(model: type[models.Model], seen: frozenset[str] = frozenset()) -> int:
    """Rows that others point at come first."""
    label = model._meta.label
    return 1 + max(
        (
            _depth(f.related_model, seen | {label})
            for f in model._meta.local_fields
            if isinstance(f.related_model, type)
            and f.related_model is not model
            and f.related_model._meta.label not in seen
            and isinstance(policies.guard_of(f.related_model), ByYouth)
        ),
        default=0,
    )
