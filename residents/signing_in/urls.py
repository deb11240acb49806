"""The addresses of signing in: allauth's names, for what the portal has use for; each once, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from django.utils.translation import pgettext_lazy
from django.views.generic import RedirectView

from residents.signing_in import identity_views, views
from residents.signing_in import security_views as mine
from residents.signing_in.decorators import fresh_sign_in_required as fresh


def to(name: str) -> Any:
    """Lead on from an address that allauth names and that has no page of its own here."""
    return RedirectView.as_view(pattern_name=name)


sign_in = views.SignInView.as_view()
entrance = [
    path(pgettext_lazy("address", "sign-in/"), sign_in, name="account_request_login_code"),
    path(pgettext_lazy("address", "sign-in/"), sign_in, name="account_login"),
    path(pgettext_lazy("address", "sign-in/code/"), views.CodeView.as_view(), name="account_confirm_login_code"),
    path(
        pgettext_lazy("address", "sign-in/password/"), views.PasswordSignInView.as_view(), name="account_login_password"
    ),
    path(pgettext_lazy("address", "sign-in/passkey/"), views.PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path(pgettext_lazy("address", "sign-in/second-step/"), views.SecondStepView.as_view(), name="mfa_authenticate"),
    path(pgettext_lazy("address", "sign-in/again/"), views.sign_in_again, name="account_reauthenticate"),
    path(
        pgettext_lazy("address", "sign-in/forgotten-password/"), views.forgotten_password, name="account_reset_password"
    ),
    path(pgettext_lazy("address", "sign-in/blocked/"), views.blocked, name="account_inactive"),
    path(pgettext_lazy("address", "sign-up/"), views.SignUpView.as_view(), name="account_signup"),
    path(pgettext_lazy("address", "sign-out/"), views.SignOutView.as_view(), name="account_logout"),
    path(pgettext_lazy("address", "identity/"), identity_views.open_identity, name="open_identity"),
    path(
        pgettext_lazy("address", "identity/sign-up/"), views.IdentitySignUpView.as_view(), name="socialaccount_signup"
    ),
    path(
        pgettext_lazy("address", "identity/cancelled/"), identity_views.cancelled, name="socialaccount_login_cancelled"
    ),
]
security = [
    path("", mine.my_security, name="my_security"),
    path(pgettext_lazy("address", "second-step/"), mine.second_factor, name="my_second_factor"),
    path(pgettext_lazy("address", "password/"), fresh(mine.set_password), name="account_set_password"),
    path(pgettext_lazy("address", "password/"), fresh(mine.set_password), name="account_change_password"),
    path(pgettext_lazy("address", "password/remove/"), fresh(mine.remove_password), name="account_remove_password"),
    path(pgettext_lazy("address", "app/"), fresh(mine.AppView.as_view()), name="mfa_activate_totp"),
    path(pgettext_lazy("address", "app/remove/"), fresh(mine.RemoveAppView.as_view()), name="mfa_deactivate_totp"),
    path(pgettext_lazy("address", "passkeys/add/"), fresh(mine.AddPasskeyView.as_view()), name="mfa_add_webauthn"),
    path(
        pgettext_lazy("address", "passkeys/<int:pk>/"),
        fresh(mine.RenamePasskeyView.as_view()),
        name="mfa_edit_webauthn",
    ),
    path(
        pgettext_lazy("address", "passkeys/<int:pk>/remove/"),
        fresh(mine.RemovePasskeyView.as_view()),
        name="mfa_remove_webauthn",
    ),
    path(
        pgettext_lazy("address", "recovery-codes/"),
        fresh(mine.RecoveryCodesView.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        pgettext_lazy("address", "recovery-codes/new/"),
        fresh(mine.NewRecoveryCodesView.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path(pgettext_lazy("address", "elsewhere/"), mine.sign_out_elsewhere, name="sign_out_elsewhere"),
    path(pgettext_lazy("address", "identity/unlink/"), fresh(mine.unlink_identity), name="unlink_identity"),
]
# Named by allauth when it leads on or fails; the portal has their page elsewhere.
elsewhere = [
    path("email/", to("my_security"), name="account_email"),
    path("confirm-email/", to("account_login"), name="account_email_verification_sent"),
    path("2fa/", to("my_security"), name="mfa_index"),
    path("2fa/webauthn/", to("my_security"), name="mfa_list_webauthn"),
    path("3rdparty/", to("my_security"), name="socialaccount_connections"),
]
urlpatterns = [
    path(pgettext_lazy("address", "account/"), include([*entrance, *elsewhere])),
    path(pgettext_lazy("address", "my/sign-in/"), include(security)),
]
# Where the provider of electronic identities sends people back to, in no language: it knows one address.
without_language = [
    path("openid/<str:provider_id>/callback/", identity_views.identity_callback, name="openid_connect_callback"),
]
