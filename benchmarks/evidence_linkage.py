"""Two simulated files of a million people linked, and what came of it."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from alongside.linkage.link import link
from alongside.linkage.thresholds import accuracy, suggested, thresholds
from benchmarks.table import measured, write_down

PEOPLE = 1_000_000


def main(folder: str) -> None:
    """Print how long linking took, and how right it was."""
    begun = time.perf_counter()
    linkage = link(Path(folder) / "a.parquet", Path(folder) / "b.parquet")
    done = time.perf_counter()
    level = suggested(thresholds(linkage.pairs, linkage.expected_matches)).probability
    truth = pq.read_table(Path(folder) / "truth.parquet")
    found = accuracy(linkage.pairs, truth, at_least=level, best_only=True)
    print(
        json.dumps(
            {
                "linking": done - begun,
                "compared": linkage.compared,
                "threshold": level,
                "precision": found.precision,
                "recall": found.recall,
                "f1": found.f1,
            }
        )
    )


def run(people: int = PEOPLE) -> None:
    """Make the files, link them in a process of its own, and write the result down."""
    with tempfile.TemporaryDirectory() as folder:
        words = ("linkage", "--people", people, "--seed", 1, "--out", folder)
        measured("benchmarks.evidence_simulate", *words)
        took = measured("benchmarks.evidence_linkage", folder)
    said = took.said
    write_down(
        "evidence-linkage",
        f"Linking {people:,} against {people:,} simulated people",
        ("Whole process", "CPU", "Most memory", "Pairs", "Precision", "Recall", "F1"),
        [
            (
                f"{took.seconds:.0f} s",
                f"{took.cpu:.0f} s",
                f"{took.gib:.1f} GiB",
                f"{said['compared']:,.0f}",
                f"{said['precision']:.4f}",
                f"{said['recall']:.4f}",
                f"{said['f1']:.4f}",
            )
        ],
        f"Half of each file is in the other; a quarter of those are written differently"
        f" there. Best pairs of at least {said['threshold']:g}. The names were made and"
        " changed by this project, so these figures say nothing about real files.",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
