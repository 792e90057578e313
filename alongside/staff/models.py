"""Cover: who stands in for whom, from when until when."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from alongside.access.guards import ByUnit, Guard
from alongside.kernel.ids import new_ref


class Cover(models.Model):
    """A colleague stands in for another, first and last day included."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    unit = models.ForeignKey("access.Unit", models.CASCADE, related_name="covers")
    away = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="covered"
    )
    covering = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="covering"
    )
    first_day = models.DateField()
    last_day = models.DateField()
    note = models.TextField(blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField()

    guard: ClassVar[Guard] = ByUnit()
    ONCE: ClassVar = "cover_once_at_a_time"

    class Meta:
        ordering: ClassVar = ["first_day", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="cover_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(away=F("covering")), name="cover_by_somebody_else"
            ),
            # A whole-number range of one stands for a key: equality would need an
            # extension.
            ExclusionConstraint(
                name="cover_once_at_a_time",
                expressions=[
                    (
                        Func(F(key), F(key), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    )
                    for key in ("unit_id", "away_id")
                ]
                + [
                    (
                        Func(
                            F("first_day"),
                            F("last_day"),
                            Value("[]"),
                            function="daterange",
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.covering} for {self.away}"
