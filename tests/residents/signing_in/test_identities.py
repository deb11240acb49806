"""Electronic identities, against a provider that runs on this machine: there and back, and nothing kept of the person."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.sessions.models import Session
from django.test import Client

from mailing.models import OutgoingMail
from moderation.roles import DESK
from residents.fingerprints import subject_fingerprint
from residents.models import User
from residents.signing_in import identities
from residents.signing_in.identities import Identity
from tests.factories import UserFactory
from tests.reading import parsed
from tests.residents.signing_in.entering import (
    address,
    code_in,
    code_of_app,
    is_in,
    last_mail,
    second_step,
    set_up_app,
    sign_in_by_code,
    type_code,
)
from tests.residents.signing_in.openid_server import (
    CLIENT_ID,
    CLIENT_SECRET,
    NATIONAL_NUMBER,
    PERSON,
    Provider,
    running_provider,
)

pytestmark = pytest.mark.django_db
TOLD: list[tuple[User, Identity]] = []


@pytest.fixture(scope="module")
def server() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(server: Provider, settings: Any, monkeypatch: Any) -> Provider:
    """A provider that behaves, and the portal configured for it."""
    app = {
        "provider_id": "identity",
        "name": "itsme®",
        "client_id": CLIENT_ID,
        "secret": CLIENT_SECRET,
        "settings": {"server_url": server.address, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    server.person, server.id_token_changes, server.userinfo_changes = dict(PERSON), {}, {}
    server.signing_key, server.is_down, server.refuses = server.key, False, False
    TOLD.clear()
    monkeypatch.setattr(identities, "_listeners", [])
    identities.register(lambda request, user, identity: TOLD.append((user, identity)))
    return server


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def there_and_back(client: Client, code: str = "fr", **data: Any) -> Any:
    """Go to the provider as a browser does, sign in there, and come back to the portal."""
    response = client.post(address("open_identity", code), data)
    assert response.status_code == 302, response.content
    return client.get(back_from(response.url))


def back_from(url: str) -> str:
    try:
        urllib.request.build_opener(_Stay).open(url, timeout=5)
    except urllib.error.HTTPError as redirect:
        parts = urlsplit(redirect.headers["Location"])
        return f"{parts.path}?{parts.query}"
    raise AssertionError("the provider did not lead back")


def sign_up(client: Client, code: str = "fr", email: str = PERSON["email"]) -> Any:
    response = there_and_back(client, code)
    assert response.url == address("socialaccount_signup", code)
    client.post(response.url, {"email": email, "language": code, "neighbourhood": ""})
    return type_code(client, code_in(last_mail(email)), code)


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_newcomer_signs_up_with_it_and_it_is_asked_for_the_same_three_things(client, provider, code):
    response = there_and_back(client, code)
    page = parsed(client.get(response.url))
    assert page.html["lang"] == code
    assert page.select_one("[name=email]")["value"] == PERSON["email"]
    assert {"email", "language", "neighbourhood"} <= {field["name"] for field in page.select("main form [name]")}
    assert not User.objects.exists()
    client.post(response.url, {"email": PERSON["email"], "language": code, "neighbourhood": ""})
    type_code(client, code_in(last_mail(PERSON["email"])), code)
    user = User.objects.get()
    assert is_in(client, user)
    assert (user.first_name, user.last_name) == ("", "")
    assert [
        (user, Identity(subject_fingerprint(NATIONAL_NUMBER), "Vandenbroucke", "Wies Marie", date(1980, 1, 31)))
    ] == TOLD
    assert {"/.well-known/openid-configuration", "/token", "/keys", "/userinfo"} <= set(provider.asked)


def test_from_then_on_it_signs_them_in(provider):
    sign_up(Client())
    client, user = Client(), User.objects.get()
    assert there_and_back(client, next="/fr/recherche/").url == "/fr/recherche/"
    assert is_in(client, user)
    assert [told.pk for told, _identity in TOLD] == [user.pk, user.pk]


def test_nothing_is_kept_of_the_person_but_a_trace(client, provider):
    sign_up(client)
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == (subject_fingerprint(NATIONAL_NUMBER), {})
    assert not SocialToken.objects.exists()
    kept = [json.dumps(session.get_decoded()) for session in Session.objects.all()]
    mails = [mail.text + mail.html for mail in OutgoingMail.objects.all()]
    for words in (NATIONAL_NUMBER, "Vandenbroucke", "1980-01-31"):
        assert not any(words in text for text in [*kept, *mails])


def test_it_is_no_way_around_the_second_factor(client, provider, settings):
    settings.STAFF_SECOND_FACTOR = True
    member = UserFactory(groups=[DESK.group])
    sign_in_by_code(client, member)
    assert client.post(address("open_identity"), {"process": "connect"}).url == address("my_second_factor")
    settings.STAFF_SECOND_FACTOR = False
    there_and_back(client, process="connect")
    settings.STAFF_SECOND_FACTOR = True
    other = Client()
    there_and_back(other)
    assert other.get("/admin/").url == address("my_second_factor")
    set_up_app(member)
    third = Client()
    assert there_and_back(third).url == address("mfa_authenticate")
    assert third.get("/admin/").status_code == 302
    second_step(third, code_of_app(member))
    assert third.get("/admin/").status_code == 200


def test_an_account_is_never_taken_by_its_address_alone(client, provider):
    user = UserFactory(email=PERSON["email"])
    assert there_and_back(client).url == address("socialaccount_signup")
    assert not is_in(client, user)
    client.post(address("socialaccount_signup"), {"email": user.email, "language": "fr", "neighbourhood": ""})
    assert not SocialAccount.objects.exists()
    type_code(client, code_in(last_mail(user.email)))
    assert is_in(client, user)
    assert SocialAccount.objects.get().user == user


@pytest.mark.parametrize("following", ["/fr/", ":", "nowhere", "wagtailadmin_home"])
def test_who_is_signed_in_links_it_goes_on_within_the_site_and_is_told_by_mail(client, provider, following):
    user = UserFactory()
    sign_in_by_code(client, user)
    led = following if following.startswith("/") else address("my_security")
    assert there_and_back(client, process="connect", next=following).url == led
    assert SocialAccount.objects.get().user == user
    assert [told for told, _identity in TOLD] == [user]
    assert OutgoingMail.objects.filter(kind="account_security").count() == 1
    there_and_back(client, process="connect")
    assert (SocialAccount.objects.count(), len(TOLD)) == (1, 2)
    client.post(address("unlink_identity"))
    assert not SocialAccount.objects.exists()


def test_it_belongs_to_one_account(client, provider):
    sign_up(Client())
    user = UserFactory()
    sign_in_by_code(client, user)
    TOLD.clear()
    there_and_back(client, process="connect")
    assert SocialAccount.objects.get().user != user
    assert TOLD == []
    assert "déjà liée à un autre compte" in client.get(address("my_security")).content.decode()


def test_linking_asks_for_a_sign_in_that_is_fresh(client, provider, settings):
    assert client.post(address("open_identity"), {"process": "connect"}).url == address("account_login")
    sign_in_by_code(client, UserFactory())
    settings.FRESH_SIGN_IN_SECONDS = 0
    assert client.post(address("open_identity"), {"process": "connect"}).url == address("account_reauthenticate")


def test_a_blocked_account_stays_shut(provider):
    sign_up(Client())
    User.objects.update(is_active=False)
    client = Client()
    assert there_and_back(client).url == address("account_inactive")
    assert client.get(address("account_inactive")).status_code == 403
    assert "_auth_user_id" not in client.session


WRONGS: dict[str, dict[str, Any]] = {
    "of another issuer": {"iss": "https://evil.example"},
    "for another portal": {"aud": "another"},
    "too old": {"exp": 1},
    "of another person": {"sub": "somebody else"},
}


@pytest.mark.parametrize("wrong", WRONGS)
@pytest.mark.parametrize("code", ["fr", "nl"])
def test_an_identity_token_that_is_wrong_is_refused_with_words(client, provider, wrong, code):
    provider.id_token_changes = WRONGS[wrong]
    response = there_and_back(client, code)
    assert response.status_code in {401, 502}
    page = parsed(response)
    assert page.html["lang"] == code
    assert {"fr": "n’est pas passée", "nl": "kwam niet door"}[code] in page.h1.get_text()
    assert "_auth_user_id" not in client.session


def test_an_identity_token_that_somebody_else_signed_is_refused(client, provider):
    provider.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert there_and_back(client).status_code == 401


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_an_identity_token_without_a_key_of_the_provider_is_refused(client, provider, monkeypatch, algorithm):
    key = "" if algorithm == "none" else "x" * 40
    encode = partial(jwt.encode, key=key or None, algorithm=algorithm)
    monkeypatch.setattr(jwt, "encode", lambda claims, *_asked, headers: encode(claims, headers=headers))
    assert there_and_back(client).status_code == 401


def test_an_answer_is_used_once_and_by_the_browser_that_asked(client, provider):
    response = client.post(address("open_identity"))
    back = back_from(response.url)
    assert Client().get(back).status_code == 401
    assert client.get(back).url == address("socialaccount_signup")
    assert client.get(back).status_code == 401


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?code=x&state=y", "?error=server_error", "?code=%00"])
def test_an_address_that_somebody_made_up_is_answered_with_words(client, provider, query):
    assert client.get(f"/openid/identity/callback/{query}").status_code == 401


def test_who_stops_half_way_is_told_so(client, provider):
    provider.refuses = True
    told = there_and_back(client, "nl").url
    assert told == address("socialaccount_login_cancelled", "nl")
    assert "halverwege" in client.get(told).content.decode()


def test_a_provider_that_does_not_answer_is_said_to_be_so(client, provider):
    provider.is_down = True
    response = client.post(address("open_identity"))
    assert response.status_code == 502
    assert "n’est pas passée" in response.content.decode()


@pytest.mark.parametrize("born", ["", None, "1980", "0000-01-31", "31/01/1980", 1980])
def test_a_date_of_birth_that_is_not_whole_is_none(born):
    assert Identity.of("x", {"birthdate": born, "family_name": None}).born_on is None


def test_it_is_off_unless_it_is_configured(client):
    assert client.post(address("open_identity")).status_code == 404
    assert client.get("/openid/identity/callback/?code=x&state=y", follow=True).status_code == 404
    assert address("open_identity") not in client.get(address("account_login")).content.decode()


def test_it_is_begun_by_a_button_and_not_by_a_link(client, provider):
    assert client.get(address("open_identity")).status_code == 405
    assert "itsme®" in client.get(address("account_login")).content.decode()


def test_the_sign_up_page_leads_back_where_no_identity_was_shown(client, provider):
    assert client.get(address("socialaccount_signup")).url == address("account_login")


def test_the_query_of_the_provider_holds_what_it_should(client, provider):
    query = parse_qs(urlsplit(client.post(address("open_identity")).url).query)
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == ["http://testserver/openid/identity/callback/"]
    assert {"openid", "profile", "email"} <= set(query["scope"][0].split())
