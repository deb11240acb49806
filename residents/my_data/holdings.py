"""What residents' own tables, and the outbox, hold of people. Wagtail's and allauth's stand beside this module."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from mailing.actions import forget_person
from mailing.models import Bounce, OutgoingMail
from residents.models import (
    AddressChange,
    Follow,
    Letter,
    LetterBatch,
    Profile,
    Residency,
    User,
    Verification,
    Voter,
)
from residents.my_data.sessions import end_sessions, keys_of
from residents.personal_data import Group, Holding, facts, register

WITH_THE_ACCOUNT = _("As long as the account exists.")


def register_holdings() -> None:
    _register_account()
    _register_entering()
    _register_places()
    _register_verification()
    _register_letters()
    _register_mails()


def _register_account() -> None:
    register(
        Holding(
            model=User,
            title=_("Account"),
            what=_("E-mail address; a name and a password where you gave them; when it was made and last used."),
            why=_("To let you in and nobody else, and to write to you."),
            kept=_(
                "As long as the account exists: seven days when its address is never confirmed; two years after you last "
                "signed in, with a warning by mail a month before."
            ),
            of=lambda user: User.objects.filter(pk=user.pk),
            export=lambda row: {
                **facts(row, "email", "first_name", "last_name", "date_joined", "last_login"),
                str(_("Groups")): [str(group) for group in row.groups.all()],
            },
        )
    )
    register(
        Holding(
            model=Profile,
            title=_("Name shown"),
            what=_(
                "The name shown with what you write; when you were welcomed, and warned that the account is unused."
            ),
            why=_("So that others read a name that you chose, and so that no account goes without a warning."),
            kept=WITH_THE_ACCOUNT,
            of=lambda user: Profile.objects.filter(user=user),
            export=lambda row: facts(row, "display_name", "welcomed_at", "warned_at"),
        )
    )


def _register_entering() -> None:
    register(
        Holding(
            model=AddressChange,
            what=_("The new address that you asked for, and which of the two addresses confirmed it."),
            why=_("So that nobody takes your account from you, and you don’t lose it by a typing error."),
            kept=_("24 hours."),
            of=lambda user: AddressChange.objects.filter(user=user),
            export=lambda row: facts(row, "email", "asked_at", "old_confirmed_at", "new_confirmed_at"),
        )
    )
    register(
        Holding(
            model=Session,
            title=_("Being signed in"),
            what=_("That you are signed in, and since when; not on which device, nor what you read."),
            why=_("So that you don’t have to sign in on every page."),
            kept=_("Until you sign out; two weeks at most."),
            of=lambda user: Session.objects.filter(session_key__in=list(keys_of(user))),
            export=lambda row: {str(_("Until")): row.expire_date},
            close=lambda user, keep: end_sessions(user),
        )
    )


def _register_places() -> None:
    register(
        Holding(
            model=Residency,
            title=_("Your neighbourhood"),
            what=_("The neighbourhood where you live; no street and no number."),
            why=_("To show you its news first, and to count how many households are reached there."),
            kept=WITH_THE_ACCOUNT,
            group=Group.PLACES,
            of=lambda user: Residency.objects.filter(user=user).select_related("neighbourhood"),
            export=lambda row: facts(row, "neighbourhood"),
        )
    )
    register(
        Holding(
            model=Follow,
            title=_("What you follow"),
            what=_("The neighbourhoods, departments and subjects that you follow, and since when."),
            why=_("To show you what you asked for, and to put it in your digests."),
            kept=_("Until you stop following, or close the account."),
            group=Group.PLACES,
            of=lambda user: Follow.objects.filter(user=user).select_related("neighbourhood", "department"),
            export=lambda row: {
                str(_("Followed")): str(row.neighbourhood or row.department or f"{row.subject} {row.key}"),
                **facts(row, "since"),
            },
        )
    )


def _register_verification() -> None:
    """The voter outlives the account: `residents.my_data.closing` detaches it, as the last step."""
    kept = _("As long as the account exists; after that, until what you took part in is over.")
    register(
        Holding(
            model=Voter,
            title=_("Counting once"),
            what=_(
                "A random number under which your votes and answers count once, and a trace of your e-mail address."
            ),
            why=_("So that nobody votes twice, not even by closing an account and making another."),
            kept=kept,
            group=Group.VERIFICATION,
            of=lambda user: Voter.objects.filter(user=user),
            export=lambda row: {str(_("Number")): str(row.key), str(_("Trace kept")): bool(row.address_fingerprint)},
        )
    )
    register(
        Holding(
            model=Verification,
            what=_(
                "That you live in the commune: how and when you showed it, until when it holds, and a trace of your name "
                "and date of birth. The trace can’t be turned back into them."
            ),
            why=_("For what is open to residents only, and so that nobody is verified in two accounts."),
            kept=kept,
            group=Group.VERIFICATION,
            of=lambda user: Verification.objects.filter(voter__user=user),
            export=lambda row: facts(row, "method", "verified_at", "valid_until"),
        )
    )


def _register_letters() -> None:
    register(
        Holding(
            model=Letter,
            title=_("Letter with a code"),
            what=_("Name, date of birth and postal address, as you gave them for the letter."),
            why=_("To write to you, and to know you again if you are verified another time."),
            kept=_("Until you typed the code, or the letter is over."),
            group=Group.VERIFICATION,
            of=lambda user: Letter.objects.filter(user=user),
            export=lambda row: facts(
                row, "family_name", "given_name", "born_on", "street", "postcode", "town", "asked_at", "expires_at"
            ),
        )
    )
    register(
        Holding(
            model=LetterBatch,
            what=_("Which clerk printed letters with codes, or verified somebody, and when."),
            why=_("To answer for who held the codes in their hands."),
            kept=_("As long as the letters; closing the account takes the name out."),
            group=Group.WORK,
            of=lambda user: LetterBatch.objects.filter(printed_by=user),
            export=lambda row: facts(row, "printed_at"),
        )
    )


def _mails_to(user: Any) -> Any:
    return OutgoingMail.objects.to_person(user=user, email=user.email)


def _mail(row: OutgoingMail) -> dict[str, Any]:
    """A code or a link is left out: whoever takes the download away from its person could use it."""
    words = () if row.private else ("text",)
    return facts(row, "to", "subject", *words, "due_at", "status", "sent_at")


def _register_mails() -> None:
    register(
        Holding(
            model=OutgoingMail,
            what=_("The mails that the portal sent you: address, subject, text, and whether they left."),
            why=_("To send each of them once, and to see when mail does not leave."),
            kept=_("90 days; the words of a code or a link, only until it is sent."),
            group=Group.MAILS,
            of=_mails_to,
            export=_mail,
            close=lambda user, keep: forget_person(mails=_mails_to(user)),
        )
    )
    register(
        Holding(
            model=Bounce,
            what=_("That a mail to you came back, and the code that your provider gave."),
            why=_("To stop writing to an address that takes no mail."),
            kept=_("As long as the mail: 90 days."),
            group=Group.MAILS,
            of=lambda user: Bounce.objects.filter(mail__in=_mails_to(user)),
            export=lambda row: facts(row, "is_final", "code", "came_back_at"),
        )
    )
