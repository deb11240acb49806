"""Subscribing without an account: the form, and the pages behind the links of mails."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from digests.actions import ask_to_subscribe, change, confirm, end
from digests.forms import DigestForm, InvitationForm, SubscribeForm, WishesForm
from digests.links import OldLinkError, WrongLinkError, confirmed_by, managed_by, token_of
from digests.models import Subscription
from digests.throttles import is_too_much, machine_of
from home.secret_addresses import kept_to_itself

METHODS = ["GET", "HEAD", "POST"]


# Whoever sends it can do no more than ask for a mail to an address, from any machine; and no cookie is set for it.
@csrf_exempt
@require_http_methods(METHODS)
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take an address and what it wants. The answer is the same, whether the address is known or not."""
    if request.method != "POST":
        places = InvitationForm(request.GET).chosen()
        return _form(request, SubscribeForm(initial={"neighbourhoods": places}))
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    if is_too_much(of="ip", what=machine_of(request)):
        return _form(request, form, too_many=True)
    wishes = form.wishes()
    if not is_too_much(of="address", what=wishes.email):  # who gets too many of our mails isn't told to the sender
        ask_to_subscribe(wishes=wishes, now=timezone.now())
    return redirect("subscribing_asked")


def _form(request: HttpRequest, form: SubscribeForm, *, too_many: bool = False) -> HttpResponse:
    status = HTTPStatus.TOO_MANY_REQUESTS if too_many else HTTPStatus.OK
    return render(request, "digests/subscribe.html", {"form": form, "too_many": too_many}, status=status)


def subscribing_asked(request: HttpRequest) -> HttpResponse:
    """Say where to look now."""
    return render(request, "digests/asked.html")


@csrf_exempt
@kept_to_itself
@never_cache
@require_http_methods(METHODS)
def confirm_digests(request: HttpRequest, token: str) -> HttpResponse:
    """Begin a subscription when the button is pressed: programs that read mails follow links, and press nothing."""
    try:
        subscription = confirmed_by(token)
    except (OldLinkError, WrongLinkError) as error:
        return _no_link(request, error)
    is_needed = subscription.confirmed_at is None or subscription.suspended_at is not None
    if request.method == "POST" and is_needed:
        subscription, is_needed = confirm(subscription=subscription, now=timezone.now()), False
    return _behind_link(request, "digests/confirm.html", subscription, is_needed=is_needed)


@csrf_exempt
@kept_to_itself
@never_cache
@require_http_methods(METHODS)
def manage_digests(request: HttpRequest, token: str) -> HttpResponse:
    """Change what comes to an address; of an account, how often alone."""
    try:
        subscription = managed_by(token)
    except (OldLinkError, WrongLinkError) as error:
        return _no_link(request, error)
    kind = DigestForm if subscription.user else WishesForm
    form = kind(request.POST or None, initial=kind.of(subscription))
    if request.method == "POST" and form.is_valid():
        change(subscription=subscription, now=timezone.now(), **form.cleaned_data)
        return redirect(f"{request.path}?changed=1")
    return _behind_link(request, "digests/manage.html", subscription, form=form, is_changed="changed" in request.GET)


@csrf_exempt
@kept_to_itself
@never_cache
@require_http_methods(METHODS)
def stop_digests(request: HttpRequest, token: str) -> HttpResponse:
    """End a subscription: by the button, or by the one click of a mailbox's provider (RFC 8058), who sends a POST.

    What has ended already is ended: the provider may ask twice.
    """
    try:
        subscription = managed_by(token)
    except OldLinkError:
        return render(request, "digests/stopped.html")
    except WrongLinkError as error:
        return _no_link(request, error)
    if request.method == "POST":
        end(subscription=subscription)
        return render(request, "digests/stopped.html", {"has_account": subscription.user is not None})
    if subscription.is_silent:
        return render(request, "digests/stopped.html", {"has_account": subscription.user is not None})
    return _behind_link(request, "digests/stop.html", subscription)


def _behind_link(request: HttpRequest, template: str, subscription: Subscription, **context: Any) -> HttpResponse:
    places = [] if subscription.user else list(subscription.neighbourhoods.all())
    token = token_of(subscription.key)
    return render(request, template, {"subscription": subscription, "places": places, "token": token, **context})


def _no_link(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say honestly what is wrong with a link, and how to begin again."""
    is_old = isinstance(error, OldLinkError)
    status = HTTPStatus.GONE if is_old else HTTPStatus.NOT_FOUND
    return render(request, "digests/no_link.html", {"is_old": is_old}, status=status)
