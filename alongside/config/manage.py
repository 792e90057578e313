"""``alongside manage``: Django's commands, each under the login that may run it."""

from django.core.management import execute_from_command_line

from alongside.config import ready
from alongside.config.terminal import in_plain_words

# They change the schema or look into it; the web login owns none of it.
_OWNERS_COMMANDS = {"flush", "migrate", "showmigrations", "sqlflush"}


@in_plain_words
def run(args: list[str]) -> int:
    """Run one Django management command."""
    with ready.application():
        execute_from_command_line(["alongside manage", *as_owner_if_needed(args)])
    return 0


def as_owner_if_needed(args: list[str]) -> list[str]:
    """The same command, on the owner's database where it needs the owner."""
    chosen = any(arg.split("=")[0] == "--database" for arg in args)
    if args and args[0] in _OWNERS_COMMANDS and not chosen:
        return [args[0], "--database", "owner", *args[1:]]
    return args
