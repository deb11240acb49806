"""A survey in both languages: words are translated, everything else is one; and the form in which it is made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from home.models import Department
from moderation.actions import publish_in_both_languages
from moderation.translations import prepare_translation, supply_translation, words_of
from participation.models import SurveyPage, SurveyQuestion
from participation.surveys.actions import live_definition
from participation.surveys.changes import frozen_fields
from participation.surveys.definitions import Words
from participation.surveys.forms import SurveyPageForm
from participation.surveys.kinds import Kind
from participation.surveys.terms import Access
from tests.factories import DepartmentFactory, NeighbourhoodFactory, UserFactory
from tests.participation.surveys.making import choice, consultation_index, key_of, question, readable_survey, respond

pytestmark = pytest.mark.django_db


def french_page(**fields: Any) -> SurveyPage:
    consultation_index("nl")
    page = SurveyPage(
        locale=consultation_index().locale,
        title="Le nom de la salle",
        slug="salle",
        department=Department.objects.first() or DepartmentFactory(),
        **fields,
    )
    page.questions = [SurveyQuestion(**each) for each in french_questions()]
    return page


def french_questions() -> list[dict[str, Any]]:
    first = question(
        1, help_text="Une seule.", low_words="", is_required=True, options=[choice("o1", "Oui"), choice("o2", "Non")]
    )
    condition = {"question": key_of(1), "operator": "is", "values": ["o1"]}
    return [first, question(2, Kind.NUMBER, unit="ans", starts_section="Vous", section_shows_when=condition, least=1)]


def dutch_of(page: SurveyPage) -> dict[str, Any]:
    """The words of the page in Dutch, in the same places."""
    rows = []
    for each in page.questions.all():
        copy = SurveyQuestion(translation_key=each.translation_key, key=each.key, kind=each.kind)
        copy.text = f"NL {each.text}"
        copy.help_text, copy.unit, copy.starts_section = (
            f"NL {word}" if word else "" for word in (each.help_text, each.unit, each.starts_section)
        )
        copy.options = [choice(option.id, f"NL {option.value['text']}") for option in each.options]
        rows.append(copy)
    return {"title": "De naam van de zaal", "questions": rows}


def translated(page: SurveyPage) -> SurveyPage:
    translation = prepare_translation(page, user=None)
    supply_translation(translation, words_of(page, dutch_of(page)), user=None)
    publish_in_both_languages(page=page, user=None)
    return SurveyPage.objects.get(translation_key=page.translation_key, locale__language_code="nl")


@pytest.fixture
def pair(commune: None) -> tuple[SurveyPage, SurveyPage]:
    page = french_page(access=Access.SIGNED_IN, closes_at=timezone.now() + timedelta(days=30), is_quiz=False)
    consultation_index().add_child(instance=page)
    page.save_revision()
    dutch = translated(page)
    return SurveyPage.objects.get(pk=page.pk), dutch


def test_words_are_translated_and_keys_settings_conditions_and_ids_are_one(pair):
    french, dutch = pair
    assert (dutch.access, dutch.closes_at) == (french.access, french.closes_at)
    for one, other in zip(french.questions.all(), dutch.questions.all(), strict=True):
        for name in ("key", "kind", "is_required", "least", "section_shows_when", "scale_points", "translation_key"):
            assert getattr(other, name) == getattr(one, name), name
        assert [option.id for option in other.options] == [option.id for option in one.options]
        assert other.text == f"NL {one.text}"
    definition = live_definition(french.survey_key)
    first, second = definition.questions
    assert definition.title == Words("Le nom de la salle", "De naam van de zaal")
    assert [option.words for option in first.choices] == [Words("Oui", "NL Oui"), Words("Non", "NL Non")]
    assert (second.unit, definition.sections[1].title) == (Words("ans", "NL ans"), Words("Vous", "NL Vous"))


def test_a_corrected_question_and_a_new_one_reach_the_other_language_and_the_answers_stay(pair):
    french, _dutch = pair
    questions = list(french.questions.all())
    questions[0].text = "Laquelle ?"
    french.questions = [*questions, SurveyQuestion(**question(3, Kind.LONG_TEXT))]
    french.save_revision()
    dutch = translated(french)
    assert [each.text for each in dutch.questions.all()] == ["NL Laquelle ?", "NL Question 2 ?", "NL Question 3 ?"]
    definition = live_definition(french.survey_key)
    assert [each.key for each in definition.questions] == [key_of(number) for number in (1, 2, 3)]


def form_data(page: SurveyPage, questions: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """What the editor's form sends."""
    data = {
        "title": page.title,
        "slug": page.slug,
        "department": page.department_id,
        "access": page.access,
        "results_when": page.results_when,
        "results_for": page.results_for,
        "asks_neighbourhood": "on" if page.asks_neighbourhood else "",
        "body-count": 0,
        "questions-TOTAL_FORMS": len(questions),
        "questions-INITIAL_FORMS": sum(bool(each.get("id")) for each in questions),
        "questions-MIN_NUM_FORMS": 0,
        "questions-MAX_NUM_FORMS": 1000,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        **changes,
    }
    for number, each in enumerate(questions):
        fields = {"kind": "yes_no", "scale_points": 5, "options-count": 0, "ORDER": number + 1, "id": "", **each}
        data |= {f"questions-{number}-{name}": value for name, value in fields.items()}
    return data


