"""A code by mail: sent alike whoever asks, tried a few times, used once.

The same for who has an account and who hasn't, for signing in and for signing up: one look at the accounts, one row for
the tries, one mail in the outbox. Only the mail tells what the portal knows, and it goes to the address itself.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from residents.models import SignInCode, User
from residents.models.sign_in_codes import MOST_TRIES
from residents.signing_in.actions import confirm_address, sign_up

KEPT = timedelta(days=1)


def take_a_try(token: str) -> bool:
    """Whether one more try at the code is allowed; it counts from now on, whatever comes of it."""
    free = SignInCode.objects.filter(
        pk=token, used_at=None, tries__lt=MOST_TRIES, made_at__gt=timezone.now() - lifetime()
    )
    return bool(free.update(tries=F("tries") + 1))


def use(token: str) -> bool:
    """Use the code up; False when somebody else was first."""
    return bool(SignInCode.objects.filter(pk=token, used_at=None).update(used_at=timezone.now()))


def lifetime() -> timedelta:
    return timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def forget_codes() -> int:
    """Remove the counts of codes that nobody can use any more."""
    removed, _by_model = SignInCode.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    return removed


class CodeProcess(LoginCodeVerificationProcess):
    """allauth's sign-in by code, with our mails, our count of tries, and accounts that are made when a code comes back.

    `state["sign_up"]` holds what a newcomer chose, `state["identity"]` the electronic identity that they came with, and
    `state["token"]` names the count of tries.
    """

    @classmethod
    def begin(
        cls,
        request: HttpRequest,
        *,
        email: str,
        sign_up: dict[str, Any] | None = None,
        identity: dict[str, Any] | None = None,
    ) -> None:
        """Send a code to `email`, for whoever has it: an account, a blocked one, nobody yet."""
        account = User.objects.filter(email=email).first()
        user = account if account is not None and account.is_active else None
        login = Login(user=user, email=email, state={"stages": {"current": LoginByCodeStage.key}})
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=email))
        stage.state |= {
            "initiated_by_user": True,
            "sign_up": sign_up,
            "identity": identity,
            "is_blocked": account is not None and user is None,
            "token": SignInCode.objects.create().pk,
        }
        process = cls(stage=stage)
        process.send()
        process.persist()

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> CodeProcess | None:
        """Return what was begun in this session; None once it took too long."""
        process: CodeProcess | None = cls(stage=stage).abort_if_invalid()
        return process

    @property
    def token(self) -> str:
        return str(self.state.get("token", ""))

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        self.state["code"] = get_adapter().generate_login_code()
        get_adapter().send_mail(f"account/email/{self._mail()}", email, {"code": self.state["code"], "user": self.user})
        if not self._may_come_back():
            self.state["code"] = ""  # nobody was sent it, so nothing that is typed is right

    def _mail(self) -> str:
        if self.state["is_blocked"]:
            return "blocked"
        if self.state["sign_up"] is None:
            return "login_code" if self.user else "unknown_account"
        return "account_already_exists" if self.user else "sign_up_code"

    def _may_come_back(self) -> bool:
        return not self.state["is_blocked"] and bool(self.user or self.state["sign_up"] is not None)

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """Sign in who typed the right code: to the account of the address, which is made now for a newcomer."""
        email, user, is_new = self.state["email"], self.user, False
        if user is None:
            user, is_new = sign_up(email=email, **self.state["sign_up"])
        confirm_address(user=user)
        record_authentication(self.request, user, method="code", email=email)
        identity = self.state.get("identity")
        brought = {"sociallogin": SocialLogin.deserialize(identity)} if identity else None
        login = Login(user=user, redirect_url=redirect_url, email=email, signup=is_new, signal_kwargs=brought)
        return perform_login(self.request, login)
