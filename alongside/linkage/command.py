"""``alongside link``: propose who is the same person; a person decides."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq
from rich.console import Console

from alongside.kernel.refusal import Refused
from alongside.linkage.engines import ENGINES
from alongside.linkage.link import Linkage, link
from alongside.linkage.report import write_model, write_report
from alongside.linkage.review import write_review
from alongside.linkage.thresholds import accuracy, suggested, thresholds


def run(args: Sequence[str]) -> int:
    """Score the pairs and write what is needed to decide about them."""
    asked = _parser().parse_args(list(args))
    console = Console()
    try:
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
        f"{linkage.pairs.num_rows:,} pairs may be the same person; {reviewed:,} are in"
        f" {asked.out / 'review.xlsx'} for somebody to decide. Nothing was joined."
    )
    if asked.truth:
        _say_accuracy(console, linkage, asked.truth)
    return 0


def write_all(out: Path, linkage: Linkage) -> int:
    """The pairs, the workbook, the report and the model; how many are to review."""
    out.mkdir(parents=True, exist_ok=True)
    found = thresholds(linkage.pairs, linkage.expected_matches)
    pq.write_table(linkage.pairs, out / "pairs.parquet", compression="zstd")
    write_report(out / "report.html", linkage, found)
    write_model(out / "model.json", linkage)
    return write_review(out / "review.xlsx", linkage, found)


def _say_accuracy(console: Console, linkage: Linkage, truth: Path) -> None:
    known = pq.read_table(truth)
    level = suggested(thresholds(linkage.pairs, linkage.expected_matches)).probability
    found = accuracy(linkage.pairs, known, at_least=level, best_only=True)
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
    parser.add_argument("second", type=Path, metavar="B", nargs="?")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--engine", choices=ENGINES, default="duckdb")
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
