"""What ``manage check`` refuses: a table without a guard, an address with no door."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, models
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.access import policies
from alongside.access.guards import ByYouth

_ONLY_HERE = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@register(Tags.models)
def every_table_is_guarded(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[CheckMessage]:
    """A table of ours states its guard, and one about a youth is kept by youth."""
    return [
        problem for model in policies.our_models() for problem in guard_problems(model)
    ]


def guard_problems(model: type[models.Model]) -> Iterator[CheckMessage]:
    """What is wrong with how one model is guarded."""
    guard = policies.guard_of(model)
    columns = {field.column for field in model._meta.local_concrete_fields}
    label = model._meta.label
    if guard is None:
        yield Error(
            f"{label} states no guard.",
            hint="Add guard = ByYouth(...), ByUnit(), ByOwner() or Reference().",
            id="alongside.E001",
        )
        return
    if "youth_id" in columns and not isinstance(guard, ByYouth):
        if label not in {"access.Grant"}:
            yield Error(
                f"{label} is about a youth and is not guarded by grants.",
                hint="Write guard = ByYouth(Compartment.RECORD), or the part it is.",
                id="alongside.E002",
            )
        return
    if isinstance(guard, ByYouth):
        yield from _missing_columns(label, guard, columns)
        return
    for field in model._meta.local_fields:
        other = field.related_model
        if isinstance(other, type) and isinstance(policies.guard_of(other), ByYouth):
            yield Error(
                f"{label}.{field.name} points at a youth's row, so {label} is about a"
                " youth too.",
                hint="Add youth and a ByYouth guard.",
                id="alongside.E005",
            )


def _missing_columns(
    label: str, guard: ByYouth, columns: set[str | None]
) -> Iterator[CheckMessage]:
    if guard.column not in columns:
        yield Error(
            f"{label} is guarded by {guard.column}, a column it does not have.",
            id="alongside.E003",
        )
    if guard.compartment is None and "compartment" not in columns:
        yield Error(
            f"{label} says that each row has its compartment, and has no column.",
            hint="Add compartment, not null, set from the row's kind.",
            id="alongside.E004",
        )


@register(Tags.urls)
def every_address_has_a_door(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[CheckMessage]:
    """Every view says which permission it needs, or why it is public."""
    return [
        Error(
            f"{pattern} has no door.",
            hint="Decorate its view with @requires(...), @signed_in or @public.",
            id="alongside.E006",
        )
        for pattern, view in views(get_resolver().url_patterns)
        if not hasattr(view, "door")
    ]


def views(patterns: Sequence[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the application and the view behind it."""
    for entry in patterns:
        place = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from views(entry.url_patterns, place)
        elif isinstance(entry, URLPattern):
            yield place, entry.callback


@register(Tags.security)
def demo_is_only_here(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[CheckMessage]:
    """Demo mode signs anybody in, so it works on this machine alone."""
    if not settings.DEMO:
        return []
    problems: list[CheckMessage] = []
    if not settings.DEBUG:
        problems.append(
            Error(
                "Demo mode is on and DEBUG is off.",
                hint="Demo mode lets anybody in. Unset ALONGSIDE_DEMO.",
                id="alongside.E007",
            )
        )
    if public := set(settings.ALLOWED_HOSTS) - _ONLY_HERE:
        problems.append(
            Error(
                f"Demo mode is on and {', '.join(sorted(public))} is allowed.",
                hint="Demo mode lets anybody in. Unset ALONGSIDE_DEMO or the host.",
                id="alongside.E008",
            )
        )
    return problems


@register(Tags.compatibility)
def time_zone_is_utc(
    app_configs: Sequence[AppConfig] | None, **_: Any
) -> list[CheckMessage]:
    """Instants are UTC; a unit's zone is applied where a time is shown."""
    if settings.TIME_ZONE == "UTC" and settings.USE_TZ:
        return []
    return [Error("TIME_ZONE must be UTC and USE_TZ on.", id="alongside.E009")]


@register(Tags.database)
def every_view_asks_as_its_reader(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    """A database view without security_invoker would show its owner's rows."""
    problems: list[CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "select relname from pg_class"
                " where relnamespace = 'public'::regnamespace"
                " and (relkind = 'm' or relkind = 'v' and not coalesce("
                "'security_invoker=true' = any(reloptions), false))"
            )
            problems += [
                Error(
                    f"The view {name} shows its owner's rows to everybody.",
                    hint="Create it WITH (security_invoker = true).",
                    id="alongside.E010",
                )
                for (name,) in cursor.fetchall()
            ]
    return problems
