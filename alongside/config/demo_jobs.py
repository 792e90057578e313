"""The demo's background worker: a thread of the demo, so it ends when the demo does."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any

from procrastinate.contrib.django import app


@contextmanager
def working() -> Iterator[None]:
    """Run jobs for the length of the block, and let a running one finish."""
    loop = asyncio.new_event_loop()
    work = loop.create_task(_work())
    thread = Thread(target=_run, args=(loop, work), daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(work.cancel)
        thread.join()


async def _work() -> None:
    # A second view of the same jobs: pages go on deferring theirs through Django's
    # connection, inside their own transaction.
    connector: Any = app.connector  # Django's, which its type does not say
    own = app.with_connector(connector.get_worker_connector())
    async with own.open_async():
        await own.run_worker_async(install_signal_handlers=False)


def _run(loop: asyncio.AbstractEventLoop, work: "asyncio.Task[None]") -> None:
    with suppress(asyncio.CancelledError):
        loop.run_until_complete(work)
    loop.close()
