"""The catalogue is whole, and the manual says what the code says."""

from datetime import date
from pathlib import Path

import ibis.expr.types as ir
import pytest

from alongside.measures.catalogue import LACKS, PAGES
from alongside.measures.catalogue_rows import CATALOGUE
from alongside.measures.compile import unbound
from alongside.measures.frames import Frames
from alongside.measures.library import MEASURES
from alongside.measures.reference import REFERENCE
from alongside.measures.tables import TABLES
from tests.measures.histories import WINDOW

GENERATED = Path(__file__).parents[2] / "docs" / "reference" / "generated"


def test_every_entry_of_the_catalogue_is_computed_or_says_what_it_lacks() -> None:
    assert {id_ for id_ in CATALOGUE if id_ not in MEASURES} == set(LACKS)


def test_the_catalogue_has_every_indicator_and_every_fidelity_measure() -> None:
    fidelity = [id_ for id_ in CATALOGUE if id_[:2] in ("FD", "OP", "PX", "LT")]
    assert len(fidelity) == 44
    assert len(CATALOGUE) - len(fidelity) == 77


def test_the_slow_engine_computes_every_measure_and_nothing_else() -> None:
    assert set(REFERENCE) == set(MEASURES)


def test_a_companion_belongs_to_a_measure() -> None:
    companions = [id_ for id_ in MEASURES if "." in id_ and id_[0].isupper()]
    assert [id_ for id_ in companions if id_.split(".")[0] not in MEASURES] == []


def test_measures_need_tables_of_the_contract() -> None:
    needed = {name for measure in MEASURES.values() for name in measure.needs}
    assert needed <= set(TABLES)


class Watched(dict[str, ir.Table]):
    """The contract's tables, and which of them were asked for."""

    def __init__(self) -> None:
        super().__init__(unbound())
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> ir.Table:
        self.asked.add(name)
        return super().__getitem__(name)


@pytest.mark.slow
def test_a_measure_reads_the_tables_that_it_says_it_needs() -> None:
    wrong = {}
    for measure in MEASURES.values():
        tables = Watched()
        measure.compute(Frames(tables, date(2025, 1, 1)), WINDOW)
        # Every group is looked up in the child table.
        if tables.asked | {"child"} != set(measure.needs):
            wrong[measure.id] = (tables.asked, measure.needs)
    assert wrong == {}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_manual_is_up_to_date(name: str) -> None:
    assert (GENERATED / f"{name}.md").read_text() == PAGES[name](), "run: make docs"
