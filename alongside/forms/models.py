"""Forms as versioned data, their answers, and vocabularies with stable codes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.access.guards import ByYouth, Guard, Reference
from alongside.kernel.compartments import CHOICES as COMPARTMENTS
from alongside.kernel.compartments import Compartment
from alongside.kernel.ids import new_ref


class Term(models.Model):
    """A word of a vocabulary. Records keep its code, which never changes."""

    vocabulary = models.SlugField(max_length=40)
    code = models.SlugField(max_length=60)
    name = models.CharField(
        max_length=120, help_text="Neutral: it may be shown to all."
    )
    full_name = models.CharField(
        max_length=200,
        blank=True,
        help_text="Shown only to those who see sensitive details.",
    )
    hint = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey(
        "access.Unit", models.CASCADE, null=True, blank=True, related_name="terms"
    )
    position = models.PositiveIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    guard: ClassVar[Guard] = Reference()

    class Meta:
        ordering: ClassVar = ["vocabulary", "position", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["vocabulary", "code", "unit"],
                nulls_distinct=False,
                name="term_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Form(models.Model):
    """Something asked: an assessment, a check-in, a county's own questions."""

    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey("access.Unit", models.CASCADE, null=True, blank=True)
    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)

    guard: ClassVar[Guard] = Reference()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "unit"], nulls_distinct=False, name="form_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FormVersion(models.Model):
    """The questions as they stood; once published they never change."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(null=True)

    guard: ClassVar[Guard] = Reference()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "number"], name="form_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.form}, version {self.number}"


class Response(models.Model):
    """Answers, kept with the version of the questions; they never change.

    A correction is a new response that says which one it corrects.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    # Plain keys: forms stand below people, and answers outlive an erasure's order.
    youth_id = models.BigIntegerField()
    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="responses")
    answers = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    guard: ClassVar[Guard] = ByYouth(None)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["youth_id", "at"], name="response_youth")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(compartment__in=[part.value for part in Compartment]),
                name="response_compartment",
            )
        ]

    def __str__(self) -> str:
        return f"answers to {self.version}"
