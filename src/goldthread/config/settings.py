"""Settings of the web application. Everything a host may change is an environment variable named GOLDTHREAD_*.

GOLDTHREAD_DATA    folder of the database and the sealed files (default: .goldthread/data beside the project)
GOLDTHREAD_KEYS    file of the keys; must lie outside the data folder
GOLDTHREAD_LOCAL   1 for single-user localhost mode: the second factor may be skipped, and every page says so
GOLDTHREAD_HOSTS   host names served, comma-separated
GOLDTHREAD_DEMO    1 says on every page that all data is synthetic
GOLDTHREAD_DOCUMENT_FILES, _BYTES, _PAGES  how many documents a council may upload, how big in all, pages of one
GOLDTHREAD_OPEN_DOCUMENTS  0: nothing is opened for searching after a start; the first search waits for it instead
GOLDTHREAD_DOCUMENT_PICTURES  how many pages of one document are kept as pictures, and read from them, at most
GOLDTHREAD_OCR_MEMORY, _SECONDS, _LANGUAGES  bytes and processor seconds for reading one page from its picture, and
                   which models of languages read it (eng comes with the application)
GOLDTHREAD_DEBUG   1 shows tracebacks; never with real data
"""

import os
from pathlib import Path

from goldthread.config import front_servers, keys, other_words

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("GOLDTHREAD_DATA") or ROOT / ".goldthread" / "data").resolve()
KEYS = keys.load(Path(os.environ.get("GOLDTHREAD_KEYS") or keys.default_path(DATA)), data=DATA)
LOCAL_MODE = os.environ.get("GOLDTHREAD_LOCAL", "1") == "1"
DEMONSTRATION = os.environ.get("GOLDTHREAD_DEMO", "0") == "1" or (DATA / "demonstration.json").exists()
DEBUG = os.environ.get("GOLDTHREAD_DEBUG", "0") == "1"

SECRET_KEY = KEYS.django
KEY_ENCRYPTION_KEY = KEYS.wrapping
# Front servers beside those of this machine whose word of a visitor's address is believed: addresses or networks.
FRONT_SERVERS = front_servers.load(os.environ.get("GOLDTHREAD_FRONT_SERVERS", ""))
ALLOWED_HOSTS = os.environ.get("GOLDTHREAD_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "goldthread.apps.journal",
    "goldthread.apps.access",
    "goldthread.apps.drafting",
    "goldthread.apps.inspections",
    "goldthread.apps.fieldwork",
    "goldthread.apps.evidence",
    "goldthread.apps.submissions",
    "goldthread.apps.comparison",
    "goldthread.apps.cases",
    "goldthread.apps.requests",
    "goldthread.apps.programme",
    "goldthread.apps.meetings",
    "goldthread.apps.referred_back",
    "goldthread.apps.conversations",
    "goldthread.apps.surveys",
    "goldthread.apps.training",
    "goldthread.apps.documents",
    "goldthread.apps.offline",
    "goldthread.apps.findings",
    "goldthread.apps.reports",
    "goldthread.apps.improvement",
    "goldthread.web",
    "goldthread.config",
]

MIDDLEWARE = [
    "goldthread.web.middleware.NoBodyToHead",
    "django.middleware.security.SecurityMiddleware",
    "goldthread.web.middleware.SafeHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goldthread.web.middleware.SessionClock",
    "goldthread.web.middleware.WhoIsAsking",
    "goldthread.web.middleware.TypedTextSent",
    "goldthread.web.middleware.DamagedStore",
    "goldthread.web.middleware.Doors",
]

ROOT_URLCONF = "goldthread.config.urls"
WSGI_APPLICATION = "goldthread.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "src" / "goldthread" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "goldthread.web.context.every_page",
            ],
            "builtins": ["goldthread.web.templatetags.govuk"],
        },
    },
]

