"""Read one mail that came back from standard input, for an alias of the mail server; see docs/bounces.md."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import IO, Any

from django.core.management.base import BaseCommand

from mailing.bounces import MOST_BYTES, NotABounceError, note_bounce, read_bounce

EX_TEMPFAIL = 75  # of sysexits.h: the mail server keeps the mail, and tries again
CHUNK = 64 * 1024


class Command(BaseCommand):
    help = "Note what one bounce (RFC 3464) on standard input says of a mail of ours."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what it is, and note nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """What is no bounce of ours is thrown away in silence: answering one begins a loop. Never a traceback."""
        try:
            report = read_bounce(_all_of(sys.stdin.buffer))
            if options["dry_run"]:
                self.stdout.write(f"{report.action} {report.code} {'final' if report.is_final else 'not final'}")
            else:
                note_bounce(report)
        except NotABounceError:
            if options["dry_run"]:
                self.stdout.write("not a bounce of ours")
        except Exception as error:
            if options["traceback"]:
                raise
            self.stderr.write(f"({type(error).__name__})")
            sys.exit(EX_TEMPFAIL)


def _all_of(stream: IO[bytes]) -> bytes:
    """Return what `stream` holds. Raises NotABounceError past the limit, once all was taken from the mail server."""
    content = stream.read(MOST_BYTES + 1)
    if len(content) <= MOST_BYTES:
        return content
    while stream.read(CHUNK):
        pass
    raise NotABounceError
