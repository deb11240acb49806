"""Links in texts are asked in the background, where the commune says so, and never inside its own network."""

from __future__ import annotations

import datetime as dt
import http.server
import socket
import threading
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from home import jobs
from moderation import link_requests, links
from moderation.jobs import register_jobs
from moderation.link_requests import Answer, ask, is_public
from moderation.links import check_links, gather_links, links_of
from moderation.models import LinkCheck
from tests.factories import TEXT_ID, draft_news, published_news, text_block

NOW = timezone.make_aware(dt.datetime(2026, 11, 22, 12))
Problem = LinkCheck.Problem


class Site(http.server.BaseHTTPRequestHandler):
    """A site with good and bad pages, that notes what it was asked."""

    asked: list[tuple[str, str, str]] = []

    def _answer(self) -> None:
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        if self.path.startswith("/slow"):
            threading.Event().wait(2)
        status = {"/gone": 404, "/around": 302, "/away": 302, "/inside": 302, "/file": 302}.get(self.path, 200)
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        self.send_response(status)
        onward = {"/around": "/around", "/away": "/there", "/inside": "http://10.0.0.1/", "/file": "file:///etc/passwd"}
        if self.path in onward:
            self.send_header("Location", onward[self.path])
        self.end_headers()

    do_HEAD = do_GET = _answer  # noqa: N815 - the names of http.server

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings: Any) -> Iterator[str]:
    """The address of a site on this machine, which may be asked for once."""
    settings.LINK_CHECK = settings.LINK_CHECK_INSIDE = True
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Site.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def linking_to(*urls: str) -> list[dict[str, Any]]:
    return [text_block("".join(f'<p><a href="{url}">ici</a></p>' for url in urls))]


def test_a_page_that_is_there_answers(site):
    assert ask(f"{site}/here") == Answer(status=200)
    assert [method for method, _path, _agent in Site.asked] == ["HEAD"]
    assert Site.asked[0][2].startswith("Link check of http")


def test_a_page_that_is_gone_is_asked_twice_before_it_is_believed(site):
    assert ask(f"{site}/gone") == Answer(status=404)
    assert [method for method, _path, _agent in Site.asked] == ["HEAD", "GET"]


def test_a_site_that_refuses_head_is_asked_by_get(site):
    assert ask(f"{site}/no-head") == Answer(status=200)


def test_redirects_are_followed_and_circles_are_left(site):
    assert ask(f"{site}/away") == Answer(status=200)
    assert ask(f"{site}/around") == Answer(problem=Problem.CIRCLES)
    assert len([path for _method, path, _agent in Site.asked if path == "/around"]) == link_requests.REDIRECTS + 1


def test_a_redirect_leads_to_nothing_but_the_web(site):
    assert ask(f"{site}/file") == Answer(problem=Problem.UNKNOWN)


def test_a_site_that_takes_too_long_is_left(site, monkeypatch):
    monkeypatch.setattr(link_requests, "SECONDS", 0.2)
    assert ask(f"{site}/slow") == Answer(problem=Problem.NO_ANSWER)


def test_a_site_that_drips_is_left_too(settings, monkeypatch):
    """Each word comes in time, but there is no end to them."""
    settings.LINK_CHECK_INSIDE = True
    monkeypatch.setattr(link_requests, "SECONDS_IN_ALL", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _address = server.accept()
            with connection:
                for sign in b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000:
                    try:
                        connection.sendall(bytes([sign]))
                    except OSError:
                        return
                    threading.Event().wait(0.05)

        threading.Thread(target=drip, daemon=True).start()
        began = timezone.now()
        assert ask(f"http://127.0.0.1:{server.getsockname()[1]}/").problem == Problem.NO_ANSWER
        assert timezone.now() - began < dt.timedelta(seconds=5)


@pytest.mark.parametrize("inside", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/",
                                    "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/", "http://2130706433/",
                                    "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/"])  # fmt: skip
def test_nothing_inside_a_network_is_ever_asked(inside, monkeypatch):
    def connect(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("it connected")

    monkeypatch.setattr(socket, "create_connection", connect)
    assert ask(inside).problem in (Problem.NOT_PUBLIC, Problem.UNKNOWN)


def test_a_redirect_to_the_inside_is_not_followed(site, settings, monkeypatch):
    """The first step is let through here as if its address were public; the second is looked at like any other."""
    real = link_requests.is_public
    monkeypatch.setattr(link_requests, "is_public", lambda address: str(address) == "127.0.0.1" or real(address))
    monkeypatch.setattr(link_requests, "PORTS", (*link_requests.PORTS, int(site.rsplit(":", 1)[1])))
    settings.LINK_CHECK_INSIDE = False
    assert ask(f"{site}/inside") == Answer(problem=Problem.NOT_PUBLIC)


def test_a_name_with_one_address_inside_is_not_asked(monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, 80)) for host in ("93.184.215.14", "192.168.1.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: both)
    assert ask("http://both.example/") == Answer(problem=Problem.NOT_PUBLIC)


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch):
    """A name that answers otherwise the second time leads nowhere else: it is resolved once."""
    asked, connected = [], []

    def resolve(host: str, *args: Any, **kwargs: Any) -> Any:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))]

    def connect(address: Any, **kwargs: Any) -> Any:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert ask("http://twice.example/") == Answer(problem=Problem.NO_ANSWER)
    assert asked == ["twice.example"]
    assert connected == [("93.184.215.14", 80)]


