"""The same races on SQLite as a commune has it: a file, and twenty threads that write to it at once.

In a process of its own: the suite's own SQLite stands in memory, which threads can't share.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.prepared import ROOT, migrated_file

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="threads share PostgreSQL: test_races.py")

RACE = """
import json, threading, uuid
from collections import Counter
from django.db import connection
from participation.models import Ballot, Participation, Survey, Tally
from participation.surveys.respondents import Respondent
from tests.conftest import set_up_commune
from tests.participation.surveys.making import counted, key_of, mark, question, readable_survey, respond

def at_once(page, respondents):
    raised, room = [], threading.Semaphore(20)
    def press(number, who):
        with room:
            try:
                respond(page, mark(1, number % 3), who=who, language=("fr", "nl")[number % 2], place=number % 4)
            except Exception as error:
                raised.append(type(error).__name__)
            finally:
                connection.close()
    threads = [threading.Thread(target=press, args=each) for each in enumerate(respondents)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return Counter(raised)

set_up_commune()
one = readable_survey([question(1)])
same = at_once(one, [Respondent(browser="b")] * 40)
kept = [Ballot.objects.count(), Participation.objects.count(), counted(one)[(key_of(1), "answered")]]
many = readable_survey([question(1)])
different = at_once(many, [Respondent(browser=str(uuid.uuid4())) for _number in range(200)])
found = counted(many)
cells = list(Tally.objects.values_list("survey", "place", "language", "is_paper", "question", "cell"))
print(json.dumps({
    "same": same, "kept": kept, "different": different,
    "counted": [found[("", "ballots")], found[(key_of(1), "answered")], Survey.objects.get(pk=many.survey_key).answers],
    "marks": sum(found[(key_of(1), f"mark:c1-{each}")] for each in range(3)),
    "rows_twice": len(cells) - len(set(cells)),
}))
"""


def test_forty_clicks_of_one_person_are_one_answer_and_two_hundred_people_are_two_hundred(tmp_path: Path):
    """Red without the constraint on participations: all forty are then kept."""
    shutil.copy(migrated_file(), tmp_path / "portal.sqlite3")
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
        "VAR_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", RACE]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {
        "same": {"AlreadyAnsweredError": 39},
        "kept": [1, 1, 1],
        "different": {},
        "counted": [200, 200, 200],
        "marks": 200,
        "rows_twice": 0,
    }
