"""What reaches the server's log: what failed and where, never what somebody typed."""

import logging
import traceback
from types import TracebackType


class WithoutWords(logging.Formatter):
    """Writes an exception as its kind and the places it came through.

    Its text may quote a value, and a value may be a name.
    """

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The kind of error, and file and line of each step."""
        kind, _, trace = ei
        if kind is None:
            return ""
        places = [
            f"  {s.filename}:{s.lineno} {s.name}" for s in traceback.extract_tb(trace)
        ]
        return "\n".join([f"{kind.__module__}.{kind.__qualname__}", *places])
