"""A referral and its clocks, its assessment under way, and looks-up across units."""

from typing import ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.access.guards import ByYouth, Guard
from alongside.access.versions import Versioned
from alongside.kernel.compartments import CHOICES as COMPARTMENTS
from alongside.kernel.compartments import Compartment
from alongside.people.models import AboutYouth
from alongside.referrals.rules import Decision, Stage

STAGES = [(stage.value, stage.label) for stage in Stage]
DECISIONS = [(decision.value, decision.label) for decision in Decision]


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Readings of referrals."""

    def open(self) -> Self:
        """Those that somebody still has to do something about."""
        return self.exclude(stage=Stage.CLOSED)

    def for_list(self) -> Self:
        """With everything a row of a list shows: one query more, for the people."""
        return self.select_related(
            "unit", "taken_by", "started_by", "agency", "officer"
        ).prefetch_related("youth")


@pghistory.track()
class Referral(AboutYouth, Versioned):
    """Somebody asked the unit to support a youth; every step keeps its own clock."""

    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=STAGES, default=Stage.DRAFT)
    # Vocabularies: referral_route, referral_source.
    route = models.SlugField(max_length=60, blank=True)
    source = models.SlugField(max_length=60, blank=True)
    from_name = models.CharField(max_length=200, blank=True)
    from_organization = models.CharField(max_length=200, blank=True)
    from_phone = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)

    reported_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    assessed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    agency_received_at = models.DateTimeField(null=True, blank=True)
    agency_accepted_at = models.DateTimeField(null=True, blank=True)
    assigned_at = models.DateTimeField(null=True, blank=True)
    first_contact_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    assessment = models.ForeignKey(
        "forms.Response", models.PROTECT, null=True, related_name="+"
    )
    recommendation = models.CharField(max_length=20, choices=DECISIONS, blank=True)
    recommendation_note = models.TextField(blank=True)
    decision = models.CharField(max_length=20, choices=DECISIONS, blank=True)
    decision_note = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    look_again_on = models.DateField(null=True, blank=True)
    agency = models.ForeignKey(
        "access.Agency", models.PROTECT, null=True, related_name="+"
    )
    agency_note = models.TextField(
        blank=True, help_text="What the agency is told, besides the record it may see."
    )
    advocate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "stage"], name="referral_queue")
        ]

    def __str__(self) -> str:
        return f"referral of {self.started_at:%Y-%m-%d}"


class AssessmentDraft(AboutYouth, Versioned):
    """Answers that nobody has signed yet; anyone on the team may go on with them."""

    guard: ClassVar[Guard] = ByYouth(None)

    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    referral = models.OneToOneField(
        Referral, models.CASCADE, related_name="assessment_draft"
    )
    form_version = models.ForeignKey(
        "forms.FormVersion", models.PROTECT, related_name="+"
    )
    answers = models.JSONField(default=dict)
    recommendation = models.CharField(max_length=20, choices=DECISIONS, blank=True)
    recommendation_note = models.TextField(blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(compartment__in=[part.value for part in Compartment]),
                name="assessment_draft_compartment",
            )
        ]

    def __str__(self) -> str:
        return f"assessment under way, {self.kept_at:%Y-%m-%d}"


@pghistory.track()
class LookUp(AboutYouth):
    """The unit asked, for a referral in hand, whether another unit knows the youth.

    Holds nothing of an answer: the searcher sees the same sentence either way.
    """

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="look_ups")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"look-up of {self.asked_at:%Y-%m-%d}"


class LookUpNotice(AboutYouth):
    """Tells a unit that knows a youth which unit asked; it chooses to answer.

    ``youth`` is the record of the unit that is told. Made by ``look_up`` alone.
    """

    guard: ClassVar[Guard] = ByYouth()

    look_up_id = models.BigIntegerField()
    told_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    asking_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.SlugField(max_length=20, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["told_unit", "answered_at"], name="notice_told_unit")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["look_up_id", "told_unit", "youth"], name="notice_once"
            )
        ]

    def __str__(self) -> str:
        return f"notice of {self.asked_at:%Y-%m-%d}"
