"""Close the accounts that are over, and warn those that soon will be; the worker does the same once a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from residents.my_data.retention import RULES, accounts, apply, remove_what_is_over


class Command(BaseCommand):
    help = "Apply the retention rules: unconfirmed accounts, unused accounts and their warning, what is over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now, dry_run = timezone.now(), options["dry_run"]
        if not dry_run:
            remove_what_is_over(now=now)
        for rule in RULES:
            total = rule.find(now=now).count()
            if not dry_run:
                bar = tqdm(accounts(rule, now=now), total=total, desc=rule.name, disable=None, file=self.stderr)
                total = sum(apply(rule, pk, now=now) for pk in bar)
            self.stdout.write(f"{rule.name}: {total} {'would be ' if dry_run else ''}done")
