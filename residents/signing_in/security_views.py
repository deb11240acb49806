"""The page of a resident's own on which they see and change how they sign in, and what it leads to."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.password_change import finalize_password_change, finalize_password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from residents.models import User
from residents.signing_in import mails
from residents.signing_in.actions import end_other_sessions
from residents.signing_in.forms import NewPasswordForm
from residents.signing_in.identities import identity_name
from residents.signing_in.sessions import (
    SECOND_FACTORS,
    forget_second_factor,
    needs_second_factor,
    note_second_factor,
)


def ways_of(user: User) -> dict[str, Any]:
    """Return how `user` signs in: what was set up, and what was not."""
    authenticators = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    by_type: dict[str, list[Authenticator]] = {}
    for authenticator in authenticators:
        by_type.setdefault(authenticator.type, []).append(authenticator)
    recovery = by_type.get(Authenticator.Type.RECOVERY_CODES, [])
    return {
        "has_password": user.has_usable_password(),
        "passkeys": by_type.get(Authenticator.Type.WEBAUTHN, []),
        "has_app": Authenticator.Type.TOTP in by_type,
        "recovery_codes_left": len(recovery[0].wrap().get_unused_codes()) if recovery else None,
        "identity_name": identity_name(),
        "identity": SocialAccount.objects.filter(user=user).first(),
    }


@never_cache
@login_required
def my_security(request: HttpRequest) -> HttpResponse:
    return render(request, "residents/signing_in/security.html", ways_of(request.user))  # type: ignore[arg-type]


@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where staff are led until they have shown a second factor: to set one up, or to sign in again with theirs."""
    if not needs_second_factor(request):
        return redirect("wagtailadmin_home")
    has_one = is_mfa_enabled(request.user, SECOND_FACTORS)
    return render(request, "residents/signing_in/second_factor.html", {"has_one": has_one})


@sensitive_post_parameters("password")
def set_password(request: HttpRequest) -> HttpResponse:
    """Set a password, or another one. Sessions on other devices end with the one that went."""
    user: User = request.user  # type: ignore[assignment]
    had_one = user.has_usable_password()
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        (finalize_password_change if had_one else finalize_password_set)(request, user)
        return redirect("my_security")
    return render(request, "account/password_set.html", {"form": form, "had_one": had_one})


@require_POST
def remove_password(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_other_sessions(request=request)
    mails.queue_notice("password_removed", user=user)
    messages.success(request, _("Your password is removed. You sign in with a code by mail or a passkey."))
    return redirect("my_security")


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    end_other_sessions(request=request)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("my_security")


@require_POST
def unlink_identity(request: HttpRequest) -> HttpResponse:
    removed, _by_model = SocialAccount.objects.filter(user=request.user).delete()
    if removed:
        mails.queue_notice("account_disconnected", user=request.user)
        messages.success(request, _("Your electronic identity is no longer linked to your account."))
    return redirect("my_security")


class _NotesWhatWasSetUp:
    """The session has shown the factor that was just set up. Other sessions, which have not, end."""

    request: HttpRequest
    type: Authenticator.Type

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        made = Authenticator.objects.filter(user=self.request.user, type=self.type).latest("pk")
        end_other_sessions(request=self.request)
        note_second_factor(self.request, made)
        return response


class _ForgetsWhatIsGone:
    """What a removed factor had shown is taken back once none is left, so that staff set up another one at once."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        super().form_valid(form)  # type: ignore[misc]
        end_other_sessions(request=self.request)
        if not is_mfa_enabled(self.request.user, SECOND_FACTORS):  # type: ignore[arg-type]
            forget_second_factor(self.request)
        return redirect("my_security")


class AppView(_NotesWhatWasSetUp, ActivateTOTPView):
    type = Authenticator.Type.TOTP


class RemoveAppView(_ForgetsWhatIsGone, DeactivateTOTPView):
    pass


class AddPasskeyView(_NotesWhatWasSetUp, AddWebAuthnView):
    type = Authenticator.Type.WEBAUTHN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": self.get_form(), **super().get_context_data(**kwargs)}


class RenamePasskeyView(EditWebAuthnView):
    def get_success_url(self) -> str:
        return reverse("my_security")


class RemovePasskeyView(_ForgetsWhatIsGone, RemoveWebAuthnView):
    pass


class RecoveryCodesView(ViewRecoveryCodesView):
    pass


class NewRecoveryCodesView(GenerateRecoveryCodesView):
    pass
