"""How digests and alerts read: complete as text, without pictures, without tracking, with their way out."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from justhtml import JustHTML

from digests.actions import subscribe_account
from digests.alerts import send_alerts
from digests.links import managed_by, token_of
from digests.making import make_due
from digests.models import Subscription
from home.models import Alert
from mailing.delivery import message_of
from mailing.models import OutgoingMail
from tests.digests.moments import DAY, THURSDAY, news
from tests.factories import SubscriptionFactory, UserFactory

pytestmark = pytest.mark.django_db
LONG = "Gemeenteraadsverkiezingsprogrammabesprekingsvergadering"


@pytest.fixture
def subscription(canal) -> Subscription:
    return SubscriptionFactory(neighbourhoods=[canal], language="nl")


@pytest.fixture
def digest(subscription, canal, gare) -> OutgoingMail:
    news(canal, gare, dutch={"title": LONG, "introduction": f"Kom naar de {LONG}, op zaterdag."})
    news(dutch={"title": "<script>alert(1)</script> & Molenstraat"})
    make_due(now=THURSDAY)
    return OutgoingMail.objects.get()


def test_nothing_in_a_digest_tells_that_it_was_opened(digest):
    """No pixel, no style sheet, no font, no script from anywhere; each link is the page itself, without a mark."""
    page = BeautifulSoup(digest.html, "html.parser")
    assert page.select("img, link, script, iframe, object, video, audio, svg, form, input") == []
    assert not re.search(r"url\(|@import|background=|src=|srcset=|ping=", digest.html)
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
    links = [urlsplit(link["href"]) for link in page.select("a[href]")]
    assert {link.netloc for link in links} == {host}
    assert [link for link in links if link.query or link.fragment] == []
    token = token_of(Subscription.objects.get().key)
    personal = [link.path for link in links if token in link.path]
    assert personal == [f"/nl/abonnement/beheren/{token}/", f"/nl/abonnement/stoppen/{token}/"]


def test_two_readers_mails_differ_by_their_way_out_alone(canal, gare):
    for _number in range(2):
        SubscriptionFactory(neighbourhoods=[canal])
    news(canal)
    make_due(now=THURSDAY)
    bare = {
        mail.html.replace(mail.unsubscribe_url.rstrip("/").rsplit("/", 1)[1], "") for mail in OutgoingMail.objects.all()
    }
    assert len(bare) == 1


def test_what_a_department_wrote_is_text_in_a_mail(digest):
    assert "<script>" not in digest.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Molenstraat" in digest.html
    assert "* <script>alert(1)</script> & Molenstraat" in digest.text


def test_a_digest_is_correct_html_that_breaks_long_words(digest):
    assert JustHTML(digest.html, collect_errors=True).errors == []
    assert "overflow-wrap:anywhere" in digest.html
    assert "prefers-color-scheme:dark" in digest.html


def test_the_text_alone_says_everything(digest):
    for words in ("KANAAL", "Kom naar de", "Kanaal en Station", "Dienst", "/nl/nieuws/", "/nl/abonnement/stoppen/"):
        assert words in digest.text
    assert "wekelijkse overzicht" in digest.text
    assert "<" not in digest.text.replace("<script>alert(1)</script>", "")
    assert max(map(len, (line for line in digest.text.splitlines() if "http" not in line))) <= 130
    assert "\n\n\n\n" not in digest.text


def test_the_header_s_way_out_is_the_mail_s_own(digest):
    message = message_of(digest).message()
    assert message["List-Unsubscribe"] == f"<{digest.unsubscribe_url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert managed_by(digest.unsubscribe_url.rstrip("/").rsplit("/", 1)[1]) == Subscription.objects.get()


def test_a_name_with_markup_greets_and_does_nothing_else(canal, commune):
    user = UserFactory(first_name="<b>Noor</b>", email="noor@auneval.example")
    subscribe_account(user, now=THURSDAY - DAY)
    news(at=THURSDAY - DAY / 2)
    make_due(now=THURSDAY)
    mail = OutgoingMail.objects.get()
    assert "&lt;b&gt;Noor&lt;/b&gt;" in mail.html
    assert "<b>Noor</b>" in mail.text
    assert "/fr/mon-espace/" not in mail.subject


def test_somebody_without_a_name_is_greeted_all_the_same(canal, commune):
    subscribe_account(UserFactory(first_name="", email="x@auneval.example"), now=THURSDAY - DAY)
    news(at=THURSDAY - DAY / 2)
    make_due(now=THURSDAY)
    assert OutgoingMail.objects.get().text.startswith("Bonjour,")


def test_an_alert_tells_the_same_in_text_and_html_and_has_its_way_out(subscription):
    Alert.objects.create(
        level=3,
        message_fr="Fumées.",
        message_nl="Rook: sluit ramen & deuren.",
        starts_at=THURSDAY,
        ends_at=THURSDAY + DAY,
    )
    send_alerts(now=THURSDAY)
    mail = OutgoingMail.objects.get()
    assert "Rook: sluit ramen & deuren." in mail.text
    assert "Rook: sluit ramen &amp; deuren." in mail.html
    assert mail.subject.endswith("Rook: sluit ramen & deuren.")
    assert BeautifulSoup(mail.html, "html.parser").select("img") == []
    assert mail.unsubscribe_url in mail.text
