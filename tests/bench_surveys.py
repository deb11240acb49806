"""Results of a survey of 20 questions with 100,000 answers (`make bench`): page and files, beside a bare view.

In one process, with a database of its own that goes away; DATABASE_URL as for the tests.
"""

import os
import random
import resource
import time
import uuid
from datetime import date

import django
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, get_runner

ANSWERS, QUESTIONS, AT_ONCE = 100_000, 20, 5000


def fill() -> str:
    """Make the survey, its ballots in bulk, and count them by the command's own function; return the page's address."""
    from participation.models import Ballot, Survey, WrittenAnswer
    from participation.surveys.actions import live_definition
    from participation.surveys.counting import recount
    from participation.surveys.kinds import Kind
    from participation.surveys.storing import keep_version
    from tests.conftest import set_up_commune
    from tests.factories import NeighbourhoodFactory
    from tests.participation.surveys.making import key_of, question, readable_survey

    set_up_commune()
    places = [place.pk for place in NeighbourhoodFactory.create_batch(12)]
    asked = [question(number, Kind(list(VALUES)[number % len(VALUES)])) for number in range(QUESTIONS)]
    fields = {"is_open_about_who_answered": True, "access": "signed_in", "results_when": "live"}
    page = readable_survey(asked, staff_see_running_results=True, **fields)
    definition = live_definition(page.survey_key)
    assert definition is not None
    with transaction.atomic():
        survey = Survey.objects.locked(page.survey_key)
        version = keep_version(survey, definition, seen="", day=date(2026, 6, 1))
    numbers, keys = random.Random(1), [key_of(number) for number in range(QUESTIONS)]  # noqa: S311 - no secrets
    for _start in range(0, ANSWERS, AT_ONCE):
        ballots, texts = [], []
        for _each in range(AT_ONCE):
            ballot = Ballot(survey=survey, version=version, language=numbers.choice(["fr", "nl"]))
            ballot.pk, ballot.place, ballot.answered_on = uuid.uuid4(), numbers.choice(places), date(2026, 6, 1)
            ballot.seen, ballot.answers = keys, answers(numbers, asked)
            ballots.append(ballot)
            if numbers.random() < 0.1:
                texts.append(
                    WrittenAnswer(
                        survey=survey, question=keys[6], language=ballot.language, text="Plus de bancs.", state="shown"
                    )
                )
        Ballot.objects.bulk_create(ballots)
        WrittenAnswer.objects.bulk_create(texts)
    began = time.perf_counter()
    recount(key=survey.pk)
    print(f"{ANSWERS:,} answers counted anew in {time.perf_counter() - began:.1f} s")
    return page.results_url


def answers(numbers: random.Random, asked: list[dict[str, object]]) -> dict[str, object]:
    return {str(each["key"]): VALUES[str(each["kind"])](numbers, each) for each in asked}


def ids(each: dict[str, object]) -> list[str]:
    return [option["id"] for option in each["options"]]  # type: ignore[attr-defined]


VALUES = {
    "one": lambda numbers, each: {"marks": [numbers.choice(ids(each))]},
    "several": lambda numbers, each: {"marks": sorted(numbers.sample(ids(each), 2))},
    "scale": lambda numbers, each: {"point": numbers.randint(1, 5)},
    "number": lambda numbers, each: {"number": str(numbers.randint(0, 60))},
    "ranking": lambda numbers, each: {"ranking": numbers.sample(ids(each), 3)},
    "matrix": lambda numbers, each: {"rows": {row: numbers.randint(1, 5) for row in ids(each)}},
    "long_text": lambda numbers, each: {"written": True},
    "yes_no": lambda numbers, each: {"marks": [numbers.choice(["yes", "no"])]},
}


def visit(client: Client, path: str) -> tuple[float, int, float]:
    """Return the seconds and the bytes of one answer, and by how many MB the process's largest size grew meanwhile."""
    before, begin = largest(), time.perf_counter()
    answer = client.get(path)
    size = sum(map(len, answer.streaming_content)) if answer.streaming else len(answer.content)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return time.perf_counter() - begin, size, largest() - before


def largest() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def queries_of(client: Client, path: str) -> int:
    from django.db import connection

    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()
    settings.ROOT_URLCONF = "tests.bench_urls"
    runner = get_runner(settings)(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        measure(fill())
    finally:
        runner.teardown_databases(databases)


def measure(page: str) -> None:
    from moderation.roles import DESK
    from participation.models import SurveyPage
    from tests.factories import UserFactory

    staff, reader = Client(), Client()
    staff.force_login(UserFactory(groups=[DESK.group]))
    key = SurveyPage.objects.values_list("translation_key", flat=True).first()
    one_by_one = f"/admin/survey-results/{key}/answers"
    for path in ("/fr/", "/bare/", "/bare/"):
        yardstick = visit(reader, path)[0]  # a worker that has served something else before
    print(f"bare view, one query: {yardstick * 1000:.1f} ms")
    print(f"{'':36}{'seconds':>9}{'MB':>8}{'grew by, MB':>13}")
    for name, client, path in (
        ("results page, cold", reader, page),
        ("results page, again", reader, page),
        ("CSV of results", reader, f"{page}csv/"),
        ("JSON of results and 10,000 texts", reader, f"{page}json/"),
        ("XLSX of results and 10,000 texts", reader, f"{page}xlsx/"),
        ("CSV of 100,000 answers", staff, f"{one_by_one}/csv/"),
        ("JSON of 100,000 answers", staff, f"{one_by_one}/json/"),
        ("XLSX of 100,000 answers", staff, f"{one_by_one}/xlsx/"),
    ):
        spent, size, grown = visit(client, path)
        print(f"{name:36}{spent:9.2f}{size / 2**20:8.2f}{grown:13.1f}", flush=True)
    print(f"queries of the results page: {queries_of(reader, page)}; the process at its largest: {largest():.0f} MB")


if __name__ == "__main__":
    main()
