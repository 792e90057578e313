"""Writes the pages of the reference from the code, or says which are out of date."""

import os
import sys
from pathlib import Path

os.environ.setdefault("ALONGSIDE_DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")

import django

django.setup()

from alongside.config import reference_pages  # noqa: E402 (after the settings)
from alongside.measures import catalogue  # noqa: E402
from alongside.simulate import reference_page  # noqa: E402

FOLDER = Path(__file__).parents[1] / "docs" / "reference" / "generated"


def main() -> int:
    """Write every page, or with ``--check`` compare them."""
    check = "--check" in sys.argv
    stale = []
    pages = {**reference_pages.PAGES, **catalogue.PAGES, **reference_page.PAGES}
    for name, write in pages.items():
        path, text = FOLDER / f"{name}.md", write()
        if check and (not path.exists() or path.read_text() != text):
            stale.append(path.name)
        elif not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if stale:
        print(f"Out of date: {', '.join(stale)}. Run: make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
