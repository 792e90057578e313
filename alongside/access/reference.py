"""Sentences of the permissions, read from the enum's own source."""

import ast
import inspect
from functools import cache

from alongside.access import permissions
from alongside.access.permissions import Permission


@cache
def permission_sentences() -> dict[Permission, str]:
    """Each permission's one sentence."""
    body = ast.parse(inspect.getsource(permissions)).body
    enum = next(node for node in body if isinstance(node, ast.ClassDef))
    found: dict[Permission, str] = {}
    for named, told in zip(enum.body, enum.body[1:], strict=False):
        if (
            isinstance(named, ast.Assign)
            and isinstance(named.targets[0], ast.Name)
            and isinstance(told, ast.Expr)
            and isinstance(told.value, ast.Constant)
        ):
            found[Permission[named.targets[0].id]] = str(told.value.value)
    return found
