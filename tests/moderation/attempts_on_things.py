"""Attempts at what is not a page: pictures, themes, alerts, settings, departments, accounts."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.test.utils.form_data import rich_text

from home.models import Alert, CommuneSettings, JobRun, Neighbourhood, PortalImage, Street, Theme
from mailing.models import OutgoingMail
from moderation.models import Arrival, Guide, Sender
from moderation.models.guides import GUIDE_RICH_TEXT
from residents.models import Follow
from tests.factories import NeighbourhoodFactory, OutgoingMailFactory, SenderFactory, UserFactory
from tests.moderation.attempts import ACTIONS, Attempt, action
from tests.moderation.sending import address, link_of, proposal


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


@action("Look up a street and its neighbourhood")
def look_up_streets(a: Attempt) -> bool:
    street = Street.objects.create(name_fr="Rue Haute", name_nl="Hoogstraat", code="42")
    street.sections.create(neighbourhood=NeighbourhoodFactory())
    a.client.post(reverse("wagtailsnippets_home_street:add"), {"name_fr": "Rue Basse", "code": "43"})
    assert Street.objects.count() == 1, "it comes from the register alone"
    return a.opens("wagtailsnippets_home_street:list")


@action("Keep alerts")
def keep_alerts(a: Attempt) -> bool:
    form = {"level": 2, "message_fr": "Eau coupée", "message_nl": "Geen water", "page": ""}
    hours = {"starts_at": "2026-01-01 08:00", "ends_at": "2026-01-02 08:00"}
    a.client.post(reverse("wagtailsnippets_home_alert:add"), {**form, **hours})
    return Alert.objects.exists()


@action("Keep senders and their links")
def keep_senders(a: Attempt) -> bool:
    form = {"name": "Police", "email": "a@police.example", "department": a.department.pk, "language": "fr"}
    a.client.post(reverse("wagtailsnippets_moderation_sender:add"), {**form, "is_active": "on"})
    kept = SenderFactory(department=a.department)
    a.client.post(reverse("wagtailsnippets_moderation_sender:link", args=[kept.pk]), {"action": "new"})
    made = Sender.objects.get(pk=kept.pk).has_link
    assert made == Sender.objects.filter(name="Police").exists()
    return made


@action("Send a text by a personal link that one was given")
def send_text(a: Attempt) -> bool:
    secret = link_of(SenderFactory(department=a.department))
    a.client.post(address(secret), proposal())
    return Arrival.objects.exists()


@action("Keep the rules of the game")
def keep_guides(a: Attempt) -> bool:
    guide = Guide.objects.get(audience=Guide.Audience.DEPARTMENT)
    form = {"title_fr": "Nos règles", "title_nl": "Onze regels"}
    texts = {name: rich_text("<p>Court.</p>", features=GUIDE_RICH_TEXT) for name in ("text_fr", "text_nl")}
    a.client.post(reverse("wagtailsnippets_moderation_guide:edit", args=[guide.pk]), {**form, **texts})
    assert not a.opens("wagtailsnippets_moderation_guide:add")
    assert not a.opens("wagtailsnippets_moderation_guide:delete", guide.pk)
    return Guide.objects.filter(title_fr="Nos règles").exists()


@action("Keep the settings of the commune")
def keep_settings(a: Attempt) -> bool:
    return a.opens("wagtailsettings:edit", "home", "communesettings", CommuneSettings.load().pk)


@action("See the lists of departments and neighbourhoods")
def see_lists(a: Attempt) -> bool:
    names = ("wagtailsnippets_home_department:list", "wagtailsnippets_home_neighbourhood:list")
    return all(a.opens(name) for name in names)


@action("Print postcards and posters of a neighbourhood")
def print_pieces(a: Attempt) -> bool:
    choice = {"piece": "postcard", "language": "both", "for_a_printer": "no"}
    address = reverse("wagtailsnippets_home_neighbourhood:print", args=[NeighbourhoodFactory().pk])
    return a.client.get(address, choice)["Content-Type"] == "application/pdf"


@action("Follow a neighbourhood, a department or a kind of message")
def follow_things(a: Attempt) -> bool:
    values = [f"neighbourhood:{NeighbourhoodFactory().slug}", f"department:{a.department.slug}", "news_kind:caring"]
    for value in values:
        a.client.post(reverse("follow"), {"follow": value})
    assert Follow.objects.count() in {0, 3}
    return Follow.objects.exists()


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


@action("See the mails that leave")
def see_mails(a: Attempt) -> bool:
    return a.opens("mails:index") and a.opens("mails:inspect", OutgoingMailFactory().pk)


@action("See how the digests fare, and the next one")
def see_digests(a: Attempt) -> bool:
    place = NeighbourhoodFactory()
    preview = a.client.get(reverse("digest_preview", args=["nl", "weekly", place.slug]))
    return a.opens("digests") and preview.status_code in (200, 204)


@action("Send a mail again, or give it up")
def decide_over_mails(a: Attempt) -> bool:
    failed, other = OutgoingMailFactory(status="failed"), OutgoingMailFactory(status="failed")
    a.client.post(reverse("mails:again", args=[failed.pk]))
    a.client.post(reverse("mails:give_up", args=[other.pk]))
    states = [OutgoingMail.objects.get(pk=mail.pk).status for mail in (failed, other)]
    assert states in (["due", "given_up"], ["failed", "failed"])
    return states[0] == "due"


@action("Be told on the first screen that the worker is behind")
def hear_of_the_worker(a: Attempt) -> bool:
    JobRun.objects.all().delete()
    return "run_worker" in a.client.get(reverse("wagtailadmin_home")).content.decode()


@action("Keep accounts and groups")
def keep_accounts(a: Attempt) -> bool:
    return a.opens("wagtailusers_users:edit", UserFactory().pk) and a.opens("wagtailusers_groups:add")


__all__ = ["ACTIONS"]
