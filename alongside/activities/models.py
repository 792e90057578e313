"""The one table of activities, their kinds, and practice policies as data."""

from datetime import date
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.access.guards import ByYouth, Guard, Reference
from alongside.access.versions import Versioned
from alongside.activities.rules import CONTACT, Status
from alongside.kernel.compartments import CHOICES as COMPARTMENTS
from alongside.kernel.compartments import Compartment
from alongside.people.models import AboutYouth, Person

STATUSES = [(status.value, status.label) for status in Status]


class Kind(models.Model):
    """A kind of activity; the row's part of the record is set from it."""

    code = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=120)
    full_name = models.CharField(max_length=200, blank=True)
    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    group = models.SlugField(
        max_length=20, help_text="contact, review, court, school, health or task"
    )
    in_person = models.BooleanField(default=False)
    form = models.ForeignKey("forms.Form", models.PROTECT, null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    guard: ClassVar[Guard] = Reference()

    class Meta:
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Readings of activities."""

    def for_list(self) -> "ActivityQuerySet":
        """What a row says: kind, officer, who settled it, who was there."""
        return self.select_related("kind", "officer", "settled_by").prefetch_related(
            "presences"
        )

    def ahead(self, day: date) -> "ActivityQuerySet":
        """Booked for this day or later, the next one first."""
        return self.filter(status=Status.SCHEDULED, day__gte=day).order_by(
            "day", "starts_at", "pk"
        )

    def unsettled(self, day: date) -> "ActivityQuerySet":
        """Booked for a day before this one, and nobody has said how it went."""
        return self.filter(status=Status.SCHEDULED, day__lt=day).order_by("-day", "pk")

    def contacts(self) -> "ActivityQuerySet":
        """Contacts that took place, the newest first."""
        return self.filter(status=Status.COMPLETED, kind__group=CONTACT).order_by(
            "-day", "-starts_at", "-pk"
        )


@pghistory.track()
class Activity(AboutYouth, Versioned):
    """Something planned or done at a time, with or about exactly one youth."""

    guard: ClassVar[Guard] = ByYouth(None)

    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=STATUSES)
    # The unit's calendar day of ``starts_at``, or the day alone when no time is set.
    day = models.DateField()
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    title = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    without_youth = models.BooleanField(
        default=False,
        help_text="A contact with others alone. It meets no policy about seeing them.",
    )
    reason = models.SlugField(
        max_length=60, blank=True, help_text="Why it did not happen, or was canceled."
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    response = models.ForeignKey(
        "forms.Response", models.PROTECT, null=True, related_name="+"
    )
    moved_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = ActivityQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["youth", "-day"], name="activity_youth_day"),
            models.Index(fields=["officer", "day"], name="activity_officer_day"),
            models.Index(fields=["unit", "day", "kind"], name="activity_unit_day"),
            # Whole rows of the due list and the caseload, without reading the table.
            models.Index(
                fields=["youth", "kind", "status", "day"],
                include=["compartment", "without_youth"],
                name="activity_done",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(compartment__in=[part.value for part in Compartment]),
                name="activity_compartment",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.SCHEDULED, settled_at=None)
                | (~Q(status=Status.SCHEDULED) & Q(settled_at__isnull=False)),
                name="activity_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.day}"


@pghistory.track()
class Presence(AboutYouth):
    """Somebody who was part of an activity."""

    guard: ClassVar[Guard] = ByYouth(None)

    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    is_youth = models.BooleanField(
        default=False, help_text="The young person, not somebody around them."
    )
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Policy(models.Model):
    """What is expected for whom, by when, counted from which clock."""

    code = models.SlugField(max_length=60)
    unit = models.ForeignKey("access.Unit", models.CASCADE, related_name="policies")
    name = models.CharField(max_length=120)
    kind = models.ForeignKey(
        Kind, models.PROTECT, related_name="+", help_text="What is expected."
    )
    met_by = ArrayField(
        models.SlugField(max_length=60), help_text="Kinds of activity that meet it."
    )
    support_levels = ArrayField(
        models.SlugField(max_length=60), default=list, help_text="Empty: every level."
    )
    stay_kinds = ArrayField(
        models.SlugField(max_length=60), default=list, help_text="Empty: wherever."
    )
    clock = models.SlugField(
        max_length=40,
        help_text="referral_received, case_opened, support_began, stay_began,"
        " returned, last_held, next_court, month",
    )
    days = models.IntegerField(
        null=True, help_text="Within, or every, so many days of the clock."
    )
    working_days = models.BooleanField(default=False)
    per_month = models.PositiveIntegerField(null=True)
    repeats = models.BooleanField(default=False)
    tells = ArrayField(models.SlugField(max_length=20), default=list)
    starts = models.DateField()
    ends = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)

    guard: ClassVar[Guard] = Reference(writable=True)
    ONCE: ClassVar = "policy_once"

    class Meta:
        verbose_name_plural = "policies"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "code", "starts"], name="policy_once"
            ),
            models.CheckConstraint(
                condition=Q(days__isnull=False, per_month=None)
                | Q(days=None, per_month__isnull=False),
                name="policy_one_rhythm",
            ),
        ]

    def __str__(self) -> str:
        return self.name
