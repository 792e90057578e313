"""``alongside link``: propose who is the same person; a person decides."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console

from alongside.kernel.refusal import Refused, refuse_if
from alongside.linkage.engines import ENGINES
from alongside.linkage.link import Linkage, link
from alongside.linkage.report import write_model, write_report
from alongside.linkage.review import write_review
from alongside.linkage.thresholds import (
    accuracy,
    known_pairs,
    suggested,
    thresholds,
)

REVIEW = "review.xlsx"


def run(args: Sequence[str]) -> int:
    """Score the pairs and write what is needed to decide about them."""
    asked = _parser().parse_args(list(args))
    console = Console()
    try:
        known = known_pairs(asked.truth) if asked.truth else None
        refuse_if(_refusal_of_folder(asked.out))
        linkage = link(
            asked.first,
            asked.second,
            engine=asked.engine,
            victim_services=asked.victim_services,
            say=console.print,
        )
    except Refused as refused:
        print(refused.reason, file=sys.stderr)  # noqa: T201 (a command speaks)
        return 2
    reviewed = write_all(asked.out, linkage)
    console.print(
        f"{_pairs(linkage.pairs.num_rows)} may be the same person; {reviewed:,}"
        f" {'is' if reviewed == 1 else 'are'} in {asked.out / REVIEW} for somebody to"
        " decide. Nothing was joined."
    )
    if known is not None:
        _say_accuracy(console, linkage, known)
    return 0


def _pairs(count: int) -> str:
    return "1 pair" if count == 1 else f"{count:,} pairs"


def _refusal_of_folder(out: Path) -> str | None:
    """Before the work: nothing is written over what somebody decided."""
    if (out / REVIEW).exists():
        return (
            f"{out / REVIEW} is there already, and may hold decisions. Name another"
            " folder with --out, or delete it first."
        )
    there = next(place for place in (out, *out.absolute().parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        return f"Nothing can be written to {out}. Name another folder with --out."
    return None


def write_all(out: Path, linkage: Linkage) -> int:
    """The pairs, the workbook, the report and the model; how many are to review."""
    out.mkdir(parents=True, exist_ok=True)
    found = thresholds(linkage.pairs, linkage.expected_matches)
    pq.write_table(linkage.pairs, out / "pairs.parquet", compression="zstd")
    write_report(out / "report.html", linkage, found)
    write_model(out / "model.json", linkage)
    return write_review(out / REVIEW, linkage, found)


def _say_accuracy(console: Console, linkage: Linkage, known: pa.Table) -> None:
    level = suggested(thresholds(linkage.pairs, linkage.expected_matches)).probability
    found = accuracy(
        linkage.pairs,
        known,
        at_least=level,
        best_only=True,
        either_order=linkage.is_deduplication,
    )
    console.print(
        f"Against the truth, the best pairs of at least {level:g}: precision"
        f" {found.precision:.4f}, recall {found.recall:.4f}, F1 {found.f1:.4f}."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alongside link",
        description="Propose which records of two files, or of one, are one person.",
        epilog="Nothing is ever joined: review.xlsx is for a person to decide in.",
    )
    parser.add_argument("first", type=Path, metavar="A", help=".csv or .parquet")
    parser.add_argument(
        "second",
        type=Path,
        metavar="B",
        nargs="?",
        help="the other file; without it, duplicates within A are looked for",
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="the folder to write to; what it holds names people",
    )
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default="duckdb",
        help="where pairs are compared (duckdb unless told)",
    )
    parser.add_argument(
        "--victim-services",
        action="store_true",
        help="a file is from a victim-service agency, and is refused with the reason",
    )
    parser.add_argument(
        "--truth",
        type=Path,
        metavar="FILE",
        help="known pairs (a_id, b_id) in Parquet, to measure precision and recall",
    )
    return parser
