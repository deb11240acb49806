"""Subscribing without an account: asked, confirmed from the mailbox, changed, ended."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.utils import timezone

from digests.actions import forget_unconfirmed
from digests.links import confirmation_token, token_of
from digests.making import make_due
from digests.models import Subscription
from mailing.models import OutgoingMail
from portal.logs import SecretAddressFilter
from tests.digests.moments import THURSDAY, news
from tests.factories import SubscriptionFactory, UserFactory
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
FORM = {"fr": "/fr/abonnement/", "nl": "/nl/abonnement/"}


def asked(client: Client, place: Any, code: str = "fr", **fields: Any) -> Any:
    wishes = {"email": "bram@auneval.example", "neighbourhoods": [place.pk], "frequency": "daily", "language": code}
    return client.post(FORM[code], {**wishes, "wants_alerts": "on", **fields})


def link_in(mail: OutgoingMail) -> str:
    """Return the path of the link that a mail leads to."""
    found = re.search(r"https?://[^/\s]+(/\S*abonnement/\S+)", mail.text)
    assert found
    return found.group(1)


@pytest.mark.parametrize("code", FORM)
def test_somebody_subscribes_and_confirms_from_their_mailbox(client, canal, code):
    response = asked(client, canal, code)
    assert response.status_code == 302
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language, mail.private) == ("bram@auneval.example", code, True)
    assert Subscription.objects.get().confirmed_at is None
    page = client.get(link_in(mail))
    assert canal.name_fr in mail.text or canal.name_nl in mail.text
    assert Subscription.objects.get().confirmed_at is None, "a program that follows links confirms nothing"
    assert page.status_code == 200
    assert client.post(link_in(mail)).status_code == 200
    subscription = Subscription.objects.get()
    assert subscription.confirmed_at
    assert (subscription.frequency, subscription.language, subscription.wants_alerts) == ("daily", code, True)
    assert list(subscription.neighbourhoods.all()) == [canal]


def test_no_cookie_is_set_and_none_is_needed(canal):
    client = Client(enforce_csrf_checks=True)
    client.get(FORM["fr"])
    asked(client, canal)
    client.post(link_in(OutgoingMail.objects.get()))
    assert Subscription.objects.get().confirmed_at
    assert not client.cookies


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(client, canal):
    SubscriptionFactory(email="known@auneval.example", neighbourhoods=[canal])
    SubscriptionFactory(email="waiting@auneval.example", confirmed_at=None)
    UserFactory(email="account@auneval.example")
    answers = set()
    for name in ("new", "known", "waiting", "account", "ACCOUNT"):
        response = asked(client, canal, email=f"{name}@auneval.example")
        page = client.get(response.url)
        answers.add((response.status_code, response.url, response.content, page.content))
    assert len(answers) == 1
    assert OutgoingMail.objects.count() == 5


def test_a_subscriber_who_asks_again_is_told_and_nothing_changes(client, canal, gare):
    SubscriptionFactory(email="bram@auneval.example", neighbourhoods=[canal], frequency="weekly")
    asked(client, gare, email="BRAM@auneval.example")
    subscription = Subscription.objects.get()
    assert subscription.frequency == "weekly"
    assert list(subscription.neighbourhoods.all()) == [canal]
    mail = OutgoingMail.objects.get()
    assert mail.subject.startswith("Vous recevez déjà")
    assert "/gerer/" in link_in(mail)


def test_an_account_is_told_to_sign_in_and_gets_no_second_subscription(client, canal):
    UserFactory(email="bram@auneval.example", language="nl")
    asked(client, canal)
    assert not Subscription.objects.exists()
    mail = OutgoingMail.objects.get()
    assert mail.language == "nl"
    assert "/nl/mijn-omgeving/overzichten/" in mail.text


def test_what_is_asked_again_before_it_is_confirmed_takes_the_place_of_the_first_wish(client, canal, gare):
    asked(client, canal)
    asked(client, gare, frequency="weekly")
    subscription = Subscription.objects.get()
    assert (subscription.frequency, list(subscription.neighbourhoods.all())) == ("weekly", [gare])
    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": ""}, "email"),
        ({"neighbourhoods": []}, "neighbourhoods"),
        ({"neighbourhoods": ["999999"]}, "neighbourhoods"),
        ({"neighbourhoods": ["x' OR 1"]}, "neighbourhoods"),
        ({"frequency": "hourly"}, "frequency"),
        ({"frequency": "never", "wants_alerts": ""}, "frequency"),
        ({"language": "de"}, "language"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(client, canal, fields, field):
    page = seen(asked(client, canal, "nl", **fields))
    assert page.select_one(".error-summary")
    assert page.select_one(f"#id_{field}_error"), field
    if field != "email":
        assert page.select_one("[name=email]")["value"] == "bram@auneval.example"
    assert not OutgoingMail.objects.exists()


def test_alerts_alone_need_no_neighbourhood(client, canal):
    asked(client, canal, neighbourhoods=[], frequency="never")
    assert Subscription.objects.get().frequency == "never"


def test_a_link_from_a_neighbourhood_s_page_chooses_it(client, canal):
    page = seen(client.get(f"{FORM['fr']}?neighbourhood={canal.slug}"))
    assert page.select_one(f"[name=neighbourhoods][value='{canal.pk}']").has_attr("checked")
    assert not seen(client.get(f"{FORM['fr']}?neighbourhood=nowhere&x=%00")).select("[name=neighbourhoods][checked]")


def test_an_address_gets_three_mails_in_an_hour_and_the_answer_tells_nobody(client, canal):
    answers = {asked(client, canal).url for _number in range(5)}
    assert len(answers) == 1
    assert OutgoingMail.objects.count() == settings.SUBSCRIBING_PER_HOUR["address"] == 3


def test_one_machine_asks_twenty_times_in_an_hour_and_what_it_typed_stays(client, canal):
    for number in range(settings.SUBSCRIBING_PER_HOUR["ip"]):
        assert asked(client, canal, email=f"a{number}@auneval.example").status_code == 302
    response = asked(client, canal, email="one-more@auneval.example", HTTP_X_FORWARDED_FOR="192.0.2.1")
    assert response.status_code == 429
    assert "one-more@auneval.example" in response.content.decode()
    assert asked(client, canal, email="one-more@auneval.example").status_code == 429
    forged = client.post(FORM["fr"], response.wsgi_request.POST, headers={"x-forwarded-for": "192.0.2.1"})
    assert forged.status_code == 429
    assert asked(Client(REMOTE_ADDR="192.0.2.7"), canal, email="b@auneval.example").status_code == 302


def test_a_link_confirms_for_a_week_and_says_honestly_that_it_is_too_old(client, canal, monkeypatch):
    asked(client, canal)
    path = link_in(OutgoingMail.objects.get())
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + timedelta(days=7, seconds=2).total_seconds())
    response = client.post(path)
    assert response.status_code == 410
    assert "trop ancien" in response.content.decode()
    assert Subscription.objects.get().confirmed_at is None


@pytest.mark.parametrize("name", ["confirmer", "gerer", "arreter"])
@pytest.mark.parametrize("token", ["x", "a.b", "00000000000000000000000000000000.sig", "é", "%00", "x" * 3000])
def test_a_link_that_nobody_made_leads_nowhere(client, name, token):
    for method in (client.get, client.post):
        assert method(f"/fr/abonnement/{name}/{token}/").status_code in (400, 404)


def test_a_link_for_one_thing_is_none_for_another(client, canal):
    subscription = SubscriptionFactory(neighbourhoods=[canal])
    assert client.get(f"/fr/abonnement/confirmer/{token_of(subscription.key)}/").status_code == 404
    assert client.get(f"/fr/abonnement/gerer/{confirmation_token(subscription)}/").status_code == 404


def test_an_address_that_nobody_confirmed_is_removed_after_a_week():
    now = timezone.now()
    old, young = now - timedelta(days=7, minutes=1), now - timedelta(days=6)
    SubscriptionFactory(email="old@auneval.example", confirmed_at=None, created_at=old)
    SubscriptionFactory(email="young@auneval.example", confirmed_at=None, created_at=young)
    SubscriptionFactory(email="confirmed@auneval.example", created_at=old)
    assert forget_unconfirmed(now=now) == 1
    assert set(Subscription.objects.values_list("email", flat=True)) == {
        "young@auneval.example",
        "confirmed@auneval.example",
    }


def test_the_link_in_a_mail_changes_what_comes(client, canal, gare):
    subscription = SubscriptionFactory(neighbourhoods=[canal])
    path = f"/fr/abonnement/gerer/{token_of(subscription.key)}/"
    assert seen(client.get(path)).select_one(f"[name=neighbourhoods][value='{canal.pk}']").has_attr("checked")
    wishes = {"neighbourhoods": [gare.pk], "frequency": "daily", "language": "nl"}
    response = client.post(path, wishes, follow=True)
    assert "C’est noté" in words(seen(response).select_one("main"))
    subscription.refresh_from_db()
    assert (subscription.frequency, subscription.language, subscription.wants_alerts) == ("daily", "nl", False)
    assert list(subscription.neighbourhoods.all()) == [gare]


def test_a_wish_that_can_not_be_is_told_and_the_subscription_stays(client, canal):
    subscription = SubscriptionFactory(neighbourhoods=[canal])
    path = f"/fr/abonnement/gerer/{token_of(subscription.key)}/"
    page = seen(client.post(path, {"frequency": "daily", "language": "fr"}))
    assert page.select_one("#id_neighbourhoods_error")
    assert list(subscription.neighbourhoods.all()) == [canal]


@pytest.mark.parametrize("data", [{"List-Unsubscribe": "One-Click"}, {}])
def test_one_click_ends_it_at_once_without_a_cookie_and_removes_the_address(canal, data):
    """RFC 8058: a POST of the mailbox provider's, who knows nothing but the address in the mail's header."""
    subscription = SubscriptionFactory(neighbourhoods=[canal])
    client = Client(enforce_csrf_checks=True)
    path = f"/fr/abonnement/arreter/{token_of(subscription.key)}/"
    page = client.get(path)
    assert Subscription.objects.exists(), "a program that follows links ends nothing"
    assert "<button" in page.content.decode()
    assert client.post(path, data).status_code == 200
    assert not Subscription.objects.exists()
    assert client.post(path, data).status_code == 200, "it may ask twice"
    assert client.get(path).status_code == 200


def test_what_waits_in_the_outbox_does_not_leave_any_more(client, canal):
    subscription = SubscriptionFactory(neighbourhoods=[canal])
    other = SubscriptionFactory(neighbourhoods=[canal])
    news(canal)
    make_due(now=THURSDAY)
    client.post(f"/nl/abonnement/stoppen/{token_of(subscription.key)}/")
    states = dict(OutgoingMail.objects.values_list("to", "status"))
    assert states == {subscription.email: "given_up", other.email: "due"}


@pytest.mark.parametrize("name", ["confirmer", "gerer", "arreter"])
def test_the_pages_behind_a_link_keep_it_to_themselves(client, canal, name):
    subscription = SubscriptionFactory(neighbourhoods=[canal])
    token = confirmation_token(subscription) if name == "confirmer" else token_of(subscription.key)
    response = client.get(f"/fr/abonnement/{name}/{token}/")
    assert response.status_code == 200
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]


def test_the_log_leaves_the_keys_of_links_out():
    for path in ("/fr/abonnement/gerer/KEY/", "/nl/abonnement/stoppen/KEY/", "/nl/abonnement/bevestigen/KEY/"):
        record = logging.LogRecord("x", logging.INFO, "", 0, "Not Found: %s", (path,), None)
        SecretAddressFilter().filter(record)
        assert "KEY" not in record.getMessage()
