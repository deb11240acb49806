"""What all tests of answering stand on."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _little_work(settings: Any) -> Any:
    """Little work for the proof; and a request leaves its language active, the next test starts from French again."""
    settings.SURVEY_PROOF_PREFIX = "00"
    with translation.override("fr"):
        yield
