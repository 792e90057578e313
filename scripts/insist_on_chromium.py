"""Stops the tests with a sentence when there is no browser to run them in."""

import shutil
import sys

if not shutil.which("chromium"):
    sys.exit(
        "The browser tests need Chromium. Install it: sudo apt-get install chromium"
        " (or test without it: make quick)."
    )