def form_of(page: SurveyPage, data: dict[str, Any]) -> SurveyPageForm:
    handler = SurveyPage.get_edit_handler() if hasattr(SurveyPage, "get_edit_handler") else SurveyPage.edit_handler
    form_class = handler.get_form_class()
    return form_class(data, instance=page, parent_page=page.get_parent(), for_user=UserFactory(is_superuser=True))


@pytest.fixture
def live(commune: None) -> SurveyPage:
    page = readable_survey([question(1, Kind.YES_NO), question(2, Kind.YES_NO)])
    return SurveyPage.objects.get(pk=page.pk)


def stored(page: SurveyPage) -> list[dict[str, Any]]:
    return [{"id": each.pk, "key": each.key, "text": each.text} for each in page.questions.all()]


def test_a_new_question_is_given_a_key_and_a_copied_one_its_own(live):
    first = stored(live)[0]
    copied = {"text": "Copiée ?", "key": first["key"]}
    form = form_of(live, form_data(live, [*stored(live), copied, {"text": "Nouvelle ?"}, {"text": "Encore ?"}]))
    assert form.is_valid(), form.errors
    page = form.save(commit=False)
    keys = [each.key for each in page.questions.all()]
    assert keys[0] == first["key"]
    assert len(set(keys)) == len(keys) == 5


def test_a_draft_keeps_the_keys_of_questions_that_were_never_saved(live):
    form = form_of(live, form_data(live, [*stored(live), {"text": "Nouvelle ?"}]))
    assert form.is_valid()
    revision = form.save(commit=False).save_revision()
    draft = revision.as_object()
    key = list(draft.questions.all())[2].key
    again = [{"id": each.pk or "", "key": each.key, "text": each.text} for each in draft.questions.all()]
    second = form_of(draft, form_data(draft, again) | {"questions-INITIAL_FORMS": 3})
    assert second.is_valid(), second.errors
    assert list(second.save(commit=False).questions.all())[2].key == key


def test_the_editor_is_told_at_the_question_of_a_condition_that_is_none_or_never_holds(live):
    first, second = stored(live)
    for condition in (
        "[1]",
        '{"question": "x"}',
        f'{{"question": "{second["key"]}", "operator": "is", "values": ["yes"]}}',
    ):
        form = form_of(live, form_data(live, [{**first, "shows_when": condition}, second]))
        assert not form.is_valid()
        assert form.formsets["questions"].forms[0].errors


def test_after_the_first_answer_the_form_refuses_another_kind_and_a_deletion_at_their_place(live):
    respond(live, {})
    assert frozen_fields(live).questions
    first, second = stored(live)
    form = form_of(live, form_data(live, [{**first, "kind": "long_text"}, second]))
    assert not form.is_valid()
    assert "kind" in form.formsets["questions"].forms[0].errors
    form = form_of(live, form_data(live, [{**first, "DELETE": "on"}, second]))
    assert not form.is_valid()
    assert "Question 1" in str(form.errors)
    form = form_of(live, form_data(live, [first, second], access="signed_in"))
    assert "access" in form.errors


def test_the_form_says_which_date_or_setting_is_wrong(live):
    wrong = {"opens_at": "2026-05-02 10:00", "closes_at": "2026-05-01 10:00", "is_open_about_who_answered": "on"}
    form = form_of(live, form_data(live, stored(live), **wrong))
    assert {"closes_at", "access"} <= set(form.errors)
    form = form_of(live, form_data(live, stored(live), access="verified_there"))
    assert "neighbourhoods" in form.errors


@pytest.mark.parametrize(
    "fields",
    [
        {"access": "x"},
        {"results_when": "x"},
        {"is_open_about_who_answered": True},
        {"opens_at": timezone.now(), "closes_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_the_database_keeps_the_settings_sound(live, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyPage.objects.filter(pk=live.pk).update(**fields)


def test_a_neighbourhood_that_a_survey_names_can_be_asked_for(commune):
    place = NeighbourhoodFactory()
    page = readable_survey(neighbourhoods=[place])
    assert list(place.surveys.filter(locale__language_code="fr")) == [page]


def test_the_editor_opens_for_a_new_survey_and_for_one_that_has_answers(live, signed_in):
    respond(live, {})
    admin = signed_in(UserFactory(is_superuser=True, is_staff=True))
    index = consultation_index()
    new = admin.get(reverse("wagtailadmin_pages:add", args=["participation", "surveypage", index.pk]))
    edited = admin.get(reverse("wagtailadmin_pages:edit", args=[live.pk]))
    assert (new.status_code, edited.status_code) == (200, 200)
    assert 'type="hidden" name="questions-__prefix__-key"' in new.content.decode()
    assert key_of(1) in edited.content.decode()
