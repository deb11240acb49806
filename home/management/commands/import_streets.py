"""Import the commune's streets from a CSV file; a second import updates them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from home.streets.imports import import_streets
from home.streets.register import StreetColumns, StreetImportError, read_register


class Command(BaseCommand):
    help = (
        "Import streets from a CSV file, a line for each section of a street: which house numbers lie in which "
        "neighbourhood. It updates by the streets' code, and never deletes a street."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        for name, default in vars(StreetColumns()).items():
            parser.add_argument(
                f"--{name.replace('_', '-')}",
                default=default,
                metavar="COLUMN",
                help=f'the file\'s name for it (default: {default}); "" when the file has none',
            )
        parser.add_argument("--delimiter", default="", help="the sign between cells (default: found out)")
        parser.add_argument("--encoding", default="", help="of the file (default: UTF-8, or else Windows-1252)")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        columns = StreetColumns(**{name: options[name] for name in vars(StreetColumns())})
        if len(options["delimiter"]) > 1 and options["delimiter"] not in ("tab", "\\t"):
            raise CommandError("The delimiter is one sign, or tab.")
        try:
            rows = read_register(
                options["file"], columns=columns, delimiter=options["delimiter"], encoding=options["encoding"]
            )
            bar = tqdm(rows, unit="", desc="streets", disable=None, file=self.stderr)
            outcome = import_streets(bar, dry_run=options["dry_run"])
        except StreetImportError as error:
            raise CommandError(str(error)) from error
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{len(outcome.created)} {would}created, {len(outcome.updated)} {would}updated, "
            f"{len(outcome.unchanged)} unchanged; {outcome.sections} sections."
        )
        if outcome.absent:
            self.stdout.write(f"Not in the file, left as they are: {', '.join(outcome.absent)}.")
