"""The test suite: fast hashing, mail in memory, nothing written outside a temporary folder."""

import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.base import STATIC_ROOT, STORAGES, env

DEBUG = False
SECRET_KEY = "only-for-tests-" + "x" * 40
DEMO_ACCOUNTS_ALLOWED = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = Path(env("TEST_MEDIA_ROOT", default="") or tempfile.mkdtemp(prefix="portal-media-"))
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
