"""Who answers, and the fingerprint under which they do so once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from participation.surveys.errors import BrowserUnknownError
from participation.surveys.terms import Access
from residents.fingerprints import keyed
from residents.models import Voter
from residents.voters import voter_of


@dataclass(frozen=True)
class Respondent:
    """Somebody at a screen: the account, or none, and the random id that their browser keeps in a cookie."""

    user: Any = AnonymousUser()  # noqa: RUF009 - it has no state
    browser: str = ""


def token_of(survey_key: UUID, voter_key: UUID | str) -> str:
    """Return the fingerprint of a person in one survey: in another survey the same person has another."""
    return keyed("participation", str(survey_key), str(voter_key))


def token_for(survey_key: UUID, access: str, respondent: Respondent) -> str:
    """Return the fingerprint of who answers now; called in the transaction that writes, since it locks the voter.

    Where anyone may answer, the browser counts, whoever is signed in on it: or they could answer once more after
    signing out. Raises BrowserUnknownError.
    """
    if access != Access.ANYONE:
        return token_of(survey_key, voter_of(respondent.user, locked=True).key)
    if not respondent.browser:
        raise BrowserUnknownError
    return _browser_token(survey_key, respondent)


def known_token(survey_key: UUID, access: str, respondent: Respondent) -> str | None:
    """Return the same without writing anything: None for somebody who can't have answered under one yet."""
    if access == Access.ANYONE:
        return _browser_token(survey_key, respondent) if respondent.browser else None
    key = (
        Voter.objects.filter(user=respondent.user.pk).values_list("key", flat=True).first()
        if respondent.user.pk
        else None
    )
    return token_of(survey_key, key) if key else None


def _browser_token(survey_key: UUID, respondent: Respondent) -> str:
    return token_of(survey_key, f"browser {respondent.browser}")
