"""``alongside simulate``: write a simulated state, a unit, or files to link."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from alongside.simulate.calibration import (
    HEADINGS,
    Line,
    as_html,
    as_markdown,
    calibration,
)
from alongside.simulate.linkage_files import write_linkage_files
from alongside.simulate.state import write_state
from alongside.simulate.unit import write_unit

SOME_DIRT = 0.02


def run(args: Sequence[str]) -> int:
    """Write what was asked for; nobody in it exists."""
    asked = _parser().parse_args(list(args))
    refusal = refusal_to_write(asked.out, force=asked.force)
    if refusal:
        print(refusal, file=sys.stderr)  # noqa: T201 (a command speaks to its terminal)
        return 2
    console = Console()
    if asked.what == "state":
        _state(asked, console)
    elif asked.what == "unit":
        write_unit(asked.out, youth=asked.youth, seed=asked.seed)
    else:
        write_linkage_files(asked.out, people=asked.people, seed=asked.seed)
    console.print(f"Written to {asked.out}. Nobody in it exists.")
    return 0


def refusal_to_write(out: Path, *, force: bool) -> str | None:
    """Why the folder is left alone: it holds something that might be real."""
    if out.exists() and not out.is_dir():
        return f"{out} is a file. Give a folder for --out."
    if not force and out.is_dir() and any(out.iterdir()):
        return (
            f"The folder {out} is not empty, and its files would be mixed with invented"
            " ones. Give a new folder, or --force to write over it."
        )
    return None


def _state(asked: argparse.Namespace, console: Console) -> None:
    with Progress(
        TextColumn("Children"),
        BarColumn(),
        TextColumn("{task.completed:,} of {task.total:,}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("children", total=asked.children)
        write_state(
            asked.out,
            children=asked.children,
            seed=asked.seed,
            dirt=asked.dirt,
            progress=lambda done: progress.update(task, completed=done),
        )
    lines = calibration(asked.out)
    (asked.out / "calibration.md").write_text(as_markdown(lines), encoding="utf-8")
    (asked.out / "calibration.html").write_text(as_html(lines), encoding="utf-8")
    console.print(_table(lines))


def _table(lines: list[Line]) -> Table:
    table = Table(title="Simulated against published", box=SIMPLE, pad_edge=False)
    for heading in HEADINGS:
        is_text = heading == "Figure"
        table.add_column(
            heading, justify="left" if is_text else "right", no_wrap=not is_text
        )
    for line in lines:
        table.add_row(*line.cells)
    return table


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alongside simulate",
        description="Write invented people and their histories, to try things out on.",
    )
    kinds = parser.add_subparsers(dest="what", required=True)
    state = kinds.add_parser("state", help="the administrative tables of a state")
    state.add_argument("--children", type=_some, default=100_000, metavar="N")
    state.add_argument(
        "--dirt",
        type=_share,
        nargs="?",
        const=SOME_DIRT,
        default=0.0,
        metavar="SHARE",
        help="share of rows to spoil as real extracts are; 0.02 if no share is given",
    )
    unit = kinds.add_parser("unit", help="the tables of one unit's daily work")
    unit.add_argument("--youth", type=_some, default=120, metavar="N")
    linkage = kinds.add_parser("linkage", help="two files to link, and the truth")
    linkage.add_argument("--people", type=_some, default=10_000, metavar="N")
    for each in (state, unit, linkage):
        each.add_argument("--seed", type=int, default=1, metavar="S")
        each.add_argument("--out", type=Path, required=True, metavar="DIR")
        each.add_argument("--force", action="store_true", help="write over a folder")
    return parser


def _some(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("at least 1 is needed")
    return count


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("a share lies between 0 and 1")
    return share
