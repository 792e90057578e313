"""What the guides about measures quote stands in the code, and what they run runs."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WALK = (ROOT / "docs" / "how-to" / "add-a-measure.md").read_text()
PAGE = (ROOT / "docs" / "explanation" / "measures.md").read_text()
QUOTED = re.findall(r"`([\w/.]+)`\n\n```python\n(.*?)\n```", WALK, re.DOTALL)


@pytest.mark.parametrize(("path", "snippet"), QUOTED, ids=lambda value: value[:40])
def test_a_snippet_stands_in_the_file_it_names(path: str, snippet: str) -> None:
    assert snippet in ROOT.joinpath(path).read_text()


def test_the_walk_goes_through_every_file() -> None:
    assert len(QUOTED) == 3


def test_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    folder.joinpath("child.csv").write_text("child_id,birth_date\na,2010-01-01\n")
    folder.joinpath("concern.csv").write_text(
        "concern_id,child_id,kind,identified_date\n1,a,confirmed,2021-01-01\n"
    )
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```python\n(.*?)\n```", PAGE, re.DOTALL)
    names: dict[str, object] = {}
    exec(block, names)  # noqa: S102 (the manual's own words)
    assert "concern.confirmed" in str(names["results"])
