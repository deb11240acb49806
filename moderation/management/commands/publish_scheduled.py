"""`manage.py publish_scheduled`: once, what the portal's worker does every minute."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from moderation import schedules


class Command(BaseCommand):
    """In the place of Wagtail's command of that name, which stops at the first page that fails."""

    help = "Publish what is scheduled and take off the site what has ended, both languages together."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say how many documents it would touch.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            due, over = schedules.count_due(now=timezone.now())
            self.stdout.write(f"{due} to publish, {over} to take off the site.")
            return
        done = schedules.publish_scheduled()
        self.stdout.write(f"{done.published} published, {done.expired} taken off the site, {done.failed} failed.")
