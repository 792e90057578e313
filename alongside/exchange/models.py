"""Imports: what was read, what was answered, what was written, and how to undo it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from alongside.access.guards import ByUnit, Guard
from alongside.kernel.ids import new_ref


class ImportRun(models.Model):
    """One import of a unit's own workbooks, from the files to the commit."""

    class State(models.TextChoices):
        """How far it is."""

        READING = "reading", "Being read"
        MAPPING = "mapping", "Columns to check"
        REHEARSED = "rehearsed", "Dry run"
        WRITING = "writing", "Being brought in"
        COMMITTED = "committed", "Brought in"
        UNDONE = "undone", "Undone"
        DROPPED = "dropped", "Dropped"
        LAPSED = "lapsed", "Not brought in in time"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    unit = models.ForeignKey("access.Unit", models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kept_to = models.DateField()
    state = models.CharField(max_length=20, choices=State, default=State.READING)
    mappings = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    committed_at = models.DateTimeField(null=True)
    # The history rows of the commit carry it, so undoing needs no list of its own.
    commit_request = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    guard: ClassVar[Guard] = ByUnit()

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"import of {self.at:%Y-%m-%d}"

    @property
    def told(self) -> dict[str, Any]:
        """What is known so far: the sheets, the dry run, the report."""
        return self.result or {}


class ImportFile(models.Model):
    """A file as it was given, until the import is over."""

    unit = models.ForeignKey("access.Unit", models.CASCADE, related_name="+")
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    content = models.BinaryField()

    guard: ClassVar[Guard] = ByUnit()

    def __str__(self) -> str:
        return self.name


class KeptMapping(models.Model):
    """Which heading of a unit's workbooks is which field, kept for next time."""

    unit = models.ForeignKey("access.Unit", models.CASCADE, related_name="+")
    headings = models.CharField(
        max_length=64, help_text="A digest of the headings, which a sheet is known by."
    )
    mapping = models.JSONField()

    guard: ClassVar[Guard] = ByUnit()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "headings"], name="kept_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return self.headings
