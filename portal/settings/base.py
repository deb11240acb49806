"""What every installation shares. Each block is headed by the documentation it follows.

The environment decides the rest: see `.env.example` for every variable. `production.py` asks for those
that have no safe default, by name.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from portal.settings.accounts import *  # noqa: F403
from portal.settings.accounts import ACCOUNT_APPS, ACCOUNT_MIDDLEWARE
from portal.settings.databases import tuned

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Everything the portal writes on a small installation: database, uploads, collected static files.
VAR_DIR = Path(env.path("VAR_DIR", default=str(BASE_DIR / "var")))

# Applications, top of the house first (CONTRIBUTING.md: rooms and arrows)
INSTALLED_APPS = [
    "portal",
    "moderation",
    "search",
    "neighbourhood_news",
    "participation",
    "digests",
    "residents",
    "mailing",
    "home",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    *ACCOUNT_APPS,
    "django_htmx",
    "leaflet",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# https://docs.djangoproject.com/en/5.2/topics/http/middleware/
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.HeadersMiddleware",
    "portal.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    *ACCOUNT_MIDDLEWARE,
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

# Keyed traces of people (residents.fingerprints); left empty, the key is derived from SECRET_KEY
FINGERPRINT_KEY = env("FINGERPRINT_KEY", default="")

# Verified residents (residents.verifying)
VERIFICATION_YEARS = env.int("VERIFICATION_YEARS", default=4)
LETTER_CODE_DAYS = 60  # how long the code in a letter may be typed in; also how long a request waits to be printed
LETTER_AGAIN_DAYS = 7  # after which another letter may be asked for
VOTERS_KEPT_DAYS = 365  # of an account that was removed without being closed

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.commune",
            ],
            "builtins": ["django.templatetags.i18n", "home.templatetags.home_tags"],
        },
    },
]

# https://docs.djangoproject.com/en/5.2/ref/databases/ (SQLite first: docs/decisions/0003)
DATABASES = {"default": tuned(env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# https://docs.djangoproject.com/en/5.2/topics/cache/: one cache for all processes where there are several
REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Lists prefetch their renditions; Wagtail would still write each one to the cache, at every page that shows it.
# https://docs.wagtail.org/en/v7.4.4/advanced_topics/images/renditions.html#caching-image-renditions
CACHES["renditions"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

# https://docs.djangoproject.com/en/5.2/topics/auth/customizing/
AUTH_USER_MODEL = "residents.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# https://docs.djangoproject.com/en/5.2/topics/i18n/ and https://docs.wagtail.org/en/v7.4.4/advanced_topics/i18n.html
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("fr", _("French")),
    ("nl", _("Dutch")),
]
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "vendor"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365

# https://whitenoise.readthedocs.io/en/stable/django.html
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

# https://docs.wagtail.org/en/v7.4.4/reference/settings.html
WAGTAIL_SITE_NAME = env("SITE_NAME", default="Portail / Portaal")
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_FINISH_WORKFLOW_ACTION = "moderation.finish.publish_workflow_state"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False  # an older version, at its hour, leaves the review of a newer one
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False  # by residents.signing_in alone
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# https://wagtail-localize.org/stable/: a translation is prepared as a draft, and published by the desk's decision alone
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "synced"
# https://wagtail-localize.org/stable/how-to/integrations/machine-translation/: a machine proposes, a person confirms
if machine := env("MACHINE_TRANSLATOR", default=""):
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": machine,
        "OPTIONS": env.json("MACHINE_TRANSLATOR_OPTIONS", default={}),
    }

# https://docs.wagtail.org/en/v7.4.4/advanced_topics/images/: 10 kB of PNG can hold 81 megapixels
WAGTAILIMAGES_IMAGE_MODEL = "home.PortalImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 30_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.PortalImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "home.PortalDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "ods", "odt", "pdf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# What people without an account send to the desk (docs/proposals-by-mail.md): by a personal link, or by mail
SENDER_TEXTS_PER_DAY = 10
RECEIVED_FILES = 3  # pictures and PDF files with one text; each within the limits above
RECEIVED_MAIL_BYTES = 25 * 1024 * 1024
ARRIVALS_KEPT_DAYS = 90  # the text as it came; the draft made from it stays

# Digests (docs/decisions/0009): when they are made, on the commune's clock; Monday is 0
DIGEST_HOUR = env.int("DIGEST_HOUR", default=7)
DIGEST_WEEKDAY = env.int("DIGEST_WEEKDAY", default=3)
SUBSCRIBING_PER_HOUR = {"ip": 20, "address": 3}  # requests that a form takes from one machine, mails to one address

# Surveys that anyone may answer (docs/decisions/0013): the work that a browser does, how long a form waits that is sent
# without JavaScript, and how many answers one machine may send within an hour, with and without a proof of work; and how
# many unfinished ones may be kept for it
SURVEY_PROOF_PREFIX = "0000"
SURVEY_WAIT_SECONDS = 15
ANSWERING_PER_HOUR = {"answers": env.int("ANSWERS_PER_HOUR", default=60), "answers_without_script": 6, "drafts": 120}

# Where a film may be loaded from, and only once the reader has asked for it (home.blocks.VideoBlock)
VIDEO_HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

# The map below the drawings of ideas (home.tiles), from a server of the commune's choice: the environment and not the admin
# names it, since whoever names it lets every reader's browser ask that server
MAP_TILES_URL = env("MAP_TILES_URL", default="")
MAP_TILES_ATTRIBUTION = {
    "fr": env("MAP_TILES_ATTRIBUTION", default=""),
    "nl": env("MAP_TILES_ATTRIBUTION_NL", default=""),
}

# https://django-csp.readthedocs.io/en/4.0/: strict for residents; the admin's own scripts need more, under /admin/ only
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": VIDEO_HOSTS,
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
}
# https://docs.djangoproject.com/en/5.2/topics/security/
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"

# Whether the links in texts are asked, in the background, if they are there (moderation.links). The portal asks nobody
# else's server by itself, so the commune says so. Inside its own network none is asked, except by the tests.
LINK_CHECK = env.bool("LINK_CHECK", default=False)
LINK_CHECK_INSIDE = False

# https://docs.djangoproject.com/en/5.2/topics/email/
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Commune <noreply@auneval.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20

# https://docs.djangoproject.com/en/5.2/topics/logging/: to standard output, without who asked (no address, no user)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"secrets": {"()": "portal.logs.SecretAddressFilter"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line",
            "filters": ["secrets"],
        }
    },
    "root": {"handlers": ["stdout"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
