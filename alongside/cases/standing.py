"""How a unit's young people stand on two days, in as few words as can be counted."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from django.db import connection


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one young person stays and stayed; None on a day without support."""

    youth_id: int
    sort_key: str
    stay_kind: str | None
    stay_kind_then: str | None
    level: str | None
    officer_id: int | None


def standing(unit_id: int, day: date, then: date) -> list[Standing]:
    """Whom a unit supports on a day or an earlier one, by family name: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"unit": unit_id, "day": day, "then": then})
        return [Standing(*row) for row in cursor.fetchall()]


@cache
def _statement() -> str:
    return files("alongside.cases").joinpath("queries/standing.sql").read_text()
