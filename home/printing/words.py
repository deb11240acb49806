"""What stands on a postcard or a poster, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from home.models import CommuneSettings, Neighbourhood


@dataclass(frozen=True)
class Words:
    language: str
    place: str
    commune: str
    question: str
    invitation: str
    how: str
    no_account: str
    offline: str


def words_in(language: str, place: Neighbourhood, commune: CommuneSettings) -> Words:
    """Return the words in "fr" or "nl"; without a telephone, nobody is invited to call."""
    telephone = commune.telephone.replace(" ", "\u00a0")
    with override(language):
        return Words(
            language=language,
            place=place.name,
            commune=commune.name,
            question=_("What is going on in your neighbourhood?"),
            invitation=_(
                "Works in your street, a party, a hand for a neighbour: the commune tells you, asks what you think, and "
                "says what became of it."
            ),
            how=_("Scan the code, or type the address below."),
            no_account=_("Reading needs no account."),
            offline=_("Without the Internet? Call %(telephone)s.") % {"telephone": telephone} if telephone else "",
        )
