"""The invented counties of the simulated state."""

from __future__ import annotations

from alongside.simulate.assumptions import ASSUMED
from alongside.simulate.published import OPTED_IN_COUNTIES

_NAMES = """
    Alder Amber Anvil Arroyo Aspen Basalt Bayberry Birch Bluff Bramble Briar Brook
    Buckeye Cedar Chalk Clover Copper Cove Cypress Delta Dogwood Ember Fern Flint Fox
    Garnet Granite Harbor Hazel Heron Holly Iris Juniper Kestrel Lark Laurel Linden
    Lupine Maple Marsh Meadow Mesa Mint Moss Oak Obsidian Olive Otter Pebble Pine Quail
    Redwood Ridge Sage Sorrel Thistle Willow Wren
"""
COUNTIES: tuple[str, ...] = tuple(_NAMES.split()[: ASSUMED.counties])


def county_weights() -> list[float]:
    """How many children live where: a few large counties and many small ones."""
    return [1 / (rank + 1) ** ASSUMED.county_skew for rank in range(len(COUNTIES))]


def opted_in_weights() -> list[float]:
    """The same for concerns: only counties that opted in, more where more is done."""
    thirds = len(ASSUMED.county_zeal)
    return [
        weight * ASSUMED.county_zeal[rank % thirds] if opted_in(rank) else 0.0
        for rank, weight in enumerate(county_weights())
    ]


def opted_in(rank: int) -> bool:
    """Whether the county of this rank takes part; those that do not are small."""
    return rank < OPTED_IN_COUNTIES
