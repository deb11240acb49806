"""A neighbourhood or a department that a consultation names is not deleted: it would be for all, or not open again."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse

from home.models import Neighbourhood
from tests.participation.factories import live_consultation, published_consultation

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
