"""The application's settings, with what only tests want."""

import os

os.environ.setdefault("ALONGSIDE_DEBUG", "1")

from alongside.config.settings import *  # noqa: F403

# A template that starts a query of its own fails its test.
ALONGSIDE_TEMPLATES_MAY_NOT_QUERY = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECOND_STEP_REQUIRED = False  # its own tests switch it on
