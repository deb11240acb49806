"""An editor keeps a message for its neighbourhoods: what the form accepts, and what it answers to what can't be."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from neighbourhood_news.models import NewsPage
from tests.factories import draft_news, editor_of, news_index, published_news, submit, translate
from tests.moderation.editor import decide, edit, look, news_form
from tests.neighbourhood_news.reserving import in_hours, reserved_message
from tests.reading import seen, words

pytestmark = pytest.mark.django_db

ERRORS = {
    "fr": {
        "past": "Ce moment est passé.",
        "nowhere": "Cochez les quartiers",
        "expired": "Le dernier jour du message tombe avant",
        "public": "Tout le monde peut déjà lire ce message",
    },
    "nl": {
        "past": "Dit moment is voorbij.",
        "nowhere": "Vink de wijken aan",
        "expired": "De laatste dag van het bericht valt vóór",
        "public": "Iedereen kan dit bericht al lezen",
    },
}


def typed(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def errors(response: Any) -> str:
    """Return what the form says of the moment, as the editor reads it."""
    assert "reserved_until" in response.context["form"].errors
    return " ".join(words(error) for error in seen(response).select(".w-field__errors, .error-message"))


def latest() -> NewsPage:
    page: NewsPage = NewsPage.objects.get().get_latest_revision_as_object()
    return page


@pytest.fixture
def draft(editor: Any, roads: Any, mill: Any) -> NewsPage:
    return draft_news(owner=editor, department=roads, neighbourhoods=[mill])


def test_a_moment_is_kept_with_the_draft(signed_in, editor, draft):
    until = in_hours(30)
    assert edit(signed_in(editor), draft, reserved_until=typed(until)).status_code == 302
    assert latest().reserved_until == until


def test_a_new_message_may_have_one_at_once(signed_in, editor, roads, mill):
    address = reverse("wagtailadmin_pages:add", args=["neighbourhood_news", "newspage", news_index().pk])
    until = in_hours(30)
    form = news_form(department=roads.pk, neighbourhoods=[mill.pk], reserved_until=typed(until))
    assert signed_in(editor).post(address, form).status_code == 302
    assert latest().reserved_until == until


@pytest.mark.parametrize("code", ["fr", "nl"])
@pytest.mark.parametrize("wrong", ["past", "nowhere", "expired"])
def test_what_can_not_be_is_said_in_the_editors_language_and_nothing_typed_is_lost(
    signed_in, roads, draft, code, wrong
):
    fields: dict[str, Any] = {
        "past": {"reserved_until": typed(in_hours(-2))},
        "nowhere": {"reserved_until": typed(in_hours(30)), "neighbourhoods": []},
        "expired": {"reserved_until": typed(in_hours(80)), "expires_on": timezone.localdate().isoformat()},
    }[wrong]
    response = edit(signed_in(editor_of(roads, language=code)), draft, title="Titre tapé", **fields)
    assert ERRORS[code][wrong] in errors(response)
    assert response.context["form"]["title"].value() == "Titre tapé"
    assert response.context["form"]["reserved_until"].value() == fields["reserved_until"]
    assert latest().title == "Rue du Moulin"


@pytest.mark.parametrize("moment", ["2027-03-28 02:30", "2027-10-31 02:30", "31/31/2027", "demain", "\x00", "9" * 40])
def test_a_moment_that_does_not_exist_or_exists_twice_is_refused_in_words(signed_in, editor, draft, moment):
    assert errors(edit(signed_in(editor), draft, reserved_until=moment))
    assert latest().reserved_until is None


def test_a_moment_that_has_passed_since_hinders_no_other_change(signed_in, editor, draft):
    page = latest()
    page.reserved_until = in_hours(-3)
    page.save_revision()
    response = edit(signed_in(editor), draft, title="Autre titre", reserved_until=typed(page.reserved_until))
    assert response.status_code == 302
    assert latest().title == "Autre titre"


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_what_everybody_reads_is_not_taken_from_them(signed_in, roads, mill, code):
    page = published_news(department=roads, neighbourhoods=[mill])
    response = edit(signed_in(editor_of(roads, language=code)), page, reserved_until=typed(in_hours(30)))
    assert ERRORS[code]["public"] in errors(response)


def test_what_is_still_kept_may_be_opened_sooner_or_later(signed_in, editor, roads, mill):
    page = reserved_message([mill], in_hours(30), department=roads)
    for until in (in_hours(80), in_hours(2)):
        assert edit(signed_in(editor), page, reserved_until=typed(until)).status_code == 302
        assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().reserved_until == until
    assert edit(signed_in(editor), page, reserved_until="").status_code == 302


def test_approval_publishes_it_for_its_neighbourhood_first_in_both_languages(client, signed_in, editor, desk, draft):
    until = in_hours(30)
    edit(signed_in(editor), draft, reserved_until=typed(until))
    page = NewsPage.objects.get(pk=draft.pk)
    translate(page, desk)
    submit(page, editor)
    reviewer = signed_in(desk)
    look(reviewer, page)
    decide(reviewer, page, "approve", reserved_until=typed(until))
    assert [each.reserved_until for each in NewsPage.objects.live()] == [until, until]
    assert client.get("/fr/actualites/rue-du-moulin/").status_code == 403
    assert client.get("/nl/nieuws/molenstraat/").status_code == 403
    assert signed_in(editor).get("/nl/nieuws/molenstraat/").status_code == 200


def test_a_moment_before_the_publication_is_harmless(client, mill):
    published_news(neighbourhoods=[mill], reserved_until=timezone.now() - timedelta(minutes=1))
    assert client.get("/fr/actualites/rue-du-moulin/").status_code == 200
