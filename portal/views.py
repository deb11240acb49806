"""What belongs to no feature: the front door, errors, and answers for machines."""

import logging
import posixpath
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.static import serve

from home.addresses import absolute

logger = logging.getLogger(__name__)
LANGUAGES = dict(settings.LANGUAGES)


def preferred_language(accept_language: str) -> str | None:
    """Return "fr" or "nl" when an `Accept-Language` header is clear about it, else None.

    It is clear when one of the two stands before the other; a header that names neither, or both alike, isn't.
    """
    quality: dict[str, float] = {}
    for tag, weight in parse_accept_lang_header(accept_language):
        code = tag.split("-")[0]
        if code in LANGUAGES and weight > 0:  # 0 means "not this one" (RFC 9110, section 12.4.2)
            quality[code] = max(quality.get(code, 0), weight)
    best = sorted(quality, key=lambda code: quality[code], reverse=True)
    if not best or (len(best) > 1 and quality[best[0]] == quality[best[1]]):
        return None
    return best[0]


def choose_language(request: HttpRequest) -> HttpResponse:
    """The front door: follow an earlier choice, else a clear `Accept-Language`, else ask in both languages.

    The choice is kept in a cookie only when it was asked for here: whoever is led on by their browser's
    own setting, or comes in by an address, gets none.
    """
    chosen = request.GET.get("language", "")
    if chosen in LANGUAGES:
        response: HttpResponse = HttpResponseRedirect(f"/{chosen}/")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
        )
        return response
    remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    language = remembered if remembered in LANGUAGES else preferred_language(request.headers.get("Accept-Language", ""))
    response = HttpResponseRedirect(f"/{language}/") if language else render(request, "choose_language.html")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer a load balancer: 200 when this process can serve, 503 with the part that can't; never a detail."""
    checks = {"database": "ok", "cache": "ok", "migrations": "ok"}
    try:
        if _pending_migrations():
            checks["migrations"] = "pending"
    except DatabaseError:
        logger.exception("healthz: the database does not answer")
        checks["database"] = checks["migrations"] = "down"
    try:
        cache.set("healthz", "ok", 10)
        if cache.get("healthz") != "ok":
            checks["cache"] = "down"
    except Exception:  # each cache backend has its own exceptions
        logger.exception("healthz: the cache does not answer")
        checks["cache"] = "down"
    healthy = all(state == "ok" for state in checks.values())
    return JsonResponse(checks, status=HTTPStatus.OK if healthy else HTTPStatus.SERVICE_UNAVAILABLE)


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve an upload from the disk; where a proxy serves `/media/` itself, this is never reached."""
    path = posixpath.normpath(f"/{path}").lstrip("/")  # before looking at it: `serve` would do so only afterwards
    if path.startswith("documents/"):
        raise Http404  # documents go through Wagtail's view, which knows who may read them
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _plain_error(request: HttpRequest, status: HTTPStatus, template: str = "errors/plain.html") -> HttpResponse:
    """Answer in the language of the address; where it has none, in both.

    It asks the database for nothing: that may be what went wrong.
    """
    language = get_language_from_path(request.path_info)
    with override(language or settings.LANGUAGE_CODE):
        words = {"status": status, "both_languages": language is None}
        return HttpResponse(render_to_string(template, words), status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain_error(request, HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain_error(request, HTTPStatus.FORBIDDEN)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    language = get_language_from_path(request.path_info) or get_language()
    with override(language):
        return render(request, "errors/not_found.html", {"status": HTTPStatus.NOT_FOUND}, status=HTTPStatus.NOT_FOUND)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    return _plain_error(request, HTTPStatus.INTERNAL_SERVER_ERROR)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """A form that was open too long, or came from another site: said as what it is, not as a bare 403."""
    return _plain_error(request, HTTPStatus.FORBIDDEN, "errors/csrf.html")
