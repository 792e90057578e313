"""Words, roles and kinds that come with the application, loaded after every migrate."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from django.apps import apps
from django.db import transaction

OURS = "alongside."


def load(using: str) -> None:
    """Put every app's ``defaults/*.json`` in place; run as the owner.

    A row is found by its key and brought up to date; rows a unit added stay.
    """
    with transaction.atomic(using=using):
        for given in _given():
            _load(given, using)


def _load(given: dict[str, Any], using: str) -> None:
    rows = apps.get_model(given["model"])._default_manager.using(using)
    key = given["key"]
    known = {
        tuple(getattr(row, _column(row, name)) for name in key): row
        for row in rows.all()
    }
    for values in given["rows"]:
        row = known.get(tuple(values[name] for name in key))
        if row is None:
            rows.create(**values)
        elif any(getattr(row, _column(row, name)) != values[name] for name in values):
            rows.filter(pk=row.pk).update(**values)


def _column(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).attname)


def _given() -> Iterator[dict[str, Any]]:
    for app in apps.get_app_configs():
        if not app.name.startswith(OURS):
            continue
        folder = files(app.name).joinpath("defaults")
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda path: path.name):
                if file.name.endswith(".json"):
                    yield json.loads(file.read_text("utf-8"))
