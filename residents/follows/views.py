"""The button's address, and the page that lists what one follows."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.addresses import own_path
from residents.follows import actions
from residents.follows.buttons import button_context
from residents.follows.forms import FollowForm
from residents.follows.groups import groups_of
from residents.follows.state import FollowState
from residents.follows.targets import Target


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Follow, or stop following. A visitor is led here by way of signing in, and then asked once, by name.

    A GET changes nothing: a link on another site must not make anybody follow anything.
    """
    form = FollowForm(request.POST if request.method == "POST" else request.GET)
    is_valid = form.is_valid()
    back = own_path(request, form.cleaned_data.get("next"), otherwise="my_follows")
    if not is_valid:
        messages.error(request, _("What you wanted to follow is no longer there."))
        return redirect("my_follows")
    target = form.cleaned_data["follow"] or form.cleaned_data["stop"]
    if request.method != "POST":
        known = FollowState.of(request)
        context = {"target": target, "back": back, "follows": known.follows(target)}
        return render(request, "residents/follows/follow.html", context)
    if form.cleaned_data["follow"]:
        actions.follow(user=request.user, target=target)  # type: ignore[arg-type]
        said = _("You now follow %(name)s.") % {"name": target.name}
    else:
        actions.stop_following(user=request.user, target=target)  # type: ignore[arg-type]
        said = _("You no longer follow %(name)s.") % {"name": target.name}
    return _answer(request, target, back, said)


def _answer(request: HttpRequest, target: Target, back: str, said: str) -> HttpResponse:
    """Show the button anew where JavaScript asked; else lead back, where the button tells the new state.

    The list of what one follows has no such button for what was left, so there it is said in words.
    """
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "residents/follows/_button.html", button_context(request, target, back=back, said=said))
    if back.partition("?")[0] == reverse("my_follows"):
        messages.success(request, said)
    return redirect(back)


@never_cache
@login_required
def my_follows(request: HttpRequest) -> HttpResponse:
    groups = groups_of(FollowState.of(request))
    return render(request, "residents/follows/my_follows.html", {"groups": groups})
