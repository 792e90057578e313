"""Words, roles and kinds that come with the application, loaded after every migrate."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from django.apps import apps
from django.db import models, transaction

OURS = "alongside."


def load(using: str) -> None:
    """Put every app's ``defaults/*.json`` in place; run as the owner.

    A row is found by its key and brought up to date; rows a unit added stay.
    """
    with transaction.atomic(using=using):
        for given in _given():
            _load(given, using)


def _load(given: dict[str, Any], using: str) -> None:
    model = apps.get_model(given["model"])
    rows = model._default_manager.using(using)
    key = [model._meta.get_field(name).attname for name in given["key"]]
    known = {tuple(getattr(row, name) for name in key): row for row in rows.all()}
    for row_given in given["rows"]:
        values = dict(
            _value(model, name, value, using) for name, value in row_given.items()
        )
        row = known.get(tuple(values[name] for name in key))
        if row is None:
            rows.create(**values)
        elif any(getattr(row, name) != value for name, value in values.items()):
            rows.filter(pk=row.pk).update(**values)


def _value(
    model: type[models.Model], name: str, given: Any, using: str
) -> tuple[str, Any]:
    """The column and its value; another row is named by what it is known by."""
    field: Any = model._meta.get_field(name)
    if field.related_model is not None and isinstance(given, dict):
        other = field.related_model._default_manager.using(using).get(**given)
        return field.attname, other.pk
    return field.attname, field.to_python(given)


def _given() -> Iterator[dict[str, Any]]:
    for app in apps.get_app_configs():
        if not app.name.startswith(OURS):
            continue
        folder = files(app.name).joinpath("defaults")
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda path: path.name):
                if file.name.endswith(".json"):
                    yield json.loads(file.read_text("utf-8"))
