"""Themes and departments: things that exist once, with a name in both languages."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from home.models import Department, Theme
from moderation.roles import DESK
from tests.factories import DepartmentFactory, ThemeFactory, UserFactory, editor_of

pytestmark = pytest.mark.django_db


def test_a_theme_is_called_by_its_name_in_the_readers_language():
    theme = ThemeFactory(name_fr="Mobilité", name_nl="Mobiliteit")
    with override("fr"):
        assert theme.label == "Mobilité"
    with override("nl"):
        assert theme.label == "Mobiliteit"


def test_an_editor_finds_a_theme_by_either_name():
    theme = ThemeFactory(name_fr="Mobilité", name_nl="Mobiliteit")
    assert "Mobilité" in theme.name
    assert "Mobiliteit" in theme.name


def test_a_theme_with_the_longest_names_that_the_form_takes_is_stored():
    theme = Theme(slug="long", name_fr="É" * 60, name_nl="ë" * 60)
    theme.full_clean(exclude=["name"])
    theme.save()
    assert len(Theme.objects.get(slug="long").name) <= Theme._meta.get_field("name").max_length


def test_two_themes_do_not_share_a_name():
    ThemeFactory(name_fr="Mobilité")
    with pytest.raises(ValidationError) as refused:
        Theme(slug="x", name_fr="Mobilité", name_nl="Iets").full_clean(exclude=["name"])
    assert "name_fr" in refused.value.message_dict


def test_what_has_a_name_in_one_language_alone_goes_by_it_in_both():
    department = DepartmentFactory(name_fr="Propreté", name_nl="")
    for language in ("fr", "nl", "en"):
        with override(language):
            assert department.name == str(department) == "Propreté"


def test_a_new_department_gets_a_group_of_its_own():
    assert DepartmentFactory(name_fr="Propreté").group.name == "Propreté"


def test_a_department_keeps_the_group_that_was_chosen_for_it():
    group = Group.objects.create(name="Ouvriers")
    assert DepartmentFactory(group=group).group == group


def test_a_department_named_like_a_role_does_not_get_the_people_of_that_role():
    chief = UserFactory(groups=[DESK.group])
    department = DepartmentFactory(name_fr=DESK.group)
    assert department.group.name != DESK.group
    assert not Department.objects.of(chief).exists()


def test_departments_of_the_same_name_have_a_group_each():
    departments = [DepartmentFactory(name_fr="Accueil") for _ in range(3)]
    assert len({department.group for department in departments}) == 3


def test_a_department_that_is_made_again_does_not_get_the_people_of_the_old_one():
    old = DepartmentFactory(slug="accueil", name_fr="Accueil")
    person = editor_of(old)
    old.delete()
    DepartmentFactory(slug="accueil", name_fr="Accueil")
    assert not Department.objects.of(person).exists()


def test_a_department_with_the_longest_name_that_the_form_takes_has_its_group():
    for slug in ("a" * 60, "b" * 60):
        department = Department(slug=slug, name_fr="É" * 120)
        department.full_clean()
        department.save()
    assert Group.objects.filter(department__name_fr="É" * 120).count() == 2


def test_a_department_of_a_name_that_exists_is_made_in_the_admin(administrator, signed_in):
    DepartmentFactory(slug="accueil", name_fr="Accueil")
    client = signed_in(administrator)
    client.raise_request_exception = False
    fields = {
        "name_fr": "Accueil",
        "name_nl": "Onthaal",
        "slug": "accueil-2",
        "email": "",
        "telephone": "",
        "group": "",
    }
    response = client.post(
        reverse("wagtailsnippets_home_department:add"), {**fields, "description_fr": "", "description_nl": ""}
    )
    assert response.status_code == 302
    assert Department.objects.filter(name_fr="Accueil").count() == 2
