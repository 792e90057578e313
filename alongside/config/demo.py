"""``alongside demo``: one command from a fresh checkout to a working unit."""

import argparse
import fcntl
import importlib
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from wsgiref.types import WSGIApplication

from django.core.management import call_command

from alongside.config import demo_check, demo_jobs, ready
from alongside.config.database import DATA_FOLDER, data_folder, is_embedded
from alongside.config.demo_server import DemoServer
from alongside.config.terminal import Trouble, in_plain_words, say, step

_ASSETS = Path(__file__).parents[1] / "web/static/vendor/uswds/css/uswds.min.css"
_UNIT = "alongside.config.demo_unit"


@in_plain_words
def run(args: list[str]) -> int:
    """Build a simulated unit, once, and serve it on this machine."""
    options = _parser().parse_args(args)
    # Both are refused on any other machine; see the system checks.
    os.environ["ALONGSIDE_DEMO"] = os.environ["ALONGSIDE_DEBUG"] = "1"
    if options.data:
        os.environ[DATA_FOLDER] = str(options.data.resolve())
    _insist_on_assets()
    # A service manager's stop is a person's Ctrl-C: the database stops in order.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as stack:
        # Taken first, so that a busy port or folder is told before the long work.
        server = stack.enter_context(DemoServer.listening(options.port))
        if is_embedded(os.environ):
            stack.enter_context(_alone_in(data_folder(os.environ)))
        with step("Starting the database"):
            stack.enter_context(ready.application())
        _build()
        server.application = _application()
        return _check(server) if options.check else _serve(server)


def _application() -> WSGIApplication:
    from alongside.config.wsgi import application  # loads every page: not before this

    return application


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("alongside demo", description=run.__doc__)
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="where the demo keeps its database"
    )
    parser.add_argument("--port", type=int, default=8000, metavar="N")
    parser.add_argument(
        "--check",
        action="store_true",
        help="open every section as every persona, say what failed, and stop",
    )
    return parser


def _insist_on_assets() -> None:
    if not _ASSETS.exists():
        raise Trouble(
            "The style sheets and scripts are not built. Run “make demo”, or, with"
            " npm: npm ci && npm run build"
        )


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Refuse a second demo on one folder; the lock dies with its process."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "demo").open("w")
    except OSError as error:
        raise Trouble(
            f"The data folder {folder} cannot be used: {error.strerror}. Choose"
            " another with --data."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(
                f"Another demo is running on {folder}. Use that one, stop it, or give"
                " this one a folder of its own with --data."
            ) from None
        yield


def _build() -> None:
    with step("Bringing the tables up to date"):
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    importlib.import_module(_UNIT).load(say)


def _serve(server: DemoServer) -> int:
    say(f"\nAlongside is on {server.address}\nPress Ctrl-C to stop; the data is kept.")
    try:
        with demo_jobs.working():
            server.serve_forever()
    except KeyboardInterrupt:
        say("\nStopped.")
    return 0


def _check(server: DemoServer) -> int:
    with server.in_background():
        failures = demo_check.walk(server.address, say)
    if failures:
        raise Trouble("\n".join(failures))
    say("Every section opens for every persona.")
    return 0
