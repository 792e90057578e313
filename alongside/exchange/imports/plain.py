"""Every result as JSON and back: dataclasses, enums, dates and nothing else."""

import dataclasses
import types
from datetime import date, time
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: object) -> Any:
    """Dicts, lists and text that ``json.dumps`` can write."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: to_json(getattr(value, one.name))
            for one in dataclasses.fields(value)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): to_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(one) for one in value]
    return value


def from_json(kind: type[T], plain: Any) -> T:
    """What ``to_json`` wrote, as the class it was; unknown keys are an error."""
    made: T = _make(kind, plain)
    return made


def _make(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if plain is None:
            return None
        (inner,) = [one for one in get_args(kind) if one is not type(None)]
        return _make(inner, plain)
    if origin is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return tuple(_make(inner[0], one) for one in plain)
        return tuple(_make(a, b) for a, b in zip(inner, plain, strict=True))
    if origin is list:
        return [_make(get_args(kind)[0], one) for one in plain]
    if origin is dict:
        key, inner = get_args(kind)
        return {key(name): _make(inner, one) for name, one in plain.items()}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: _make(hints[name], one) for name, one in plain.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    if kind in (date, time):
        return kind.fromisoformat(plain)
    return plain


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
