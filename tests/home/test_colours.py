"""Colours: the commune chooses two, and everybody must be able to read what is written in them."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from home.colours import contrast, lightened_to, validate_readable_on_white
from home.models import CommuneSettings
from home.views import DARK_SURFACE


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#FFFFFF", 4.48),
        ("#ff0000", "#ffffff", 4.00),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    """Values of the WebAIM contrast checker."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_the_darkest_grey_that_is_too_light_is_refused_and_the_next_accepted():
    validate_readable_on_white("#767676")
    with override("en"), pytest.raises(ValidationError) as refused:
        validate_readable_on_white("#777777")
    assert "too light to carry white text" in refused.value.messages[0]
    assert "4.5" in refused.value.messages[0]


@pytest.mark.parametrize("written", ["", "green", "#123", "123456", "#12345g", "#1234567", "#123456\n", "#000;}"])
def test_what_is_not_a_colour_of_six_digits_is_refused_with_an_example(written):
    with override("en"), pytest.raises(ValidationError, match="#12493f"):
        validate_readable_on_white(written)


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["colour", "accent"])
def test_a_light_colour_is_refused_when_the_settings_are_saved(field):
    commune = CommuneSettings.load()
    setattr(commune, field, "#ffcc00")
    with override("en"), pytest.raises(ValidationError) as refused:
        commune.full_clean()
    assert list(refused.value.message_dict) == [field]
    assert "too light" in refused.value.message_dict[field][0]


@pytest.mark.django_db
def test_the_colours_a_commune_begins_with_are_readable():
    CommuneSettings.load().full_clean()


@pytest.mark.parametrize("colour", ["#000000", "#12493f", "#b3440f", "#00008b", "#767676"])
def test_a_colour_is_lightened_until_it_can_be_read_in_the_dark(colour):
    assert contrast(lightened_to(colour, on=DARK_SURFACE), DARK_SURFACE) >= 4.5


def test_a_colour_that_can_be_read_in_the_dark_stays_as_it_is():
    assert lightened_to("#ffffff", on=DARK_SURFACE) == "#ffffff"
    assert lightened_to("#8fd0b8", on=DARK_SURFACE) == "#8fd0b8"


@pytest.mark.django_db
def test_the_style_sheet_answers_the_colours_of_the_commune(client):
    CommuneSettings.objects.update_or_create(pk=1, defaults={"colour": "#0b3d91", "accent": "#7a1f5c"})
    response = client.get(CommuneSettings.load().theme_url)
    assert response["Content-Type"] == "text/css; charset=utf-8"
    light, dark = response.content.decode().split("@media")
    assert "--colour:#0b3d91" in light
    assert "--accent:#7a1f5c" in light
    for name in ("link", "accent"):
        (tint,) = re.findall(rf"--{name}:(#[0-9a-f]{{6}})", dark)
        assert contrast(tint, DARK_SURFACE) >= 4.5


@pytest.mark.django_db
def test_the_address_of_the_style_sheet_changes_with_the_colours_so_that_it_may_be_kept_for_ever(client):
    old = CommuneSettings.load()
    page = client.get("/fr/").content.decode()
    assert f'href="{old.theme_url}"' in page
    CommuneSettings.objects.update_or_create(pk=1, defaults={"accent": "#7a1f5c"})
    new = CommuneSettings.load()
    assert new.theme_url != old.theme_url
    assert f'href="{new.theme_url}"' in client.get("/fr/").content.decode()
    assert "immutable" in client.get(new.theme_url)["Cache-Control"]
