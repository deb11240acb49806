"""Count the answers to surveys anew, from the ballots, and put the tallies right."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from participation.models import Survey
from participation.surveys.counting import recount


class Command(BaseCommand):
    help = "Recount surveys from their ballots; says what differed. Answers to a survey wait while it is counted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", nargs="?", help="the key of one survey; all without it")
        parser.add_argument("--dry-run", action="store_true", help="say what differs, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        surveys = Survey.objects.order_by("pk")
        if options["key"]:
            try:
                surveys = surveys.filter(pk=UUID(options["key"]))
            except ValueError as error:
                raise CommandError("This is no key of a survey.") from error
        for survey in surveys:
            self._recount(survey, dry_run=options["dry_run"])

    def _recount(self, survey: Survey, *, dry_run: bool) -> None:
        def watched(ballots: Any) -> Any:
            return tqdm(ballots, total=survey.answers, desc=str(survey.pk), disable=None, file=self.stderr)

        differences = recount(key=survey.pk, dry_run=dry_run, watch=watched)
        self.stdout.write(f"{survey.pk}: {survey.answers} answers, {len(differences)} cells differed")
        for (place, language, is_paper, question, cell), (kept, counted) in sorted(differences.items()):
            way = "paper" if is_paper else "screen"
            self.stdout.write(f"  {question or '-'} {cell} ({place}, {language}, {way}): {kept} were {counted}")
