"""One way to run, print and write down a measurement, for every benchmark here."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

README = Path(__file__).parent / "README.md"
SLOWEST = 3_600  # seconds after which a measurement is given up


@dataclass(frozen=True)
class Run:
    """What one process took, from its start to its end."""

    seconds: float
    cpu: float  # seconds of all cores together, which other work disturbs less
    gib: float  # the most memory it held at once
    said: dict[str, float]  # the JSON line it closed with


def measured(module: str, *args: object) -> Run:
    """Run a module in a fresh process, and measure it from outside.

    The process prints one JSON object as its last line: its own inner times.
    """
    command = [sys.executable, "-m", module, *map(str, args)]
    read, write = os.pipe()
    watcher = (
        "import os,resource,subprocess,sys,time\n"
        "begun=time.perf_counter()\n"
        "done=subprocess.run(sys.argv[2:])\n"
        "took=time.perf_counter()-begun\n"
        "used=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "cpu=used.ru_utime+used.ru_stime\n"
        "told=f'{took} {cpu} {used.ru_maxrss} {done.returncode}'\n"
        "os.write(int(sys.argv[1]),told.encode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", watcher, str(write), *command],
        pass_fds=[write],
        stdout=subprocess.PIPE,
        text=True,
        timeout=SLOWEST,
        check=True,
    )
    os.close(write)
    seconds, cpu, kib, code = os.read(read, 1_000).decode().split()
    os.close(read)
    if code != "0":
        raise RuntimeError(f"{' '.join(command)} ended with {code}.")
    lines = done.stdout.strip().splitlines()
    said = json.loads(lines[-1]) if lines else {}
    return Run(float(seconds), float(cpu), float(kib) / 1024**2, said)


def machine() -> str:
    """The machine in a line: nobody can use a time without it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{_processor()}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB,"
        f" {platform.system()} {platform.release().split('-')[0]},"
        f" Python {platform.python_version()}"
    )


def commit() -> str:
    """The commit measured; marked when the files differ from it."""
    head = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        cwd=README.parent,
    )
    return head.stdout.strip() or "unknown"


def show(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table, with the machine under it."""
    table = Table(title=title, box=SIMPLE, caption=machine())
    for at, heading in enumerate(headings):
        table.add_column(heading, justify="left" if at == 0 else "right")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def write_down(
    part: str,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    notes: str = "",
) -> None:
    """Print a table and put it into README.md, between the markers of its part."""
    show(title, headings, rows)
    lines = [headings, [":--", *["--:"] * (len(headings) - 1)], *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    made = f"{machine()}. Commit {commit()}."
    told = "\n\n".join(filter(None, (f"### {title}", table, notes, made)))
    README.write_text(_replaced(README.read_text("utf-8"), part, told), "utf-8")


def _replaced(page: str, part: str, text: str) -> str:
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    block = f"{begin}\n\n{text}\n\n{end}"
    if begin not in page:
        return f"{page.rstrip()}\n\n{block}\n"
    before, rest = page.split(begin, 1)
    return before + block + rest.split(end, 1)[1]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [x.split(":", 1)[1].strip() for x in lines if x.startswith("model name")]
    return names[0] if names else platform.machine()
