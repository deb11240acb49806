"""`make run`: the development server and the worker begin together and end together."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.core.management import call_command

from portal.management.commands import serve_demo
from tests.browser.server import free_port
from tests.prepared import ROOT, migrated_file


def children_of(pid: int) -> list[int]:
    """Return the processes that `pid` started, from what the system tells of each."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            status = (entry / "stat").read_text().rsplit(")", 1)[1].split() if entry.name.isdigit() else []
        except OSError:
            continue
        if status and int(status[1]) == pid:
            found.append(int(entry.name))
    return found


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def listening() -> None:
    """Ctrl+C is not for what a shell runs in the background, nor for what that starts: these tests may be run so."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are counted in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_stops_the_server_stops_the_worker(number, tmp_path: Path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
    }
    shutil.copy(migrated_file(), tmp_path / "portal.sqlite3")
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        served = subprocess.Popen(
            [sys.executable, "manage.py", "serve_demo", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=listening,
        )
    try:
        wait_until_the_worker_ran(port, tmp_path / "log")
        children = children_of(served.pid)
        grandchildren = [each for child in children for each in children_of(child)]
        assert len(children) == 2
        served.send_signal(number)
        served.wait(timeout=20)
        assert not any(is_running(pid) for pid in children + grandchildren)
    finally:
        if served.poll() is None:
            os.killpg(served.pid, signal.SIGKILL)  # its own group: start_new_session


def wait_until_the_worker_ran(port: int, log: Path) -> None:
    for _attempt in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                if b'"jobs": "ok"' in answer.read():
                    return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(log.read_text())


class Server:
    """Stands for Django's development server, which ends at once, each time with the next of `codes`."""

    codes: list[int]
    began: list[str]

    def __init__(self, command: str, *args: str, **environment: str) -> None:
        self.began.append(command)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *args: object) -> None:
        pass

    def poll(self) -> int:
        return self.codes[0]

    def wait(self) -> int:
        return self.codes.pop(0)


@pytest.fixture
def server(monkeypatch) -> type[Server]:
    monkeypatch.setattr(serve_demo, "running", Server)
    monkeypatch.setattr(serve_demo.signal, "signal", lambda *args: None)
    Server.began = []
    return Server


def test_a_server_that_can_not_start_is_not_called_a_success(server):
    server.codes = [1]
    with pytest.raises(SystemExit) as ended:
        call_command("serve_demo")
    assert ended.value.code == 1


def test_when_a_file_changed_server_and_worker_begin_anew(server):
    server.codes = [serve_demo.FILES_CHANGED, 0]
    call_command("serve_demo")
    assert server.began == ["runserver", "run_worker"] * 2
