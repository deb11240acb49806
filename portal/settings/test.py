"""The test suite: fast hashing, mail in memory, nothing written outside a temporary folder."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from portal.settings.base import *  # noqa: F403
from portal.settings.base import CACHES, DATABASES, REDIS_URL, STATIC_ROOT, STORAGES, env

DEBUG = False
SECRET_KEY = "only-for-tests-" + "x" * 40
DEMO_ACCOUNTS_ALLOWED = True
STAFF_SECOND_FACTOR = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = Path(env("TEST_MEDIA_ROOT", default="") or tempfile.mkdtemp(prefix="portal-media-"))
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if REDIS_URL:
    # Each worker of pytest-xdist empties its own of the sixteen databases that a Redis has, not the others'.
    redis = urlsplit(REDIS_URL)
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = redis._replace(
        path=f"/{(int(redis.path.strip('/') or 0) + 1 + worker) % 16}"
    ).geturl()
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A test's rows need not outlive a power cut, and to compile the plan of a query takes longer than to look at ten rows.
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off -c jit=off"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
