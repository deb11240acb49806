"""Absolute addresses, for mails, feeds, sitemaps and canonical links: always the commune's own host."""

from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """Return `path` on the commune's host (the variable BASE_URL), whatever host the request came by."""
    return _joined(settings.WAGTAILADMIN_BASE_URL, path)


_joined = lru_cache(maxsize=1024)(urljoin)


def host() -> str:
    """Return the commune's host name alone, for what has to be unique in the world, such as a mail's identifier."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
