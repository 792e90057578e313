"""Run in a process of its own: makes what a fault test starts from, or counts.

python -m tests.faults.scene make     the tables, the cast and one youth: their refs
python -m tests.faults.scene count    how often each text was kept
python -m tests.faults.scene import   a small import that the worker has to bring in
python -m tests.faults.scene long     a long import, rehearsed: its ref
python -m tests.faults.scene letters  a session whose agenda three agencies are told of
"""

import json
import sys
from collections import Counter
from datetime import timedelta
from random import Random
from typing import Any

from alongside.config import ready

SMALL, LONG = 40, 1_200  # more than wait for an answer, when both were brought in
AGENCIES = {
    "Harbor": "a@harbor.example",
    "Quay": "b@quay.example",
    "Mole": "c@mole.example",
}
_SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]


def main() -> None:
    """Do what the one argument says."""
    scenes = {
        "make": _make,
        "count": _count,
        "import": _import,
        "long": _long,
        "letters": _letters,
    }
    with ready.application():
        sys.stdout.write(json.dumps(scenes[sys.argv[1]]()) + "\n")


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
    people = {key: str(cast.user(key).ref) for key in ("amara", "coordinator")}
    return {**people, "youth": str(youth.ref)}


def _count() -> dict[str, int]:
    from alongside.access.actor import acting_as
    from alongside.cases.models import CoverNote
    from alongside.kernel import clock
    from tests import cast

    with acting_as(cast.user("amara"), clock.now()):
        return Counter(CoverNote.objects.values_list("text", flat=True))


def _import() -> dict[str, int]:
    from alongside.access.actor import acting_as
    from alongside.exchange import actions, jobs
    from alongside.kernel import clock
    from tests import cast

    at = clock.now()
    with acting_as(cast.user("coordinator"), at) as by:
        run = actions.start_import([_caseload(SMALL)], by=by, at=at)
        run = actions.wait_for_worker(run, by=by, ready_only=True)
        jobs.bring_in.later(by.user_id, run_id=run.pk, ready_only=1)
    return {"run": run.pk}


def _long() -> dict[str, Any]:
    from alongside.access.actor import acting_as
    from alongside.exchange import actions, rules
    from alongside.kernel import clock
    from tests import cast

    at = clock.now()
    with acting_as(cast.user("coordinator"), at) as by:
        run = actions.start_import([_caseload(LONG)], by=by, at=at)
        counts = actions.rehearse(run, by=by).counts()
    return {"run": str(run.ref), "long": rules.takes_long(counts)}


def _letters() -> dict[str, int]:
    from alongside.access.actor import acting_as
    from alongside.access.setup import add_agency
    from alongside.kernel import clock
    from alongside.meetings import actions
    from alongside.meetings.jobs import agenda_links
    from alongside.meetings.models import Invitation
    from tests import cast

    at = clock.now()
    invited = Invitation.objects.using("owner").exists()
    places = {} if invited else {name: add_agency(name) for name in AGENCIES}
    with acting_as(cast.user("coordinator"), at) as by:
        day = at.astimezone(by.zone).date()
        for name, agency in places.items():
            actions.invite(agency, by=by, at=at, starts=day, email=AGENCIES[name])
        session = actions.plan_meeting(
            by=by,
            at=at,
            day=day,
            starts_at=at,
            ends_at=at + timedelta(hours=1),
            place="Room B",
            capacity=10,
        )
        agenda_links.later(by.user_id, meeting_id=session.pk)
    return {"session": session.pk}


def _caseload(rows: int) -> tuple[str, bytes]:
    """A caseload of so many young people, no two of them alike, in none before."""
    from alongside.exchange.models import ImportRun

    before = ImportRun.objects.count()
    first = 100_000 + 10_000 * before
    chance = Random(before)
    lines = ["Last, First;DOB;PDJ #;DPO;Placement;Support lvl"]
    for number in range(rows):
        name = f"{_name(chance)}, {_name(chance)}"
        born = f"{number % 12 + 1}/{number % 28 + 1}/{2006 + number % 8}"
        lines.append(f"{name};{born};{first + number};Amara Okafor;home;full")
    return f"caseload-{rows}.csv", "\n".join(lines).encode()


def _name(chance: Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=4)).title()


if __name__ == "__main__":
    main()
