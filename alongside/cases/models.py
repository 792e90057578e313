"""A unit's case for a youth, the facts that go with it, and hand-overs."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from alongside.access.guards import ByOwner, ByYouth, Guard
from alongside.access.versions import Versioned
from alongside.kernel.compartments import Compartment
from alongside.kernel.dates import Precision
from alongside.people.models import PRECISIONS, AboutYouth, Fact, period_constraints


@pghistory.track()
class Case(AboutYouth, Versioned):
    """A unit supports a youth, from one day until the day it ends."""

    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="cases")
    opened_on = models.DateField()
    opened_precision = models.CharField(
        max_length=10, choices=PRECISIONS, default=Precision.DAY
    )
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.SlugField(max_length=60, blank=True)
    closing_note = models.TextField(blank=True)
    referral = models.ForeignKey(
        "referrals.Referral", models.PROTECT, null=True, related_name="cases"
    )

    ONCE: ClassVar = "case_once_at_a_time"

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "closed_on"], name="case_unit")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="case_in_order",
            ),
            ExclusionConstraint(
                name="case_once_at_a_time",
                expressions=[
                    (
                        Func(
                            F("youth_id"),
                            F("youth_id"),
                            Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (
                        Func(
                            F("unit_id"),
                            F("unit_id"),
                            Value("[]"),
                            function="int8range",
                        ),
                        "&&",
                    ),
                    (Func(F("opened_on"), F("closed_on"), function="daterange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"case from {self.opened_on}"


@pghistory.track()
class Support(Fact):
    """How much a unit does for a youth: full, secondary, early or tracking."""

    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    level = models.SlugField(max_length=60)

    class Meta:
        constraints: ClassVar = period_constraints("support", "unit_id")
        indexes: ClassVar = [
            models.Index(fields=["youth", "starts"], name="support_youth")
        ]


@pghistory.track()
class Assignment(Fact):
    """The officer who carries a youth's case; every change keeps its reason."""

    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments"
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = period_constraints("assignment", "unit_id")
        indexes: ClassVar = [
            models.Index(fields=["youth", "starts"], name="assignment_youth"),
            models.Index(fields=["officer", "starts"], name="assignment_officer"),
        ]


@pghistory.track()
class LegalStatus(Fact):
    """How a youth stands with the court and probation."""

    guard: ClassVar[Guard] = ByYouth(Compartment.LEGAL)

    status = models.SlugField(max_length=60)

    class Meta:
        constraints: ClassVar = period_constraints("legal_status")
        verbose_name_plural = "legal statuses"


@pghistory.track()
class ChildWelfareStatus(Fact):
    """How a youth stands with child welfare."""

    guard: ClassVar[Guard] = ByYouth(Compartment.LEGAL)

    status = models.SlugField(max_length=60)

    class Meta:
        constraints: ClassVar = period_constraints("child_welfare_status")
        verbose_name_plural = "child-welfare statuses"


@pghistory.track()
class CourtAssignment(Fact):
    """The court that hears a youth's case; its name is a vocabulary's."""

    guard: ClassVar[Guard] = ByYouth(Compartment.LEGAL)

    court = models.SlugField(max_length=60)

    class Meta:
        constraints: ClassVar = period_constraints("court_assignment")


@pghistory.track()
class HandOver(AboutYouth):
    """One officer asks another to carry a youth's case from a day on."""

    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    from_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    to_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    from_day = models.DateField()
    reason = models.TextField()
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    accepted = models.BooleanField(null=True)
    answer_note = models.TextField(blank=True)

    # Two colleagues may offer the same at one instant; one of the offers waits.
    WAITS_ONCE: ClassVar = "hand_over_waits_once"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["youth", "unit"],
                condition=Q(answered_at=None),
                name="hand_over_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"hand-over of {self.offered_at:%Y-%m-%d}"


@pghistory.track()
class CoverNote(AboutYouth):
    """What the officer tells whoever covers; the latest one is shown."""

    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"note of {self.at:%Y-%m-%d}"


class SavedFilter(models.Model):
    """A filter of a list somebody wants again; it lives in the address."""

    user_id = models.BigIntegerField()
    section = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1_000)
    position = models.PositiveIntegerField(default=0)

    guard: ClassVar[Guard] = ByOwner()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user_id", "section", "name"], name="saved_filter_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
