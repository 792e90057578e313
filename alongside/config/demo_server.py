"""The demo's web server: one process, a thread per visitor, only on this machine.

A production server runs several processes; one is what a killed demo leaves nothing
of.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Self

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from alongside.config.terminal import Trouble

_HOST = "127.0.0.1"


class DemoServer(ThreadedWSGIServer):
    """Django's own threaded server, listening before there is anything to serve."""

    @classmethod
    @contextmanager
    def listening(cls, port: int) -> Iterator[Self]:
        """Take the port for the length of the block, or say how to take another."""
        try:
            server = cls((_HOST, port), WSGIRequestHandler)
        except OverflowError:
            raise Trouble(f"There is no port {port}: give one up to 65535.") from None
        except OSError as error:
            busy = error.errno == errno.EADDRINUSE
            reason = "is in use by another program" if busy else "cannot be used here"
            raise Trouble(
                f"Port {port} {reason}. Choose another: alongside demo --port 8001"
                " (make demo PORT=8001)."
            ) from error
        with server:
            yield server

    @property
    def address(self) -> str:
        """What to type into a browser."""
        return f"http://{_HOST}:{self.server_port}"

    @contextmanager
    def in_background(self) -> Iterator[None]:
        """Serve from another thread for the length of the block."""
        thread = Thread(target=self.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.shutdown()
            thread.join()
