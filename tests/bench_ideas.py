"""Server time of a board with 20,000 ideas, 500,000 supports and 100,000 comments (`make bench`), and its queries.

In one process, by Django's test client, with a database of its own that goes away; DATABASE_URL as for the tests. The
cache is emptied before each visit, so that what is kept there for a minute is counted anew each time.
"""

import os
import statistics
import time

import django
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, get_runner

IDEAS, SUPPORTS, COMMENTS = 20_000, 500_000, 100_000
TIMES, MOST_QUERIES, MOST_MS = 15, 20, 60
LISTS = {
    "list, newest": "",
    "list, most supported": "?sort=supported",
    "list, most discussed": "?sort=discussed",
    "list, awaiting an answer": "?sort=awaiting",
    "list, at random": "?sort=random&seed=7",
    "list, page 500": "?page=500",
    "list, one neighbourhood": "?neighbourhood={place}&theme={theme}",
    "search": "?q=fontaine",
    "map": "?view=map",
}


def measured(client: Client, path: str) -> tuple[float, float, int]:
    """Return the median and the slowest of some visits in milliseconds, and how many queries one of them asks."""
    spent = []
    for number in range(TIMES + 2):
        cache.clear()
        begin = time.perf_counter()
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
        if number > 1:
            spent.append((time.perf_counter() - begin) * 1000)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return statistics.median(spent), max(spent), len(asked)


def tell() -> None:
    from moderation.roles import PARTICIPATION
    from participation.ideas.addresses import address_on
    from participation.models import Idea
    from tests.conftest import set_up_commune
    from tests.factories import UserFactory
    from tests.participation.ideas.many import many_ideas

    set_up_commune()
    page = many_ideas(ideas=IDEAS, supports=SUPPORTS, comments=COMMENTS)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")  # as autovacuum does by itself, within a minute
    busiest = (
        Idea.objects.on_board(page.board_key).most_discussed_first().select_related("neighbourhood", "theme").first()
    )
    assert busiest
    assert busiest.neighbourhood
    assert busiest.theme
    names = {"place": busiest.neighbourhood.slug, "theme": busiest.theme.slug}
    paths = {name: f"{page.url}{query.format(**names)}" for name, query in LISTS.items()}
    paths["idea with the most comments"] = address_on(page, busiest)
    staff = Client()
    staff.force_login(UserFactory(groups=[PARTICIPATION.group]))
    screens = {"ideas to answer": "/admin/ideas/answers/", "one to answer": f"/admin/ideas/answers/{busiest.pk}/"}
    print(f"{'page':30}{'median':>10}{'slowest':>10}{'queries':>10}")
    for client, addresses in ((Client(), paths), (staff, screens)):
        for name, path in addresses.items():
            median, slowest, queries = measured(client, path)
            flag = "" if queries < MOST_QUERIES and median < MOST_MS else "  !"
            print(f"{name:30}{median:7.0f} ms{slowest:7.0f} ms{queries:10}{flag}")


def why_not() -> str:
    """Say in a sentence why this can't measure here; "" where it can."""
    if connection.vendor != "postgresql":
        return "they are on PostgreSQL, and DATABASE_URL names none."
    try:
        connection.ensure_connection()
    except OperationalError as error:
        known = "does not exist" in str(error)  # the tests make their own beside it
        return "" if known else f"no PostgreSQL answers where DATABASE_URL says ({str(error).splitlines()[0]})."
    return ""


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()
    from django.conf import settings

    reason = why_not()
    if reason:
        print(f"The idea boards were not measured: {reason}")
        return
    runner = get_runner(settings)(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        tell()
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
