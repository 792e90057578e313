"""The running caseload, held against what its keepers say it means."""

from typing import Any

import pytest

from alongside.exchange.imports import DryRun, YouthRecord

FILE = "running_caseload.xlsx"
# “Jordan Taylor” has no comma: the truth knows the order, the sheet does not say it.
ORDER_NOT_WRITTEN = {"Y023"}


def on_caseload(truth: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        youth
        for youth in truth["youth"]
        if any(row["file"] == FILE for row in youth["rows"])
    ]


def record_of(run: DryRun, youth: dict[str, Any]) -> YouthRecord:
    """The one record that stands on all of a youth's rows."""
    rows = {(r["sheet"], r["row"]) for r in youth["rows"] if r["file"] == FILE}
    (record,) = [
        record
        for record in run.youth
        if rows & {(place.sheet, place.row) for place in record.places}
    ]
    assert {(place.sheet, place.row) for place in record.places} == rows
    return record


def iso(day: object) -> str | None:
    return str(day) if day else None


def test_every_youth_of_the_caseload_is_read_as_the_truth_says(
    truth: dict[str, Any], joined: DryRun
) -> None:
    listed = on_caseload(truth)
    assert len(joined.youth) == len(listed) == 82
    for youth in listed:
        record = record_of(joined, youth)
        closed = youth["status"] == "closed"
        assert {
            "dob": iso(record.dob),
            "pdj": record.pdj,
            "cw_case": record.cw_case,
            "status": record.status,
            "officer": record.officer,
            "support_level": record.support_level,
            "placement": record.placement,
            "in_custody": record.in_custody,
            "closed_on": iso(record.closed_on),
            "last_mdt": iso(record.last_mdt),
            "next_court": iso(record.next_court),
            "suffix": record.suffix,
            "other_names": set(record.other_names),
        } == {
            "dob": youth["dob"],
            **youth["identifiers"],
            "status": youth["status"],
            "officer": youth["last_officer" if closed else "current_officer"],
            "support_level": youth["support_level"],
            "placement": youth["placement"],
            "in_custody": youth["in_custody"],
            "closed_on": youth["closed_on"],
            "last_mdt": youth["last_mdt"],
            "next_court": youth["next_court"],
            "suffix": youth["suffix"],
            "other_names": set(youth["other_names"]),
        }, youth["id"]


def test_names_are_parted_as_the_truth_says(
    truth: dict[str, Any], joined: DryRun
) -> None:
    for youth in on_caseload(truth):
        record = record_of(joined, youth)
        if youth["id"] in ORDER_NOT_WRITTEN:
            assert (record.family, record.given) == (None, youth["canonical_name"])
        else:
            names = (youth["family"], youth["given"])
            assert (record.family, record.given) == names, youth["id"]


@pytest.mark.parametrize("answered", [False, True])
def test_every_problem_is_reported_at_its_cell_and_no_other_is(
    truth: dict[str, Any], found: DryRun, joined: DryRun, answered: bool
) -> None:
    run = joined if answered else found
    listed = [one for one in truth["problems"] if one["file"] == FILE]
    expected = {(p["sheet"], p["row"], p["cell"], p["code"]) for p in listed}
    reported = [
        (p.place.sheet, p.place.row, p.place.cell, p.code)
        for p in run.problems
        if p.place.file == FILE
    ]
    assert len(expected) == len(listed) == 38
    assert sorted(reported) == sorted(expected)


def test_nothing_a_problem_is_about_is_filled_in(found: DryRun) -> None:
    kept = {"last_mdt_disagrees", "name_order_unclear", "colour_unknown"}
    fields = {"officer", "dob", "pdj", "last_mdt", "next_court", "closed_on"}
    fields |= {"placement", "support_level", "disposition", "child_welfare", "court"}
    judged = 0
    for problem in found.problems:
        if problem.place.file != FILE or problem.code in kept:
            continue
        # Two rows that may be one person wait for what they disagree about together.
        waiting = [r for r in found.youth if problem.id in r.problems]
        assert waiting, problem
        assert not any(record.is_ready for record in waiting)
        if problem.field in fields:
            assert {getattr(one, problem.field) for one in waiting} == {None}, problem
            judged += 1
    assert judged > 25


def test_the_same_person_written_twice_is_asked_about(
    truth: dict[str, Any], found: DryRun
) -> None:
    asked = {
        frozenset((place.sheet, place.row) for place in (q.a.place, q.b.place) if place)
        for q in found.questions
    }
    expected = {
        frozenset((side["sheet"], side["row"]) for side in (pair["a"], pair["b"]))
        for pair in truth["same_person"]
        if pair["a"]["file"] == pair["b"]["file"] == FILE
    }
    assert len(expected) == 3
    assert asked == expected


def test_namesakes_are_never_merged_nor_asked_about(
    truth: dict[str, Any], found: DryRun, joined: DryRun
) -> None:
    by_id = {youth["id"]: youth for youth in truth["youth"]}
    for pair in truth["must_not_merge"]:
        a, b = (record_of(joined, by_id[pair[side]]) for side in "ab")
        assert a.key != b.key
        asked = {frozenset((q.a.key, q.b.key)) for q in found.questions}
        assert frozenset((a.key, b.key)) not in asked


def test_candidates_of_a_shared_number_are_the_two_who_carry_it(
    truth: dict[str, Any], found: DryRun
) -> None:
    by_id = {youth["id"]: youth for youth in truth["youth"]}
    shared = [p for p in truth["problems"] if p["code"] == "identifier_shared"]
    keys = {record_of(found, by_id[one]).key for one in shared[0]["candidates"]}
    reported = [p for p in found.problems if p.code == "identifier_shared"]
    assert [set(one.candidates) for one in reported] == [keys, keys]


def test_officers_are_read_in_every_spelling_the_truth_lists(
    truth: dict[str, Any], county: Any
) -> None:
    from alongside.exchange.imports.officers import OfficerIndex

    legend = next(s.legend for s in county.sections if s.legend.officers)
    index = OfficerIndex(legend.officers)
    assert {one.name for one in legend.officers} == {
        one["name"] for one in truth["officers"]
    }
    for pair in truth["officer_spellings"]:
        assert index.read(pair["spelling"]).value == pair["officer"], pair


def test_rows_that_are_no_records_are_furniture(
    truth: dict[str, Any], found: DryRun
) -> None:
    for place in truth["not_records"]:
        if place["file"] != FILE:
            continue
        fates = found.cells[f"{FILE}!{place['sheet']}"]
        for fate, cells in fates.items():
            rows = {int("".join(filter(str.isdigit, ref))) for ref in cells}
            assert place["row"] not in rows or fate.startswith("furniture"), place
