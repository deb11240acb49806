"""What belongs to no feature: the front door, errors, and answers for machines."""

import logging
import posixpath
from collections.abc import Callable
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
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from django.views.static import serve

from home import jobs
from home.addresses import absolute
from home.frame import Frame
from home.languages import active_language
from home.models import Neighbourhood, NeighbourhoodIndexPage
from home.views import page

# How Django 5.2 begins to tell that a form was sent by another site (django.middleware.csrf).
FROM_ELSEWHERE = ("Origin checking failed", "Referer checking failed")
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
    return _in_a_language(request, lambda language: f"/{language}/")


def short_address(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the codes on postcards and posters lead: a neighbourhood's page, in a language chosen as at the front door.

    What is printed can't be corrected: a neighbourhood that has gone leads to the page of all of them.
    """
    slugs = Neighbourhood.objects.filter(slug=slug).values_list("slug", flat=True)
    end = "".join(f"{found}/" for found in slugs)

    def page_in(language: str) -> str:
        page = NeighbourhoodIndexPage.objects.live().public().filter(locale__language_code=language).first()
        return f"{page.url}{end}" if page else f"/{language}/"

    return _in_a_language(request, page_in)


def _in_a_language(request: HttpRequest, address_in: Callable[[str], str]) -> HttpResponse:
    chosen = request.GET.get("language", "")
    if chosen in LANGUAGES:
        response: HttpResponse = HttpResponseRedirect(address_in(chosen))
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
    response = HttpResponseRedirect(address_in(language)) if language else render(request, "choose_language.html")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def _pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer a load balancer: 200 when this process can serve, 503 with the part that can't; never a detail.

    Jobs that are late are said, but stay 200: taking web processes out would not bring the worker back.
    """
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
    status = HTTPStatus.OK if healthy else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(
        {**checks, "jobs": _state_of_jobs() if checks["migrations"] == "ok" else "unknown"}, status=status
    )


def _state_of_jobs() -> str:
    try:
        return "late" if jobs.late(now=timezone.now()) else "ok"
    except DatabaseError:
        logger.exception("healthz: what the jobs did can't be read")
        return "unknown"


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
    """A form that was open too long, or came from another site: said as what it is, not as a bare 403.

    A page that keeps what was typed shows its form again; never what another site has sent.
    """
    shown_again = None if reason.startswith(FROM_ELSEWHERE) else _shown_again(request)
    if shown_again is not None:
        return shown_again
    return _plain_error(request, HTTPStatus.FORBIDDEN, "errors/csrf.html")


def _shown_again(request: HttpRequest) -> HttpResponse | None:
    """Let the page at this address show its form with what was typed, if it does so; None for any other address."""
    match = request.resolver_match
    if match is None or match.url_name != "wagtail_serve":
        return None
    home, (path,) = Frame.of(request).home(active_language()), match.args
    try:
        found = home.page().route(request, [part for part in path.split("/") if part]) if home else None
    except Http404:
        return None
    if found is None or not getattr(found.page, "keeps_what_was_typed", False):
        return None
    request.csrf_has_failed = True  # type: ignore[attr-defined]
    return page(request, path)
