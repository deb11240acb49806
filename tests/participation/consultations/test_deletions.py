"""A neighbourhood or a department that a consultation names is not deleted: it would be for all, or not open again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from home.models import Neighbourhood
from participation.models import OfficialAnswer, SurveyPage
from tests.factories import DepartmentFactory, ThemeFactory
from tests.participation.factories import live_consultation, published_consultation
from tests.participation.ideas.making import public_idea
from tests.participation.surveys.making import readable_survey

pytestmark = pytest.mark.django_db


def test_a_neighbourhood_that_a_consultation_names_stays(mill):
    page = live_consultation(neighbourhoods=[mill])
    with pytest.raises(ProtectedError, match="1 consultation"), transaction.atomic():
        mill.delete()
    assert list(page.neighbourhoods.all()) == [mill]


def test_a_neighbourhood_that_only_a_draft_names_stays(mill):
    page = live_consultation()
    page.neighbourhoods = [mill]
    page.save_revision()
    with pytest.raises(ProtectedError), transaction.atomic():
        mill.delete()


def test_a_neighbourhood_whose_consultation_is_gone_may_go(mill):
    live_consultation(neighbourhoods=[mill]).delete()
    mill.delete()
    assert not Neighbourhood.objects.exists()


def test_the_admin_says_which_one_names_it_and_leads_there(signed_in, administrator, mill):
    page = published_consultation(neighbourhoods=[mill])
    address = reverse(mill.snippet_viewset.get_url_name("delete"), args=[mill.pk])
    answer = signed_in(administrator).post(address, follow=True).content.decode()
    assert "1 consultation le cite" in answer
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in answer
    assert Neighbourhood.objects.filter(pk=mill.pk).exists()


def delete(thing: Any, browser: Any) -> str:
    """Ask the admin to delete it; return what is said then."""
    address = reverse(thing.snippet_viewset.get_url_name("delete"), args=[thing.pk])
    answer: str = browser.post(address, follow=True).content.decode()
    assert type(thing).objects.filter(pk=thing.pk).exists()
    return answer


def test_a_neighbourhood_and_a_department_that_a_survey_names_stay(signed_in, administrator, commune, mill):
    page, browser = readable_survey(neighbourhoods=[mill]), signed_in(administrator)
    for thing in (mill, page.department):
        assert "1 enquête le cite" in delete(thing, browser)
        with pytest.raises(ProtectedError), transaction.atomic():
            thing.delete()
    assert list(SurveyPage.objects.get(pk=page.pk).neighbourhoods.all()) == [mill]


def test_what_an_idea_is_about_and_the_department_that_answered_it_stay(signed_in, administrator, commune, mill):
    theme, department, browser = ThemeFactory(), DepartmentFactory(), signed_in(administrator)
    idea = public_idea(neighbourhood=mill, theme=theme)
    OfficialAnswer.objects.create(idea=idea, department=department, changed_at=timezone.now())
    for thing, words in ((mill, "1 idée d’habitant"), (theme, "1 idée d’habitant"), (department, "a répondu à 1 idée")):
        assert words in delete(thing, browser)
    idea.refresh_from_db()
    assert (idea.neighbourhood, idea.theme) == (mill, theme)


def test_a_theme_that_only_texts_bear_may_go_and_their_drafts_still_open(signed_in, administrator):
    theme, page = ThemeFactory(), published_consultation()
    page.tags.add(theme)
    page.save_revision()
    browser = signed_in(administrator)
    browser.post(reverse(theme.snippet_viewset.get_url_name("delete"), args=[theme.pk]))
    assert not type(theme).objects.exists()
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
