"""The reference page of the simulated state: what is published, and what is assumed."""

from __future__ import annotations

from collections.abc import Mapping

from alongside.simulate.assumptions import ASSUMED
from alongside.simulate.published import FIGURES, SOURCE

_HEAD = """# The simulated state in numbers

What `alongside simulate state` draws from. The first table is all it is calibrated to;
nothing stands behind the second. What follows from that:
[what the simulated state can and cannot show](../../explanation/simulated-state.md).
"""


def page() -> str:
    """The page, from the constants that the simulation uses."""
    published = [
        f"| {figure.says} | {100 * figure.value:.2f}% | `{figure.measure}` |"
        for figure in FIGURES
    ]
    assumed = [
        f"| `{name}` | {says} | {_value(value)} |"
        for name, value, says in ASSUMED.table()
    ]
    return "\n".join(
        [
            _HEAD,
            "## Published",
            "",
            SOURCE,
            "",
            "| Figure | Published | Counted by |",
            "|---|--:|---|",
            *published,
            "",
            "## Assumed",
            "",
            "| Name | What is assumed | Value |",
            "|---|---|---|",
            *assumed,
            "",
        ]
    )


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {share:g}" for name, share in value.items())
    if isinstance(value, tuple):
        return ", ".join(f"{each:g}" for each in value)
    return str(value)


PAGES = {"simulated-state": page}
