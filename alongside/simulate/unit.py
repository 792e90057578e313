"""A simulated unit: the contract's tables of daily work."""

from pathlib import Path


def write_unit(out: Path, *, youth: int, seed: int) -> None:
    """Write every table of one unit."""
    raise NotImplementedError
