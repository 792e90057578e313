"""The evidence's benchmark: the measures on simulated states of several sizes."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.table import Run, measured, write_down

SIZES = (125_000, 250_000, 500_000, 1_000_000, 2_000_000, 4_000_000)
COMPARED = 1_000_000  # the size at which others are compared
REPEATS = 3  # the median is told
HEADINGS = (
    "Children",
    "Whole process",
    "of it checking",
    "of it measures",
    "CPU",
    "Most memory",
    "Per doubling",
)


def run(sizes: Sequence[int] = SIZES, *, spark: bool = True) -> None:
    """Simulate, measure each in processes of their own, and write the tables down."""
    with tempfile.TemporaryDirectory() as folder:
        places = {size: Path(folder) / str(size) for size in sizes}
        simulated = {size: _simulate(size, place) for size, place in places.items()}
        runs = {size: _median(place) for size, place in places.items()}
        compared = COMPARED if COMPARED in sizes else max(sizes)
        others = _others(places[compared], runs[compared], spark=spark)
    _write_sizes(runs)
    _write_others(compared, others)
    _write_simulated(simulated)


def _simulate(size: int, place: Path) -> Run:
    words = ("state", "--children", size, "--seed", 1, "--out", place)
    return measured("benchmarks.evidence_simulate", *words)


def _median(place: Path, module: str = "evidence_measures", *args: str) -> Run:
    found = [measured(f"benchmarks.{module}", place, *args) for _ in range(REPEATS)]
    return sorted(found, key=lambda each: each.seconds)[REPEATS // 2]


def _others(
    place: Path, ours: Run, *, spark: bool
) -> list[tuple[str, Run, float, float]]:
    """Name, run, the seconds that count, and their ratio to DuckDB's measures."""
    scan = _median(place, "evidence_scan")
    pandas = _median(place, "evidence_pandas")
    inner = ours.said["measures"]
    rows = [
        ("Measures on DuckDB", ours, inner),
        ("DuckDB only scanning the columns", scan, scan.said["scan"]),
        (
            "The same measures in pandas, with reading",
            pandas,
            pandas.said["reading"] + pandas.said["measures"],
        ),
    ]
    if spark:
        local = measured("benchmarks.evidence_measures", place, "spark")
        rows.append(("Measures on Spark, local", local, local.said["measures"]))
    return [(name, took, seconds, seconds / inner) for name, took, seconds in rows]


def _write_sizes(runs: dict[int, Run]) -> None:
    sizes = list(runs)
    growth = {
        size: runs[size].seconds / runs[before].seconds
        for before, size in zip(sizes, sizes[1:], strict=False)
    }
    rows = [
        (
            f"{size:,}",
            f"{took.seconds:.1f} s",
            f"{took.said['checking']:.1f} s",
            f"{took.said['measures']:.1f} s",
            f"{took.cpu:.1f} s",
            f"{took.gib:.2f} GiB",
            f"x {growth[size]:.2f}" if size in growth else "",
        )
        for size, took in runs.items()
    ]
    mean = statistics.geometric_mean(growth.values()) if growth else None
    write_down(
        "evidence-sizes",
        "All federal measures, the funnel and the survival curves",
        HEADINGS,
        rows,
        f"DuckDB; one federal fiscal year; the median of {REPEATS} runs, each a fresh"
        " process that checks every row of the source against the contract first."
        + (f" On average x {mean:.2f} per doubling." if mean else ""),
    )


def _write_others(size: int, others: list[tuple[str, Run, float, float]]) -> None:
    write_down(
        "evidence-others",
        f"{size:,} children, side by side",
        ("What", "Seconds", "Ratio to DuckDB", "CPU", "Most memory"),
        [
            (
                name,
                f"{seconds:.1f} s",
                f"x {ratio:.2f}",
                f"{took.cpu:.1f} s",
                f"{took.gib:.2f} GiB",
            )
            for name, took, seconds, ratio in others
        ],
        "Seconds without starting and without checking the source; CPU and memory are"
        " of the whole process. The pandas version"
        " is held to the same numbers by a test. Spark runs once; the CPU and"
        " memory of its Java process are not in the table.",
    )


def _write_simulated(simulated: dict[int, Run]) -> None:
    write_down(
        "evidence-simulated",
        "Simulating the states",
        ("Children", "Whole process", "CPU", "Most memory"),
        [
            (
                f"{size:,}",
                f"{took.seconds:.1f} s",
                f"{took.cpu:.1f} s",
                f"{took.gib:.2f} GiB",
            )
            for size, took in simulated.items()
        ],
        "With the report of simulated against published figures; one run each.",
    )
