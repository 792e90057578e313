"""Row security, written from the models' guards and applied after every migrate."""

from collections.abc import Iterator
from importlib.resources import files

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from psycopg import sql

from alongside.access.guards import (
    ByOwner,
    ByUnit,
    ByYouth,
    Guard,
    Reference,
    Sealed,
)
from alongside.kernel.compartments import Compartment

OURS = "alongside."

# The outer cast is needed: any(subselect) would compare with rows, not elements.
_HOLDERS = (
    "(select nullif(current_setting('alongside.holders', true), '')::int[])::int[]"
)
_UNITS = "(select nullif(current_setting('alongside.units', true), '')::int[])::int[]"
_ACTOR = "(select nullif(current_setting('alongside.actor', true), '')::bigint)"
# Not the database's clock: a grant and its policy must go by the same one.
_AT = "(select nullif(current_setting('alongside.at', true), '')::timestamptz)"

# Never a correlated EXISTS and never OR: this shape is hashed once a query, and is
# a hundred times faster on a large table.
_GRANTED = (
    # Words of ours alone: no value is ever put into it.
    "{column} in (select g.youth_id from access_grant g where g.holder_id = any("  # noqa: S608 (see above)
    + _HOLDERS
    + ") and {compartment} = any(g.compartments) and g.starts <= "
    + _AT
    + " and (g.ends is null or g.ends > "
    + _AT
    + "))"
)


def guard_of(model: type[models.Model]) -> Guard | None:
    """The guard a model states; a history table has the guard of its original."""
    original = getattr(model, "pgh_tracked_model", None)
    if original is not None:
        return guard_of(original)
    guard: Guard | None = getattr(model, "guard", None)
    return guard


def our_models() -> list[type[models.Model]]:
    """Every table of ours, history tables included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if apps.get_app_config(model._meta.app_label).name.startswith(OURS)
        and model._meta.managed
        and not model._meta.proxy
    ]


def is_history(model: type[models.Model]) -> bool:
    """Whether rows of this table tell what another table's rows were."""
    return getattr(model, "pgh_tracked_model", None) is not None


def predicate(guard: Guard) -> str | None:
    """The condition under which a row is seen, or None for every row."""
    match guard:
        case ByYouth(None, column):
            cases = " ".join(
                f"when '{part}' then {_granted(column, part)}" for part in Compartment
            )
            return f"case compartment {cases} else false end"
        case ByYouth(Compartment() as part, column):
            return _granted(column, part)
        case ByUnit(column):
            return f"{column} = any({_UNITS})"
        case ByOwner(column):
            return f"{column} = {_ACTOR}"
        case _:
            return None


def apply(using: str) -> None:
    """Give the web login just what the guards say; run as the owner.

    All of it or nothing: it grants every table before it closes each.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for statement in _statements(settings.ALONGSIDE_WEB_LOGIN):
            cursor.execute(statement)


def _statements(web: str) -> Iterator[str]:
    role = sql.Identifier(web).as_string(None)
    yield f"grant usage on schema public to {role}"
    yield (
        f"grant select, insert, update, delete on all tables in schema public to {role}"
    )
    yield f"grant usage, select on all sequences in schema public to {role}"
    yield f"revoke all on django_migrations from {role}"
    yield _no_temporary_tables(web)
    for model in our_models():
        yield from _table(model, role)
    for script in _scripts():
        yield script.replace("{{web}}", role)


def _no_temporary_tables(web: str) -> str:
    """Nobody but the owner makes a table that could go by the name of one of ours.

    Every login may, unless everybody's right to is taken away.
    """
    role = sql.Literal(web).as_string(None)
    return (
        "do $$ begin execute format('revoke temporary on database %I from public, %I',"
        f" current_database(), {role}); end $$"
    )


def _table(model: type[models.Model], role: str) -> Iterator[str]:
    table = sql.Identifier(model._meta.db_table).as_string(None)
    guard = guard_of(model)
    if is_history(model):
        yield f"revoke update, delete on {table} from {role}"
    match guard:
        case None:
            yield f"revoke all on {table} from {role}"
        case Reference(writable):
            if not writable:
                yield f"revoke insert, update, delete on {table} from {role}"
        case Sealed():
            yield from _sealed(table, guard, role)
        case _:
            condition = predicate(guard)
            yield f"alter table {table} enable row level security"
            yield f"drop policy if exists by_guard on {table}"
            yield (
                f"create policy by_guard on {table} to {role}"
                f" using ({condition}) with check ({condition})"
            )


def _sealed(table: str, guard: Sealed, role: str) -> Iterator[str]:
    yield f"alter table {table} enable row level security"
    yield f"drop policy if exists by_guard on {table}"
    yield f"drop policy if exists own_rows on {table}"
    yield f"revoke all on {table} from {role}"
    if guard.may_insert:
        yield f"grant insert on {table} to {role}"
        yield (
            f"create policy by_guard on {table} for insert to {role}"
            f" with check (actor_id = {_ACTOR})"
        )
    if guard.may_read_own:
        yield f"grant select on {table} to {role}"
        yield (
            f"create policy own_rows on {table} for select to {role}"
            f" using (holder_id = any({_HOLDERS}))"
        )


def _granted(column: str, part: Compartment) -> str:
    return _GRANTED.format(column=column, compartment=f"'{part}'::varchar")


def _scripts() -> Iterator[str]:
    """The definer functions and triggers each app keeps in its ``sql`` folder."""
    for app in apps.get_app_configs():
        folder = files(app.name).joinpath("sql")
        if app.name.startswith(OURS) and folder.is_dir():
            for script in sorted(folder.iterdir(), key=lambda path: path.name):
                yield script.read_text()
