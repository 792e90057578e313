"""``migrate``, then the policies and the reference rows: none is ever forgotten."""

from typing import Any

from django.core.management.commands import migrate

from alongside.access import policies, reference_rows


class Command(migrate.Command):
    """Bring the tables up to date, then say again who may see their rows."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Run as the owner; a partial migration is for repairs and gets none."""
        result = super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"] or options["app_label"]):
            policies.apply(options["database"])
            reference_rows.load(options["database"])
        return result
