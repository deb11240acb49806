"""What a browser keeps: which unfinished answers are its own, and, where anyone may answer, that it has answered.

Neither cookie is set by reading: the first comes with the first step that is kept, the second with the answer.
"""

from __future__ import annotations

import uuid
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from participation.models import Draft
from participation.surveys.drafts import KEPT
from residents.fingerprints import keyed

BROWSER, DRAFT = "survey_browser", "survey_draft"
BROWSER_KEPT = 60 * 60 * 24 * 365


def browser_of(request: HttpRequest) -> str:
    """Return the random id of a browser; "" for one that we have given none and can't give one.

    Before it has its cookie, it is known by the secret of its forms, so that two clicks at once are one browser's.
    """
    kept = _as_uuid(request.COOKIES.get(BROWSER))
    if kept:
        return str(kept)
    secret = request.META.get("CSRF_COOKIE") if request.method == "POST" else None
    return str(UUID(keyed("browser", secret)[:32])) if secret else ""


def remember_browser(response: HttpResponse, browser: str) -> None:
    _set(response, BROWSER, browser, BROWSER_KEPT)


def draft_key(request: HttpRequest, survey_key: UUID) -> UUID | None:
    return _as_uuid(request.COOKIES.get(_name(survey_key)))


def remember_draft(response: HttpResponse, draft: Draft) -> None:
    _set(response, _name(draft.survey_key), str(draft.key), int(KEPT.total_seconds()))


def forget_draft(response: HttpResponse, survey_key: UUID) -> None:
    response.delete_cookie(_name(survey_key), samesite="Lax")


def _name(survey_key: UUID) -> str:
    return f"{DRAFT}_{survey_key.hex[:12]}"


def _as_uuid(text: str | None) -> UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_cookie(name, value, max_age=seconds, samesite="Lax", httponly=True, secure=settings.CSRF_COOKIE_SECURE)
