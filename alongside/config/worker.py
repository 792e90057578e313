"""``alongside worker``: runs the jobs that pages and policies have put off."""

from django.core.management import call_command

from alongside.config import ready
from alongside.config.terminal import in_plain_words


@in_plain_words
def run(args: list[str]) -> int:
    """Run background jobs until stopped; options are those of procrastinate."""
    with ready.application():
        call_command("procrastinate", "worker", *args)
    return 0
