"""Settings, all in this one file, all from the environment. See README, "Configuratie"."""

import os
import secrets
import sys
from pathlib import Path

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict
from whitenoise.compress import Compressor

from vrt_portal import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))


def _flag(name, *, default):
    """Read a yes/no setting: 1 or 0; anything else stops the start instead of guessing."""
    value = os.environ.get(name, "1" if default else "0")
    if value not in {"0", "1"}:
        sys.exit(f"{name} moet 0 of 1 zijn, niet {value!r}.")
    return value == "1"


def _minutes(name, *, default):
    """Read a number of minutes; anything else stops the start instead of guessing."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal() or not int(value):
        sys.exit(f"{name} moet een aantal minuten zijn, niet {value!r}.")
    return int(value)


def _times(name, *, default):
    """Read how often something may happen; anything but a number stops the start instead of guessing."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal() or not int(value):
        sys.exit(f"{name} moet een aantal keren zijn, niet {value!r}.")
    return int(value)


def _one_of(name, *words):
    """Read a setting that is one of these words; the first is what holds without it."""
    value = os.environ.get(name, words[0])
    if value not in words:
        sys.exit(f"{name} moet {', '.join(words[:-1])} of {words[-1]} zijn, niet {value!r}.")
    return value


def _mail_from():
    """The address that mails come from; a mail server doesn't take mail without one."""
    if os.environ.get("MAIL_HOST") and not os.environ.get("MAIL_FROM"):
        sys.exit("MAIL_HOST staat er, maar MAIL_FROM ontbreekt. Geef het adres van de afzender op.")
    return os.environ.get("MAIL_FROM", "portaal@localhost")


def _mail_port(usual):
    word = os.environ.get("MAIL_PORT") or str(usual)
    if not word.isdecimal():
        sys.exit(f"MAIL_PORT moet een getal zijn, niet {word!r}.")
    return int(word)


def _secret_key():
    """Take SECRET_KEY, or a key of this installation that is made once and stays in var/."""
    if "SECRET_KEY" in os.environ:
        return os.environ["SECRET_KEY"]
    file = VAR_DIR / "secret-key"
    if not file.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def _database_roles():
    """The connection of the server and the worker, and that of the owner, who may do more (ADR 31)."""
    given, owner = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if not given:
        return conninfo_to_dict(embedded.url(embedded.APP)), conninfo_to_dict(embedded.url())
    return conninfo_to_dict(given), conninfo_to_dict(owner or given)


def _database(given):
    """Turn libpq's words for a connection into Django's."""
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{ours: given.pop(theirs, "") for ours, theirs in names.items()},
        "PORT": str(given.pop("port", "")),
        # Opening a connection costs more than a small request; a pool keeps its own.
        "CONN_MAX_AGE": 0 if _flag("DB_POOL", default=False) else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "prepare_threshold": 0,  # at once, but only by search; Django's own cursors never do
            "options": "-c statement_timeout=20s -c idle_in_transaction_session_timeout=60s",
            **given,
            **({"pool": {"min_size": 1, "max_size": 8}} if _flag("DB_POOL", default=False) else {}),
        },
    }


SECRET_KEY = _secret_key()
DEBUG = _flag("DEBUG", default=False)
DEMO = _flag("DEMO", default=False)  # lists the demo accounts on the sign-in page
MFA_REQUIRED = _flag("MFA_REQUIRED", default=not DEMO)  # a second step for every account
PUBLIC_READING = _flag("PUBLIC_READING", default=False)  # what is published, without signing in
HTTPS = _flag("HTTPS", default=True)  # `make run` serves http on 127.0.0.1 and says so
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]
# Where mails link to; behind a proxy, the address that people see.
PORTAL_ADDRESS = os.environ.get(
    "PORTAL_ADDRESS", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
).rstrip("/")
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "")  # where readers report what doesn't work
# The address of a licence, for what is published as data; empty: not decided, and so not named.
OPEN_DATA_LICENCE = os.environ.get("OPEN_DATA_LICENCE", "")
VERSION = (BASE_DIR / "VERSION").read_text().strip()

INSTALLED_APPS = [
    "api",
    "archive",
    "reports",
    "search",
    "demo",
    "overview",
    "assessments",
    "agreements",
    "themes",
    "municipalities",
    "accounts",
    "mail",
    "vrt_portal",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "vrt_portal.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "api.door.Door",  # before the sessions: the API knows tokens only (ADR 48)
    "accounts.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.AccessMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "vrt_portal.errors.in_words",
]

