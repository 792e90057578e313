"""Days, months and facts for the slow engine: sets of days and plain loops."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta

from alongside.kernel.dates import add_months
from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference.care import episodes
from alongside.measures.reference.extract import Extract, Part

Slow = Callable[[Extract, Window], list[Part]]
FAR = date.max
ONE = timedelta(days=1)


def last(x: Extract, w: Window) -> date:
    """The day after the last one that can be seen."""
    return min(w.end, x.as_of)


def final(x: Extract, w: Window) -> date:
    """The last day that can be seen."""
    return last(x, w) - ONE


def seen(x: Extract, w: Window, day: date | None) -> bool:
    """In the window, and known at the as-of date."""
    return day is not None and w.start <= day < last(x, w)


def known(x: Extract, day: date | None) -> date | None:
    """A day that had come by the as-of date."""
    return day if day is not None and day < x.as_of else None


def moment(x: Extract, at: datetime | None) -> datetime | None:
    """A time that had come by the as-of date."""
    return at if at is not None and at < datetime.combine(x.as_of, time()) else None


def facts(x: Extract, *kinds: str) -> list[Row]:
    """Facts of some kinds with “start” and “end”, at least a day long."""
    found = []
    for row in x.rows["fact"]:
        start, end = known(x, row["start_date"]), known(x, row["end_date"]) or FAR
        if row["kind"] in kinds and start is not None and start < end:
            found.append({**row, "start": start, "end": end})
    return found


def spells(rows: Iterable[Row]) -> list[tuple[date, date]]:
    """Periods of one young person; those that overlap or touch are one."""
    joined: list[tuple[date, date]] = []
    for start, end in sorted((row["start"], row["end"]) for row in rows):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def by_child(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows of each young person."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["child_id"], []).append(row)
    return found


def enrolled(x: Extract) -> dict[str, list[tuple[date, date]]]:
    """When each young person was with a unit."""
    return {c: spells(rows) for c, rows in by_child(facts(x, "unit")).items()}


def span(start: date, end: date) -> Iterator[date]:
    """Every day from one to before another."""
    while start < end:
        yield start
        start += ONE


def days(x: Extract, child: str, kinds: Iterable[str], a: date, b: date) -> set[date]:
    """Every day in [a, b) on which some fact of the kinds was true."""
    found: set[date] = set()
    for row in facts(x, *kinds):
        if row["child_id"] == child:
            found |= set(span(max(row["start"], a), min(row["end"], b)))
    return found


def runs(some: set[date]) -> list[list[date]]:
    """Days in a row."""
    found: list[list[date]] = []
    for day in sorted(some):
        if found and found[-1][-1] + ONE == day:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def on(x: Extract, day: date, *kinds: str) -> list[Row]:
    """Facts that were true on a day."""
    return [f for f in facts(x, *kinds) if f["start"] <= day < f["end"]]


def with_unit(x: Extract, w: Window) -> list[str]:
    """Young people with a unit on the last day."""
    return sorted({f["child_id"] for f in on(x, final(x, w), "unit")})


def sometime(x: Extract, w: Window) -> dict[str, date]:
    """Young people with a unit at any time in the window, and the first such day."""
    found = {}
    for child in enrolled(x):
        here = days(x, child, ["unit"], w.start, last(x, w))
        if here:
            found[child] = min(here)
    return found


def months(x: Extract, w: Window) -> list[tuple[str, date, date]]:
    """Calendar months that young people were with a unit from first to last day."""
    found = []
    month = date(w.start.year, w.start.month, 1)
    while month < last(x, w):
        after = add_months(month, 1)
        if w.start <= month and after <= last(x, w):
            whole = set(span(month, after))
            found += [
                (child, month, after)
                for child in enrolled(x)
                if days(x, child, ["unit"], month, after) == whole
            ]
        month = after
    return found


def activities(x: Extract, *kinds: str) -> list[Row]:
    """Completed activities of some kinds, with “day”."""
    return [
        {**a, "day": a["activity_date"]}
        for a in x.rows["activity"]
        if a["kind"] in kinds
        and a["status"] == "completed"
        and known(x, a["activity_date"])
    ]


def is_enrolled(x: Extract, child: str, day: date) -> bool:
    """Whether someone was with a unit on a day."""
    return any(start <= day < end for start, end in enrolled(x).get(child, []))


def rate(
    x: Extract, w: Window, events: Iterable[tuple[str, date, float]], *minus: str
) -> list[Part]:
    """Events while with a unit in the window; days with it, less days of some facts."""
    parts = [
        Part(child, day, amount, 0)
        for child, day, amount in events
        if seen(x, w, day) and is_enrolled(x, child, day)
    ]
    for child in enrolled(x):
        for run in runs(days(x, child, ["unit"], w.start, last(x, w))):
            held = days(x, child, minus, run[0], run[-1] + ONE)
            parts.append(Part(child, run[0], 0, len(run) - len(held)))
    return parts


def change(
    x: Extract,
    w: Window,
    events: Iterable[tuple[str, date, float]],
    *,
    per: float,
    length: int = 90,
    prior: bool = False,
    held: tuple[str, ...] = (),
) -> list[Part]:
    """The latest rate less the early one, where both have 60 observed days."""
    events = [event for event in events if is_enrolled(x, event[0], event[1])]
    parts = []
    for child, early, latest, fits in stretches(x, w, length, prior):
        exposure = [
            len(days(x, child, ["unit"], *s) - days(x, child, held, *s))
            for s in (early, latest)
        ]
        end = latest[1] - ONE
        if not fits or min(exposure) < 60:
            parts.append(Part(child, end, 0, 0, 1))
            continue
        amounts = [
            sum(n for c, day, n in events if c == child and s[0] <= day < s[1])
            for s in (early, latest)
        ]
        rates = [n / d for n, d in zip(amounts, exposure, strict=True)]
        parts.append(Part(child, end, per * (rates[1] - rates[0]), 1))
    return parts


def stretches(
    x: Extract, w: Window, length: int = 90, prior: bool = False
) -> list[tuple[str, tuple[date, date], tuple[date, date], bool]]:
    """Each young person's early and latest stretch, and whether both fit."""
    found, long = [], timedelta(days=length)
    for child, periods in enrolled(x).items():
        periods = [p for p in periods if p[0] < last(x, w)]
        if not periods:
            continue
        first, ended = periods[0][0], min(periods[-1][1], last(x, w))
        if ended <= w.start:
            continue
        start = ended - 2 * long if prior else first
        early, latest = (start, start + long), (ended - long, ended)
        fits = early[1] <= latest[0] and early[0] >= first
        found.append((child, early, latest, fits))
    return found


