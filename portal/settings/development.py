"""A developer's machine, and `make run`: SQLite, mail on the terminal, and the demo commune's accounts."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import STORAGES, VAR_DIR, env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = "only-for-development-" + "x" * 40
DEMO_ACCOUNTS_ALLOWED = True
STAFF_SECOND_FACTOR = False
VAR_DIR.mkdir(parents=True, exist_ok=True)

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
