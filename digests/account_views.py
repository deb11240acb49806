"""The digests of an account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from digests.actions import change, end, resume, subscribe_account
from digests.editions import latest
from digests.forms import DigestForm
from digests.models import Frequency, Subscription
from residents.querysets import neighbourhoods_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_digests(request: HttpRequest) -> HttpResponse:
    """How often an account hears of what it follows; one button ends it."""
    subscription = subscribe_account(request.user)
    if subscription is None:
        return render(request, "digests/not_confirmed.html")
    if request.method == "POST" and "stop" in request.POST:
        end(subscription=subscription)
        messages.success(request, _("From now on you receive no digests and no alerts."))
        return redirect("my_digests")
    if request.method == "POST" and "resume" in request.POST:
        resume(subscription=subscription, now=timezone.now())
        messages.success(request, _("We write to you again."))
        return redirect("my_digests")
    return _choose(request, subscription)


def _choose(request: HttpRequest, subscription: Subscription) -> HttpResponse:
    form = DigestForm(request.POST or None, initial=DigestForm.of(subscription))
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        change(subscription=subscription, now=now, **form.cleaned_data)
        messages.success(request, _("Noted: this is what you receive from now on."))
        return redirect("my_digests")
    comes_next = None
    if subscription.frequency != Frequency.NEVER:
        comes_next = latest(subscription.frequency, now=now).next
    context = {
        "subscription": subscription,
        "form": form,
        "places": neighbourhoods_of(request.user),
        "comes_next": comes_next,
    }
    return render(request, "digests/my_digests.html", context)
