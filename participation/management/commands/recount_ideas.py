"""Count supports, comments and reports anew, and put right what stands on ideas and comments."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from participation.ideas.counting import recount


class Command(BaseCommand):
    help = "Recount the supports, comments and reports of ideas; says what differed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what differs, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        found = recount(saves=not options["dry_run"])
        for drift in found:
            self.stdout.write(f"{drift.of._meta.label} {drift.of.pk} {drift.name}: {drift.said} were {drift.is_really}")
        self.stdout.write(f"{len(found)} counts differed")
