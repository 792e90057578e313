"""``alongside manage seal_log``: seal the days of the log that are over."""

from typing import Any

from django.core.management.base import BaseCommand

from alongside.access.seals import seal
from alongside.kernel import clock


class Command(BaseCommand):
    """Run once a day."""

    help = "Seal each day of the log that is over, so that no line can be changed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many days were sealed."""
        self.stdout.write(f"{seal(clock.now())} days were sealed.")
