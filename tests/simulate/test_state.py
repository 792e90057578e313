"""The simulated state: the same seed, the contract, the published figures, the dirt."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from alongside.measures import Rule, load
from alongside.measures.engine import arrow_table
from alongside.measures.tables import ADMINISTRATIVE
from alongside.simulate.calibration import Line, as_html, as_markdown, calibration
from alongside.simulate.published import Published
from alongside.simulate.state import block, write_state


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean state of twenty thousand children."""
    folder = tmp_path_factory.mktemp("state")
    write_state(folder, children=20_000, seed=7)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_state(tmp_path / name, children=500, seed=3, dirt=0.1)
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_another_seed_writes_another_state(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_state(tmp_path / str(seed), children=500, seed=seed)
    one, other = (files(tmp_path / str(seed)) for seed in (1, 2))
    assert one.keys() == other.keys()
    assert all(one[name] != other[name] for name in one)


@pytest.mark.parametrize("table", ADMINISTRATIVE, ids=lambda table: table.name)
def test_every_table_has_the_contracts_columns_and_types(
    state: Path, table: object
) -> None:
    name = table.name  # type: ignore[attr-defined]  # parametrised with Tables
    found = pq.read_table(state / f"{name}.parquet")
    assert found.schema.equals(arrow_table(name, []).schema)
    assert found.num_rows > 0


def test_no_two_blocks_share_an_identifier() -> None:
    first, second = (block(1, n, n * 300, 300, 0.0) for n in (0, 1))
    keys = {table.name: table.key[0] for table in ADMINISTRATIVE}
    for name, key in keys.items():
        one, other = (
            set(tables[name][key].arrow().to_pylist()) for tables in (first, second)
        )
        assert not one & other


def test_placements_cover_their_removal_without_gap_or_overlap(state: Path) -> None:
    placements = pq.read_table(state / "placement.parquet").to_pylist()
    removals = {
        r["removal_id"]: r for r in pq.read_table(state / "removal.parquet").to_pylist()
    }
    at: dict[str, object] = {}
    for row in placements:
        removal = removals[row["removal_id"]]
        assert row["start_date"] == at.get(row["removal_id"], removal["entry_date"])
        at[row["removal_id"]] = row["end_date"]
    assert at == {name: removal["exit_date"] for name, removal in removals.items()}


@pytest.mark.slow
def test_the_simulated_figures_agree_with_the_published_ones(tmp_path: Path) -> None:
    write_state(tmp_path, children=250_000, seed=1)
    lines = calibration(tmp_path)
    assert [line.figure.says for line in lines if not line.agrees] == []


def test_the_comparison_shows_both_figures_side_by_side(state: Path) -> None:
    lines = calibration(state)
    confirmed = next(
        x
        for x in lines
        if x.figure.measure == "concern.confirmed" and "Confirmed" in x.figure.says
    )
    assert confirmed.cells[1] == "24.54%"
    for page in (as_markdown(lines), as_html(lines)):
        for line in lines:
            assert line.cells[2] in page


def test_a_state_too_small_for_a_figure_says_so(tmp_path: Path) -> None:
    write_state(tmp_path, children=1, seed=1)
    assert {line.cells[-1] for line in calibration(tmp_path)} == {"-", "yes"}


def test_a_figure_agrees_by_the_error_that_stands_beside_it() -> None:
    alone = Line(Published("No case", 0.503, "concern.case.none"), 1, 1)
    assert alone.cells[2:] == ("100.00%", "1", "± 50.00%", "yes")
    many = Line(Published("No case", 0.503, "concern.case.none"), 1_000, 1_000)
    assert many.cells[2:] == ("100.00%", "1,000", "± 1.58%", "no")


def test_dirt_spoils_dates_and_enters_children_twice(tmp_path: Path) -> None:
    write_state(tmp_path, children=2_000, seed=1, dirt=0.1)
    child = pq.read_table(tmp_path / "child.parquet")
    twice = pq.read_table(tmp_path / "linkage/duplicate.parquet")
    removal = pq.read_table(tmp_path / "removal.parquet")
    assert 100 < child["birth_date"].null_count < 320
    assert 120 < twice.num_rows < 280
    assert set(twice["again"].to_pylist()) <= set(child["child_id"].to_pylist())
    assert pc.sum(pc.less(removal["exit_date"], removal["entry_date"])).as_py() > 10
    again = pc.sum(pc.ends_with(removal["removal_id"], "-again")).as_py()
    assert 10 < again < 100


def test_children_entered_twice_have_other_names(tmp_path: Path) -> None:
    write_state(tmp_path, children=2_000, seed=1, dirt=0.1)
    people = {
        row["child_id"]: (row["given_name"], row["family_name"])
        for row in pq.read_table(tmp_path / "linkage/identity.parquet").to_pylist()
    }
    twice = pq.read_table(tmp_path / "linkage/duplicate.parquet").to_pylist()
    changed = [people[row["child_id"]] != people[row["again"]] for row in twice]
    assert sum(changed) > 0.9 * len(changed)


@pytest.mark.slow
def test_a_clean_state_passes_the_contracts_validation(tmp_path: Path) -> None:
    write_state(tmp_path, children=20_000, seed=7)
    assert load(tmp_path, strict=True).problems == ()


@pytest.mark.slow
def test_the_contracts_validation_sees_the_dirt(tmp_path: Path) -> None:
    write_state(tmp_path, children=20_000, seed=7, dirt=0.2)
    found = {problem.rule for problem in load(tmp_path).problems}
    assert {
        Rule.ENDS_BEFORE_START,
        Rule.EXIT_BEFORE_ENTRY,
        Rule.MISSING_BIRTH_DATE,
        Rule.MISSING_REMOVAL_DATE,
    } <= found
