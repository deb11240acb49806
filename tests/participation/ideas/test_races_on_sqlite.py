"""The races of `test_races` on a SQLite file, where one writes after the other and nobody is told that it is locked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.participation.ideas.racing import CLICKS, PEOPLE
from tests.prepared import ROOT, migrated_file


def test_many_hands_at_once_leave_one_of_each_and_counts_that_are_true(tmp_path: Path) -> None:
    file = tmp_path / "portal.sqlite3"
    shutil.copy(migrated_file(), file)
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{file}", "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.participation.ideas.racing"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "forty_clicks": {"raised": {"AlreadySupportedError": CLICKS - 1}, "drifts": 0, "supports": 1},
        "many_people": {"raised": {}, "drifts": 0, "supports": PEOPLE},
        "a_limit_from_several_tabs": {"raised": {"TooManySupportsError": 9}, "drifts": 0, "supports": 3},
        "a_merging": {"raised": {}, "drifts": 0, "supports": 12, "comments": 4, "merges": 1},
        "two_moderators": {"raised": {"DecidedError": 7}, "drifts": 0, "decisions": 1},
        "a_second_look": {"raised": {"SecondLookUsedError": 7}, "drifts": 0, "looks": 1},
    }
