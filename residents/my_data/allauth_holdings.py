"""What allauth's tables hold of people."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.utils.translation import gettext_lazy as _

from residents.my_data.holdings import WITH_THE_ACCOUNT
from residents.personal_data import Holding, facts, register


def register_allauth_holdings() -> None:
    _register_addresses()
    _register_authenticators()
    _register_identities()


def _register_addresses() -> None:
    register(
        Holding(
            model=EmailAddress,
            title=_("Confirmed addresses"),
            what=_("Your e-mail address, and whether it was confirmed."),
            why=_("So that nobody makes an account with somebody else’s address."),
            kept=WITH_THE_ACCOUNT,
            of=lambda user: EmailAddress.objects.filter(user=user),
            export=lambda row: facts(row, "email", "verified", "primary"),
            close=lambda user, keep: _remove(EmailAddress.objects.filter(user=user)),
        )
    )
    register(
        Holding(
            model=EmailConfirmation,
            title=_("Addresses to confirm"),
            what=_("That a mail was sent to confirm your address, and when."),
            why=_("So that the link in it works once, for a few days."),
            kept=WITH_THE_ACCOUNT,
            of=lambda user: EmailConfirmation.objects.filter(email_address__user=user),
            export=lambda row: facts(row, "created", "sent"),
            close=lambda user, keep: _remove(EmailConfirmation.objects.filter(email_address__user=user)),
        )
    )


def _register_authenticators() -> None:
    register(
        Holding(
            model=Authenticator,
            title=_("Second factor"),
            what=_(
                "The public half of your passkeys, the secret of your one-time codes, and when they were last used."
            ),
            why=_("So that a password that was stolen opens nothing."),
            kept=_("Until you remove them, or close the account."),
            of=lambda user: Authenticator.objects.filter(user=user),
            export=lambda row: facts(row, "type", "created_at", "last_used_at"),
            close=lambda user, keep: _remove(Authenticator.objects.filter(user=user)),
        )
    )


def _register_identities() -> None:
    register(
        Holding(
            model=SocialAccount,
            title=_("Electronic identity"),
            what=_("A trace of your electronic identity that can't be turned back: no name, no number."),
            why=_("To know you again when you sign in with it."),
            kept=_("Until you unlink it, or close your account."),
            of=lambda user: SocialAccount.objects.filter(user=user),
            export=lambda row: facts(row, "provider", "date_joined", "last_login"),
            close=lambda user, keep: _remove(SocialAccount.objects.filter(user=user)),
        )
    )
    register(
        Holding(
            model=SocialToken,
            title=_("Keys of your electronic identity"),
            what=_("A key that your identity provider gave us for you, and until when it is valid."),
            why=_("To let you in by electronic identity."),
            kept=WITH_THE_ACCOUNT,
            of=lambda user: SocialToken.objects.filter(account__user=user),
            export=lambda row: facts(row, "expires_at"),
            close=lambda user, keep: _remove(SocialToken.objects.filter(account__user=user)),
        )
    )


def _remove(rows: Any) -> None:
    rows.delete()
