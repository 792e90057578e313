"""Facts: true about a youth for a period; they end, and are never overwritten."""

from datetime import date
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from alongside.access.guards import ByYouth, Guard
from alongside.kernel.dates import Precision
from alongside.kernel.ids import new_ref
from alongside.people.models.youth import PRECISIONS, Youth


class FactQuerySet(models.QuerySet[Any]):
    """Readings of facts."""

    def as_of(self, day: date) -> Self:
        """Those that are true on this day; plain comparisons, so the index serves."""
        return self.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day)

    def latest_first(self) -> Self:
        """The newest first."""
        return self.order_by("-starts", "-pk")


class Fact(models.Model):
    """True from ``starts`` until the day before ``ends`` (half-open)."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    youth = models.ForeignKey(Youth, models.CASCADE, related_name="%(class)ss")
    starts = models.DateField()
    starts_precision = models.CharField(
        max_length=10, choices=PRECISIONS, default=Precision.DAY
    )
    ends = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = FactQuerySet.as_manager()
    guard: ClassVar[Guard] = ByYouth()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} from {self.starts}"

    @classmethod
    def no_overlap(cls) -> str:
        """The name of the constraint that keeps two of a kind apart."""
        return next(
            one.name
            for one in cls._meta.constraints
            if isinstance(one, ExclusionConstraint)
        )


def period_constraints(name: str, *also: str) -> list[models.BaseConstraint]:
    """No fact ends before it starts, and no two of a kind overlap for one youth.

    ``also`` names integer columns that tell kinds apart (one case per unit, say).
    A whole-number range of one stands for the key: equality would need an extension.
    """
    keys = [
        (Func(F(column), F(column), Value("[]"), function="int8range"), "&&")
        for column in ("youth_id", *also)
    ]
    return [
        models.CheckConstraint(
            condition=Q(ends=None) | Q(ends__gte=F("starts")), name=f"{name}_in_order"
        ),
        ExclusionConstraint(
            name=f"{name}_no_overlap",
            expressions=[
                *keys,
                (Func(F("starts"), F("ends"), function="daterange"), "&&"),
            ],
        ),
    ]


@pghistory.track()
class Stay(Fact):
    """Where a youth stays; being away, detained or not known are stays too."""

    kind = models.SlugField(max_length=60)
    place = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = period_constraints("stay")
        indexes: ClassVar = [
            models.Index(fields=["youth", "starts"], name="stay_youth"),
        ]


@pghistory.track()
class Schooling(Fact):
    """The school a youth goes to, or that they go to none."""

    school = models.CharField(max_length=200)
    grade = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = period_constraints("schooling")