def test_another_port_than_the_webs_is_not_asked(monkeypatch):
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 22))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: public)
    assert ask("http://public.example:22/") == Answer(problem=Problem.NOT_PUBLIC)


@pytest.mark.parametrize("url", ["http://", "http://[", "http://a:b", "ftp://x.example/", "http://..", "http://x\r\n/"])
def test_an_address_that_is_none_is_an_answer_not_an_error(url):
    assert ask(url).problem


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True), ("100.64.0.1", False),
     ("224.0.0.1", False), ("fe80::1", False), ("fc00::1", False), ("2002:7f00:1::", False)],
)  # fmt: skip
def test_which_addresses_are_public(address, public):
    assert is_public(ip_address(address)) is public


@pytest.mark.django_db
def test_links_are_found_wherever_an_editor_can_write_one(roads):
    body = [
        *linking_to("https://a.example/?x=1&amp;y=2", "mailto:x@a.example"),
        {"type": "call_to_action", "id": "22222222-2222-4222-8222-222222222222",
         "value": {"title": "", "text": "", "label": "Vers", "page": None, "url": "https://b.example/"}},
        {"type": "accordion", "value": {"items": [
            {"type": "item", "value": {"title": "x", "text": '<p><a href="https://c.example/">c</a></p>'}}]}},
    ]  # fmt: skip
    found = links_of(draft_news(department=roads, body=body))
    assert set(found) == {"https://a.example/?x=1&y=2", "https://b.example/", "https://c.example/"}
    assert found["https://a.example/?x=1&y=2"] == f"body.{TEXT_ID}"


@pytest.mark.django_db
def test_drafts_and_live_texts_are_gathered_and_what_left_is_forgotten(roads):
    live = published_news(department=roads, body=linking_to("https://live.example/"), dutch={
        "body": linking_to("https://live.example/")})  # fmt: skip
    live.body = linking_to("https://draft.example/")
    live.save_revision()
    LinkCheck.objects.create(url="https://forgotten.example/")
    assert gather_links() == {"https://live.example/", "https://draft.example/"}
    assert set(LinkCheck.objects.values_list("url", flat=True)) == {"https://live.example/", "https://draft.example/"}


@pytest.mark.django_db
def test_nothing_is_asked_unless_the_commune_says_so(roads, site, settings, capsys):
    settings.LINK_CHECK = False
    draft_news(department=roads, body=linking_to(f"{site}/here"))
    assert check_links(now=NOW) == 0
    call_command("check_links")
    assert Site.asked == []
    assert "off" in capsys.readouterr().out


@pytest.mark.django_db
def test_what_a_link_answered_is_kept_and_not_asked_again_too_soon(roads, site):
    draft_news(department=roads, body=linking_to(f"{site}/here", f"{site}/gone"))
    assert check_links(now=NOW) == 2
    answers = dict(LinkCheck.objects.values_list("url", "status"))
    assert answers == {f"{site}/here": 200, f"{site}/gone": 404}
    assert check_links(now=NOW + dt.timedelta(hours=11)) == 0
    assert check_links(now=NOW + dt.timedelta(hours=13)) == 1
    assert check_links(now=NOW + dt.timedelta(days=8)) == 2


@pytest.mark.django_db
def test_new_links_come_first_and_only_so_many(roads, site):
    draft_news(department=roads, body=linking_to(*(f"{site}/{number}" for number in range(3))))
    LinkCheck.objects.create(url=f"{site}/0", checked_at=NOW - dt.timedelta(days=9), status=200)
    assert check_links(now=NOW, limit=2) == 2
    assert {path for _method, path, _agent in Site.asked} == {"/1", "/2"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{"status": 200}, {"checked_at": NOW}, {"checked_at": NOW, "status": 200, "problem": "unknown"}]
)
def test_a_link_has_one_answer_once_it_was_asked(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkCheck.objects.create(url="https://a.example/", **fields)


@pytest.mark.django_db
def test_the_worker_goes_on_though_sites_are_slow(roads, site, monkeypatch):
    """The first eight take too long and gave no answer; the others wait for their turn."""
    monkeypatch.setattr(links, "SECONDS", 0.5)
    draft_news(department=roads, body=linking_to(*(f"{site}/slow?{number}" for number in range(12))))
    assert check_links(now=NOW) == links.AT_ONCE
    assert LinkCheck.objects.filter(problem=Problem.NO_ANSWER).count() == links.AT_ONCE
    assert LinkCheck.objects.filter(checked_at=None).count() == 12 - links.AT_ONCE


def test_the_worker_checks_links_where_the_commune_says_so_only(settings, monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})
    register_jobs()
    assert "check_links" not in [job.name for job in jobs.registered()]
    settings.LINK_CHECK = True
    register_jobs()
    assert "check_links" in [job.name for job in jobs.registered()]
