"""The door a web server knocks on: ``granian --interface wsgi`` and its like."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")

application = get_wsgi_application()

# What is loaded now stays: every page at once, and out of the collector's sight. It
# would otherwise look through all of it now and then, and one page waits 80 ms longer.
get_resolver().check()
gc.collect()
gc.freeze()
# A page makes many small things at once and lets go of them without the collector.
gc.set_threshold(10_000, 50, 200)
