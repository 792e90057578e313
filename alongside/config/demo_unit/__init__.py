"""A simulated unit: everyone is made up, and all of it goes through the actions."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection, connections

from alongside.access import policies, reference_rows
from alongside.access.models import Unit
from alongside.config.demo_unit import team
from alongside.config.demo_unit.lives import lives
from alongside.config.demo_unit.telling import Telling
from alongside.config.demo_unit.today import set_up_today
from alongside.kernel import clock

_EVERY = 20
_WHOLE = "the simulated unit is whole"


def load(say: Callable[[str], None]) -> None:
    """Build the unit, once; one whose building was interrupted is built anew."""
    if _is_whole():
        return
    if Unit.objects.filter(name=team.BRIDGE).exists():
        say("The last start was interrupted; beginning again.")
        call_command("flush", database="owner", interactive=False, verbosity=0)
        reference_rows.load("owner")
    now = clock.now()
    say("Making up a unit: its people, and eighteen months of their work ...")
    people = team.make(now)
    telling = Telling(people, now)
    telling.sessions()
    everyone = lives(telling.today)
    for number, life in enumerate(everyone, 1):
        telling.tell(life)
        if number % _EVERY == 0:
            say(f"  {number} of {len(everyone)} young people")
    set_up_today(telling)
    _date_history()
    _mark_whole()


def _is_whole() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select obj_description('public'::regnamespace)")
        (said,) = cursor.fetchone()
    return bool(said == _WHOLE)


def _mark_whole() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"comment on schema public is '{_WHOLE}'")


def _date_history() -> None:
    """History says when something was done, not when the demo was built."""
    with connections["owner"].cursor() as cursor:
        for model in policies.our_models():
            if policies.is_history(model):
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(
                    f"update {table} set pgh_created_at ="  # noqa: S608 (our tables)
                    " (pgh_context->>'at')::timestamptz where pgh_context ? 'at'"
                )