def answers(x: Extract, w: Window, form: str) -> dict[str, list[Row]]:
    """Answers of each completed form in the window."""
    found: dict[str, list[Row]] = {}
    for a in x.rows["form_answer"]:
        if a["form"] == form and seen(x, w, a["answered_date"]):
            found.setdefault(a["response_id"], []).append(a)
    return found


def ratings(x: Extract, form: str, items: Iterable[str] | None = None) -> list[Row]:
    """Answers with a value about a named young person, with “day”."""
    return [
        {**a, "day": a["answered_date"]}
        for a in x.rows["form_answer"]
        if a["form"] == form
        and a["child_id"] is not None
        and a["value"] is not None
        and known(x, a["answered_date"])
        and (items is None or a["item"] in items)
    ]


def pairs(
    x: Extract, w: Window, rows: Iterable[Row], *keys: str
) -> list[tuple[Row, Row | None]]:
    """The first row of each key, and the latest in the window if on a later day."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        if row["day"] < last(x, w):
            groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    found: list[tuple[Row, Row | None]] = []
    for group in groups.values():
        group.sort(key=lambda row: (row["day"], row["response_id"]))
        first = group[0]
        later = [r for r in group if seen(x, w, r["day"]) and r["day"] > first["day"]]
        if later:
            found.append((first, later[-1]))
        elif first["day"] >= add_months(w.start, -12):
            found.append((first, None))
    return found


def pair_part(pair: tuple[Row, Row | None], numerator: float, told: bool) -> Part:
    """A pair's part: counted when told, else unknown."""
    first, latest = pair
    day = (latest or first)["day"]
    return Part(first["child_id"], day, numerator if told else 0, told, not told)


def in_care(x: Extract, w: Window, least: int = 0) -> dict[str, int]:
    """Children in care on the last day for so many days, with their age."""
    day, found = final(x, w), {}
    for e in episodes(x, federal=True):
        if e.entry <= day < e.end and (day - e.entry).days + 1 >= least:
            born = x.birth(e.child_id)
            if born is not None:
                birthday = (day.month, day.day) >= (born.month, born.day)
                found[e.child_id] = day.year - born.year - (not birthday)
    return found
