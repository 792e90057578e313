"""``alongside manage verify_log``: hold the log against its seals."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.access.seals import broken


class Command(BaseCommand):
    """Exit 1 and name the days when a line was changed, removed or slipped in."""

    help = "Say whether any line of the log was changed, removed or added later."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what no longer agrees."""
        if found := list(broken()):
            raise CommandError("\n".join(found))
        self.stdout.write("Every sealed day of the log is as it was.")
