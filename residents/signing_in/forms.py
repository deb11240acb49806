"""What is typed to sign in and to sign up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm
from allauth.core import context
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from home.languages import active_language
from home.models import Neighbourhood
from residents.models import User
from residents.signing_in import codes
from residents.signing_in.throttles import TOO_MANY, count

NO_CODE_LEFT = _("This code can no longer be used: it was tried too often, used before, or is too old. Ask a new one.")


class AddressField(forms.EmailField):
    """An e-mail address, as it is kept: in lower case."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your e-mail address"))
        kwargs.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}))
        super().__init__(max_length=254, **kwargs)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).lower()


class AskForCodeForm(forms.Form):
    """Where a code is to be sent. It does not say whether anybody has an account there."""

    email = AddressField()

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        count(context.request, "ask_for_code", account=email)
        return email


class SignUpForm(AskForCodeForm):
    """What a newcomer is asked: nothing else."""

    language = forms.ChoiceField(
        label=_("Language of your mails"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    neighbourhood = forms.ModelChoiceField(
        label=_("Your neighbourhood"),
        queryset=Neighbourhood.objects.none(),
        required=False,
        empty_label=_("I choose it later"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": active_language(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        places = self.fields["neighbourhood"]
        places.queryset = Neighbourhood.objects.order_by(f"name_{active_language()}")  # type: ignore[attr-defined]

    @property
    def choices(self) -> dict[str, Any]:
        """What the account will hold beside its address, as a session can keep it."""
        place = self.cleaned_data["neighbourhood"]
        return {"language": self.cleaned_data["language"], "neighbourhood": place.pk if place else None}


class CodeForm(ConfirmLoginCodeForm):
    """The code of the mail. Each attempt is counted, in the database, before it is looked at."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.token, self.email = kwargs.pop("token", ""), kwargs.pop("email", "")
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(label=_("Code"), max_length=20, widget=code_input())

    def clean_code(self) -> str:
        count(context.request, "try_code", account=self.email)
        if not codes.take_a_try(self.token):
            raise forms.ValidationError(NO_CODE_LEFT, code=TOO_MANY)
        code: str = super().clean_code()
        if not codes.use(self.token):
            raise forms.ValidationError(NO_CODE_LEFT, code=TOO_MANY)
        return code


def code_input() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input"})


def password_input(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


class PasswordSignInForm(LoginForm):
    """An address and a password, for who has set one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": AddressField(),
            "password": forms.CharField(
                label=_("Your password"), strip=False, max_length=1000, widget=password_input("current-password")
            ),
        }

    def _setup_password_field(self) -> None:
        """allauth takes it away where one signs up without a password."""

    def clean_password(self) -> str:
        count(self.request, "try_password")
        return str(self.cleaned_data["password"])


def _rules() -> str:
    return " ".join(password_validators_help_texts())


class NewPasswordForm(forms.Form):
    """A new password, typed once: whoever may set it has just signed in, and can see what they type."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1000,
        help_text=lazy(_rules, str)(),
        widget=password_input("new-password"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def save(self) -> None:
        get_adapter().set_password(self.user, self.cleaned_data["password"])
