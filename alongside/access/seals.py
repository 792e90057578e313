"""Sealing the log by day: each digest holds the one before, so none can change."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import connections, transaction

from alongside.access.models import LogSeal

# A request that began before midnight may still write; after a day, none does.
_SETTLED = timedelta(days=2)
_FIRST = "0" * 64
_ROWS = (
    "select id, row_to_json(l)::text from access_logentry l where day = %s order by id"
)


def seal(at: datetime, *, using: str = "owner") -> int:
    """Seal every settled day that has entries and no seal yet; how many."""
    last = (at - _SETTLED).date()
    made = 0
    with transaction.atomic(using=using):
        seals = LogSeal.objects.using(using).order_by("day")
        newest = seals.last()
        chain = newest.digest if newest else _FIRST
        for day in _days(using, newest.day if newest else None, last):
            entries, last_id, chain = _digest(using, day, chain)
            seals.create(
                day=day,
                entries=entries,
                last_entry_id=last_id,
                digest=chain,
                sealed_at=at,
            )
            made += 1
    return made


def broken(*, using: str = "owner") -> Iterator[str]:
    """What no longer agrees with its seal, a sentence each."""
    chain = _FIRST
    for sealed in LogSeal.objects.using(using).order_by("day"):
        entries, _, digest = _digest(using, sealed.day, chain)
        if entries != sealed.entries:
            yield (
                f"{sealed.day}: {sealed.entries} lines were sealed and {entries} are"
                " there now."
            )
        elif digest != sealed.digest:
            yield f"{sealed.day}: a line was changed after it was sealed."
        chain = sealed.digest
    yield from _slipped_in(using)


def _slipped_in(using: str) -> Iterator[str]:
    """Days before the newest seal that have lines and no seal: nobody sealed those."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "select day, count(*) from access_logentry l"
            " where day < (select max(day) from access_logseal) and not exists"
            " (select from access_logseal s where s.day = l.day)"
            " group by day order by day"
        )
        for day, lines in cursor.fetchall():
            were = "1 line was" if lines == 1 else f"{lines} lines were"
            yield f"{day}: {were} added after later days had been sealed."


def _days(using: str, after: date | None, last: date) -> list[date]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "select distinct day from access_logentry"
            " where day > coalesce(%s::date, '-infinity'::date) and day <= %s"
            " order by day",
            [after, last],
        )
        return [day for (day,) in cursor.fetchall()]


def _digest(using: str, day: date, before: str) -> tuple[int, int, str]:
    digest, entries, last_id = sha256(before.encode()), 0, 0
    with connections[using].cursor() as cursor:
        cursor.execute(_ROWS, [day])
        for number, text in cursor:
            digest.update(text.encode() + b"\n")
            entries, last_id = entries + 1, number
    return entries, last_id, digest.hexdigest()
