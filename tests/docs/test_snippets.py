"""What the guides quote is what the code says, and what they link to is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.joinpath("docs").rglob("*.md"))]
WALK = ROOT / "docs" / "how-to" / "add-a-record-type.md"
_QUOTED = re.compile(
    r"^`([\w/.]+)`\n\n```python\n(.*?)\n```$", re.MULTILINE | re.DOTALL
)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def _quotes() -> list[tuple[str, str]]:
    return _QUOTED.findall(WALK.read_text())


@pytest.mark.parametrize(("path", "snippet"), _quotes(), ids=lambda value: value[:40])
def test_a_snippet_stands_in_the_file_it_names(path: str, snippet: str) -> None:
    assert snippet in ROOT.joinpath(path).read_text()


def test_the_walk_goes_through_every_file() -> None:
    assert len(_quotes()) == 5


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    missing = [
        target
        for target in _LINK.findall(page.read_text())
        if not page.parent.joinpath(target).exists()
    ]
    assert not missing


def test_every_setting_and_command_is_in_the_guide_for_administrators() -> None:
    guide = ROOT.joinpath("docs/how-to/deploy.md").read_text()
    code = "\n".join(
        path.read_text() for path in ROOT.joinpath("alongside/config").rglob("*.py")
    )
    settings = set(re.findall(r"ALONGSIDE_[A-Z_]+", code))
    settings -= {"ALONGSIDE_WEB_LOGIN", "ALONGSIDE_TEMPLATES_MAY_NOT_QUERY"}
    assert not [name for name in sorted(settings) if name not in guide]
    commands = ROOT.joinpath("alongside/access/management/commands").glob("[a-z]*.py")
    assert not [path.stem for path in commands if path.stem not in guide]
