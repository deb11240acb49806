"""Linking an electronic identity to an account, and telling who wants to know (residents.signing_in.identities)."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from residents.signing_in import mails
from residents.signing_in.identities import Identity, tell
from residents.signing_in.sessions import is_fresh


def link(request: HttpRequest, sociallogin: Any) -> bool:
    """Link the identity to who is signed in; False when it is another account's. Each person has one identity here."""
    user, account = request.user, sociallogin.account
    try:
        with transaction.atomic():
            known, is_new = SocialAccount.objects.get_or_create(
                provider=account.provider, uid=account.uid, defaults={"user": user}
            )
    except IntegrityError:
        return False
    if known.user_id != user.pk:
        return False
    if is_new:
        mails.queue_notice("account_connected", user=user)
    tell(request, user, Identity.of(account.uid, sociallogin.state.get("claims") or {}))  # type: ignore[arg-type]
    return True


def connect(request: HttpRequest, sociallogin: Any) -> HttpResponse:
    """Link the identity that somebody who is signed in came back with, and go on where they were."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if not is_fresh(request):
        return redirect("account_reauthenticate")
    if link(request, sociallogin):
        messages.success(request, _("Your electronic identity is linked to your account."))
    else:
        messages.error(request, _("This electronic identity is linked to another account already."))
    return redirect(sociallogin.get_redirect_url(request) or get_next_redirect_url(request) or "my_security")
