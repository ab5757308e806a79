"""All settings. Nothing set in the environment means laptop mode: one process, SQLite, in-memory layer, plain http.

| variable | means | unset |
|---|---|---|
| NEGOTIATION_DATA | folder of the database, the key and the backups | `var` beside manage.py |
| NEGOTIATION_SECRET_KEY | signs cookies and links | made once and kept in the data folder |
| NEGOTIATION_HOSTS | host names served, with commas | this machine only |
| NEGOTIATION_HTTPS | yes: behind a proxy that ends TLS and sets X-Forwarded-Proto | no |
| NEGOTIATION_DEBUG | yes: Django's debug pages | no |
| NEGOTIATION_LOG | debug, info, warning, error | warning |
| NEGOTIATION_LOG_FORM | plain; json: one object a line | plain |
| NEGOTIATION_METRICS_TOKEN | who sends it as a bearer token may read /metrics | this machine alone may |
| NEGOTIATION_KEEP_DAYS | days after which names and talk of a room that nobody used are forgotten | kept |
| NEGOTIATION_TIME_ZONE | zone of times on pages | UTC |
| NEGOTIATION_BOTS | human: bots take a moment before they answer, and trials and draws give way to rooms; fast: neither | human |
| NEGOTIATION_BROWSER | the browser that the tests drive | found by itself |
| NEGOTIATION_SYNC | how SQLite writes. full: nothing acknowledged is lost when the power fails; normal: nothing when the server is killed, and acts cost less | full |
| DATABASE_URL | postgresql://user:password@host:5432/name or sqlite:///file | SQLite in the data folder |
| REDIS_URL | redis://host:6379/0, needed for more than one process | in-memory layer |
"""

import os
import tempfile
import zoneinfo
from pathlib import Path

from game import languages
from negotiation import environment
from negotiation.languages import po

KNOBS = [
    "DATA",
    "SECRET_KEY",
    "HOSTS",
    "HTTPS",
    "DEBUG",
    "LOG",
    "LOG_FORM",
    "METRICS_TOKEN",
    "KEEP_DAYS",
    "TIME_ZONE",
    "BOTS",
    "BROWSER",
    "SYNC",
]
environment.refuse_unknown([f"NEGOTIATION_{knob}" for knob in KNOBS])

ROOT = Path(__file__).resolve().parent.parent
DATA = environment.folder("NEGOTIATION_DATA", ROOT / "var")

DEBUG = environment.flag("NEGOTIATION_DEBUG")
HTTPS = environment.flag("NEGOTIATION_HTTPS")
SECRET_KEY = environment.text("NEGOTIATION_SECRET_KEY") or environment.kept_secret_key(DATA)
ALLOWED_HOSTS = environment.words("NEGOTIATION_HOSTS", ["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "channels",
    "negotiation",
    "negotiation.languages",
    "negotiation.appearance",
    "negotiation.accounts",
    "negotiation.scenarios",
    "negotiation.rooms",
    "negotiation.learning",
    "negotiation.conferences",
    "negotiation.tournaments",
    "negotiation.gallery",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "negotiation.security.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "negotiation.urls"
ASGI_APPLICATION = "negotiation.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "negotiation.languages.current.offered",
                "negotiation.appearance.themes.worn",
            ],
        },
    },
]

# Tests use a file: a second process and a second thread see the same rows, which a database in memory does not grant.
DATABASES = {
    "default": {
        **environment.database(
            "DATABASE_URL", DATA / "db.sqlite3", environment.choice("NEGOTIATION_SYNC", ("full", "normal"), "full")
        ),
        "TEST": {"NAME": str(Path(tempfile.gettempdir()) / f"negotiation-test-{os.getpid()}.sqlite3")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["TEST"] = {}

REDIS_URL = environment.address("REDIS_URL", ["redis", "rediss"])
# The core Redis layer closes every socket in an outage; the publishing one does not.
CHANNEL_LAYERS = {
    "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

# The later ones read passwords of older databases, which become argon2 at the next log-in.
PASSWORD_HASHERS = [
    "negotiation.accounts.hashers.Argon2",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["negotiation.accounts.patience.PatientBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "en"
LANGUAGES = [(one.code, one.name) for one in languages.OFFERED]
LOCALE_PATHS = [po.compiled(ROOT / "locale", DATA / "locale")]
FORMAT_MODULE_PATH = ["negotiation.languages.formats"]
LANGUAGE_COOKIE_AGE = 31_536_000
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("NEGOTIATION_TIME_ZONE", "UTC")
try:
    zoneinfo.ZoneInfo(TIME_ZONE)
except (zoneinfo.ZoneInfoNotFoundError, ValueError):
    raise environment.WrongSetting(
        f"NEGOTIATION_TIME_ZONE={TIME_ZONE!r} is not a time zone. Use a name such as Asia/Seoul."
    ) from None

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"] if (ROOT / "static").is_dir() else []

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# On plain http a browser ignores this header and complains in the console of every page.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 3600
    SECURE_SSL_REDIRECT = True
    # Other names under this one's domain are not ours to promise anything about.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

bots = environment.choice("NEGOTIATION_BOTS", ["human", "fast"], "human")
# Seconds, the least and the most.
ROOMS_BOT_DELAY = {"human": (0.5, 3.0), "fast": (0.0, 0.05)}[bots]
# By how much what is reckoned beside the server is nicer than the server: rooms come first.
GIVE_WAY = {"human": 10, "fast": 0}[bots]

METRICS_TOKEN = environment.text("NEGOTIATION_METRICS_TOKEN")
ROOMS_KEEP_DAYS = environment.number("NEGOTIATION_KEEP_DAYS", least=1)

LOG_FORM = environment.choice("NEGOTIATION_LOG_FORM", ["plain", "json"], "plain")
LOG_LEVEL = environment.choice("NEGOTIATION_LOG", ["debug", "info", "warning", "error"], "warning").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "negotiation.logs.RedactingFormatter", "format": "{asctime} {levelname} {name}: {message}"},
        "json": {"()": "negotiation.logs.JsonFormatter"},
    },
    "filters": {"one line": {"()": "negotiation.logs.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORM}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "negotiation": {"level": LOG_LEVEL},
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "daphne": {"level": LOG_LEVEL},
        # Whoever asks for another host is told so; a traceback each would let strangers fill the log.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "channels_redis.pubsub": {"filters": ["one line"]},
    },
}
