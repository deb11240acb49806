"""Make the first pages, groups, permissions and the workflow; run it after every `migrate`."""

from typing import Any

from django.core.management.base import BaseCommand

from moderation.setup import setup_pages, setup_roles, setup_workflow


class Command(BaseCommand):
    help = "Set up the first pages, groups, permissions and the workflow. It may run again at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        setup_pages()
        setup_workflow(setup_roles())
        self.stdout.write("First pages, groups, permissions and workflow are in place.")
