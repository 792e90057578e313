"""Check: the requirements of an import, one small function each, in their order."""

from alongside.exchange.imports.checks import (  # noqa: F401 (each registers its own)
    dates,
    identity,
    meetings,
    together,
    words,
)
from alongside.exchange.imports.checks.registry import (
    CHECKS,
    Check,
    Facts,
    Finding,
    Phase,
)

__all__ = ["CHECKS", "Check", "Facts", "Finding", "Phase"]
