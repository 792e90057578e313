"""FD-4, FD-5, OP-8, OP-9: being there often, and being the same person."""

from __future__ import annotations

from functools import partial

import ibis
import ibis.expr.types as ir

from alongside.measures.days import days_between
from alongside.measures.definition import (
    DAYS,
    PER_30_DAYS,
    PER_YEAR,
    PERCENT,
    Better,
    Measure,
    Summary,
)
from alongside.measures.frames import Frames
from alongside.measures.intervals import Window
from alongside.measures.library.described import also, example, indicator
from alongside.measures.library.relationships import contact_rate
from alongside.measures.library.teamwork import TWO_PEOPLE
from alongside.measures.parts import parts
from alongside.measures.programme import (
    activities,
    attach,
    dated_in_month,
    facts,
    final_day,
    last_day,
    mark,
    merged,
    on_day,
    periods,
    pick,
    rate,
    same_child,
    youth_months,
)

CONTACTS_A_MONTH = 4


def frequent_contact(frames: Frames, window: Window, *, at_liberty: bool) -> ir.Table:
    """Months in full support with at least four contacts in person."""
    months, key = youth_months(frames, window), ("child_id", "month")
    f = facts(frames, "support_level")
    full = merged(f.filter(f.value == "full"))
    months = mark(
        months,
        "full",
        full,
        lambda m, o: [
            m.child_id == o.o_child_id,
            o.o_start <= m.month,
            o.o_end >= m.month_end,
        ],
        key,
    )
    elsewhere = periods(frames, "detention", "hospital", "away")
    months = mark(
        months,
        "elsewhere",
        elsewhere,
        lambda m, o: [
            m.child_id == o.o_child_id,
            o.o_start < m.month_end,
            o.o_end > m.month,
        ],
        key,
    )
    months = months.filter(
        months.full, ~months.elsewhere if at_liberty else months.elsewhere
    )
    a = activities(frames, "contact")
    a = a.filter(a.channel == "in_person").select("child_id", "day")
    months = attach(months, a, dated_in_month, key, times=lambda both: both.count())
    enough = months.times.fill_null(0) >= CONTACTS_A_MONTH
    return parts(months, day=months.month, numerator=enough)


def days_with_worker(frames: Frames, window: Window) -> ir.Table:
    """Days each young person has been with the worker of the last day."""
    day = final_day(frames, window)
    f = on_day(frames, day, "worker")
    f = pick(f, ["child_id"], f.start, f.fact_id)
    return parts(
        f,
        day=ibis.literal(day),
        numerator=days_between(f.start, last_day(frames, window)),
    )


def longest_share(frames: Frames, window: Window) -> ir.Table:
    """Days with the longest-serving worker over days with any, to the end."""
    until = last_day(frames, window)
    f = facts(frames, "worker")
    f = f.filter(f.value.notnull(), f.start < until)
    f = f.mutate(days=days_between(f.start, ibis.least(f.end, ibis.literal(until))))
    each = f.group_by("child_id", "value").aggregate(days=f.days.sum())
    people = each.group_by("child_id").aggregate(
        longest=each.days.max(), every=each.days.sum()
    )
    current = on_day(frames, final_day(frames, window), "worker")
    people = mark(people, "now", current, same_child, ["child_id"])
    people = people.filter(people.now)
    return parts(
        people,
        day=ibis.literal(final_day(frames, window)),
        numerator=people.longest,
        denominator=people.every,
    )


def worker_changes(frames: Frames, window: Window) -> ir.Table:
    """Assignments after the first to another worker, over time with a unit."""
    f = facts(frames, "worker")
    order = [f.start, f.end, f.fact_id]
    f = f.mutate(before=f.value.lag().over(group_by=f.child_id, order_by=order))
    changed = f.filter(f.before.notnull(), f.value.notnull(), f.value != f.before)
    events = changed.select("child_id", day="start", amount=ibis.literal(1))
    return rate(frames, window, events)


_WORKERS = """
    child_id kind   value start_date end_date
    a        unit   u1    2022-10-01 -
    a        worker w1    2022-10-01 2023-06-23
    a        worker w2    2023-06-23 -
"""


_MONTH_ROWS = """
    child_id kind          value start_date end_date
    a        unit          u1    2023-01-01 2023-04-01
    a        support_level full  2023-01-01 2023-04-01
    a        away          -     2023-03-10 2023-03-11
"""


_CONTACTS = "\n".join(
    [
        "child_id kind status activity_date channel",
        *(
            f"a contact completed 2023-0{m}-0{d} in_person"
            for m, d in ((1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3), (3, 1))
        ),
        "a contact completed 2023-02-04 phone",
    ]
)


FD_5 = indicator(
    "FD-5",
    title="Days with the current worker",
    question="How long has the worker been the same?",
    why="Trust starts again with every new worker.",
    numerator="Days with the worker of the last day, each.",
    denominator="Young people with a worker on the last day.",
    unit=DAYS,
    needs=("fact",),
    compute=days_with_worker,
    summary=Summary.MEDIAN,
    example=example("one hundred days", fact=_WORKERS, expect=(100, 1)),
)


MEASURES: list[Measure] = [
    *(
        indicator(
            f"FD-4{suffix}",
            title=title,
            question="Are young people in full support seen four times a month?",
            why="Being there, again and again, is most of the work.",
            numerator="Months with at least four contacts in person.",
            denominator=f"Whole months in full support {where}.",
            unit=PERCENT,
            needs=("fact", "activity"),
            compute=partial(frequent_contact, at_liberty=free),
            example=example(
                "contact in January, too few in February, away in March",
                fact=_MONTH_ROWS,
                activity=_CONTACTS,
                expect=expect,
            ),
        )
        for suffix, title, where, free, expect in (
            ("", "", "at liberty throughout", True, (1, 2)),
            (
                ".elsewhere",
                "Frequent contact while held or away",
                "with any day in detention, in a hospital or away",
                False,
                (0, 1),
            ),
        )
    ),
    FD_5,
    indicator(
        "FD-5.longest_share",
        title="Share of time with the longest-serving worker",
        question="How much of the time was with one and the same worker?",
        why="Trust starts again with every new worker.",
        numerator="Days with the longest-serving worker.",
        denominator="Days with any worker, of those with one on the last day.",
        unit=PERCENT,
        needs=("fact",),
        compute=longest_share,
        example=example("265 of 365 days", fact=_WORKERS, expect=(265, 365)),
    ),
    indicator(
        "FD-5.changes",
        title="Changes of worker",
        question="How often does the worker change?",
        why="Trust starts again with every new worker.",
        numerator="Changes to another worker in the period.",
        denominator="Days with the unit in the period, as years.",
        unit=PER_YEAR,
        needs=("fact",),
        compute=worker_changes,
        better=Better.DOWN,
        example=example("one in a year", fact=_WORKERS, expect=(1, 365)),
    ),
    indicator(
        "OP-8",
        question="How often is the unit in touch with families?",
        why="Family, broadly meant, is there before the unit and after it.",
        numerator="Contacts with family in the period.",
        denominator="Days with the unit in the period, held or away included.",
        unit=PER_30_DAYS,
        needs=("fact", "activity"),
        compute=partial(contact_rate, kind="caregiver_contact"),
        example=example(
            "one in two years together",
            fact=TWO_PEOPLE,
            activity="""
                child_id kind              status    activity_date
                a        caregiver_contact completed 2023-01-10
            """,
            expect=(1, 730),
        ),
    ),
    also(FD_5, "OP-9"),
]
