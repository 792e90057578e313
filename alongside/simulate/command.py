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
    try:
        refusal = refusal_to_write(asked.out, force=asked.force)
        if not refusal:
            _write(asked, Console())
    except OSError as error:
        why = error.strerror or error
        refusal = f"{asked.out} cannot be written: {why}. Choose another place."
    if refusal:
        print(refusal, file=sys.stderr)  # noqa: T201 (a command speaks to its terminal)
        return 2
    return 0


def _write(asked: argparse.Namespace, console: Console) -> None:
    asked.out.mkdir(parents=True, exist_ok=True)
    if asked.what == "state":
        _state(asked, console)
    elif asked.what == "unit":
        write_unit(asked.out, youth=asked.youth, seed=asked.seed)
    else:
        write_linkage_files(asked.out, people=asked.people, seed=asked.seed)
    console.print(f"Written to {asked.out}. Nobody in it exists.")


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
        each.add_argument("--seed", type=_seed, default=1, metavar="S")
        each.add_argument("--out", type=Path, required=True, metavar="DIR")
        each.add_argument("--force", action="store_true", help="write over a folder")
    return parser


def _some(text: str) -> int:
    return _whole(text, 1)


def _seed(text: str) -> int:
    return _whole(text, 0)


def _whole(text: str, least: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if number < least:
        raise argparse.ArgumentTypeError(
            f"Give a whole number that is at least {least}; “{text}” is not one."
        )
    return number


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(
            f"Give a share between 0 and 1, such as 0.02; “{text}” is not one."
        )
    return share
