"""Absolute addresses, for mails, feeds, sitemaps and canonical links: always the commune's own host."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path: str) -> str:
    """Return `path` on the commune's host (the variable BASE_URL), whatever host the request came by."""
    return urljoin(settings.WAGTAILADMIN_BASE_URL, path)