# Durable before acknowledged (house.md, day-one decision 4): the write-ahead log is flushed at every commit,
# and a write transaction takes its lock at once, so that two writers wait instead of failing.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "goldthread.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["goldthread.web.sign_in.Accounts"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "goldthread.apps.access.passwords.ContextWordValidator"},
]

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "goldthread.web.sign_in.ClosedDoorAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
# Never a lock that somebody else can trigger for good (security reference P-24): slow down, then let go.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "5/m/ip,5/m/key", "reauthenticate": "10/m/user"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Goldthread"
MFA_ADAPTER = "goldthread.apps.access.second_factor.SealedFactors"
# A link to choose a password, shown once on the administrator's screen, is good for two days.
PASSWORD_RESET_TIMEOUT = 48 * 3600
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "sign_in"

# Sessions (security reference P-25): idle 30 minutes, 12 hours in all, ended by any change of access.
SESSION_ENGINE = "goldthread.apps.access.session_store"
SESSION_IDLE_SECONDS = 30 * 60
# How exactly the server knows when somebody was last here; the page locks itself that much earlier.
SESSION_SEEN_EVERY_SECONDS = 30
# How old a password may be for what takes data out, lets it through the wall, gives access or opens the vault.
STEP_UP_SECONDS = 5 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "goldthread.web.pages.errors.csrf_failure"
if not LOCAL_MODE:
    # A `__Host-` cookie must be Secure, which plain http on 127.0.0.1 cannot promise in every browser.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": with it a browser sends `Origin: null` with every form, which is refused as coming from elsewhere.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        # Nothing turns text into script, and into markup only where `web/static/start.js` lets it.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# As many as may be dropped at once where scripts are off; with scripts they come one by one.
DATA_UPLOAD_MAX_NUMBER_FILES = 500
# An upload is held in memory until it is sealed: its clear bytes never touch the disk.
FILE_UPLOAD_HANDLERS = ["goldthread.web.uploads.MemoryFileHandler"]
UPLOAD_CAP_BYTES = 100 * 1024 * 1024
# The council's documents (security reference 6.3, proposals that a host may change): files, bytes in all, pages of one.
DOCUMENT_MOST_FILES = int(os.environ.get("GOLDTHREAD_DOCUMENT_FILES", "3000"))
# Each document that waits is one field of the page that submits them, and a few more come with it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = max(2000, DOCUMENT_MOST_FILES + 100)
DOCUMENT_MOST_BYTES = int(os.environ.get("GOLDTHREAD_DOCUMENT_BYTES", str(5 * 10**9)))
DOCUMENT_MOST_PAGES = int(os.environ.get("GOLDTHREAD_DOCUMENT_PAGES", "2000"))
# Other words of the field that a search of documents looks for as well: a file in the place of the one that ships.
SEARCH_TERMS = other_words.load(os.environ.get("GOLDTHREAD_SEARCH_TERMS", ""))
OPEN_DOCUMENTS_AT_START = os.environ.get("GOLDTHREAD_OPEN_DOCUMENTS", "1") == "1"
DOCUMENT_MOST_PICTURES = int(os.environ.get("GOLDTHREAD_DOCUMENT_PICTURES", "500"))
# For one page: measured, a page of A4 takes 280 MB and 1 to 2 seconds.
OCR_MEMORY = int(os.environ.get("GOLDTHREAD_OCR_MEMORY", str(700 * 10**6)))
OCR_SECONDS = int(os.environ.get("GOLDTHREAD_OCR_SECONDS", "30"))
OCR_LANGUAGES = os.environ.get("GOLDTHREAD_OCR_LANGUAGES", "eng")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "goldthread.web.formats"

USE_THOUSAND_SEPARATOR = True
STATIC_URL = "static/"
# Beside the data, whose lock one application holds: two that start at once must not write over each other's files.
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [path for path in (ROOT / ".goldthread" / "frontend",) if path.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# No request, form or child-level value is logged: times, routes and status only.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_content": {"()": "goldthread.web.logs.NoContent"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_content"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"goldthread": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
