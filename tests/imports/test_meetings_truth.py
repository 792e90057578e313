"""The MDT calendar, month by month, held against what its keepers say it means."""

from collections import Counter
from typing import Any

from alongside.exchange.imports import DryRun, Layout, Meeting

FILE = "mdt_calendar.xlsx"


def keys(truth: dict[str, Any], run: DryRun) -> dict[str, str]:
    """The truth's name for each record's key, by the rows they share."""
    rows = {(p.file, p.sheet, p.row): r.key for r in run.youth for p in r.places}
    return {
        key: youth["id"]
        for youth in truth["youth"]
        for row in youth["rows"]
        if (key := rows.get((row["file"], row["sheet"], row["row"])))
    }


def by_place(run: DryRun) -> dict[tuple[str, str, int | None], Meeting]:
    return {(m.place.sheet, m.place.cell, m.place.line): m for m in run.meetings}


def as_read(meeting: Meeting, ids: dict[str, str]) -> tuple[object, ...]:
    return (
        meeting.date.isoformat() if meeting.date else None,
        ids[meeting.youth] if meeting.youth else None,
        meeting.type,
        meeting.status,
        meeting.time.strftime("%H:%M") if meeting.time else None,
    )


def as_meant(meeting: dict[str, Any]) -> tuple[object, ...]:
    return tuple(meeting[one] for one in ("date", "youth", "type", "status", "time"))


def months(county: Any, layout: Layout) -> set[str]:
    return {
        section.sheet.name
        for section in county.sections
        if section.file == FILE and section.layout is layout
    }


def test_every_meeting_of_the_months_kept_as_lists_is_read(
    truth: dict[str, Any], county: Any, joined: DryRun
) -> None:
    lists, read, ids = (
        months(county, Layout.LIST),
        by_place(joined),
        keys(truth, joined),
    )
    listed = [m for m in truth["mdt"]["meetings"] if m["sheet"] in lists]
    assert len(lists) == 8
    assert len(listed) == 226
    for meeting in listed:
        place = (meeting["sheet"], meeting["cell"], meeting["line"])
        assert as_read(read[place], ids) == as_meant(meeting), meeting["id"]


def test_at_least_19_in_20_meetings_drawn_in_grids_are_read_and_the_rest_reported(
    truth: dict[str, Any], county: Any, joined: DryRun
) -> None:
    grids, read, ids = (
        months(county, Layout.GRID),
        by_place(joined),
        keys(truth, joined),
    )
    drawn = [m for m in truth["mdt"]["meetings"] if m["sheet"] in grids]
    reported = {(p.place.sheet, p.place.cell) for p in joined.problems}
    wrong = []
    for meeting in drawn:
        place = (meeting["sheet"], meeting["cell"], meeting["line"])
        if place not in read or as_read(read[place], ids) != as_meant(meeting):
            wrong.append(meeting)
            assert (meeting["sheet"], meeting["cell"]) in reported
    assert len(drawn) == 241
    assert len(wrong) * 20 <= len(drawn)


def test_no_meeting_is_made_up(truth: dict[str, Any], joined: DryRun) -> None:
    written = {(m["sheet"], m["cell"], m["line"]) for m in truth["mdt"]["meetings"]}
    assert by_place(joined).keys() == written


def test_every_problem_is_reported_at_its_cell_and_no_other_is(
    truth: dict[str, Any], found: DryRun
) -> None:
    listed = [one for one in truth["problems"] if one["file"] == FILE]
    expected = Counter((p["sheet"], p["row"], p["cell"], p["code"]) for p in listed)
    reported = Counter(
        (p.place.sheet, p.place.row, p.place.cell, p.code)
        for p in found.problems
        if p.place.file == FILE
    )
    assert len(listed) == 36
    assert reported == expected


def test_a_problem_quotes_the_line_and_offers_those_who_may_be_meant(
    truth: dict[str, Any], found: DryRun
) -> None:
    ids = keys(truth, found)
    reported = {
        (p.place.sheet, p.place.cell, p.code, p.value): p for p in found.problems
    }
    for one in truth["problems"]:
        if one["file"] != FILE or one["code"] == "date_impossible":
            continue
        value = one["value"] or ""
        problem = reported[(one["sheet"], one["cell"], one["code"], value)]
        if one.get("candidates"):
            assert {ids[key] for key in problem.candidates} == set(one["candidates"])


def test_months_add_up_to_the_totals_of_the_truth(
    truth: dict[str, Any], joined: DryRun
) -> None:
    month_of = {m["sheet"]: m["month"] for m in truth["mdt"]["meetings"]}
    counted: dict[str, Counter[str]] = {}
    for meeting in joined.meetings:
        dated = meeting.date is not None and meeting.status is not None
        status = str(meeting.status) if dated else "unclear"
        month = month_of[meeting.place.sheet]
        counted.setdefault(month, Counter())[status] += 1
    for month, totals in truth["mdt"]["by_month"].items():
        assert counted[month] == Counter(totals), month


def test_meetings_held_by_youth_and_kind_add_up(
    truth: dict[str, Any], joined: DryRun
) -> None:
    ids = keys(truth, joined)
    counted: dict[str, Counter[str]] = {}
    for meeting in joined.meetings:
        if meeting.youth and meeting.type and meeting.status == "held" and meeting.date:
            counted.setdefault(ids[meeting.youth], Counter())[meeting.type] += 1
    expected = truth["mdt"]["by_youth_and_type"]
    assert counted == {youth: Counter(kinds) for youth, kinds in expected.items()}


def test_a_meeting_of_somebody_asked_about_waits_for_the_answer(found: DryRun) -> None:
    (question,) = [q for q in found.questions if q.a.name == "Josephine Delacroix"]
    hers = [m for m in found.meetings if m.youth == question.a.key]
    assert len(hers) == 11
    assert all(m.questions == (question.id,) and not m.is_ready for m in hers)


def test_footnotes_titles_and_totals_are_no_meetings(
    truth: dict[str, Any], found: DryRun
) -> None:
    places = [place for place in truth["not_records"] if place["file"] == FILE]
    assert len(places) == 18
    for place in places:
        fates = found.cells[f"{FILE}!{place['sheet']}"]
        (fate,) = [fate for fate, cells in fates.items() if f"A{place['row']}" in cells]
        assert fate in {"furniture: footnote", "furniture: total"}
