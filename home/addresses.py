"""Absolute addresses, for mails, feeds, sitemaps and canonical links; and which addresses are the site's own."""

from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def absolute(path: str) -> str:
    """Return `path` on the commune's host (the variable BASE_URL), whatever host the request came by."""
    return _joined(settings.WAGTAILADMIN_BASE_URL, path)


_joined = lru_cache(maxsize=1024)(urljoin)


def host() -> str:
    """Return the commune's host name alone, for what has to be unique in the world, such as a mail's identifier."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"


def own_path(request: HttpRequest, path: str | None, *, otherwise: str) -> str:
    """Return `path` when it leads to a page of this site, else the address called `otherwise`."""
    return path if path and is_own_path(request, path) else reverse(otherwise)


def is_own_path(request: HttpRequest, path: str) -> bool:
    """Return whether one can be sent on to `path`: it stays on the host that was asked, and begins with "/".

    Django's `redirect` takes other words for the name of an address, and fails where none is called so.
    """
    hosts = {request.get_host()}
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, hosts, require_https=request.is_secure())
