"""A youth, their names and numbers, the people around them, and their own words."""

from datetime import date
from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.access.guards import ByYouth, Guard
from alongside.access.versions import Versioned
from alongside.kernel.compartments import CHOICES as COMPARTMENTS
from alongside.kernel.compartments import Compartment
from alongside.kernel.dates import Precision, age_on
from alongside.kernel.ids import new_ref

PRECISIONS = [(precision.value, precision.value) for precision in Precision]


class YouthQuerySet(models.QuerySet["Youth"]):
    """Readings of youth."""

    def by_name(self) -> "YouthQuerySet":
        """By family name, accents ignored."""
        return self.order_by("sort_key", "pk")


@pghistory.track()
class Youth(Versioned):
    """A young person, of any age. Nothing here says why the record exists.

    Rows are made by the ``open_youth`` function alone, together with their first grant.
    """

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    given_name = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    suffix = models.CharField(max_length=20, blank=True)
    called = models.CharField(max_length=100, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    court_name = models.CharField(max_length=300, blank=True)
    name_language = models.CharField(max_length=10, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(
        max_length=10, choices=PRECISIONS, default=Precision.UNKNOWN
    )
    languages = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    died_on = models.DateField(null=True, blank=True)
    # Names folded for sorting and finding; kept by people.actions, never typed.
    sort_key = models.CharField(max_length=420, blank=True)
    search_text = models.TextField(blank=True)

    objects = YouthQuerySet.as_manager()
    guard: ClassVar[Guard] = ByYouth(Compartment.RECORD, column="id")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As the person writes it; never shortened."""
        parts = (self.given_name, self.family_name, self.suffix)
        return " ".join(filter(None, parts)) or "Name not yet known"

    @property
    def called_name(self) -> str:
        """What a sentence calls them."""
        return self.called or self.given_name or self.name

    def age(self, day: date) -> int | None:
        """Completed years on a day, if the birth date is known."""
        if self.birth_date is None or self.birth_precision == Precision.UNKNOWN:
            return None
        return age_on(self.birth_date, day)


class AboutYouth(models.Model):
    """A row about one youth, with a public reference."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    youth = models.ForeignKey(Youth, models.CASCADE, related_name="%(class)ss")

    guard: ClassVar[Guard] = ByYouth()

    class Meta:
        abstract = True


@pghistory.track()
class OtherName(AboutYouth):
    """Another name somebody may know a youth by."""

    text = models.CharField(max_length=300)
    kind = models.SlugField(max_length=60, default="other")

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class Identifier(AboutYouth):
    """A number another system knows a youth by."""

    kind = models.SlugField(max_length=60)
    value = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["youth", "kind", "value"], name="identifier_once"
            )
        ]

    def __str__(self) -> str:
        return self.value


@pghistory.track()
class Person(AboutYouth, Versioned):
    """Somebody around a youth: family broadly meant, team, supporters, own children."""

    name = models.CharField(max_length=200)
    relation = models.SlugField(max_length=60)
    organization = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    is_family = models.BooleanField(default=False)
    is_team = models.BooleanField(default=False)
    is_supporter = models.BooleanField(default=False)
    first_call = models.BooleanField(default=False)
    chosen_for_meetings = models.BooleanField(
        default=False, help_text="The young person wants them in their meetings."
    )
    birth_date = models.DateField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True
    )
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-first_call", "-is_family", "name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class OwnWords(AboutYouth):
    """What a youth said, word for word, to which question, to whom, and when."""

    words = models.TextField()
    question = models.CharField(max_length=200)
    kind = models.SlugField(max_length=60, default="said")
    said_on = models.DateField()
    said_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    language = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering: ClassVar = ["-said_on", "-pk"]

    def __str__(self) -> str:
        return f"words of {self.said_on}"


@pghistory.track(exclude=["content"])
class Document(AboutYouth):
    """A paper; its part of the record is set from its kind."""

    guard: ClassVar[Guard] = ByYouth(None)

    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    kind = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    dated = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-added_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(compartment__in=[part.value for part in Compartment]),
                name="document_compartment",
            )
        ]

    def __str__(self) -> str:
        return self.title
