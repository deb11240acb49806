"""Building a survey: what answers have fixed is told before and kept, and questions are taken over from others."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import Translation

from home.advice import of_features
from home.models import Department
from moderation.setup import publish_pair
from moderation.translations import prepare_translation
from participation.models import SurveyPage, SurveyQuestion
from participation.surveys.building import definition_of
from participation.surveys.copying import questions_in, renewed
from participation.surveys.kinds import Kind
from tests.factories import UserFactory
from tests.participation.surveys.making import choice, consultation_index, question, readable_survey, respond
from tests.participation.surveys.test_survey_pages import form_data, form_of, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(commune: None) -> SurveyPage:
    page = readable_survey([question(1, Kind.YES_NO), question(2, Kind.YES_NO)])
    return SurveyPage.objects.get(pk=page.pk)


@pytest.fixture
def answered(live: SurveyPage) -> SurveyPage:
    respond(live, {})
    return live


@pytest.fixture
def admin(signed_in: Any) -> Any:
    return signed_in(UserFactory(is_superuser=True, is_staff=True))


def draft_survey(**fields: Any) -> SurveyPage:
    """Return a French draft without questions; the commune has both indexes."""
    consultation_index("nl")
    department = Department.objects.first()
    page = SurveyPage(locale=consultation_index().locale, title="Essai", slug="essai", live=False, **fields)
    page.department = department or readable_survey().department
    consultation_index().add_child(instance=page)
    page.save_revision()
    return page


def latest(page: SurveyPage) -> SurveyPage:
    return SurveyPage.objects.get(pk=page.pk).get_latest_revision_as_object()


# Before and after the first answer


def test_before_the_first_answer_nothing_is_fixed(live):
    form = form_of(live, form_data(live, stored(live)))
    assert not form.frozen
    assert not any(each.frozen for each in form.formsets["questions"].forms)


def test_after_the_first_answer_the_form_greys_out_what_is_fixed_and_leaves_the_words(answered):
    form = form_of(answered, form_data(answered, stored(answered)))
    first = form.formsets["questions"].forms[0]
    assert {"access", "results_when", "is_quiz", "opens_at"} <= form.frozen
    assert {"kind", "is_required", "shows_when", "key"} <= first.frozen
    assert not {"text", "help_text", "options", "is_retired"} & first.frozen
    assert not {"title", "closes_at", "thanks"} & form.frozen
    assert "disabled" in str(first["kind"])
    for field in (form["access"], first["kind"]):
        assert "Fixe depuis que des personnes ont répondu." in field.help_text
    assert "Fixe" not in first["text"].help_text


def test_what_a_browser_leaves_out_because_it_is_greyed_out_stays_as_it_was(answered):
    data = form_data(answered, stored(answered))
    for name in ("access", "results_when", "asks_neighbourhood", "questions-0-kind", "questions-0-key"):
        del data[name]
    data["questions-0-text"] = "Corrigée ?"
    form = form_of(answered, data)
    assert form.is_valid(), form.errors
    page = form.save(commit=False)
    first = page.questions.all()[0]
    assert (first.text, first.kind, page.asks_neighbourhood) == ("Corrigée ?", Kind.YES_NO, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("questions-0-kind", "long_text"),
        ("questions-0-is_required", "on"),
        ("questions-0-least", "3"),
        ("questions-0-scale_points", "7"),
        ("questions-0-key", "00000000-0000-4000-8000-000000000099"),
        ("questions-0-shows_when", '{"question": "x", "operator": "is", "values": ["yes"]}'),
        ("access", "signed_in"),
        ("results_when", "live"),
        ("opens_at", "2020-01-01 10:00"),
        ("is_quiz", "on"),
    ],
)
def test_whoever_sends_another_value_of_what_is_fixed_is_told_at_the_field_and_keeps_what_they_typed(
    answered, name, value
):
    form = form_of(answered, {**form_data(answered, stored(answered)), "thanks": "Merci à vous.", name: value})
    assert not form.is_valid()
    errors = form.formsets["questions"].forms[0].errors if name.startswith("questions") else form.errors
    assert list(errors) == [name.split("-")[-1]]
    assert form["thanks"].value() == "Merci à vous."


@pytest.mark.parametrize(
    "changes",
    [
        {"questions-0-DELETE": "on"},
        {"questions-0-ORDER": "2", "questions-1-ORDER": "1"},
        {"questions-TOTAL_FORMS": "1"},
        {"questions-0-id": "999999"},
        {"questions-0-kind": ""},
        {"questions-INITIAL_FORMS": "x"},
    ],
)
def test_no_post_breaks_an_answered_survey_or_the_editor(answered, admin, changes):
    address = reverse("wagtailadmin_pages:edit", args=[answered.pk])
    before = definition_of(answered).digest
    response = admin.post(address, {**form_data(answered, stored(answered)), **changes})
    assert response.status_code in {200, 302}
    assert definition_of(SurveyPage.objects.get(pk=answered.pk)).digest == before
    keys = {str(each.key) for each in latest(answered).questions.all()}
    assert {str(each.key) for each in answered.questions.all()} <= keys


def test_the_editor_is_told_above_the_form_how_many_answered_and_what_can_still_change(answered, admin):
    content = admin.get(reverse("wagtailadmin_pages:edit", args=[answered.pk])).content.decode()
    assert "1 personne a répondu." in content
    assert "Vous pouvez corriger les textes" in content


def test_a_survey_without_questions_can_be_kept_as_a_draft(commune, admin):
    index, department = consultation_index(), readable_survey().department
    data = form_data(SurveyPage(title="Essai", slug="essai", department=department), [])
    address = reverse("wagtailadmin_pages:add", args=["participation", "surveypage", index.pk])
    assert admin.post(address, {**data, "department": department.pk}).status_code == 302
    assert not SurveyPage.objects.get(slug="essai").live


# Hints


def test_a_draft_is_told_at_each_question_what_is_missing(commune):
    page = draft_survey()
    assert [each.field for each in of_features(page, now=timezone.now())] == ["questions"]
    rows = [question(1, Kind.ONE, options=[choice("a", "Un")]), question(2, Kind.LONG_TEXT)]
    page.questions = [SurveyQuestion(**row) for row in rows]
    fields = [each.field for each in of_features(page, now=timezone.now())]
    keys = [str(each.key) for each in page.questions.all()]
    assert fields == [f"questions.{keys[0]}", f"questions.{keys[1]}"]


# The order of questions


def test_a_corrected_text_leaves_the_questions_of_a_taken_over_survey_in_their_order(live, admin):
    definition = renewed(definition_of(live))
    page = SurveyPage(locale=live.locale, title="Encore", department=live.department)
    page.questions = questions_in(definition, "fr")
    publish_pair(page, consultation_index(), {"title": "Nog eens", "questions": questions_in(definition, "nl")})
    page = SurveyPage.objects.get(pk=page.pk)
    keys = [each.key for each in page.questions.all()]
    data = form_data(page, stored(page))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin.post(address, {**data, "questions-0-text": "Corrigée ?"}).status_code == 302
    assert [each.key for each in latest(page).questions.all()] == keys
    assert latest(page).questions.all()[0].text == "Corrigée ?"


# Copying


def copy_address(page: SurveyPage) -> str:
    return reverse("participation_copy_questions", args=[page.pk])


def keys_shown(response: Any) -> list[str]:
    return [key for key, _text in response.context_data["questions"].fields["questions"].choices]


def test_a_ready_made_survey_comes_in_both_languages_with_its_introduction(commune, admin):
    page = draft_survey()
    address = copy_address(page)
    keys = keys_shown(admin.get(address, {"source": "ready:hall_name"}))
    response = admin.post(address, {"source": "ready:hall_name", "questions": keys})
    assert response.status_code == 302
    draft = latest(page)
    assert [each.kind for each in draft.questions.all()] == [Kind.ONE, Kind.SEVERAL, Kind.SHORT_TEXT]
    assert draft.introduction.startswith("Quatre noms")
    translation = Translation.objects.get(source__object_id=page.translation_key)
    total, done = translation.get_progress()
    assert total - done == 1  # the title is theirs to translate
    dutch = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    assert dutch.questions.all()[0].text == "Welke naam verkiest u?"
    assert dutch.questions.all()[0].options[0].value["text"] == "De Wissel"


def test_questions_of_another_survey_come_behind_ones_own_and_only_those_that_are_ticked(live, admin):
    page = draft_survey()
    source = {"source": str(live.pk)}
    keys = keys_shown(admin.get(copy_address(page), source))
    admin.post(copy_address(page), {**source, "questions": keys[1:]})
    admin.post(copy_address(page), {**source, "questions": keys})
    texts = [each.text for each in latest(page).questions.all()]
    assert texts == ["Question 2 ? (fr)", "Question 1 ? (fr)", "Question 2 ? (fr)"]
    assert not {str(each.key) for each in latest(page).questions.all()} & set(keys)


def test_nothing_is_translated_by_a_text_that_is_missing_in_the_other_language(live, admin):
    SurveyQuestion.objects.filter(page__translation_key=live.translation_key, locale__language_code="nl").delete()
    page = draft_survey()
    keys = keys_shown(admin.get(copy_address(page), {"source": str(live.pk)}))
    admin.post(copy_address(page), {"source": str(live.pk), "questions": keys})
    assert prepare_translation(page, user=None).get_progress()[1] == 0


@pytest.mark.parametrize("data", [{"source": "x"}, {"source": "ready:x"}, {"source": ""}, {"source": "ready:website"}])
def test_what_cannot_be_copied_is_told_and_adds_nothing(commune, admin, data):
    page = draft_survey()
    for response in (admin.get(copy_address(page), data), admin.post(copy_address(page), data)):
        assert response.status_code == 200
    assert not latest(page).questions.exists()


def test_to_an_answered_survey_questions_are_added_at_the_end(answered, admin):
    address = copy_address(answered)
    keys = keys_shown(admin.get(address, {"source": "ready:hall_name"}))
    assert admin.post(address, {"source": "ready:hall_name", "questions": keys}).status_code == 302
    assert [each.text for each in latest(answered).questions.all()][:2] == [
        each.text for each in answered.questions.all()
    ]
    assert latest(answered).questions.count() == 5


def test_who_cannot_edit_the_page_copies_nothing_into_it(live, signed_in, client):
    stranger = signed_in(UserFactory(is_staff=True))
    assert stranger.get(copy_address(live)).status_code in {302, 403}
