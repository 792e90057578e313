"""``alongside manage add_person EMAIL NAME ROLE``: somebody who signs in."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from alongside.access.models import Agency, Role, Unit
from alongside.access.setup import add_person
from alongside.kernel import clock


class Command(BaseCommand):
    """People are added by whoever runs the server; nobody signs up."""

    help = "Add a person with a role in a unit or an agency; asks for a first password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, in which role, and where."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("role", help="a role's code, such as officer")
        home = parser.add_mutually_exclusive_group(required=True)
        home.add_argument("--unit")
        home.add_argument("--agency")
        parser.add_argument(
            "--sensitive", action="store_true", help="sees sensitive details"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Add them, or say what stands in the way."""
        _insist_on_role(options["role"])
        unit = agency = None
        if options["unit"]:
            unit = Unit.objects.using("owner").filter(name=options["unit"]).first()
        else:
            agency = (
                Agency.objects.using("owner").filter(name=options["agency"]).first()
            )
        if unit is None and agency is None:
            named = options["unit"] or options["agency"]
            raise CommandError(f"There is no unit or agency {named}. Add it first.")
        password = getpass("First password: ")
        try:
            validate_password(password)
            add_person(
                options["email"],
                options["name"],
                options["role"],
                since=clock.now(),
                unit=unit,
                agency=agency,
                in_circle=options["sensitive"],
                password=password,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except IntegrityError as error:
            raise CommandError(f"{options['email']} has an account.") from error
        self.stdout.write(f"{options['name']} can sign in now.")


def _insist_on_role(code: str) -> None:
    roles = Role.objects.using("owner").order_by("code").values_list("code", flat=True)
    if code not in roles:
        raise CommandError(
            f"There is no role {code}. Choose one of: {', '.join(roles)}."
        )
