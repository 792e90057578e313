"""Run in a process of its own: makes the tables, the cast and one youth, or counts.

python -m tests.faults.scene make     prints the references of Amara and the youth
python -m tests.faults.scene count    prints how often each text was kept
"""

import json
import sys
from collections import Counter

from alongside.config import ready


def main() -> None:
    """Do what the one argument says."""
    with ready.application():
        answer = {"make": _make, "count": _count}[sys.argv[1]]()
        sys.stdout.write(json.dumps(answer) + "\n")


def _make() -> dict[str, str]:
    from django.core.management import call_command

    from alongside.access.actor import acting_as
    from alongside.access.models import Grant
    from alongside.kernel import clock
    from alongside.people.actions import open_youth
    from tests import cast

    call_command("migrate", database="owner", verbosity=0)
    cast.make("owner")
    amara, at = cast.user("amara"), clock.now()
    with acting_as(amara, at) as by:
        youth = open_youth(
            by=by, at=at, because=Grant.Because.ENROLMENT, given_name="Joaquín"
        )
    return {"amara": str(amara.ref), "youth": str(youth.ref)}


def _count() -> dict[str, int]:
    from alongside.access.actor import acting_as
    from alongside.cases.models import CoverNote
    from alongside.kernel import clock
    from tests import cast

    with acting_as(cast.user("amara"), clock.now()):
        return Counter(CoverNote.objects.values_list("text", flat=True))


if __name__ == "__main__":
    main()
