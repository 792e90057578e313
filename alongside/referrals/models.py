"""A referral and its clocks, the looks-up it caused, and who was told."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models

from alongside.access.guards import ByYouth, Guard
from alongside.access.versions import Versioned
from alongside.people.models import AboutYouth
from alongside.referrals.rules import Decision, Stage

STAGES = [(stage.value, stage.label) for stage in Stage]
DECISIONS = [(decision.value, decision.label) for decision in Decision]


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

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "stage"], name="referral_queue")
        ]

    def __str__(self) -> str:
        return f"referral of {self.started_at:%Y-%m-%d}"


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

    def __str__(self) -> str:
        return f"notice of {self.asked_at:%Y-%m-%d}"
