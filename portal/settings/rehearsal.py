"""Production's own paths on one machine: no debugging, hashed files, but plain HTTP and the demo's accounts.

The browser tests and `make bench` run on it.
"""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import VAR_DIR

DEBUG = False
SECRET_KEY = "only-for-rehearsal-" + "x" * 40
DEMO_ACCOUNTS_ALLOWED = True
STAFF_SECOND_FACTOR = False
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
VAR_DIR.mkdir(parents=True, exist_ok=True)
