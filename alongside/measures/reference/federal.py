"""The federal measures, rule by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from alongside.kernel.dates import add_months
from alongside.measures.codelists import PERMANENCY, RE_ENTRY_EXITS
from alongside.measures.example import Row
from alongside.measures.intervals import Window
from alongside.measures.reference.care import Episode, Stay, episodes, stays
from alongside.measures.reference.extract import Extract, Part


def inside(window: Window, day: date | None) -> bool:
    """Whether a day lies in the window (G1)."""
    return day is not None and window.start <= day < window.end


def reporting_period(day: date) -> int:
    """Which half-year of the federal files a day falls in (G8)."""
    return (day.year * 12 + day.month - 1 - 9) // 6


def back_in_same_period(extract: Extract, episode: Episode, left: date) -> bool:
    """Whether the child returned in the reporting period of the exit."""
    if not extract.options.same_period or episode.next is None:
        return False
    return reporting_period(left) == reporting_period(episode.next.entry)


def victim_reports(extract: Extract) -> dict[str, list[Row]]:
    """Victim reports by child (V1 to V3), in order of date and identifier."""
    found = defaultdict(list)
    for row in extract.rows["report"]:
        reported, child = row["report_date"], row["child_id"]
        if row["screened_in"] is not True or row["disposition"] != "substantiated":
            continue
        if reported is None or reported >= extract.as_of:
            continue
        born, adult = extract.birth(child), extract.adult_on(child)
        if born is None or adult is None or not born <= reported < adult:
            continue
        incident = row["incident_date"]
        if incident is not None and incident > reported:
            incident = None
        found[child].append({**row, "incident_date": incident})
    for rows in found.values():
        rows.sort(key=lambda row: (row["report_date"], row["report_id"]))
    return found


def four_s1(extract: Extract, window: Window) -> list[Part]:
    """4-S1: reports during care, over days in care."""
    parts = []
    victims = victim_reports(extract)
    by_child = defaultdict(list)
    until = min(window.end, extract.as_of)
    for episode in episodes(extract, federal=True):
        days = (min(episode.end, until) - max(episode.entry, window.start)).days
        if not episode.brief:
            by_child[episode.child_id].append(episode)
            if days > 0:
                day = max(episode.entry, window.start)
                parts.append(Part(episode.child_id, day, 0, days))
    for child, care in by_child.items():
        last_counted = date.min
        for report in victims.get(child, []):
            reported = report["report_date"]
            where = _episode_of(report, care, extract.options.s1_first_days)
            if where is None or not inside(window, reported):
                continue
            if last_counted == date.min or (reported - last_counted).days > 1:
                last_counted = reported
                parts.append(Part(child, max(where.entry, window.start), 1, 0))
    return parts


def _episode_of(report: Row, care: list[Episode], first: int) -> Episode | None:
    for episode in care:
        reported, incident = report["report_date"], report["incident_date"]
        late_enough = reported >= episode.entry + timedelta(days=first)
        here = incident is None or episode.entry <= incident < episode.end
        if late_enough and reported < episode.end and here:
            return episode
    return None


def four_s2(extract: Extract, window: Window) -> list[Part]:
    """4-S2: another victim report after the initial one."""
    parts = []
    for child, reports in victim_reports(extract).items():
        initial = next((r for r in reports if inside(window, r["report_date"])), None)
        if initial is None:
            continue
        start = initial["report_date"]
        again = any(
            row["report_date"] > start + timedelta(days=14)
            and extract.within(row["report_date"], start, 12)
            and (
                initial["incident_date"] is None
                or row["incident_date"] != initial["incident_date"]
            )
            for row in reports
        )
        parts.append(Part(child, start, again, 1))
    return parts


def four_p1(extract: Extract, window: Window) -> list[Part]:
    """4-P1: permanency within twelve months of entry."""

    def judge(episode: Episode) -> Part | None:
        left = _adjusted_exit(extract, episode)
        soon = left is not None and extract.within(left, episode.entry, 12)
        if soon and episode.reason is None:
            return None
        if soon and left and back_in_same_period(extract, episode, left):
            return None
        permanent = soon and episode.reason in PERMANENCY
        return Part(episode.child_id, episode.entry, permanent, 1)

    return _first_per_child(_entries(extract, window), judge)


def _entries(extract: Extract, window: Window) -> list[Episode]:
    """Episodes that began in the window and were not brief."""
    return [
        e
        for e in episodes(extract, federal=True)
        if inside(window, e.entry) and not e.brief
    ]


def _first_per_child(
    found: Iterable[Episode], judge: Callable[[Episode], Part | None]
) -> list[Part]:
    """The first episode of each child that the rules leave in."""
    first: dict[str, Part] = {}
    for episode in found:
        if episode.child_id not in first:
            part = judge(episode)
            if part is not None:
                first[episode.child_id] = part
    return list(first.values())


def _adjusted_exit(extract: Extract, episode: Episode) -> date | None:
    """The exit without trial-home-visit days beyond thirty (P1-6)."""
    if episode.exit is None or episode.reason != "reunification":
        return episode.exit
    ordered = stays(extract, episode)
    visit_start = episode.exit
    for stay in reversed(ordered):
        if stay.setting != "trial_home_visit" or stay.end < visit_start:
            break
        visit_start = stay.start
    days = (episode.exit - visit_start).days
    return episode.exit - timedelta(days=max(0, days - 30))


def three_p4(extract: Extract, window: Window) -> list[Part]:
    """3-P4: returns among entries that went home within twelve months."""

    def judge(episode: Episode) -> Part | None:
        left = episode.exit
        soon = left is not None and extract.within(left, episode.entry, 12)
        if soon and episode.reason is None:
            return None
        if soon and left and back_in_same_period(extract, episode, left):
            return None
        if not soon or episode.reason not in RE_ENTRY_EXITS or left is None:
            return Part(episode.child_id, episode.entry, 0, 0)
        return Part(episode.child_id, episode.entry, _back(extract, episode, left), 1)

    return _first_per_child(_entries(extract, window), judge)


def _back(extract: Extract, episode: Episode, left: date) -> bool:
    return episode.next is not None and extract.within(episode.next.entry, left, 12)


def four_p2(extract: Extract, window: Window) -> list[Part]:
    """4-P2: in care twelve up to twenty-four months on the first day."""
    return _in_care(extract, window, 12, 24)


def four_p3(extract: Extract, window: Window) -> list[Part]:
    """4-P3: in care twenty-four months or more on the first day."""
    return _in_care(extract, window, 24, None)


def _in_care(
    extract: Extract, window: Window, least: int, below: int | None
) -> list[Part]:
    parts = []
    for episode in episodes(extract, federal=True):
        adult = extract.adult_on(episode.child_id)
        present = episode.entry <= window.start < episode.end
        if not present or adult is None or adult <= window.start:
            continue
        if add_months(episode.entry, least) > window.start:
            continue
        if below is not None and add_months(episode.entry, below) <= window.start:
            continue
        left = episode.exit if inside(window, episode.exit) else None
        if left and episode.reason is None:
            continue
        if left and back_in_same_period(extract, episode, left):
            continue
        permanent = left is not None and episode.reason in PERMANENCY
        parts.append(Part(episode.child_id, window.start, permanent, 1))
    return parts


def four_p4(extract: Extract, window: Window) -> list[Part]:
    """4-P4: returns within twelve months of going home."""

    def judge(episode: Episode) -> Part | None:
        left = episode.exit
        if left is None or back_in_same_period(extract, episode, left):
            return None
        return Part(episode.child_id, left, _back(extract, episode, left), 1)

    left = [
        e
        for e in episodes(extract, federal=True)
        if inside(window, e.exit) and e.reason in RE_ENTRY_EXITS
    ]
    return _first_per_child(left, judge)


def four_p5(extract: Extract, window: Window) -> list[Part]:
    """4-P5: moves between homes, over days in care with a known placement."""
    parts = []
    for episode in _entries(extract, window):
        ordered = stays(extract, episode)
        until = min(episode.end, window.end, extract.as_of)
        days = {
            day
            for stay in ordered
            for day in range(stay.start.toordinal(), min(stay.end, until).toordinal())
        }
        moves = _moves(extract, ordered, window)
        parts.append(Part(episode.child_id, episode.entry, moves, len(days)))
    return parts


def _moves(extract: Extract, ordered: list[Stay], window: Window) -> int:
    homes = [s for s in ordered if s.setting not in extract.options.non_move_settings]
    return sum(
        later.start < extract.as_of
        and inside(window, later.start)
        and (later.home_id is None or later.home_id != earlier.home_id)
        for earlier, later in zip(homes, homes[1:], strict=False)
    )
