"""However far off a review is, its row has a mark that pages can draw."""

from datetime import date
from uuid import uuid4

import pytest

from alongside.cases.rules import DueState
from alongside.meetings.waiting import Waits
from alongside.web.templatetags.web import SHAPES


@pytest.mark.parametrize("state", DueState)
def test_every_state_of_what_is_due_has_a_shape(state: DueState) -> None:
    waits = Waits(
        youth_id=1,
        youth_ref=uuid4(),
        name="Tevita",
        sort_key="tevita",
        kind="mdt_90_day",
        what="90-day review",
        due_on=date(2027, 1, 7),
        state=state,
        why="Last MDT was Oct 9.",
    )
    assert waits.shape in SHAPES
