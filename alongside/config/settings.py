"""Django's settings; what a deployment may choose comes from the environment."""

import os
from datetime import timedelta
from pathlib import Path

import pghistory

from alongside.config.database import databases
from alongside.config.deployment import (
    count,
    days,
    demo,
    flag,
    insist,
    mail_server,
    words,
)

_PACKAGE = Path(__file__).parents[1]

DEBUG = flag(os.environ, "ALONGSIDE_DEBUG", default=False)
DEMO = demo(os.environ, "ALONGSIDE_DEMO", debug=DEBUG)
SECRET_KEY = insist(os.environ, "ALONGSIDE_SECRET_KEY", unless=DEBUG)
ALLOWED_HOSTS = words(os.environ, "ALONGSIDE_HOSTS") or (
    ["localhost", "127.0.0.1", "[::1]"] if DEBUG else []
)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not DEBUG]

INSTALLED_APPS = [
    # Ours come first: the ``migrate`` of access applies policies after Django's.
    "alongside.access",
    "alongside.web",
    "alongside.forms",
    "alongside.people",
    "alongside.staff",
    "alongside.activities",
    "alongside.referrals",
    "alongside.cases",
    "alongside.plans",
    "alongside.meetings",
    "alongside.exchange",
    "alongside.desk",
    "alongside.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.web.headers.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alongside.access.middleware.ActingTransaction",
    "alongside.access.sent_forms.OnceOnly",
    "allauth.account.middleware.AccountMiddleware",
    *(["alongside.web.lost.OwnNotFound"] if DEBUG else []),
]

ROOT_URLCONF = "alongside.config.urls"
CSRF_FAILURE_VIEW = "alongside.web.views.form_expired"
WSGI_APPLICATION = "alongside.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "alongside.desk.shell.shell",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "alongside.web.templatetags.web",
                "alongside.web.templatetags.components",
            ],
        },
    }
]

DATABASES = databases(os.environ, debug=DEBUG)
# Whom the policies are for; kept here, since tests sign in as others for a while.
ALONGSIDE_WEB_LOGIN = DATABASES["default"]["USER"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"django.contrib.auth.password_validation.{name}",
        "OPTIONS": options,
    }
    for name, options in {
        "UserAttributeSimilarityValidator": {"user_attributes": ("email", "name")},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
    }.items()
]

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "alongside.desk.account.adapters.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody here, nothing sent
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# "unlock" is ours: wrong passwords at the lock.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "unlock": "5/5m/user"}
# Behind a proxy everybody would have its address, and one's guesses count for all.
ALLAUTH_TRUSTED_PROXY_COUNT = count(os.environ, "ALONGSIDE_PROXIES")
MFA_ADAPTER = "alongside.desk.account.adapters.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Whoever runs the server adds people with their email; nobody verifies it by a link.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
# The demo lets people in by a card, so there is nothing to add a second step to.
SECOND_STEP_REQUIRED = not DEMO
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Not in a cookie: what was said about somebody goes when whoever did it signs out.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEBUG
SECURE_HSTS_SECONDS = 0 if DEBUG else 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
IDLE_LOCK = timedelta(minutes=15)

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [_PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"  # a unit's own zone is applied where a time is shown

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("ALONGSIDE_STATIC", _PACKAGE / "web/static_served"))
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# An import that nobody brings in keeps its workbooks no longer than this.
IMPORTS_KEPT = days(os.environ, "ALONGSIDE_IMPORTS_KEPT_DAYS", otherwise=14)
# What one upload may weigh; pages say so before it is sent.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE

EMAIL_BACKEND = os.environ.get("ALONGSIDE_EMAIL_BACKEND") or (
    "django.core.mail.backends."
    + ("smtp" if os.environ.get("ALONGSIDE_EMAIL_URL") else "console")
    + ".EmailBackend"
)
_MAIL = mail_server(os.environ, "ALONGSIDE_EMAIL_URL")
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.tls, _MAIL.ssl
EMAIL_TIMEOUT = 20  # seconds; a letter that did not leave is tried again later
DEFAULT_FROM_EMAIL = os.environ.get("ALONGSIDE_EMAIL_FROM", "alongside@localhost")
# Where links in emails lead; an email is written where there is no request.
ADDRESS = os.environ.get("ALONGSIDE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# History rows carry their own context, so the web login needs no UPDATE anywhere in
# them and append-only holds.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_constraint=False, null=True)
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "alongside.config.quiet_logging.WithoutWords"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            **({} if DEBUG else {"formatter": "plain"}),
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.server": {"level": "WARNING"}},
}

# In tests, a template that starts a query of its own is an error.
ALONGSIDE_TEMPLATES_MAY_NOT_QUERY = False
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
