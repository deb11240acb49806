"""Alerts: a banner above every page, that ends by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from home.models import Alert
from tests.home.pages import home_page, in_both_languages, in_one_language, one, seen, words

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)
HOUR = timedelta(hours=1)


def alert(**fields: Any) -> Alert:
    return Alert(
        **{
            "message_fr": "Pas d’eau rue Haute",
            "message_nl": "Geen water in de Hoogstraat",
            "starts_at": NOW - HOUR,
            "ends_at": NOW + HOUR,
            **fields,
        }
    )


def shown(client: Any, address: str) -> list[str]:
    return [words(banner) for banner in seen(client, address).select(".alert")]


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [
        (NOW - HOUR - timedelta(seconds=1), False),
        (NOW - HOUR, True),
        (NOW, True),
        (NOW + HOUR - timedelta(seconds=1), True),
        (NOW + HOUR, False),
    ],
)
def test_an_alert_is_current_from_its_start_until_its_end(monkeypatch, moment, is_shown):
    it = alert()
    it.save()
    assert Alert.objects.current(now=moment).exists() is is_shown
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert it.is_current is is_shown


@pytest.mark.parametrize("ends_at", [NOW - HOUR, NOW - 2 * HOUR], ids=["at its start", "before its start"])
def test_the_database_refuses_an_alert_that_ends_before_it_starts(ends_at):
    with pytest.raises(IntegrityError), transaction.atomic():
        alert(ends_at=ends_at).save()


def test_the_form_says_that_an_alert_ends_after_it_starts():
    with override("en"), pytest.raises(ValidationError, match="An alert ends after it starts"):
        alert(ends_at=NOW - 2 * HOUR).full_clean()


def test_both_texts_and_an_end_are_asked_for():
    with pytest.raises(ValidationError) as refused:
        Alert(message_fr="", message_nl="").full_clean()
    assert set(refused.value.message_dict) >= {"message_fr", "message_nl", "ends_at"}


def test_a_page_shows_an_alert_in_its_language_and_no_longer_once_it_has_ended(client):
    it = alert()
    it.save()
    (french,), (dutch,) = shown(client, "/fr/quartiers/"), shown(client, "/nl/wijken/")
    assert "Pas d’eau rue Haute" in french
    assert "Geen water in de Hoogstraat" in dutch
    assert "Pas d’eau" not in dutch
    it.ends_at = timezone.now() - timedelta(seconds=1)
    it.save()
    assert shown(client, "/fr/quartiers/") == shown(client, "/nl/wijken/") == []


def test_an_alert_stands_on_the_search_page_and_on_a_page_that_does_not_exist_too(client):
    alert().save()
    assert len(shown(client, "/nl/zoeken/")) == 1
    assert len(seen(client, "/fr/rien/", status=404).select(".alert")) == 1


def test_the_most_severe_alert_stands_first(client):
    for level in (1, 3, 2):
        alert(level=level, message_fr=f"niveau {level}").save()
    assert [text[-8:] for text in shown(client, "/fr/")] == ["niveau 3", "niveau 2", "niveau 1"]


def test_an_alert_leads_to_its_page_in_the_readers_language(client):
    page = in_both_languages(home_page())
    alert(page=page).save()
    assert one(seen(client, "/fr/"), ".alert a")["href"] == "/fr/piscine/"
    assert one(seen(client, "/nl/"), ".alert a")["href"] == "/nl/zwembad/"


def test_an_alert_does_not_lead_to_a_page_that_is_not_published(client):
    page = in_one_language(home_page(), live=False)
    alert(page=page).save()
    assert len(shown(client, "/fr/")) == 1
    assert not seen(client, "/fr/").select(".alert a")


def test_an_alert_outlives_the_page_it_led_to(client):
    page = in_one_language(home_page())
    it = alert(page=page)
    it.save()
    page.delete()
    it.refresh_from_db()
    assert it.url == ""
    assert len(shown(client, "/fr/")) == 1


def test_what_is_written_in_an_alert_is_text_and_not_html(client):
    alert(message_fr="<script>alert(1)</script>").save()
    assert "<script>alert(1)" not in client.get("/fr/").content.decode()
