"""Run the portal's jobs: publishing at the hour, mails, cleaning. Beside the web processes, for as long as they run."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from home import jobs

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 5.0


class Command(BaseCommand):
    help = "Run each of the portal's jobs when it is due, until it is told to stop (Ctrl+C, SIGTERM)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due now, and end: for cron")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            failed = jobs.run_due()
            if failed:
                raise CommandError(f"These jobs failed; the log says why: {', '.join(failed)}")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_received: stop.set())
        logger.info("The worker starts: %s", ", ".join(job.name for job in jobs.registered()))
        while not stop.is_set():
            self._round()
            stop.wait(PAUSE_SECONDS)
        logger.info("The worker stops")

    def _round(self) -> None:
        """Run what is due once. A database that does not answer is waited for, not died of."""
        close_old_connections()
        try:
            jobs.run_due()
        except Exception:
            logger.exception("The worker could not look for its jobs; it tries again")
        close_old_connections()
