"""What `.ci/run` may try once more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.stumbled import stumbled

IN_BROWSER = [f"tests/browser/desk/test_queue.py::test_{number}" for number in range(6)]
PLAIN = "tests/home/test_alerts.py::test_it"


@pytest.mark.parametrize(
    ("failed", "tried_again"),
    [
        (IN_BROWSER[:2], IN_BROWSER[:2]),
        ([*IN_BROWSER[:2], PLAIN], []),
        ([PLAIN], []),
        (IN_BROWSER, []),
        ([], []),
    ],
    ids=["a few in the browser", "one without a browser too", "one without a browser", "too many", "none"],
)
def test_only_a_few_tests_in_the_browser_are_tried_again(failed, tried_again, tmp_path: Path):
    file = tmp_path / "lastfailed"
    file.write_text(json.dumps(dict.fromkeys(failed, True)))
    assert stumbled(file) == tried_again


def test_where_nothing_is_known_nothing_is_tried_again(tmp_path: Path):
    assert stumbled(tmp_path / "lastfailed") == []
