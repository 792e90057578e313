"""However something due stands, there is a shape to stand beside its words."""

import pytest

from alongside.cases.rules import DueState
from alongside.web.templatetags.web import SHAPES, shape


@pytest.mark.parametrize("state", DueState)
def test_every_state_of_what_is_due_has_a_shape(state: DueState) -> None:
    assert state in SHAPES
    assert f"#s-{state}" in shape(state)
