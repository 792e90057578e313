"""``alongside measure``: from a source to a folder that is safe to publish."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from alongside.kernel import clock
from alongside.measures.command_arguments import (
    Asked,
    Trouble,
    asked_of,
    parser,
    read_populations,
)
from alongside.measures.command_sources import Opened, opened
from alongside.measures.computing import get
from alongside.measures.definition import Measure
from alongside.measures.disclosure import (
    Earlier,
    Internal,
    Log,
    NotARelease,
    Policy,
    Published,
    gather,
    mark_internal,
    publish,
    read_earlier,
    tasks,
)
from alongside.measures.intervals import Window
from alongside.measures.library import MEASURES
from alongside.measures.present import measure_of, period_words
from alongside.measures.present_measures import catalogue, catalogue_lines, explained
from alongside.measures.release import INSIDE, NotWritable, write_release
from alongside.measures.report import Making

PROBLEMS_SHOWN = 20


def run(args: Sequence[str]) -> int:
    """Compute, check, publish and write; or list, or explain."""
    given = parser().parse_args(list(args))
    console, complaints = Console(), Console(stderr=True)
    try:
        if given.list:
            _list(console)
        elif given.explain:
            console.print(explained(_one(given.explain)))
        else:
            _release(asked_of(given), args, console)
    except (Trouble, NotARelease, NotWritable) as trouble:
        complaints.print(str(trouble), markup=False, highlight=False)
        return 2
    return 0


def _list(console: Console) -> None:
    """A table to look at; or, for another program, a measure a line."""
    if console.is_terminal:
        console.print(catalogue(MEASURES.values()))
        return
    for line in catalogue_lines(MEASURES.values()):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _one(id_: str) -> Measure:
    try:
        return get(id_)[0]
    except ValueError as error:
        raise Trouble(str(error)) from error


def _release(asked: Asked, args: Sequence[str], console: Console) -> None:
    earlier = read_earlier(asked.previous) if asked.previous else None
    policy = Policy(populations=read_populations(asked.populations))
    with _steps(console) as step:
        step("Reading and checking the source", None)
        source = opened(asked)
    with closing(source):
        _say_problems(source, console)
        measures = _computable(asked, source)
        today = clock.now().astimezone(UTC).date()
        as_of = asked.as_of or source.latest_day(source.rows, today)
        spans = asked.windows(as_of)
        with _steps(console) as step:
            internal = _gathered(asked, source, measures, spans, as_of, earlier, step)
            results, log = _passed(asked, internal, policy, earlier, step)
            step("Writing", None)
            making = _making(asked, source, as_of, today, args)
            write_release(results, making, asked.out, log=log)
    for sentence in done(asked, results, spans, as_of):
        console.print(sentence, markup=False, highlight=False, soft_wrap=True)


def _computable(asked: Asked, source: Opened) -> list[Measure]:
    """The measures whose tables are there."""
    measures = [m for m in asked.measures if not source.lacks(m)]
    if not measures:
        needed = sorted({t for m in asked.measures for t in source.lacks(m)})
        raise Trouble(
            f"None of these measures can be computed: {', '.join(needed)} missing."
        )
    return measures


def _gathered(
    asked: Asked,
    source: Opened,
    measures: Sequence[Measure],
    spans: Sequence[Window],
    as_of: date,
    earlier: Earlier | None,
    step: Callable[[str, int | None], None],
) -> Internal:
    wanted = [
        task
        for task in tasks(measures, spans, asked.by, earlier)
        if not source.lacks(task.measure)
    ]
    step("Counting", len({(task.measure.id, task.window) for task in wanted}))

    def progress(measure: Measure, window: Window) -> None:
        step(f"{measure.id}, {period_words(window.start, window.end)}", -1)

    return gather(wanted, source.engine, source.engine.frames(as_of), progress)


def _passed(
    asked: Asked,
    internal: Internal,
    policy: Policy,
    earlier: Earlier | None,
    step: Callable[[str, int | None], None],
) -> tuple[Published, Log | None]:
    if asked.internal:
        return mark_internal(internal, policy=policy), None
    step("Deciding what must be hidden", None)

    def progress(left: int) -> None:
        step(f"Deciding what must be hidden, {left:,} proofs to go", -1)

    return publish(internal, policy=policy, earlier=earlier, progress=progress)


def _making(
    asked: Asked, source: Opened, as_of: date, today: date, args: Sequence[str]
) -> Making:
    left_out = [
        f"{m.id} (needs {', '.join(source.lacks(m))})"
        for m in asked.measures
        if source.lacks(m)
    ]
    return Making(
        source=source.name,
        engine=source.on,
        as_of=as_of,
        made_on=today,
        rows=source.rows,
        problems=source.problems,
        left_out=left_out,
        command=_command(asked, args, source),
        software=f"Alongside {_version()}",
        after_earlier=asked.previous is not None,
    )


def _command(asked: Asked, args: Sequence[str], source: Opened) -> str:
    """The command as it was given; files go by their names, and no address leaves."""
    words = [
        source.name if word == asked.source else Path(word).name or word
        for word in args
    ]
    return "alongside measure " + shlex.join(words)


def _version() -> str:
    try:
        return version("alongside")
    except PackageNotFoundError:
        return "from its source"


def _say_problems(source: Opened, console: Console) -> None:
    for sentence in source.problems[:PROBLEMS_SHOWN]:
        console.print(f"  {sentence}", markup=False, highlight=False)
    rest = len(source.problems) - PROBLEMS_SHOWN
    if rest > 0:
        console.print(f"  and {rest} more, which the report lists.")


def done(
    asked: Asked, results: Published, spans: Sequence[Window], as_of: date
) -> list[str]:
    """What was computed, where it is, and what is hidden or could not be."""
    names = {measure_of(name)[0].id for name in results.frame()["measure"].unique()}
    count = "One measure" if len(names) == 1 else f"{len(names)} measures"
    first, last = spans[0].start, spans[-1].end
    say = [
        f"{count}, {first} up to {last}, as of {as_of}.",
        f"Written to {asked.out}.",
    ]
    if results.internal:
        say.append(results.mark)
    else:
        say.append(
            f"{results.hidden} numbers are hidden; {asked.out / INSIDE} says why, and"
            " stays with you."
        )
    if results.exposed:
        whence = (
            "from the release before, whatever this one hides"
            if asked.previous
            else "from what is shown"
        )
        say.append(
            f"{results.exposed} of them can be worked out {whence}. The log marks them"
            " as not protected."
        )
    return say


@contextmanager
def _steps(console: Console) -> Iterator[Callable[[str, int | None], None]]:
    """Show what is being done; a count below none moves the bar by one."""
    columns = (
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)

        def step(what: str, total: int | None) -> None:
            if total is not None and total < 0:
                progress.update(task, advance=1, description=what)
            else:
                progress.reset(task, total=total, description=what)

        yield step
