"""A resident's own page of their verification, the form for a letter, and the public page that tells of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from residents.models import Letter, LetterSettings, Verification
from residents.verifying import ways
from residents.verifying.counter import counter_number
from residents.verifying.errors import VerificationError
from residents.verifying.forms import CodeForm, LetterForm
from residents.verifying.letters import TooSoonError, ask_letter, enter_code, may_ask_again_at, withdraw_letter
from residents.verifying.qr import square


@require_safe
def about_verification(request: HttpRequest) -> HttpResponse:
    """What it is, for everybody."""
    return render(request, "residents/verifying/about.html", _told())


def _told() -> dict[str, Any]:
    return {"ways": ways.offered(), "years": settings.VERIFICATION_YEARS, "days": settings.LETTER_CODE_DAYS}


@never_cache
@login_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def my_verification(request: Any) -> HttpResponse:
    """How one is known to the commune, and the code of a letter."""
    form = CodeForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid() and _is_verified_by(request, form):
        messages.success(request, _("Welcome! You are a verified resident now."))
        return redirect("my_verification")
    return render(request, "residents/verifying/my_verification.html", {**_told(), **_state(request), "form": form})


def _is_verified_by(request: Any, form: CodeForm) -> bool:
    """Try the code; what is wrong is said at its field."""
    try:
        verification = enter_code(user=request.user, code=form.cleaned_data["code"], now=timezone.now())
    except VerificationError as error:
        form.add_error("code", error)
        return False
    if verification is None:
        words = _(
            "This is not the code of a letter that is valid. Look at it once more: after five wrong tries it locks."
        )
        form.add_error("code", words)
    return verification is not None


def _state(request: Any) -> dict[str, Any]:
    now, user = timezone.now(), request.user
    today = timezone.localdate(now)
    verification = Verification.objects.filter(voter__user=user).first()
    letter = Letter.objects.filter(user=user).select_related("batch").first()
    number = counter_number(user)
    return {
        "verification": verification,
        "is_verified": bool(verification and verification.is_valid(on=today)),
        "is_renewable": bool(verification and verification.is_renewable(on=today)),
        "letter": letter,
        "letter_state": _state_of(letter, now) if letter else "",
        "again_at": may_ask_again_at(letter, now=now) if letter else None,
        "may_ask": letter is None or may_ask_again_at(letter, now=now) <= now,
        "number": number,
        "square": square(number.replace(" ", ""), label=_("Your number as a square to scan")),
    }


def _state_of(letter: Letter, now: Any) -> str:
    if letter.is_waiting:
        return "waiting"
    if letter.is_locked:
        return "locked"
    return "on_its_way" if letter.is_on_its_way(now=now) else "over"


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def my_letter(request: Any) -> HttpResponse:
    """Ask for a letter with a code."""
    form = LetterForm(request.POST or None, commune=LetterSettings.load(request_or_site=request))
    if request.method == "POST" and form.is_valid():
        try:
            ask_letter(user=request.user, addressee=form.addressee, now=timezone.now())
        except TooSoonError as error:
            day = date_format(timezone.localtime(error.again_at), "j F Y")
            form.add_error(
                None, _("A letter is on its way already. You can ask for another from %(day)s.") % {"day": day}
            )
        else:
            messages.success(request, _("Thank you. Your letter leaves with the next batch, usually within a week."))
            return redirect("my_verification")
    return render(request, "residents/verifying/my_letter.html", {**_told(), "form": form})


@login_required
@require_POST
def withdraw_my_letter(request: Any) -> HttpResponse:
    withdraw_letter(user=request.user)
    messages.success(request, _("If your letter was not printed yet, your request is removed."))
    return redirect("my_verification")
