"""Server time of the desk's screens with 2,000 pages in the month they show (`make bench`), beside a bare view.

In one process, by Django's test client, with a database of its own that goes away; DATABASE_URL as for the tests.
"""

import os
import statistics
import time

import django
from django.conf import settings
from django.test import Client
from django.test.utils import get_runner

SCREENS = {
    "bare view, one query": "/bare/",
    "calendar, a month": "/admin/agenda/?day=2030-05-07",
    "calendar, a week": "/admin/agenda/?view=week&day=2030-05-07",
    "calendar, a list": "/admin/agenda/?view=list&day=2030-05-07",
    "calendar, what waits": "/admin/agenda/?state=waiting&day=2030-05-07",
}
QUEUE = {
    "queue, oldest first": "/admin/to-review/",
    "queue, one department": "/admin/to-review/?department={department}",
    "first screen of the desk": "/admin/",
}
DOCUMENTS, TIMES = 1000, 15


def measured(client: Client, path: str) -> tuple[float, float, float]:
    """Return the median and the slowest of some visits, and the processor's share of the median, in milliseconds."""
    spent, computing = [], []
    for number in range(TIMES + 2):
        begin, began = time.perf_counter(), time.process_time()
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
        if number > 1:
            spent.append((time.perf_counter() - begin) * 1000)
            computing.append((time.process_time() - began) * 1000)
    return statistics.median(spent), max(spent), statistics.median(computing)


def fill() -> Client:
    """Make the commune and its pages, and sign in as the desk."""
    from moderation.roles import DESK
    from tests.conftest import set_up_commune
    from tests.factories import DepartmentFactory, NeighbourhoodFactory, UserFactory
    from tests.moderation.agenda.many import many_messages
    from tests.moderation.agenda.moments import hour

    set_up_commune()
    DepartmentFactory.create_batch(5)
    NeighbourhoodFactory.create_batch(6)
    user = UserFactory(groups=[DESK.group])
    many_messages(DOCUMENTS, start=hour("2030-05-01 06:00"), user=user)
    client = Client()
    client.force_login(user)
    return client


def fill_queue() -> int:
    """Let twice as many texts wait as there are documents; return the key of the department that speaks by them."""
    from tests.factories import DepartmentFactory, UserFactory
    from tests.moderation.test_queue_size import many

    department = DepartmentFactory()
    many(2 * DOCUMENTS, UserFactory(), department)
    return int(department.pk)


def tell(client: Client, screens: dict[str, str]) -> None:
    for name, path in screens.items():
        median, slowest, computing = measured(client, path)
        print(f"{name:24}{median:7.0f} ms{slowest:7.0f} ms{computing:9.0f} ms")


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()
    settings.ROOT_URLCONF = "tests.bench_urls"
    runner = get_runner(settings)(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        client = fill()
        print(f"{2 * DOCUMENTS} pages{'':14}{'median':>10}{'slowest':>10}{'computing':>12}")
        tell(client, SCREENS)
        department = fill_queue()
        tell(client, {name: path.format(department=department) for name, path in QUEUE.items()})
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
