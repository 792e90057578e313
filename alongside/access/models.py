"""People who sign in, what they hold, and the one table of who may know about whom."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.access.guards import ByOwner, Guard, Reference, Sealed
from alongside.access.permissions import Permission
from alongside.kernel.compartments import CHOICES as COMPARTMENTS
from alongside.kernel.ids import new_ref


class Holder(models.Model):
    """Whatever can hold a grant: a user, a unit, its circle, or an agency."""

    class Kind(models.TextChoices):
        """What kind of holder this is."""

        USER = "user", "Person"
        UNIT = "unit", "Unit"
        CIRCLE = "circle", "Named people of a unit"
        AGENCY = "agency", "Agency"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)

    guard: ClassVar[Guard] = Reference()

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An organisation that works with young people."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)
    holder = models.OneToOneField(Holder, models.PROTECT, related_name="agency")
    serves_victims = models.BooleanField(
        default=False,
        help_text="Records held only by such an agency are never matched.",
    )

    guard: ClassVar[Guard] = Reference()

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A team that carries cases together; what one may do, all on it may."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    name = models.CharField(max_length=200)
    holder = models.OneToOneField(Holder, models.PROTECT, related_name="unit")
    circle = models.OneToOneField(
        Holder,
        models.PROTECT,
        related_name="unit_circle",
        help_text="The people of the unit who see sensitive details.",
    )
    time_zone = models.CharField(max_length=60, default="America/Los_Angeles")

    guard: ClassVar[Guard] = Reference()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="unit_named_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The zone its clocks are in."""
        return ZoneInfo(self.time_zone)


class UserManager(BaseUserManager["User"]):
    """Makes users; each is a holder of grants from the start."""

    def create_user(
        self, email: str, password: str | None = None, *, name: str
    ) -> "User":
        """A person who can sign in; without a password, only by other means."""
        holder = Holder.objects.using(self.db).create(kind=Holder.Kind.USER, name=name)
        user = self.model(
            email=self.normalize_email(email).lower(), name=name, holder=holder
        )
        user.set_password(password)
        user.save(using=self.db)
        return user


class User(AbstractBaseUser):
    """A person who signs in."""

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    holder = models.OneToOneField(Holder, models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)

    objects = UserManager()
    guard: ClassVar[Guard] = Reference(writable=True)  # a new password, a last sign-in

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Their name; allauth asks for it."""
        return self.name


class Role(models.Model):
    """A named set of permissions."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    carries_cases = models.BooleanField(default=False)
    permissions = ArrayField(
        models.CharField(max_length=40, choices=[(p, p) for p in Permission])
    )

    guard: ClassVar[Guard] = Reference()

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Readings of memberships."""

    def current(self, at: object) -> "MembershipQuerySet":
        """Those that hold at this instant."""
        return self.filter(Q(ends=None) | Q(ends__gt=at), starts__lte=at)


class Membership(models.Model):
    """A person's place in a unit or agency, in a role, for a period."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")
    in_circle = models.BooleanField(
        default=False, help_text="Sees the sensitive details the unit holds."
    )
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    guard: ClassVar[Guard] = Reference()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")),
                name="membership_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role}"


class Grant(models.Model):
    """Who may know about whom, which part, why, until when."""

    class Because(models.TextChoices):
        """Why a holder may know."""

        ENROLMENT = "enrolment", "supports this young person"
        REFERRAL = "referral", "received a referral"
        CHOICE = "choice", "the young person’s choice"
        RELEASE = "release", "a signed release"
        SUPERVISION = "supervision", "supervises the unit"
        EMERGENCY = "emergency", "opened in an emergency"
        ORDER = "order", "a court order"

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    holder = models.ForeignKey(Holder, models.PROTECT, related_name="grants")
    youth_id = models.BigIntegerField()
    compartments = ArrayField(models.CharField(max_length=20, choices=COMPARTMENTS))
    because = models.CharField(max_length=20, choices=Because)
    source = models.TextField(blank=True, help_text="The reason, in words.")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    given_by_id = models.BigIntegerField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by_id = models.BigIntegerField(null=True)

    guard: ClassVar[Guard] = Sealed(may_read_own=True)
    # What a unit holds because it keeps the record; ``access_keeps`` says the same.
    KEEPING: ClassVar = (Because.ENROLMENT, Because.REFERRAL, Because.SUPERVISION)

    class Meta:
        db_table = "access_grant"
        indexes: ClassVar = [
            # Holds all that every policy asks, so that no policy reads the table.
            models.Index(
                fields=["holder"],
                include=["youth_id", "compartments", "starts", "ends"],
                name="grant_holder_covers",
            ),
            models.Index(fields=["youth_id"], name="grant_youth"),
            # The few that a supervisor looks through, among all there are.
            models.Index(
                fields=["starts"],
                condition=Q(because="emergency"),
                name="grant_emergency",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="grant_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"grant {self.pk}"

    @property
    def keeps(self) -> bool:
        """Whether the holder keeps the record, and may share it, but not stop."""
        return self.because in self.KEEPING


class LogEntry(models.Model):
    """One line of the log: ids and choices only, never what somebody typed."""

    at = models.DateTimeField()
    day = models.DateField()
    actor_id = models.BigIntegerField(null=True)
    event = models.CharField(max_length=40)
    youth_ids = ArrayField(models.BigIntegerField())
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    request_id = models.UUIDField()

    guard: ClassVar[Guard] = Sealed(may_insert=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["day", "id"], name="log_day"),
            models.Index(fields=["actor_id", "at"], name="log_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d %H:%M}"


class LogSeal(models.Model):
    """The digest of one day of the log, chained to the day before."""

    day = models.DateField(unique=True)
    entries = models.IntegerField()
    last_entry_id = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    guard: ClassVar[Guard] = Sealed()

    def __str__(self) -> str:
        return str(self.day)


class SentForm(models.Model):
    """A form that was sent, so that a double click or a resent form acts once."""

    token = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField()
    at = models.DateTimeField()
    location = models.TextField(null=True)  # noqa: DJ001 (NULL: still being answered)

    guard: ClassVar[Guard] = ByOwner()

    def __str__(self) -> str:
        return str(self.token)


class Draft(models.Model):
    """What somebody typed on a page and has not sent; theirs alone."""

    user_id = models.BigIntegerField()
    path = models.CharField(max_length=500)
    fields = models.JSONField()
    kept_at = models.DateTimeField()

    guard: ClassVar[Guard] = ByOwner()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user_id", "path"], name="draft_once")
        ]

    def __str__(self) -> str:
        return self.path
