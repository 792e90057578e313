"""Long imports are written by the worker, as whoever asked for it."""

from datetime import datetime

from alongside.access.actor import Actor
from alongside.access.jobs import task
from alongside.exchange import actions
from alongside.exchange.models import ImportRun


@task("exchange.bring_in")
def bring_in(*, by: Actor, at: datetime, run_id: int, ready_only: int) -> None:
    """Bring one import in, all of it or none."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is not None:
        actions.commit_in_turn(run, by=by, at=at, ready_only=bool(ready_only))
