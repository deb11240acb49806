"""Load the demo commune Auneval / Elzendaal into an empty database."""

from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.models import HomePage
from mailing.models import OutgoingMail, Status
from moderation.first_channels import setup_channels
from moderation.setup import setup_guides, setup_roles, setup_workflow
from participation.ideas.first_words import setup_first_words
from participation.notices import remind_of_outcomes
from portal.bulk import seldom_collected
from portal.demo import commune, pages
from portal.demo.consultations import ConsultationLoader
from portal.demo.ideas import IdeaLoader
from portal.demo.news import NewsLoader
from portal.demo.reach import load_reach
from portal.demo.residents import load_residents, load_streets
from portal.demo.senders import load_senders
from portal.demo.subscriptions import load_subscriptions
from portal.demo.surveys import SurveyLoader
from portal.demo.verifications import load_verifications

QUIET: dict[str, Any] = {
    "DEBUG": False,  # Django would keep each of the queries.
    # The index is made once, at the end; until then nothing is written into it, nor any page read anew for it.
    "TASKS": {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}},
}


class Command(BaseCommand):
    help = "Load the demo commune into an empty database; in one that has pages, do nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="say nothing when there are pages already")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ACCOUNTS_ALLOWED:
            raise CommandError("The demo accounts have a public password; these settings do not allow them.")
        if HomePage.objects.exists():
            if not options["if_empty"]:
                raise CommandError("There are pages in this database already; the demo is for an empty one.")
            return
        with (
            transaction.atomic(),
            override_settings(**QUIET),
            disable_reference_index_auto_update(),
            seldom_collected(),
        ):
            load_demo()
        call_command("rebuild_references_index", verbosity=0)
        call_command("update_index", verbosity=0, stdout=StringIO())
        self.stdout.write(f"The demo commune is loaded. Every account's password is {commune.PASSWORD}.")


def load_demo() -> None:
    """Make the demo commune, by the same actions that editors and the desk use."""
    images = commune.load_images()
    commune.load_settings(images.get("logo.png"))
    commune.load_neighbourhoods()
    load_streets()
    commune.load_themes()
    home = pages.load_first_pages(images)
    departments = commune.load_departments()
    setup_workflow(setup_roles())
    setup_channels()
    setup_guides()
    setup_first_words()
    accounts = commune.load_accounts(departments)
    load_residents()
    pages.load_pages(home, images, departments)
    NewsLoader(images, departments, accounts).load()
    consultations = ConsultationLoader(images, departments)
    consultations.load()
    SurveyLoader(departments, accounts["guichet"]).load()
    IdeaLoader(images, departments, accounts).load()
    consultations.publish_outcomes()
    load_senders(departments, accounts["admin"])
    commune.load_alerts()
    load_verifications(accounts["guichet"])
    remind_of_outcomes()
    # The people of the demo are not written to: their mails stand in the outbox as if they had left.
    OutgoingMail.objects.update(status=Status.SENT, sent_at=timezone.now(), attempts=1)
    load_subscriptions()
    load_reach()
