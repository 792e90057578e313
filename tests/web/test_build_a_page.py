"""The page that tells how to build a page is true."""

import re
from pathlib import Path

import alongside.web
from alongside.web.templatetags import components

GUIDE = Path(alongside.web.__file__).parents[2] / "docs/how-to/build-a-page.md"
PARTS = Path(alongside.web.__file__).parent / "templates/web/components"


def test_its_python_runs() -> None:
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        exec(compile(block, str(GUIDE), "exec"), {})  # noqa: S102 (our own page)


def test_it_names_every_component() -> None:
    told = GUIDE.read_text()
    assert [
        one.stem for one in PARTS.glob("*.html") if f"`{one.stem}`" not in told
    ] == []


def test_it_names_every_tag_with_a_body() -> None:
    told = GUIDE.read_text()
    bodies = {*components.register.tags} - {"form_token", "problems", "page_link"}
    assert {name for name in bodies if name not in told} == set()
