"""Attempts at what is not a page: pictures, themes, alerts, settings, departments, accounts."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from home.models import Alert, CommuneSettings, Neighbourhood, PortalImage, Theme
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.moderation.attempts import ACTIONS, Attempt, action


@action("Add pictures and documents")
def add_media(a: Attempt) -> bool:

    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    upload = SimpleUploadedFile("square.png", file.getvalue(), "image/png")
    a.client.post(reverse("wagtailimages:add"), {"title": "Carré", "file": upload, "collection": 1})
    return PortalImage.objects.filter(title="Carré").exists() and a.opens("wagtaildocs:add")


@action("Keep themes")
def keep_themes(a: Attempt) -> bool:
    form = {"name_fr": "Eau", "name_nl": "Water", "slug": "water"}
    a.client.post(reverse("wagtailsnippets_home_theme:add"), form)
    return Theme.objects.filter(slug="water").exists()


@action("Keep alerts")
def keep_alerts(a: Attempt) -> bool:
    form = {"level": 2, "message_fr": "Eau coupée", "message_nl": "Geen water", "page": ""}
    hours = {"starts_at": "2026-01-01 08:00", "ends_at": "2026-01-02 08:00"}
    a.client.post(reverse("wagtailsnippets_home_alert:add"), {**form, **hours})
    return Alert.objects.exists()


@action("Keep the settings of the commune")
def keep_settings(a: Attempt) -> bool:
    return a.opens("wagtailsettings:edit", "home", "communesettings", CommuneSettings.load().pk)


@action("See the lists of departments and neighbourhoods")
def see_lists(a: Attempt) -> bool:
    names = ("wagtailsnippets_home_department:list", "wagtailsnippets_home_neighbourhood:list")
    return all(a.opens(name) for name in names)


@action("Change a department or a neighbourhood")
def change_things(a: Attempt) -> bool:
    place = NeighbourhoodFactory()
    return a.opens("wagtailsnippets_home_neighbourhood:edit", place.pk) and a.opens(
        "wagtailsnippets_home_department:edit", a.department.pk
    )


@action("Add or delete a department or a neighbourhood")
def add_things(a: Attempt) -> bool:
    place = NeighbourhoodFactory()
    a.client.post(reverse("wagtailsnippets_home_neighbourhood:delete", args=[place.pk]))
    return a.opens("wagtailsnippets_home_department:add") and not Neighbourhood.objects.filter(pk=place.pk).exists()


@action("Keep accounts and groups")
def keep_accounts(a: Attempt) -> bool:
    return a.opens("wagtailusers_users:edit", UserFactory().pk) and a.opens("wagtailusers_groups:add")


__all__ = ["ACTIONS"]
