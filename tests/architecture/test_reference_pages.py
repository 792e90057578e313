"""The reference says what the code says."""

from pathlib import Path

import pytest

from alongside.config.reference_pages import PAGES

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "generated"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_reference_is_up_to_date(name: str) -> None:
    assert (FOLDER / f"{name}.md").read_text() == PAGES[name](), "run: make docs"
