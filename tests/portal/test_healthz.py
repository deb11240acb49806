"""The answer for a load balancer: whether this process can serve, and which part can't."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from home import jobs
from home.models import JobRun
from portal import views

pytestmark = pytest.mark.django_db

SECRET = "redis://user:hunter2@10.0.0.7:6379"


@pytest.fixture(autouse=True)
def worker_that_runs(db: None) -> None:
    for job in jobs.registered():
        JobRun.objects.create(name=job.name, last_success=timezone.now())


def fails(*args: Any, **kwargs: Any) -> None:
    raise ConnectionError(SECRET)


def test_a_portal_that_can_serve_says_so_and_is_asked_again_each_time(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "cache": "ok", "migrations": "ok", "jobs": "ok"}
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_a_missing_migration_is_pending_and_the_portal_cannot_serve(client):
    MigrationRecorder(connection).migration_qs.filter(app="home").delete()
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["migrations"] == "pending"
    assert response.json()["database"] == "ok"


def test_jobs_that_are_late_are_said_but_no_web_process_is_taken_out_for_them(client):
    JobRun.objects.filter(name="publish_scheduled").update(last_success=timezone.now() - timedelta(minutes=16))
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json()["jobs"] == "late"


def test_a_portal_whose_worker_never_ran_says_so(client):
    JobRun.objects.all().delete()
    assert client.get("/healthz").json()["jobs"] == "late"


@pytest.mark.parametrize("method", ["set", "get"])
def test_a_cache_that_does_not_answer_is_down(client, monkeypatch, method):
    monkeypatch.setattr(views.cache, method, fails, raising=False)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "cache": "down", "migrations": "ok", "jobs": "ok"}


def test_a_cache_that_forgets_at_once_is_down(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert client.get("/healthz").json()["cache"] == "down"


def test_a_database_that_does_not_answer_is_down(client, monkeypatch):
    def down() -> None:
        raise OperationalError(SECRET)

    monkeypatch.setattr(views, "_pending_migrations", down)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"database": "down", "cache": "ok", "migrations": "down", "jobs": "unknown"}


def test_nothing_of_what_failed_is_told_to_whoever_asks(client, monkeypatch):
    monkeypatch.setattr(views.cache, "set", fails, raising=False)
    response = client.get("/healthz")
    told = response.content.decode() + str(dict(response.headers))
    assert "hunter2" not in told
    assert "10.0.0.7" not in told


def test_it_answers_without_a_language_whatever_the_browser_asks(client):
    assert client.get("/healthz", headers={"accept-language": "nl"}).status_code == 200
