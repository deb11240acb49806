"""The page of a board: edited, refused where its settings contradict each other, one in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from moderation.setup import publish_pair
from participation.ideas.answers import questions_of
from participation.ideas.kinds import BoardAccess
from participation.models import Board, BoardQuestion, IdeaBoardPage
from participation.parts import figures_of, parts_below
from tests.factories import NeighbourhoodFactory
from tests.participation.factories import consultation_index, live_consultation
from tests.participation.ideas.making import NOW, public_idea, readable_board, support

pytestmark = pytest.mark.django_db


def board_form(department, **fields):
    questions = fields.pop("questions", [])
    return nested_form_data(
        {
            "title": "Idées pour la place",
            "slug": "idees-place",
            "question": "Que changer sur la place ?",
            "department": str(department.pk),
            "body": streamfield([]),
            "charter": streamfield([]),
            "questions": inline_formset(questions),
            "comments": inline_formset([]),
            "idea_access": "signed_in",
            "support_access": "signed_in",
            "comment_access": "signed_in",
            "theme_is": "optional",
            "neighbourhood_is": "optional",
            "place_is": "optional",
            "photo_is": "optional",
            "screening": "before",
            "ideas_per_person": "0",
            "supports_per_person": "0",
            "answer_within_days": "60",
            "hidden_after_reports": "3",
            "has_supports": "on",
            **fields,
        }
    )


def add(client, department, **fields):
    where = reverse("wagtailadmin_pages:add", args=["participation", "ideaboardpage", consultation_index().pk])
    return client.post(where, board_form(department, **fields))


def test_a_department_writes_a_board_with_a_question_of_its_own(signed_in, editor, roads):
    question = {
        "key": "",
        "kind": "short_text",
        "text": "Combien de personnes ?",
        "help_text": "",
        "options": streamfield([]),
    }
    client = signed_in(editor)
    answer = add(client, roads, questions=[question])
    assert answer.status_code == 302, answer.context["form"].errors
    page = IdeaBoardPage.objects.get()
    assert (page.title, page.live) == ("Idées pour la place", False)
    draft = page.get_latest_revision_as_object()
    assert draft.questions.first().key
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ideas_from": "2026-06-02 10:00", "ideas_until": "2026-06-01 10:00"}, "ideas_until"),
        ({"support_access": BoardAccess.VERIFIED_THERE.value}, "neighbourhoods"),
        ({"hidden_after_reports": "0"}, "hidden_after_reports"),
    ],
)
def test_settings_that_contradict_each_other_are_refused_where_they_are_put_right(
    signed_in, editor, roads, fields, wrong
):
    answer = add(signed_in(editor), roads, **fields)
    assert wrong in answer.context["form"].errors
    assert not IdeaBoardPage.objects.exists()


def test_a_board_published_in_both_languages_has_one_set_of_settings_questions_and_ideas(roads):
    page = IdeaBoardPage(
        locale=consultation_index().locale, title="Idées", question="Que changer ?", department=roads,
        supports_per_person=3, supports_until=NOW,
    )  # fmt: skip
    page.questions = [BoardQuestion(text="Combien ?")]
    key = page.questions.first().key
    asked_in_dutch = BoardQuestion(translation_key=page.questions.first().translation_key, text="Hoeveel?")
    words = {"title": "Ideeën", "question": "Wat veranderen?", "questions": [asked_in_dutch]}
    publish_pair(page, consultation_index(), words)
    dutch = IdeaBoardPage.objects.get(locale__language_code="nl")
    assert (dutch.live, dutch.board_key, dutch.supports_per_person, dutch.supports_until) == (
        True,
        page.board_key,
        3,
        NOW,
    )
    (asked,) = questions_of(page)
    assert (asked.key, asked.text.fr, asked.text.nl) == (str(key), "Combien ?", "Hoeveel?")


def test_a_board_stands_in_its_consultation_with_what_one_can_do_and_its_figures(resident):
    consultation = live_consultation()
    page = IdeaBoardPage(
        locale=consultation.locale, title="Idées", question="Que changer ?", department=consultation.department,
        supports_until=timezone.now() + timedelta(days=1), ideas_until=NOW, has_comments=False,
    )  # fmt: skip
    consultation.add_child(instance=page)
    Board.objects.create(pk=page.board_key)
    (part,) = parts_below([consultation])[consultation.pk]
    assert (part.title, part.activity, part.closes_at) == (page.title, "support", page.supports_until)
    support(public_idea(page, title="Un"))
    assert [(figure.name, figure.value) for figure in figures_of(consultation)] == [
        ("ideas", 1),
        ("supports", 1),
        ("comments", 0),
    ]


def test_the_database_refuses_a_board_that_closes_before_it_opens():
    page = readable_board()
    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaBoardPage.objects.filter(pk=page.pk).update(supports_from=NOW, supports_until=NOW)


def test_a_neighbourhood_that_a_board_names_stays():
    place = NeighbourhoodFactory()
    readable_board(neighbourhoods=[place])
    with pytest.raises(ProtectedError, match="1 boîte à idées"), transaction.atomic():
        place.delete()
