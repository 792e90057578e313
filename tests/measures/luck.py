"""A seeded draw of days and cells, crowded around the edges that rules care about."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.measures.histories import WINDOW

CHILDREN = ("a", "b", "c", "d", "e")
EDGES = (
    WINDOW.start,
    date(2022, 11, 1),
    date(2023, 3, 31),
    date(2023, 5, 17),  # an as-of date
    date(2023, 7, 1),
    WINDOW.end,
)
NEAR = (0, 0, 1, -1, 14, 15, 30, 31, -30, 44, 45, 46, -45, -46, 89, 90, 91, -90)


class Luck(Random):
    """A seeded draw, with the few days that the dates of one history crowd around."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        near = [edge + timedelta(days=self.choice(NEAR)) for edge in EDGES]
        self.anchors = self.sample(near, 3)


def day(random: Luck) -> date:
    """A day at a telling distance from an anchor, or anywhere around the window."""
    if random.random() < 0.7:
        return random.choice(random.anchors) + timedelta(days=random.choice(NEAR))
    return WINDOW.start + timedelta(days=random.randrange(-200, 420))


def sometimes(random: Luck, value: Any, share: float = 0.9) -> Any:
    """The value, or now and then nothing."""
    return value if random.random() < share else None
