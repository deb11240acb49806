"""The clerk's screens: find an account, look at the card, verify. Nothing that is typed from a card is kept."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from residents.languages import language_of
from residents.models import Letter, Residency, User, Verification
from residents.verifying import counter
from residents.verifying.errors import HeldByAnotherError, OtherPersonError, VerificationError
from residents.verifying.forms import CardForm, FindForm, HomeForm, RegisterForm, VerifyForm
from residents.verifying.permissions import can_verify

View = Callable[..., HttpResponse]


def for_clerks(view: View) -> View:
    """Only who verifies residents comes in; what is typed in stands in no cache and no report of an error."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_verify(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(sensitive_post_parameters()(wrapped))


@for_clerks
@require_http_methods(["GET", "HEAD", "POST"])
def at_counter(request: Any) -> HttpResponse:
    """Find an account by its address or number. It is asked by POST, so that no address stands in a log."""
    form = FindForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        user = counter.find_account(form.cleaned_data["who"])
        if user is not None:
            return redirect("counter_account", _in_address(user))
        form.add_error(
            "who", _("No account has this address or number. Check it with the resident, letter for letter.")
        )
    waiting = Letter.objects.filter(batch=None, born_on__isnull=False).count()
    return render(request, "residents/counter/counter.html", {"form": form, "waiting": waiting})


def _in_address(user: User) -> str:
    return counter.counter_number(user).replace(" ", "")


@for_clerks
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Any, number: str) -> HttpResponse:
    """One account, and the card of its person."""
    user = _account(number)
    form = VerifyForm(request.POST or None, label_suffix="")
    trouble: VerificationError | None = None
    if request.method == "POST" and form.is_valid():
        choices = {name: form.cleaned_data[name] for name in ("is_namesake", "is_correction")}
        try:
            counter.verify_at_counter(user=user, card=form.card, by=request.user, now=timezone.now(), **choices)
        except VerificationError as error:
            trouble = error
            form.put_cursor(_question(error))
        else:
            _tell_verified(request, user)
            return redirect("counter_account" if user.email is None else "counter", *_again(user))
    if form.errors:
        form.put_cursor()
    return render(request, "residents/counter/account.html", {**_about(user), "form": form, **_told(trouble)})


def _again(user: User) -> list[str]:
    return [_in_address(user)] if user.email is None else []


def _account(number: str) -> User:
    user = counter.account_by_number(number)
    if user is None:
        raise Http404
    return user


def _told(trouble: VerificationError | None) -> dict[str, Any]:
    """Say what stands in the way in a clerk's words, and what they can do about it."""
    words: Any = trouble.message if trouble else ""
    if isinstance(trouble, HeldByAnotherError):
        words = _(
            "Another open account is verified with the same name and date of birth. The same person? Then they go on "
            "with that account: nobody is verified twice. Somebody else? Tick the box below, and verify again."
        )
    elif isinstance(trouble, OtherPersonError):
        words = _(
            "This account was verified earlier with another name or date of birth. The same person? Tick the box below, "
            "and verify again. Somebody else? They need an account of their own."
        )
    return {
        "trouble": words,
        "asks_namesake": isinstance(trouble, HeldByAnotherError),
        "asks_correction": isinstance(trouble, OtherPersonError),
    }


def _question(trouble: VerificationError) -> str:
    """Return the field in which the clerk may answer what stands in the way."""
    if isinstance(trouble, HeldByAnotherError):
        return "is_namesake"
    return "is_correction" if isinstance(trouble, OtherPersonError) else "family_name"


def _about(user: User) -> dict[str, Any]:
    """What a clerk needs to know of an account, and no more."""
    verification = Verification.objects.filter(voter__user=user).first()
    residency = Residency.objects.filter(user=user).select_related("neighbourhood").first()
    today = timezone.localdate()
    return {
        "account": user,
        "number": counter.counter_number(user),
        "verification": verification,
        "is_verified": bool(verification and verification.is_valid(on=today)),
        "neighbourhood": residency.neighbourhood if residency else None,
        "language": language_of(user),
    }


def _tell_verified(request: Any, user: User) -> None:
    until = counter.is_verified_until(user)
    words = _("Verified until %(day)s. What you typed is not kept.")
    messages.success(request, words % {"day": date_format(until, "j F Y") if until else "–"})


@for_clerks
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Any) -> HttpResponse:
    """Make and verify the account of somebody without an e-mail address."""
    form = RegisterForm(request.POST or None, label_suffix="", initial={"language": request.LANGUAGE_CODE[:2]})
    trouble: VerificationError | None = None
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("neighbourhood", "language", "is_namesake")}
        try:
            user = counter.register_without_address(card=form.card, by=request.user, now=timezone.now(), **fields)
        except VerificationError as error:
            trouble = error
            form.put_cursor(_question(error))
        else:
            _tell_verified(request, user)
            return redirect("counter_account", _in_address(user))
    if form.errors:
        form.put_cursor()
    return render(request, "residents/counter/register.html", {"form": form, **_told(trouble)})


@for_clerks
@require_http_methods(["GET", "HEAD", "POST"])
def find_by_card(request: Any) -> HttpResponse:
    """Find again somebody who was verified, by their card; there is no search by name."""
    form = CardForm(request.POST or None, label_suffix="")
    found: list[User] | None = None
    if request.method == "POST" and form.is_valid():
        found = counter.find_by_card(form.card)
        if len(found) == 1:
            return redirect("counter_account", _in_address(found[0]))
    accounts = [
        {"user": user, "number": counter.counter_number(user), "path": _in_address(user)} for user in found or []
    ]
    context = {"form": form, "accounts": accounts, "is_unknown": found == []}
    return render(request, "residents/counter/find_by_card.html", context)


@for_clerks
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: Any, number: str) -> HttpResponse:
    """Change where somebody without an e-mail address lives, or their language."""
    user = _account(number)
    if user.email is not None or user.pk == request.user.pk:
        raise PermissionDenied
    about = _about(user)
    form = HomeForm(request.POST or None, label_suffix="", initial=about)
    if request.method == "POST" and form.is_valid():
        counter.settle(user=user, by=request.user, **form.cleaned_data)
        messages.success(request, _("The account is changed."))
        return redirect("counter_account", _in_address(user))
    return render(request, "residents/counter/settle.html", {**about, "form": form})
