"""A commune's own server. Everything that differs between communes comes from the environment."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *  # noqa: F403
from portal.settings.base import STORAGES, env

DEBUG = False
DEMO_ACCOUNTS_ALLOWED = False

# No default: one that is missing, or left empty as in `.env.example`, stops the start with an error that names it.
for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL"):
    if not env(name, default=""):
        raise ImproperlyConfigured(f"Set the {name} environment variable (.env.example lists them all).")
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = env("BASE_URL")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[WAGTAILADMIN_BASE_URL])

# Mail: EMAIL_URL=smtp+tls://user:password@host:587 ; see https://django-environ.readthedocs.io
mail = env.email_url("EMAIL_URL")
if mail["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    mail["EMAIL_BACKEND"] = "mailing.smtp.EmailBackend"  # the same, and it says when a mail becomes the server's
globals().update(mail)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL")

# Uploads: the disk, or any S3-compatible store when MEDIA_BUCKET is set (the extra `s3`).
if env("MEDIA_BUCKET", default=""):
    STORAGES: dict[str, Any] = {  # type: ignore[no-redef]
        **STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": env("MEDIA_BUCKET"),
                "endpoint_url": env("MEDIA_ENDPOINT_URL", default=None),
                "custom_domain": env("MEDIA_DOMAIN", default=None),
                "file_overwrite": False,
            },
        },
    }
    for pictures in filter(None, [env("MEDIA_DOMAIN", default=""), env("MEDIA_ENDPOINT_URL", default="")]):
        CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(pictures)  # noqa: F405
        ADMIN_CONTENT_SECURITY_POLICY["img-src"].append(pictures)  # noqa: F405

# https://docs.djangoproject.com/en/5.2/howto/deployment/checklist/
# The admin shows the preview of a page in a frame of the same site, so X_FRAME_OPTIONS can't be DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Whose address a request comes from, for the limits on signing in: one proxy, unless the commune says how many
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=int(BEHIND_PROXY))
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=60 * 60 * 24 * 365)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_HTTPONLY = False
