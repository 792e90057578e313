"""``alongside manage add_agency NAME``: an organisation that works with youth."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from alongside.access.setup import add_agency


class Command(BaseCommand):
    """Agencies are set up by whoever runs the server."""

    help = "Add an agency."

    def add_arguments(self, parser: CommandParser) -> None:
        """A name, and whether it serves people who were harmed."""
        parser.add_argument("name")
        parser.add_argument(
            "--serves-victims",
            action="store_true",
            help="records held only by it are never matched in a look-up",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Add it, or say that it is there."""
        try:
            add_agency(options["name"], serves_victims=options["serves_victims"])
        except IntegrityError as error:
            raise CommandError(f"{options['name']} is there already.") from error
        self.stdout.write(f"{options['name']} was added.")
