"""What is typed at the second step, and to set it up: allauth's forms, with our labels."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from residents.signing_in.forms import code_input

NAME_LENGTH = 40


class SecondFactorForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code of your app, or a recovery code"), max_length=20, widget=code_input()
        )


class FirstOneTimeCodeForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code that the app shows now"), max_length=20, widget=code_input()
        )


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Name of this passkey"),
        max_length=NAME_LENGTH,
        help_text=_("To tell your passkeys apart, such as “my phone”."),
    )


class NewPasskeyForm(AddWebAuthnForm):
    """Every passkey is one to sign in with: it is kept on the device, which asks for a finger, a face or a PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name()
        self.fields["name"].required = False
        self.fields["passwordless"].widget = forms.CheckboxInput(attrs={"hidden": True, "checked": True})


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name()
