"""Every shipped measure's worked example is true, on every engine."""

from collections.abc import Callable

import pytest

from alongside.measures.assure import Case
from alongside.measures.library import MEASURES

EXAMPLES = [example for measure in MEASURES.values() for example in measure.examples]


def test_every_measure_has_a_worked_example() -> None:
    without = [measure.id for measure in MEASURES.values() if not measure.examples]
    assert without == []


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_worked_example_is_true(
    example: Case, agree: Callable[[Case], None]
) -> None:
    agree(example)
