"""The form behind a personal link, and the desk's page of a link."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from home.addresses import absolute
from home.languages import active_language
from home.secret_addresses import kept_to_itself
from moderation.models import Arrival, Sender
from moderation.received_texts import Origin
from moderation.sender_actions import TooManyTextsError, make_link, receive_text, revoke_link
from moderation.sender_forms import ProposalForm, ReferenceForm

MEGABYTE = 1024 * 1024


@csrf_exempt
@kept_to_itself
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the form to whoever holds the link, and take what they send."""
    sender = Sender.objects.active().holding(secret).select_related("department").first()
    if sender is None:
        return _no_such_link(request)
    if request.method == "POST":
        return _receive(request, sender, secret)
    arrival = _arrival_of(request, sender)
    if arrival is not None:
        return render(request, "moderation/proposal_received.html", {"sender": sender, "arrival": arrival})
    return _form(request, sender, ProposalForm())


def _no_such_link(request: HttpRequest) -> HttpResponse:
    """The same answer for a link that was revoked and for one that never was."""
    return render(request, "moderation/no_such_link.html", status=HTTPStatus.NOT_FOUND)


def _form(request: HttpRequest, sender: Sender, form: ProposalForm, **extra: Any) -> HttpResponse:
    status = HTTPStatus.TOO_MANY_REQUESTS if extra.get("too_many") else HTTPStatus.OK
    limits = {
        "picture": settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE // MEGABYTE,
        "pdf": settings.WAGTAILDOCS_MAX_UPLOAD_SIZE // MEGABYTE,
    }
    context = {"sender": sender, "form": form, "days": settings.ARRIVALS_KEPT_DAYS, "limits": limits, **extra}
    return render(request, "moderation/propose.html", context, status=status)


def _receive(request: HttpRequest, sender: Sender, secret: str) -> HttpResponse:
    form = ProposalForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, sender, form)
    origin = Origin.of_link(sender, number=form.cleaned_data["number"], language=active_language())
    try:
        arrival = receive_text(origin=origin, text=form.received(), now=timezone.now())
    except TooManyTextsError:
        return _form(request, sender, form, too_many=True)
    except PermissionDenied:
        return _no_such_link(request)
    return redirect(f"{reverse('propose', args=[secret])}?{urlencode({'reference': arrival.reference})}")


def _arrival_of(request: HttpRequest, sender: Sender) -> Arrival | None:
    """Return what was sent just now, by the reference in the address; nobody else's."""
    form = ReferenceForm(request.GET)
    reference = form.cleaned_data["reference"] if form.is_valid() else ""
    theirs = sender.arrivals.filter(way=Arrival.Way.LINK) if reference else Arrival.objects.none()
    return next((arrival for arrival in theirs.order_by("-received_at")[:50] if arrival.reference == reference), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: Any, pk: int) -> HttpResponse:
    """Make, renew or revoke a sender's link; a new one is shown here, and never again."""
    sender = get_object_or_404(Sender, pk=pk)
    if not request.user.has_perm("moderation.change_sender"):
        raise PermissionDenied
    address = ""
    if request.method == "POST" and request.POST.get("action") == "revoke":
        revoke_link(sender=sender, user=request.user)
        messages.success(request, _("The link of “%(name)s” leads nowhere any more.") % {"name": sender})
        return redirect("wagtailsnippets_moderation_sender:list")
    if request.method == "POST":
        address = _address(sender, make_link(sender=sender, user=request.user, now=timezone.now()))
        sender.refresh_from_db()
    return render(request, "moderation/sender_link.html", {"sender": sender, "address": address})


def _address(sender: Sender, secret: str) -> str:
    with override(sender.language):
        return absolute(reverse("propose", args=[secret]))
