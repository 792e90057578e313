"""``alongside manage add_unit AGENCY NAME``: a team that carries cases together."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from alongside.access.models import Agency
from alongside.access.setup import add_unit


class Command(BaseCommand):
    """Units are set up by whoever runs the server."""

    help = "Add a unit to an agency."

    def add_arguments(self, parser: CommandParser) -> None:
        """Its agency, its name, and the zone its clocks are in."""
        parser.add_argument("agency")
        parser.add_argument("name")
        parser.add_argument("--time-zone", default="America/Los_Angeles")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add it, or say what stands in the way."""
        agency = Agency.objects.using("owner").filter(name=options["agency"]).first()
        if agency is None:
            raise CommandError(
                f"There is no agency {options['agency']}. Add it first:"
                f" alongside manage add_agency “{options['agency']}”"
            )
        try:
            ZoneInfo(options["time_zone"])
            add_unit(agency, options["name"], time_zone=options["time_zone"])
        except (KeyError, ValueError) as error:
            raise CommandError(
                f"{options['time_zone']} is no time zone. Write one such as"
                " America/Los_Angeles."
            ) from error
        except IntegrityError as error:
            raise CommandError(f"{agency} has a unit {options['name']}.") from error
        self.stdout.write(f"{options['name']} was added to {agency}.")
