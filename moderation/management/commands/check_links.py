"""Ask the links in texts whether they are there."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from moderation.links import check_links


class Command(BaseCommand):
    help = "Ask the links in live texts and latest drafts whether they are there (where LINK_CHECK is on)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=40, help="at most so many, the new ones first")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LINK_CHECK:
            self.stdout.write("LINK_CHECK is off: no link is asked.")
            return
        asked = check_links(now=timezone.now(), limit=options["limit"])
        self.stdout.write(f"Links asked: {asked}.")
