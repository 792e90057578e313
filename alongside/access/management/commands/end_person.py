"""``alongside manage end_person EMAIL``: somebody who leaves."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.access.models import User
from alongside.access.setup import end_person
from alongside.kernel import clock


class Command(BaseCommand):
    """People are let go by whoever runs the server, as they are added."""

    help = "Let a person go: they are signed out, and can sign in and see nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Let them go, or say that there is nobody of this email."""
        try:
            user = end_person(options["email"], at=clock.now())
        except User.DoesNotExist as error:
            raise CommandError(
                f"Nobody here has the email {options['email']}. Nothing was changed."
            ) from error
        self.stdout.write(
            f"{user.name} is signed out everywhere and cannot sign in any more."
            " What they wrote stays."
        )
