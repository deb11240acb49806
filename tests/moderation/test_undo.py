"""One's own mistakes can be undone: withdraw, take over, go back to an earlier version."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, WorkflowState

from mailing.delivery import send_due
from moderation.actions import take_over
from moderation.panels import drafts_of_colleagues
from moderation.permissions import can_take_over
from moderation.translation_states import translation_state
from moderation.translations import latest_draft, save_translated_draft
from neighbourhood_news.models import NewsPage
from residents.models import User
from tests.factories import UserFactory, draft_news, editor_of, published_news, submit, translate
from tests.moderation.editor import decide, edit, look, news_form, told
from tests.reading import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(roads: Any) -> User:
    """Somebody else of the roads department, who is on leave."""
    return editor_of(roads, first_name="Marie", last_name="Dubois")


@pytest.fixture
def draft(colleague: User, roads: Any) -> NewsPage:
    return draft_news(owner=colleague, department=roads)


def press(client: Client, page: Page, owner: User | None) -> Any:
    """Press "take over" on a screen that said that `owner` looks after the text."""
    return client.post(reverse("take_over", args=[page.pk]), {"owner": owner.pk if owner else ""}, follow=True)


def owner_of(page: Page) -> User | None:
    return Page.objects.get(pk=page.pk).owner


def asked_for_changes(page: NewsPage, by: User, desk: User, client: Client) -> WorkflowState:
    """Let the desk ask for changes in what `by` proposed."""
    submit(page, by)
    decide(client, page, "reject", comment="Encore un mot.")
    return WorkflowState.objects.for_instance(page).get(status=WorkflowState.STATUS_NEEDS_CHANGES)


# Withdraw


@pytest.mark.parametrize(("code", "word"), [("fr", "Retirer"), ("nl", "Intrekken")])
def test_whoever_proposed_a_text_finds_a_button_to_withdraw_it_in_their_language(code, word, roads, signed_in):
    editor = editor_of(roads, language=code)
    page = draft_news(owner=editor, department=roads)
    submit(page, editor)
    screen = look(signed_in(editor), page).content.decode()
    button = screen.split('name="action-cancel-workflow"', 1)[1].split("</button>", 1)[0]
    assert word in button


def test_a_withdrawn_text_is_its_departments_again(draft, colleague, signed_in):
    submit(draft, colleague)
    edit(signed_in(colleague), draft, **{"action-cancel-workflow": "true"})
    assert not draft.workflow_in_progress
    edit(signed_in(colleague), draft, introduction="Autrement.")
    assert latest_draft(draft).introduction == "Autrement."


# Take over


def test_a_colleague_takes_over_a_draft_and_looks_after_both_languages(draft, editor, colleague, signed_in):
    dutch = translate(draft)
    response = press(signed_in(editor), draft, colleague)
    assert owner_of(draft) == owner_of(dutch) == editor
    assert "C’est vous qui suivez désormais" in told(response)
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[draft.pk])


@pytest.mark.parametrize("screen", ["wagtailadmin_home", "wagtailadmin_pages:edit"])
def test_the_button_works_from_the_first_screen_and_from_the_history(screen, draft, editor, colleague):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    page = seen(client.get(reverse(screen, args=[draft.pk] if "edit" in screen else [])))
    form = page.select_one("form.take-over")
    fields = {field["name"]: field["value"] for field in form.select("input")}
    assert client.post(form["action"], fields).status_code == 302
    assert owner_of(draft) == editor


def test_whoever_takes_over_hears_what_the_desk_asked(
    draft, editor, colleague, desk, second_desk, signed_in, mailoutbox
):
    state = asked_for_changes(draft, colleague, desk, signed_in(desk))
    press(signed_in(editor), draft, colleague)
    state.refresh_from_db()
    assert state.requested_by == editor
    home = signed_in(editor).get(reverse("wagtailadmin_home")).content.decode()
    assert "Encore un mot." in home.split("proposals", 1)[1]
    mailoutbox.clear()
    edit(signed_in(editor), draft, **{"action-submit": "true"})
    decide(signed_in(second_desk), draft, "reject", comment="Et encore un.")
    send_due()
    assert [mail.to for mail in mailoutbox if "Et encore un." in mail.body] == [[editor.email]]


def test_taking_over_makes_a_text_ones_own_for_the_four_eyes(draft, colleague, desk, signed_in):
    asked_for_changes(draft, colleague, desk, signed_in(desk))
    press(signed_in(desk), draft, colleague)
    translate(draft)
    edit(signed_in(desk), draft, **{"action-submit": "true"})
    look(signed_in(desk), draft)
    decide(signed_in(desk), draft, "approve")
    assert not Page.objects.get(pk=draft.pk).live


def test_a_lock_of_the_one_on_leave_falls_with_it(draft, editor, colleague, signed_in):
    Page.objects.filter(pk=draft.pk).update(locked=True, locked_by=colleague)
    press(signed_in(editor), draft, colleague)
    assert not Page.objects.get(pk=draft.pk).locked
    assert PageLogEntry.objects.filter(page=draft.pk, action="wagtail.unlock", user=editor).exists()


def test_a_lock_of_the_desk_stands(draft, editor, colleague, desk, signed_in):
    Page.objects.filter(pk=draft.pk).update(locked=True, locked_by=desk)
    press(signed_in(editor), draft, colleague)
    assert Page.objects.get(pk=draft.pk).locked
    assert owner_of(draft) == colleague


def test_nobody_takes_over_what_the_desk_has_before_it(draft, editor, colleague):
    submit(draft, colleague)
    with pytest.raises(PermissionDenied):
        take_over(page=draft, user=editor, owner_id=colleague.pk)
    assert owner_of(draft) == colleague


def test_nor_what_is_live_without_a_draft_beside_it(roads, editor, colleague):
    page = published_news(department=roads, owner=colleague)
    assert not can_take_over(editor, latest_draft(page))
    page.introduction = "Autrement."
    page.save_revision(user=colleague)
    assert can_take_over(editor, latest_draft(page))


def test_the_draft_says_which_department_it_is_of_not_what_is_live(roads, social, editor, colleague):
    page = published_news(department=roads, owner=colleague)
    page.department = social
    page.save_revision(user=colleague)
    assert not can_take_over(editor, latest_draft(page))


@pytest.mark.parametrize("role", ["clerk", "participation_officer", "resident"])
def test_others_take_nothing_over(role, draft, colleague, request, signed_in):
    press(signed_in(request.getfixturevalue(role)), draft, colleague)
    assert owner_of(draft) == colleague


def test_somebody_of_another_department_takes_nothing_over(draft, colleague, social, signed_in):
    press(signed_in(editor_of(social)), draft, colleague)
    assert owner_of(draft) == colleague


def test_of_two_who_take_over_at_once_the_second_is_told(draft, editor, colleague, roads, signed_in):
    second = editor_of(roads)
    press(signed_in(editor), draft, colleague)
    response = press(signed_in(second), draft, colleague)
    assert owner_of(draft) == editor
    assert "vient de reprendre ce texte" in told(response)
    with pytest.raises(ValidationError):
        take_over(page=draft, user=second, owner_id=colleague.pk)


@pytest.mark.parametrize("owner", ["x", "9" * 30, "-1"])
def test_an_odd_owner_in_the_form_is_told_not_an_error(owner, draft, editor, signed_in):
    url = reverse("take_over", args=[draft.pk])
    assert signed_in(editor).post(url, {"owner": owner}).status_code == 302


def test_nothing_is_taken_over_by_following_a_link(draft, editor, colleague, signed_in):
    assert signed_in(editor).get(reverse("take_over", args=[draft.pk])).status_code == 405
    assert owner_of(draft) == colleague


def test_a_text_whose_author_left_can_be_taken_over(draft, editor, signed_in):
    Page.objects.filter(pk=draft.pk).update(owner=None)
    press(signed_in(editor), draft, None)
    assert owner_of(draft) == editor


# Drafts of my department


def test_the_first_screen_shows_what_colleagues_are_writing_and_not_ones_own(draft, editor, roads, signed_in):
    draft_news(owner=editor, department=roads, title="À moi")
    screen = signed_in(editor).get(reverse("wagtailadmin_home")).content.decode()
    panel = screen.split('id="department-drafts', 1)[1]
    assert "Brouillons de mon service" in screen
    assert "Marie Dubois" in panel
    assert "À moi" not in panel


def test_it_shows_a_document_once_and_not_what_the_desk_has_before_it(draft, editor, colleague, roads):
    dutch = translate(draft)
    assert [page.pk for page in drafts_of_colleagues(editor)] == [draft.pk]
    assert dutch.pk not in [page.pk for page in drafts_of_colleagues(editor)]
    submit(draft, colleague)
    assert drafts_of_colleagues(editor) == []


def test_it_shows_nothing_of_other_departments(draft, social):
    assert drafts_of_colleagues(editor_of(social)) == []
    assert drafts_of_colleagues(UserFactory()) == []


def test_many_drafts_ask_no_more_of_the_database(editor, roads, django_assert_num_queries):
    for number in range(12):
        draft_news(owner=editor_of(roads), department=roads, title=f"Message {number}")
    with django_assert_num_queries(5):  # the departments, and one for each kind of page by which they speak
        assert len({page.owner.email for page in drafts_of_colleagues(editor)}) == 8


# Go back to an earlier version


def restore(client: Client, page: Page, revision: Any) -> Any:
    """Open an earlier version, and save it as the latest draft."""
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])
    assert client.get(url).status_code == 200
    form = {**news_form(revision.as_object()), "revision": revision.pk}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


@pytest.mark.parametrize("role", ["editor", "desk", "administrator"])
def test_an_earlier_version_becomes_the_latest_draft(role, draft, request, signed_in):
    first = draft.latest_revision
    draft.introduction = "Gâché."
    draft.save_revision()
    restore(signed_in(request.getfixturevalue(role)), draft, first)
    assert latest_draft(draft).introduction == "De nouveaux trottoirs."
    assert draft.revisions.count() == 3


def test_going_back_changes_nothing_that_is_live(roads, editor, signed_in, client):
    page = published_news(department=roads)
    first = page.get_latest_revision()
    page.introduction = "Gâché."
    page.save_revision(user=editor)
    restore(signed_in(editor), page, first)
    assert latest_draft(page).introduction == "De nouveaux trottoirs."
    assert Page.objects.get(pk=page.pk).live_revision_id == first.pk


def test_the_other_language_follows_as_far_as_it_was_translated_then(draft):
    """Localize keeps the translation of each sentence, so the words that come back bring theirs."""
    dutch = translate(draft)
    draft.introduction = "Une phrase nouvelle."
    draft.save_revision()
    assert not translation_state(latest_draft(draft)).is_ready
    draft.introduction = "De nouveaux trottoirs."
    draft.save_revision()
    assert translation_state(latest_draft(draft)).is_ready
    save_translated_draft(draft, user=None)
    assert latest_draft(dutch).introduction == "Nieuwe voetpaden."


def test_while_the_desk_reviews_a_text_its_department_does_not_go_back(draft, colleague, signed_in):
    first = draft.latest_revision
    draft.introduction = "Mieux."
    draft.save_revision(user=colleague)
    submit(draft, colleague)
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    signed_in(colleague).post(url, {**news_form(first.as_object()), "revision": first.pk})
    assert latest_draft(draft).introduction == "Mieux."


def test_one_language_alone_is_not_taken_back_past_its_original(draft, desk, signed_in):
    """The Dutch page follows its French original: going back there shows the translation, never an older text."""
    dutch = translate(draft)
    save_translated_draft(draft, user=None)
    revision = Page.objects.get(pk=dutch.pk).get_latest_revision()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[dutch.pk, revision.pk])
    before = dutch.revisions.count()
    signed_in(desk).post(url, {"title": "Oud"})
    assert latest_draft(dutch).title == "Molenstraat"
    assert dutch.revisions.count() == before
