"""SMART goals in a youth's own words, the steps toward them, and progress."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models

from alongside.access.versions import Versioned
from alongside.people.models import AboutYouth, Person
from alongside.plans.rules import GoalStatus, SetBy, StepStatus

GOAL_STATUSES = [(status.value, status.label) for status in GoalStatus]
STEP_STATUSES = [(status.value, status.label) for status in StepStatus]
SET_BY = [(who.value, who.label) for who in SetBy]


@pghistory.track()
class Goal(AboutYouth, Versioned):
    """What a youth works toward, with the five SMART parts."""

    words = models.TextField(help_text="In the young person's own words.")
    words_language = models.CharField(max_length=10, blank=True)
    category = models.SlugField(max_length=60)
    specific = models.TextField(blank=True)
    measurable = models.TextField(blank=True)
    achievable = models.TextField(blank=True)
    relevant = models.TextField(blank=True)
    time_bound = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    harm_reduction = models.TextField(blank=True)
    set_by = models.CharField(max_length=20, choices=SET_BY)
    set_with = models.CharField(max_length=200, blank=True)
    set_on = models.DateField()
    said_again_on = models.DateField(null=True, blank=True)
    agency = models.ForeignKey(
        "access.Agency", models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(
        max_length=20, choices=GOAL_STATUSES, default=GoalStatus.UNDER_WAY
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_note = models.TextField(blank=True)
    same_as = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="said_also_as"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["set_on", "pk"]

    def __str__(self) -> str:
        return self.words


@pghistory.track()
class ActionStep(AboutYouth, Versioned):
    """Something one person or partner does by a day, toward a goal or on its own."""

    goal = models.ForeignKey(
        Goal, models.CASCADE, null=True, blank=True, related_name="steps"
    )
    text = models.TextField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # As it was said: kept even when the person is no longer around the youth.
    who = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=20, choices=STEP_STATUSES, default=StepStatus.OPEN
    )
    status_note = models.TextField(blank=True)
    settled_on = models.DateField(null=True, blank=True)
    # The minutes it comes from; meetings stand above plans, so a plain key.
    item_id = models.BigIntegerField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["user", "status"], name="step_user")]

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class ProgressNote(AboutYouth):
    """What moved, or what got in the way."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="notes")
    step = models.ForeignKey(
        ActionStep, models.SET_NULL, null=True, blank=True, related_name="notes"
    )
    text = models.TextField()
    own_words = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"progress of {self.at:%Y-%m-%d}"
