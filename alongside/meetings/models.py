"""Meetings, the items on their agendas, who was there, and what was said of steps."""

from datetime import datetime
from typing import ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q

from alongside.access.guards import ByUnit, ByYouth, Guard
from alongside.access.versions import Versioned
from alongside.activities.models import Activity
from alongside.activities.rules import Status
from alongside.kernel.compartments import Compartment
from alongside.kernel.ids import new_ref
from alongside.meetings.rules import MeetingStatus, Section
from alongside.people.models import AboutYouth, Person
from alongside.plans.models import STEP_STATUSES, ActionStep, Goal, ProgressNote

SECTIONS = [(section.value, section.label) for section in Section]
MEETING_STATUSES = [(status.value, status.label) for status in MeetingStatus]


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Readings of sessions."""

    def with_taken(self) -> Self:
        """Each with ``taken``, how many of its places are."""
        return self.annotate(
            taken=Count("items", filter=~Q(items__activity__status=Status.CANCELED))
        )

    def open_to_book(self, unit_id: int) -> Self:
        """A unit's sessions that have a place, the earliest first."""
        planned = self.filter(unit_id=unit_id, status=MeetingStatus.PLANNED)
        return planned.with_taken().filter(taken__lt=F("capacity"))

    def not_over(self, at: datetime) -> Self:
        """Sessions that can still take somebody up: under way, or to come."""
        return self.filter(ends_at__gt=at)


class Meeting(Versioned):
    """A session of the multidisciplinary team, with so many places."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="meetings")
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveIntegerField(default=10)
    minutes_each = models.PositiveIntegerField(default=30)
    status = models.CharField(
        max_length=20, choices=MEETING_STATUSES, default=MeetingStatus.PLANNED
    )
    note = models.TextField(blank=True)

    objects = MeetingQuerySet.as_manager()
    guard: ClassVar[Guard] = ByUnit()

    class Meta:
        ordering: ClassVar = ["starts_at"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "day"], name="meeting_unit_day")
        ]

    def __str__(self) -> str:
        return f"MDT of {self.day}"


class Invitation(models.Model):
    """An agency that comes to a unit's meetings and gets its own agenda."""

    unit = models.ForeignKey("access.Unit", models.CASCADE, related_name="invitations")
    agency = models.ForeignKey("access.Agency", models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    guard: ClassVar[Guard] = ByUnit()

    def __str__(self) -> str:
        return str(self.agency)


@pghistory.track()
class Item(AboutYouth, Versioned):
    """The talk about one youth: its place on an agenda, and its minutes.

    A family team meeting (CFT) is an item of its own, without a meeting.
    """

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="item")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="items"
    )
    section = models.CharField(max_length=20, choices=SECTIONS, default=Section.ONGOING)
    position = models.PositiveIntegerField(default=0)
    referral_id = models.BigIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    own_words = models.TextField(blank=True)
    read_back = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return f"item {self.position}"


@pghistory.track()
class CourtRecommendation(AboutYouth):
    """What a meeting recommends to the court; only for those who see court papers."""

    guard: ClassVar[Guard] = ByYouth(Compartment.LEGAL)

    item = models.OneToOneField(Item, models.CASCADE, related_name="for_court")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class Attendance(AboutYouth):
    """Who was there for one youth, for which agency, and how."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    agency = models.CharField(max_length=200, blank=True)
    present = models.BooleanField(default=False)
    how = models.SlugField(max_length=20, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class StepReview(AboutYouth):
    """How an action step of last time stood at this meeting."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="step_reviews")
    step = models.ForeignKey(ActionStep, models.CASCADE, related_name="reviews")
    standing = models.CharField(max_length=20, choices=STEP_STATUSES)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "step"], name="step_reviewed_once")
        ]

    def __str__(self) -> str:
        return self.standing


@pghistory.track()
class GoalReview(AboutYouth):
    """What changed about a goal since last time."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="goal_reviews")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="reviews")
    change = models.TextField(blank=True)
    # What it says on the plan; saved again, the same note changes.
    note = models.OneToOneField(
        ProgressNote, models.SET_NULL, null=True, related_name="review"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "goal"], name="goal_reviewed_once")
        ]

    def __str__(self) -> str:
        return self.change


class Opening(AboutYouth):
    """Somebody has the minutes of an item open, so that a second editor is told."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "user"], name="opening_once")
        ]

    def __str__(self) -> str:
        return f"opened {self.at:%Y-%m-%d %H:%M}"
