"""Serve the demo commune on this machine, with its worker beside the development server."""

from __future__ import annotations

import signal
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

PATIENCE_SECONDS = 30


class Command(BaseCommand):
    help = "Run the development server and the worker; when one is told to stop, both end."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare", action="store_true", help="begin with start_demo: one start of Django less")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_received: sys.exit(0))
        address = f"127.0.0.1:{options['port']}"
        if options["prepare"]:
            call_command("start_demo", address=f"http://{address}")
        try:
            with running("run_worker"), running("runserver", address) as server:
                server.wait()
        except KeyboardInterrupt:
            self.stdout.write("")
        if server.returncode:
            sys.exit(server.returncode)


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of `manage.py` beside this one, and end it by its own process when the block is left."""
    process = subprocess.Popen([sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *command])  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
