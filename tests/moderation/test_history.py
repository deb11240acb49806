"""A short history in plain words: who did what when, in both languages of a text."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from moderation.actions import (
    check_fast_track,
    divert,
    publish_in_both_languages,
    publish_one_language,
    reopen,
    take_over,
    use_fast_track,
)
from moderation.history import history_of
from moderation.models import Channel
from neighbourhood_news.models import NewsPage
from residents.models import User
from tests.factories import draft_news, editor_of, published_news, submit, translate
from tests.moderation.editor import decide, edit, look

pytestmark = pytest.mark.django_db


@pytest.fixture
def marie(roads: Any) -> User:
    return editor_of(roads, first_name="Marie", last_name="Dubois")


@pytest.fixture
def sofie(desk: User) -> User:
    desk.first_name, desk.last_name = "Sofie", "Declerck"
    desk.save()
    return desk


def story(page: Page, code: str = "fr") -> list[str]:
    """Return the sentences, the first thing first."""
    with translation.override(code):
        return [event.words for event in reversed(history_of(page))]


def test_the_whole_way_of_a_text_reads_as_a_story(marie, sofie, roads, signed_in):
    page = draft_news(owner=marie, department=roads)
    edit(signed_in(marie), page, introduction="Mieux.")
    edit(signed_in(marie), page, introduction="Mieux encore.", **{"action-submit": "true"})
    task_state = page.current_workflow_task_state
    task_state.task.specific.on_action(task_state, sofie, "reject", comment="Quel jour ?")
    edit(signed_in(marie), page, introduction="Lundi.", **{"action-submit": "true"})
    translate(page, user=sofie)
    look(signed_in(sofie), page)
    task_state = NewsPage.objects.get(pk=page.pk).current_workflow_task_state
    task_state.task.specific.on_action(task_state, sofie, "approve")
    assert story(page) == [
        "Marie Dubois a écrit le premier brouillon",
        "Marie Dubois a modifié le texte français, 2 fois",
        "Marie Dubois a proposé le texte",
        "Sofie Declerck a demandé des modifications\u202f: «\u202fQuel jour ?\u202f»",
        "Marie Dubois a modifié le texte français",
        "Marie Dubois a proposé le texte à nouveau",
        "Le portail a préparé l’autre langue",
        "Sofie Declerck a traduit 3 textes en néerlandais",
        "Sofie Declerck a approuvé le texte",
        "Publié dans les deux langues",
    ]
    assert story(page.get_translations().get()) == story(page)
    assert story(page, "nl")[3] == "Sofie Declerck vroeg aanpassingen: ‘Quel jour ?’"


def test_saves_in_a_row_are_one_line_whatever_their_number(marie, roads):
    page = draft_news(owner=marie, department=roads)
    for _number in range(14):
        log(instance=page, action="wagtail.edit", user=marie)
    assert story(page)[-1] == "Marie Dubois a modifié le texte français, 14 fois"
    assert story(page, "nl")[-1] == "Marie Dubois bewerkte de Franse tekst, 14 keer"


def test_two_people_in_turn_are_two_lines(marie, sofie, roads):
    page = draft_news(owner=marie, department=roads)
    for user in (marie, sofie, marie):
        log(instance=page, action="wagtail.edit", user=user)
    assert len([line for line in story(page) if "a modifié" in line]) == 3


def test_one_language_published_alone_says_which(roads, marie):
    page = draft_news(owner=marie, department=roads)
    log(instance=page, action="wagtail.publish", user=marie)
    assert story(page)[-1] == "Publié en français"
    dutch = translate(page)
    later = PageLogEntry.objects.latest("timestamp").timestamp + dt.timedelta(hours=1)
    log(instance=dutch, action="wagtail.publish", user=marie)
    PageLogEntry.objects.filter(page=dutch.pk, action="wagtail.publish").update(timestamp=later)
    assert story(page)[-1] == "Publié en néerlandais"


def test_what_the_portal_did_is_said_to_be_the_portals(roads):
    page = published_news(department=roads)
    assert story(page)[-1] == "Publié dans les deux langues"
    assert story(page)[0] == "Le portail a écrit le premier brouillon"
    page.title = "Rue du Moulin, suite"
    page.save_revision()
    translate(page, title="Molenstraat, vervolg")
    publish_in_both_languages(page=page, user=None)
    assert story(page).count("Publié dans les deux langues") == 2


def test_the_fast_track_and_its_check_stand_in_it_with_their_words_and_no_withdrawal(marie, sofie, second_desk, roads):
    page = draft_news(owner=marie, department=roads)
    translate(page)
    submit(page, marie)
    use = use_fast_track(page=NewsPage.objects.get(pk=page.pk), user=sofie, reason="Fuite de gaz")
    check_fast_track(use=use, user=second_desk, word="Rien à redire")
    told = [line for line in story(page) if "brouillon" not in line and "préparé" not in line]
    assert told == [
        "Marie Dubois a proposé le texte",
        "Publié dans les deux langues",
        "Sofie Declerck a utilisé la voie rapide\u202f: «\u202fFuite de gaz\u202f»",
        f"{second_desk} a vérifié le texte après coup\u202f: «\u202fRien à redire\u202f»",
    ]


def test_a_withdrawal_before_the_fast_track_is_still_told(marie, sofie, roads):
    page = draft_news(owner=marie, department=roads)
    translate(page)
    submit(page, marie)
    page = NewsPage.objects.get(pk=page.pk)
    page.current_workflow_state.cancel(user=sofie)
    use_fast_track(page=NewsPage.objects.get(pk=page.pk), user=sofie, reason="Fuite de gaz")
    assert "Sofie Declerck a retiré sa proposition" in story(page)


def test_closed_for_another_channel_is_no_withdrawal_and_taken_up_again_no_proposal(marie, sofie, roads):
    page = draft_news(owner=marie, department=roads)
    task_state = submit(page, marie)
    channel = Channel.objects.create(name_fr="Agenda", name_nl="Agenda", words_fr="-", words_nl="-")
    diversion = divert(task_state=task_state, channel=channel, word="Bonne idée", user=sofie)
    reopen(diversion=diversion, user=sofie)
    assert story(page)[1:] == [
        "Marie Dubois a proposé le texte",
        "Sofie Declerck a renvoyé le texte vers un autre canal\u202f: «\u202fBonne idée\u202f»",
        "Sofie Declerck a remis le texte dans la file",
    ]
    assert story(page, "nl")[-1] == "Sofie Declerck nam de tekst weer op"


def test_one_language_first_is_told_with_its_reason(marie, sofie, roads):
    page = draft_news(owner=marie, department=roads)
    publish_one_language(page=page, user=sofie, reason="La traductrice est malade.")
    last = "Sofie Declerck a fait paraître une langue d’abord\u202f: «\u202fLa traductrice est malade.\u202f»"
    assert story(page)[-2:] == ["Publié en français", last]


def test_taking_over_names_both(marie, editor, roads):
    page = draft_news(owner=marie, department=roads)
    take_over(page=page, user=editor, owner_id=marie.pk)
    assert story(page)[-1] == "Noor Lambert a repris le texte de Marie Dubois"


def test_somebody_whose_account_is_gone_is_somebody(marie, editor, roads):
    page = draft_news(owner=editor, department=roads)
    log(instance=page, action="wagtail.rename", user=marie)
    marie.delete()
    assert story(page)[-1] == "Quelqu’un a changé le titre"


def test_an_action_without_words_of_ours_keeps_wagtails(marie, roads):
    page = draft_news(owner=marie, department=roads)
    log(instance=page, action="wagtail.reorder", user=marie)
    assert story(page)[-1].startswith("Marie Dubois : ") or story(page)[-1].startswith("Marie Dubois: ")


def test_it_stands_beside_the_form_safe_from_what_people_typed(marie, sofie, roads, signed_in):
    page = draft_news(owner=marie, department=roads)
    submit(page, marie)
    decide(signed_in(sofie), page, "reject", comment="<script>alert(1)</script>")
    screen = look(signed_in(marie), page).content.decode()
    assert "<script>alert(1)" not in screen
    assert "Sofie Declerck a demandé des modifications" in screen


def test_a_long_history_asks_little_and_shows_the_latest(marie, sofie, roads, django_assert_num_queries):
    page = draft_news(owner=marie, department=roads)
    translate(page, user=sofie)
    for _number in range(30):
        log(instance=page, action="wagtail.edit", user=marie)
        log(instance=page, action="wagtail.rename", user=sofie)
    with django_assert_num_queries(4):
        assert len(history_of(page)) == 20
