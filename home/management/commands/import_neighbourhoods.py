"""Import neighbourhoods from a GeoJSON file; a second import updates them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from home.imports import Columns, NeighbourhoodImportError, import_neighbourhoods, read_features


class Command(BaseCommand):
    help = "Import neighbourhoods from a GeoJSON file (WGS 84). It updates by code, and never deletes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        for name, default in vars(Columns()).items():
            parser.add_argument(
                f"--{name.replace('_', '-')}",
                default=default,
                metavar="COLUMN",
                help=f"the file's name for it (default: {default or 'the file has none'})",
            )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        columns = Columns(**{name: options[name] for name in vars(Columns())})
        try:
            features = read_features(options["file"])
            bar = tqdm(features, unit="", desc="neighbourhoods", disable=None, file=self.stderr)
            outcome = import_neighbourhoods(bar, columns=columns, dry_run=options["dry_run"])
        except NeighbourhoodImportError as error:
            raise CommandError(str(error)) from error
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{len(outcome.created)} {would}created, {len(outcome.updated)} {would}updated, "
            f"{len(outcome.unchanged)} unchanged."
        )
        if outcome.absent:
            self.stdout.write(f"Not in the file, left as they are: {', '.join(outcome.absent)}.")
