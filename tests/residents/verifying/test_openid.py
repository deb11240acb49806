"""By electronic identity: what the claims must say."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from residents.models import Method, User, Verification
from residents.verifying.errors import HeldByAnotherError, MissingClaimsError
from residents.verifying.openid import verify_by_openid
from residents.verifying.permissions import is_verified
from tests.factories import UserFactory
from tests.residents.verifying.people import verify

pytestmark = pytest.mark.django_db
CLAIMS = {"sub": "a-number-of-the-provider", "family_name": "Zwarteveld-Ourthe", "given_name": "Zénobie"}
CLAIMS["birthdate"] = "1957-03-29"
SETTINGS = {"openid_connect": {"APPS": [{"provider_id": "itsme", "name": "itsme", "client_id": "x"}]}}


def test_the_claims_make_a_verified_resident(resident: User):
    verification = verify_by_openid(resident, CLAIMS)
    assert verification.method == Method.OPENID
    assert is_verified(resident, on=timezone.localdate())


@pytest.mark.parametrize(
    "changes",
    [
        {"family_name": None}, {"family_name": "  "}, {"given_name": ""}, {"given_name": 7},
        {"birthdate": None}, {"birthdate": "1957"}, {"birthdate": "0000-03-29"}, {"birthdate": "29/03/1957"},
        {"birthdate": 1957}, {"birthdate": "1957-13-01"},
    ],
)  # fmt: skip
def test_claims_that_are_missing_or_not_as_the_standard_says_verify_nobody(changes: dict[str, Any], resident: User):
    with pytest.raises(MissingClaimsError) as raised:
        verify_by_openid(resident, {**CLAIMS, **changes})
    assert isinstance(raised.value, ValidationError)
    assert raised.value.message
    assert not Verification.objects.exists()


def test_the_card_and_the_electronic_identity_are_one_person(clerk: User):
    verify(UserFactory(), method=Method.COUNTER, by=clerk)
    with pytest.raises(HeldByAnotherError):
        verify_by_openid(UserFactory(), CLAIMS)


def test_it_is_offered_only_where_the_commune_has_set_it_up(resident: User, signed_in: Any, client: Any):
    for browser, address in (
        (signed_in(resident), "/fr/mon-espace/verification/"),
        (client, "/fr/habitants-verifies/"),
    ):
        assert "itsme" not in browser.get(address).content.decode()


def test_it_is_told_of_with_the_providers_name(resident: User, signed_in: Any, settings: Any, monkeypatch: Any):
    settings.SOCIALACCOUNT_PROVIDERS = SETTINGS
    monkeypatch.setattr("residents.verifying.openid.reverse", lambda name, args: f"/{name}/{args[0]}/")
    page = signed_in(resident).get("/nl/mijn-omgeving/verificatie/").content.decode()
    assert "Verder met itsme" in page
    assert 'action="/openid_connect_login/itsme/"' in page
