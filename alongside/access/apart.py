"""What the database keeps apart: of two at one instant, the second is told in words.

A rule looks first and says why not; but two may look at the same instant, before either
has written. The constraint then stops the second, who is told what the rule would say.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction

from alongside.kernel.refusal import Refused

AT_ONCE = (
    "Nothing was saved, because somebody saved the same at this very moment. Open the"
    " page again to see what holds now."
)


@contextmanager
def kept_apart(
    constraint: str, or_say: Callable[[], str | None] = lambda: None
) -> Iterator[None]:
    """Refuse what this constraint stops; ``or_say`` looks again and says who was first.

    Nothing of the block is kept then. What any other constraint stops stays an error.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if constraint_of(error) != constraint:
            raise
        raise Refused(or_say() or AT_ONCE) from error


def one_at_a_time(what: str, key: int) -> None:
    """Wait for whoever does the same for the same unit, until they have saved.

    For where two would not write the same row, so that no constraint can tell.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext(%s), %s::int)", [what, key]
        )


def constraint_of(error: IntegrityError) -> str | None:
    """The name of the constraint that was in the way."""
    diag = getattr(error.__cause__, "diag", None)
    return getattr(diag, "constraint_name", None)
