"""The words of a letter, in its reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.addresses import absolute
from home.models import CommuneSettings
from residents.models import LetterSettings
from residents.verifying import codes
from residents.verifying.letters import PrintedLetter


@dataclass(frozen=True)
class Wording:
    """A letter from top to bottom, without its layout."""

    sender: list[str]
    addressee: list[str]
    place_and_date: str
    subject: str
    greeting: str
    opening: str
    code: str
    code_note: str
    steps_title: str
    steps: list[str]
    address: str
    notes: list[str]
    closing: str
    signed: str


def wording_of(printed: PrintedLetter, *, commune: CommuneSettings, settings: LetterSettings) -> Wording:
    letter = printed.letter
    assert letter.batch is not None and letter.expires_at is not None  # noqa: S101, PT018 - it was printed just now
    with override(letter.language):
        address = absolute(reverse("my_verification"))
        until = date_format(timezone.localtime(letter.expires_at), "j F Y")
        day = date_format(timezone.localtime(letter.batch.printed_at), "j F Y")
        return Wording(
            sender=[commune.name, *commune.address.splitlines(), *filter(None, [commune.telephone, commune.email])],
            addressee=[
                f"{letter.given_name} {letter.family_name}",
                letter.street,
                f"{letter.postcode} {letter.town}",
            ],
            place_and_date=_("%(town)s, %(day)s") % {"town": settings.town, "day": day},
            subject=_("Your code, to become a verified resident"),
            greeting=_("Dear resident,"),
            opening=_("On our portal you asked to be known as a resident of the commune. Here is your code."),
            code=codes.grouped(printed.code),
            code_note=_("Valid until %(day)s, once, for your account only.") % {"day": until},
            steps_title=_("What to do"),
            steps=[
                _("Go to the address below, or point your telephone’s camera at the square."),
                _("Sign in with the e-mail address of your account."),
                _("Type in the code. Capitals and spaces don’t matter."),
            ],
            address=address,
            notes=_notes(commune),
            closing=_("With kind regards,"),
            signed=settings.signed,
        )


def _notes(commune: CommuneSettings) -> list[str]:
    contact = commune.telephone or commune.email
    unasked = _(
        "<b>You asked for nothing?</b> Then somebody gave your name and address, perhaps by mistake. Throw this letter "
        "away: without the code nothing happens in your name."
    )
    if contact:
        unasked += " " + _("Do tell us: %(contact)s.") % {"contact": contact}
    return [
        _(
            "<b>Keep the code to yourself.</b> Nobody of the commune will ever ask you for it. After five wrong tries it "
            "is locked; you can then ask for another letter."
        ),
        unasked,
        _(
            "<b>What we keep.</b> Once the code is used, your name, your date of birth and your address are removed from "
            "the portal. We keep when, how and until when you were verified, and a keyed trace that lets each person "
            "count once."
        ),
    ]
