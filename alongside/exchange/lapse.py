"""Imports that nobody brought in: their workbooks do not stay for ever."""

from datetime import datetime

from django.db import connection


def let_lapse(chosen_before: datetime, *, at: datetime) -> int:
    """End every unit's imports begun before this and not brought in; how many.

    The clock does it and no person, for units in which nobody may any more too, so it
    is a function of the database's. Files, first values and answers go, the line stays.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select exchange_let_lapse(%s::timestamptz, %s::timestamptz)",
            [chosen_before, at],
        )
        (lapsed,) = cursor.fetchone()
    return int(lapsed)
