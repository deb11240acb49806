"""Make the first pages, groups, permissions and the workflow; run it after every `migrate`."""

from typing import Any

from django.core.management.base import BaseCommand

from moderation.first_channels import setup_channels
from moderation.setup import setup_guides, setup_pages, setup_roles, setup_workflow
from participation.ideas.first_words import setup_first_words


class Command(BaseCommand):
    help = "Set up the first pages, groups, permissions and the workflow. It may run again at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        setup_pages()
        setup_workflow(setup_roles())
        setup_channels()
        setup_guides()
        setup_first_words()
        self.stdout.write("First pages, groups, permissions, workflow, channels and rules of the game are in place.")