ROOT_URLCONF = "vrt_portal.urls"
WSGI_APPLICATION = "vrt_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "builtins": [
                "assessments.templatetags.levels",
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "themes.templatetags.letters",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vrt_portal.frame.frame",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ],
        },
    }
]

_app, _owner = _database_roles()
# manage.py and prepare.py choose the owner for what only he may do, such as migrate.
_as_owner = _one_of("DATABASE_AS", "app", "owner") == "owner"
DATABASE_APP_ROLE = _app.get("user", "")
DATABASES = {"default": _database(_owner if _as_owner else _app)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.RoleBackend"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "overview:home"
LOGOUT_REDIRECT_URL = "accounts:login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "accounts.passwords.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Of allauth: the second step and asking again. Its other pages, such as signing up, have no address.
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = (
    "none"  # an invitation was mailed there, or OIDC vouches for the person
)
ACCOUNT_RATE_LIMITS = (
    False  # accounts/lockout.py counts in the database, shared by all processes (ADR 27)
)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
MFA_ADAPTER = "accounts.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondStepForm",
    "authenticate_webauthn": "accounts.forms.KeyForm",
    "reauthenticate": "accounts.forms.SecondStepAgainForm",
    "reauthenticate_webauthn": "accounts.forms.KeyAgainForm",
    "activate_totp": "accounts.forms.NewAppForm",
    "add_webauthn": "accounts.forms.NewKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Veiligheid in coalitieakkoorden"
MFA_TOTP_TOLERANCE = 1  # half a minute for a clock that is off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

OIDC = {
    name: os.environ.get(f"OIDC_{name}", "")
    for name in (
        "ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME",
        "ROLE_CLAIM", "ROLES", "MUNICIPALITY_CLAIM", "AMR",
    )
}  # fmt: skip

# Every mail is a row first (ADR 30); MAIL_DELIVERY is what carries it away, or empty: then it waits.
EMAIL_BACKEND = "mail.backends.OutboxBackend"
EMAIL_HOST = os.environ.get("MAIL_HOST", "")
_mail_tls = _one_of("MAIL_TLS", "starttls", "tls", "none")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail_tls == "starttls", _mail_tls == "tls"
EMAIL_PORT = _mail_port({"starttls": 587, "tls": 465, "none": 25}[_mail_tls])
EMAIL_HOST_USER = os.environ.get("MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MAIL_PASSWORD", "")
EMAIL_TIMEOUT = 15  # seconds per answer of the mail server; the worker has more to do
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _mail_from()
if EMAIL_HOST:
    MAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
elif DEMO:
    MAIL_DELIVERY = "django.core.mail.backends.console.EmailBackend"
else:
    MAIL_DELIVERY = ""

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
_assets = BASE_DIR / "node_modules/portal-assets"
_pdfjs = BASE_DIR / "node_modules/pdfjs-dist"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    *([("assets", _assets)] if _assets.exists() else []),
    *(
        (f"pdfjs/{name}", _pdfjs / folder)
        for name, folder in {
            "build": "legacy/build",  # for the browsers of two years ago
            "standard_fonts": "standard_fonts",
            "wasm": "wasm",
        }.items()
        if (_pdfjs / folder).exists()
    ),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Compressing the fonts of pdf.js costs more than it gives.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "pfb", "ttf")
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has business with our files
# How often a minute the read API answers one token, and one address that brings none (ADR 48).
API_PER_MINUTE = _times("API_PER_MINUTE", default=120)
API_PER_MINUTE_OPEN = _times("API_PER_MINUTE_OPEN", default=60)
CLIENT_ADDRESS = "accounts.network.client_address"  # whose word the API takes for an address
# Uploaded files: never under a web address of their own, always through a view that asks who you are.
MEDIA_ROOT = VAR_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MAX_UPLOAD_BYTES = 50 * 1024 * 1024

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "accounts.views.kept.csrf_failure"
SESSION_ENGINE = "accounts.sessions"
SESSION_IDLE_MINUTES = _minutes("SESSION_IDLE_MINUTES", default=12 * 60 if DEMO else 30)
SESSION_HOURS = 12  # whatever happens in between
# The cookie outlives the session by a day: what was typed in an expired session is kept for its owner (ADR 25).
SESSION_COOKIE_AGE = (SESSION_HOURS + 24) * 60 * 60
SESSION_UNATTENDED = {"agreements:news"}  # asked by the page itself, also when nobody is there
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = _flag("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
