"""``python -m alongside`` is the ``alongside`` command."""

from alongside.cli import main

raise SystemExit(main())
