"""The pages through which one comes in: a code, a password, a passkey, a second step; signing up; leaving."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.decorators import login_stage_required
from allauth.account.mixins import NextRedirectMixin, RedirectAuthenticatedUserMixin
from allauth.account.stages import LoginByCodeStage
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.account.views import LogoutView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.internal.flows.signup import clear_pending_signup, get_pending_signup
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.edit import FormView

from home.models import Neighbourhood
from residents.signing_in import throttles
from residents.signing_in.codes import CodeProcess
from residents.signing_in.forms import AskForCodeForm, CodeForm, PasswordSignInForm, SignUpForm
from residents.signing_in.identities import identity_name


def ways_in(request: HttpRequest) -> dict[str, str]:
    """The addresses of the ways in, each leading on to where the reader was going."""
    names = {"login_url": "account_login", "password_url": "account_login_password", "signup_url": "account_signup"}
    ways = {key: passthrough_next_redirect_url(request, reverse(name), "next") for key, name in names.items()}
    return {**ways, "identity_name": identity_name()}


@method_decorator(never_cache, name="dispatch")
class EntranceView(throttles.ThrottledFormMixin, RedirectAuthenticatedUserMixin, NextRedirectMixin, FormView):
    """A page that lets people in: who is in already goes on, and nobody is held at a code that they didn't get."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        return None

    def get_default_success_url(self) -> str | None:
        return None

    def get_authenticated_redirect_url(self) -> str:
        """Where somebody goes who is in already. Sent here by the admin, which isn't theirs, they would come back."""
        url = str(super().get_authenticated_redirect_url())
        if url.startswith(reverse("wagtailadmin_home")) and not self.request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **ways_in(self.request)}

    def code_was_sent(self) -> HttpResponse:
        return redirect(self.passthrough_next_url(reverse("account_confirm_login_code")))


class SignInView(EntranceView):
    """By a code first; a passkey, a password and an electronic identity stand beside it."""

    form_class = AskForCodeForm
    template_name = "account/login.html"

    def form_valid(self, form: AskForCodeForm) -> HttpResponse:
        CodeProcess.begin(self.request, email=form.cleaned_data["email"])
        return self.code_was_sent()


class SignUpView(EntranceView):
    """An address, a language, a neighbourhood. Whoever has an account already is sent a code for it, just the same."""

    form_class = SignUpForm
    template_name = "account/signup.html"

    def get_initial(self) -> dict[str, Any]:
        """Choose the neighbourhood that somebody found before they came here."""
        slug = self.request.GET.get("neighbourhood", "")
        place = Neighbourhood.objects.drawn().filter(slug=slug).first() if slug else None
        return {**super().get_initial(), **({"neighbourhood": place} if place else {})}

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        CodeProcess.begin(self.request, email=form.cleaned_data["email"], sign_up=form.choices)
        return self.code_was_sent()


class IdentitySignUpView(SignUpView):
    """The same, for somebody whose electronic identity belongs to no account yet: it will to the one they show here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.sociallogin = get_pending_signup(request)
        if self.sociallogin is None:
            return redirect("account_login")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        addresses = self.sociallogin.email_addresses
        return {**super().get_initial(), "email": addresses[0].email if addresses else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "is_by_identity": True}

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        identity = self.sociallogin.serialize()
        CodeProcess.begin(self.request, email=form.cleaned_data["email"], sign_up=form.choices, identity=identity)
        clear_pending_signup(self.request)
        return self.code_was_sent()


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class PasswordSignInView(EntranceView):
    form_class = PasswordSignInForm
    template_name = "account/login_password.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: PasswordSignInForm) -> HttpResponse:
        response: HttpResponse = form.login(self.request, redirect_url=self.get_next_url())
        return response


@method_decorator(
    [never_cache, login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login")], name="dispatch"
)
class CodeView(NextRedirectMixin, FormView):
    """The code of the mail. When it can't be used any more, one stands before the page that sends a new one."""

    form_class = CodeForm
    template_name = "account/confirm_login_code.html"

    process: CodeProcess

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        process = CodeProcess.resume(request._login_stage)  # type: ignore[attr-defined]
        if process is None:
            return redirect("account_login")
        self.process = process
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        process, email = self.process, self.process.state["email"]
        return {**super().get_form_kwargs(), "code": process.code, "token": process.token, "email": email}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.process.state
        return {
            **super().get_context_data(**kwargs),
            "email": state["email"],
            "is_sign_up": state["sign_up"] is not None,
        }

    def form_valid(self, form: CodeForm) -> HttpResponse:
        response: HttpResponse = self.process.finish(self.get_next_url())
        return response

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        if not throttles.is_throttled(form):
            response: HttpResponse = super().form_invalid(form)
            return response
        email = self.process.state["email"]
        self.process.abort()
        again = AskForCodeForm(initial={"email": email})
        words = {**self.get_context_data(form=again), **ways_in(self.request), "problem": form.errors["code"][0]}
        return render(self.request, "account/login.html", words, status=HTTPStatus.TOO_MANY_REQUESTS)


class SecondStepView(AuthenticateView):
    """The second step of those who have one, staff above all."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        if throttles.is_throttled(form):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response


class PasskeySignInView(LoginWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("This passkey is not known here. Use another one, or ask a code by mail."))
        return redirect("account_login")


class SignOutView(LogoutView):
    """Asks first where somebody follows a link, and signs out where they press a button."""


def blocked(request: HttpRequest) -> HttpResponse:
    return render(request, "account/account_inactive.html", status=HTTPStatus.FORBIDDEN)


def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Nothing is reset by a link: who forgot a password signs in with a code, and sets another."""
    return render(request, "account/password_reset.html")


@never_cache
@login_required
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Say why, and lead through the one way in once more."""
    back = get_next_redirect_url(request) or reverse("my_security")
    return render(
        request, "account/reauthenticate.html", {"again": f"{reverse('account_login')}?{urlencode({'next': back})}"}
    )


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What allauth answers where a page has no form to keep."""
    return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
