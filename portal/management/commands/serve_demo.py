"""Serve the demo commune on this machine, with its worker beside the development server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

PATIENCE_SECONDS = 30
FILES_CHANGED = 3  # how Django's server ends then, when another process is there to start it anew


class Command(BaseCommand):
    help = "Run the development server and the worker; when one is told to stop, both end."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare", action="store_true", help="begin with start_demo: one start of Django less")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_received: sys.exit(0))
        port, ended = options["port"], FILES_CHANGED
        if options["prepare"]:
            call_command("start_demo", address=f"http://127.0.0.1:{port}")
        try:
            while ended == FILES_CHANGED:
                ended = serve(port)
        except KeyboardInterrupt:
            self.stdout.write("")
            return
        if ended:
            sys.exit(ended)


def serve(port: int) -> int:
    """Run server and worker until the server ends, also because a file changed; return what it ended with.

    The worker begins after it: two at once would keep the first page waiting.
    """
    with running("runserver", f"127.0.0.1:{port}", **{DJANGO_AUTORELOAD_ENV: "true"}) as server:
        while server.poll() is None and not answers(port):
            time.sleep(0.1)
        with running("run_worker"):
            return server.wait()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(*command: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of `manage.py` beside this one, and end it by its own process when the block is left."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *command], env={**os.environ, **environment}
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
