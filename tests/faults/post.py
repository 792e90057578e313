"""A post office of the tests: a letter is a file, and a held one does not leave.

In the folder ``POST_OFFICE``, a file ``hold`` names an address and says whether its
letter is held before it leaves or after; ``held`` appears once it is.
"""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Office(BaseEmailBackend):
    """Takes letters one at a time."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put each into the folder, unless it is held."""
        for letter in email_messages:
            self._hold(letter, "before")
            text = letter.message().as_string()
            (_folder() / f"{uuid4()}.letter").write_text(text)
            self._hold(letter, "after")
        return len(email_messages)

    def _hold(self, letter: EmailMessage, when: str) -> None:
        order = _folder() / "hold"
        while order.exists() and order.read_text() == f"{letter.to[0]} {when}":
            (_folder() / "held").touch()
            time.sleep(0.05)


def _folder() -> Path:
    return Path(os.environ["POST_OFFICE"])
