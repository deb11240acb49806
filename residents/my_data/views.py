"""The pages of "my data". Nothing of them is kept by a cache, and no other site is told their addresses."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from residents.languages import language_of
from residents.models import AddressChange, Profile, User
from residents.my_data.actions import correct_details
from residents.my_data.addresses import ask_for_change, cancel_change
from residents.my_data.closing import Reason, close_account, obstacles_of
from residents.my_data.export import ON_A_SCREEN, as_data, sections_of
from residents.my_data.forms import AddressForm, ClosingForm, DetailsForm
from residents.my_data.sign_ins import is_recent

FORM_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_safe
def my_data(request: Any) -> HttpResponse:
    """Everything that is kept of the person, by group, the longest tables shortened."""
    context = {"sections": sections_of(request.user, limit=ON_A_SCREEN)}
    return render(request, "residents/my_data/my_data.html", context)


@never_cache
@login_required
@require_safe
def my_data_download(request: Any, form: str) -> HttpResponse:
    """The same, complete, as a file: JSON for a machine, or a page that needs nothing else to be read and printed."""
    now = timezone.now()
    if form == "json":
        data = as_data(request.user, now=now)
        response: HttpResponse = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    elif form == "html":
        words = {"sections": sections_of(request.user), "now": now, "user": request.user}
        response = HttpResponse(render_to_string("residents/my_data/download.html", words, request=request))
    else:
        raise Http404
    name = f"{_('my-data')}-{timezone.localdate(now):%Y-%m-%d}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@login_required
@require_http_methods(FORM_METHODS)
def my_details(request: Any) -> HttpResponse:
    """Correct the name shown and the language; the answer is in the new one."""
    profile = Profile.objects.filter(user=request.user).first()
    now = {"display_name": profile.display_name if profile else "", "language": language_of(request.user)}
    form = DetailsForm(_sent(request), initial=now)
    if request.method == "POST" and form.is_valid():
        correct_details(user=request.user, **form.cleaned_data)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Your data are corrected."))
            return redirect("my_data")
    return render(request, "residents/my_data/details.html", {"form": form})


@never_cache
@login_required
@require_http_methods(FORM_METHODS)
def my_address(request: Any) -> HttpResponse:
    """Ask for another address; the answer is the same whether or not somebody has it."""
    form = AddressForm(_sent(request), current=request.user.email)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_change(user=request.user, email=form.cleaned_data["email"], now=timezone.now())
        except ValidationError as error:
            form.add_error("email", error)
        else:
            return redirect("my_address")
    change = AddressChange.objects.open(now=timezone.now()).filter(user=request.user).first()
    return render(request, "residents/my_data/address.html", {"form": form, "change": change})


@login_required
@require_POST
def my_address_cancel(request: Any) -> HttpResponse:
    cancel_change(user=request.user)
    messages.success(request, _("Your address stays as it is."))
    return redirect("my_address")


@never_cache
@login_required
@require_http_methods(FORM_METHODS)
def my_closing(request: Any) -> HttpResponse:
    """Close the account, for good, within this request."""
    user, obstacles = request.user, obstacles_of(request.user)
    if obstacles:
        return render(request, "residents/my_data/closing_obstacles.html", {"obstacles": obstacles})
    form = ClosingForm(_sent(request), address=user.email, is_recent=is_recent(request.session))
    if request.method == "POST" and form.is_valid():
        return _close(request, form)
    return render(request, "residents/my_data/closing.html", {"form": form})


def _sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also when it is nothing at all."""
    return request.POST if request.method == "POST" else None


def _close(request: Any, form: ClosingForm) -> HttpResponse:
    try:
        close_account(user=request.user, keep=form.keeps, reason=Reason.OWN_WISH, now=timezone.now())
    except ValidationError as error:
        return render(request, "residents/my_data/closing_obstacles.html", {"obstacles": error.messages})
    except User.DoesNotExist:
        pass  # closed a moment ago, by a second click
    logout(request)
    return redirect("my_data_closed")


@never_cache
@require_safe
def my_data_closed(request: HttpRequest) -> HttpResponse:
    """The last page: it knows nobody any more."""
    return render(request, "residents/my_data/closed.html")
