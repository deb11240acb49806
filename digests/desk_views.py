"""The desk's screen of the digests: what goes out next, to how many, and what did not arrive."""

from __future__ import annotations

import functools
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from digests import figures
from digests.forms import PreviewForm
from digests.kinds import ALERT, DIGEST
from digests.permissions import can_see_digests
from digests.previews import preview
from home.languages import LANGUAGE_CODES
from home.models import Neighbourhood

View = Callable[..., HttpResponse]


def _for_the_desk(view: View) -> View:
    @functools.wraps(view)
    def wrapped(request: HttpRequest, **kwargs: str) -> HttpResponse:
        if not can_see_digests(request.user):
            raise PermissionDenied
        return view(request, **kwargs)

    return wrapped


@_for_the_desk
@require_safe
def digests(request: HttpRequest) -> HttpResponse:
    now, form = timezone.now(), PreviewForm(request.GET)
    place, frequency = form.place(), form.chosen_frequency()
    previews = [
        preview(place, language=code, frequency=frequency, now=now) for code in LANGUAGE_CODES if place is not None
    ]
    context = {
        "form": PreviewForm({"neighbourhood": place.slug if place else "", "frequency": frequency}),
        "place": place,
        "frequency": frequency,
        "previews": previews,
        "subscribers": figures.subscribers(),
        "kinds": [
            (DIGEST, _("Digests"), figures.weeks(DIGEST, now=now)),
            (ALERT, _("Alerts at once"), figures.weeks(ALERT, now=now)),
        ],
        "bounces": figures.bounces_by_code(),
    }
    return render(request, "digests/desk.html", context)


@_for_the_desk
@require_safe
@never_cache
def digest_preview(request: HttpRequest, *, language: str, frequency: str, slug: str) -> HttpResponse:
    """Answer with the mail's HTML as it is, for a frame that may run and open nothing."""
    place = Neighbourhood.objects.drawn().filter(slug=slug).first()
    if place is None:
        raise Http404
    shown = preview(place, language=language, frequency=frequency, now=timezone.now())
    if shown.parts is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return HttpResponse(shown.parts.html)
