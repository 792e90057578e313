"""Long imports are written as whoever asked for it; forgotten ones are cleared away."""

from datetime import datetime

from django.conf import settings

from alongside.access.actor import Actor
from alongside.access.jobs import every, task
from alongside.exchange import actions
from alongside.exchange.lapse import let_lapse
from alongside.exchange.models import ImportRun
from alongside.kernel import clock


@task("exchange.bring_in")
def bring_in(*, by: Actor, at: datetime, run_id: int, ready_only: int) -> None:
    """Bring one import in, all of it or none."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is not None:
        actions.commit_in_turn(run, by=by, at=at, ready_only=bool(ready_only))


@every("40 3 * * *", "exchange.clear_away")
def clear_away(at: datetime) -> None:
    """Each night: what nobody brought in in time keeps its line, and nothing else."""
    # However late it runs, the log says when it did.
    let_lapse(at - settings.IMPORTS_KEPT, at=clock.now())
