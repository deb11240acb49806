"""The fast track: published at once, with a reason, and looked at afterwards by somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from moderation.actions import check_fast_track, use_fast_track
from moderation.models import FastTrack, Release
from moderation.queue import CHECK, Queue
from neighbourhood_news.models import NewsPage
from tests.factories import draft_news, editor_of, submit, translate
from tests.moderation.test_one_clock import live_in
from tests.reading import seen

pytestmark = pytest.mark.django_db
GAS = "Fuite de gaz"


def message(department: Any, *, complete: bool = True, **fields: Any) -> NewsPage:
    page = draft_news(department=department, **fields)
    if complete:
        translate(page)
    return NewsPage.objects.get(pk=page.pk)


def use(client: Any, page: NewsPage, **fields: str) -> Any:
    return client.post(reverse("fast_track", args=[page.pk]), fields)


def to_check() -> list[Any]:
    return [item for item in Queue(now=timezone.now()).items if item.kind == CHECK]


@pytest.fixture
def used(roads: Any, desk: Any) -> FastTrack:
    return use_fast_track(page=message(roads), user=desk, reason=GAS)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("desk", True),
        ("administrator", True),
        ("editor", False),
        ("clerk", False),
        ("participation_officer", False),
        ("resident", False),
    ],
)
def test_the_desk_may_and_a_department_may_not_unless_it_is_trusted(who, may, request, roads, signed_in):
    page = message(roads)
    use(signed_in(request.getfixturevalue(who)), page, reason=GAS)
    assert live_in(page) == ({"fr", "nl"} if may else set())
    assert FastTrack.objects.exists() == may


def test_a_trusted_department_may_for_its_own_texts_only(roads, social, signed_in):
    type(roads).objects.update(is_trusted=True)
    own, others = message(roads), message(social, title="Autre", slug="autre")
    client = signed_in(editor_of(roads))
    use(client, own, reason=GAS)
    assert use(client, others, reason=GAS).status_code in (302, 403)
    assert (live_in(own), live_in(others)) == ({"fr", "nl"}, set())


def test_what_the_desk_has_before_it_is_not_the_departments_to_publish(roads, signed_in):
    type(roads).objects.update(is_trusted=True)
    editor = editor_of(roads)
    page = message(roads, owner=editor)
    submit(page, editor)
    use(signed_in(editor), page, reason=GAS)
    assert live_in(page) == set()


def test_a_text_under_review_that_the_desk_publishes_at_once_is_no_longer_under_review(roads, desk, signed_in):
    page = message(roads)
    submit(page, editor_of(roads))
    use(signed_in(desk), page, reason=GAS)
    assert live_in(page) == {"fr", "nl"}
    assert not NewsPage.objects.get(pk=page.pk).workflow_in_progress


def test_a_second_click_is_no_second_use(roads, desk, signed_in):
    page, client = message(roads), signed_in(desk)
    for _click in range(2):
        assert use(client, page, reason=GAS).status_code == 302
    assert FastTrack.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_asks_for_a_reason(reason, roads, desk, signed_in):
    page = message(roads)
    assert use(signed_in(desk), page, reason=reason).status_code == 200
    with pytest.raises(ValueError, match="reason"):
        use_fast_track(page=page, user=desk, reason=reason)
    assert live_in(page) == set()
    with pytest.raises(IntegrityError), transaction.atomic():
        FastTrack.objects.create(translation_key=page.translation_key, used_at=timezone.now(), reason="")


def test_both_languages_are_asked_for_or_another_reason(roads, desk, signed_in):
    page, client = message(roads, complete=False), signed_in(desk)
    answer = use(client, page, reason=GAS)
    assert answer.status_code == 200
    assert GAS in answer.content.decode()
    assert live_in(page) == set()
    use(client, page, reason=GAS, alone_because="Personne pour traduire.")
    assert live_in(page) == {"fr"}
    assert Release.objects.of(page.translation_key).get().reason == "Personne pour traduire."


def test_why_it_is_urgent_is_proposed_as_the_reason_and_forgotten_once_it_is_out(roads, desk, signed_in):
    page = message(roads, urgent_because="Coupure d'eau")
    client = signed_in(desk)
    form = seen(client.get(reverse("fast_track", args=[page.pk])))
    assert form.select_one("textarea[name=reason]").get_text().strip() == "Coupure d'eau"
    use(client, page, reason="Coupure d'eau")
    assert NewsPage.objects.get(pk=page.pk).urgent_because == ""


def test_a_text_that_is_not_complete_is_not_published(roads, desk, signed_in):
    page = message(roads, complete=False)
    page.kind = ""
    page.save_revision(clean=False)
    assert seen(use(signed_in(desk), page, reason=GAS, alone_because="x")).select_one(".review__obstacle")
    assert live_in(page) == set()


def test_it_stands_in_the_queue_until_a_second_person_has_looked(used, desk, second_desk, signed_in):
    assert [item.note for item in to_check()] == [GAS]
    address = reverse("check_fast_track", args=[used.pk])
    assert signed_in(desk).post(address, {"word": ""}).status_code in (302, 403)
    assert not seen(signed_in(desk).get(address)).select("form textarea[name=word]")
    assert len(to_check()) == 1
    signed_in(second_desk).post(address, {"word": "En ordre"})
    assert to_check() == []
    used.refresh_from_db()
    assert (used.checked_by, used.word) == (second_desk, "En ordre")


def test_neither_the_action_nor_the_database_takes_the_same_person(used, desk):
    with pytest.raises(PermissionDenied):
        check_fast_track(use=used, user=desk, word="")
    with pytest.raises(IntegrityError), transaction.atomic():
        FastTrack.objects.filter(pk=used.pk).update(checked_by=desk, checked_at=timezone.now())


def test_the_first_check_counts(used, second_desk, administrator):
    check_fast_track(use=used, user=second_desk, word="En ordre")
    assert check_fast_track(use=used, user=administrator, word="Encore").word == "En ordre"


def test_a_check_that_is_late_stands_out(used, second_desk, signed_in):
    FastTrack.objects.update(used_at=timezone.now() - timedelta(days=9))
    assert [item.is_late for item in to_check()] == [True]
    assert seen(signed_in(second_desk).get(reverse("queue"))).select("tr.queue__late")


@pytest.mark.parametrize("who", ["editor", "clerk", "participation_officer", "resident"])
def test_only_the_desk_checks(who, request, used, signed_in):
    address = reverse("check_fast_track", args=[used.pk])
    assert signed_in(request.getfixturevalue(who)).post(address, {"word": ""}).status_code in (302, 403)
    assert len(to_check()) == 1


def test_each_use_is_on_record_with_its_reason_and_who_looked(roads, desk, second_desk, signed_in):
    old = use_fast_track(page=message(roads, title="Fuite"), user=desk, reason=GAS)
    FastTrack.objects.filter(pk=old.pk).update(used_at=timezone.now() - timedelta(days=30))
    done = use_fast_track(page=message(roads, title="Verglas"), user=desk, reason="Il gèle <b>déjà</b>")
    check_fast_track(use=done, user=second_desk, word="Bien fait")
    table = seen(signed_in(desk).get(reverse("fast_tracks"))).select("table.queue tbody tr")
    newest, oldest = table
    told = newest.get_text(" ", strip=True)
    assert [
        each
        for each in ("Verglas", "Il gèle <b>déjà</b>", str(desk), str(second_desk), "Bien fait")
        if each not in told
    ] == []
    assert "class" not in newest.attrs
    assert oldest["class"] == ["queue__late"]
    assert "attend trop longtemps" in oldest.get_text(" ", strip=True)


def test_the_record_of_many_uses_takes_few_queries(roads, desk, signed_in, django_assert_max_num_queries):
    now = timezone.now()
    FastTrack.objects.bulk_create(
        FastTrack(
            translation_key=uuid4(), title=f"Texte {number}", department=roads, used_by=desk, used_at=now, reason=GAS
        )
        for number in range(120)
    )
    client = signed_in(desk)
    client.get(reverse("fast_tracks"))
    with django_assert_max_num_queries(20):
        answer = client.get(reverse("fast_tracks"), {"p": "2"})
    assert len(seen(answer).select("table.queue tbody tr")) == 50
    assert client.get(reverse("fast_tracks"), {"p": "x"}).status_code == 200


def test_a_record_without_uses_says_so(desk, signed_in):
    assert "voie rapide" in seen(signed_in(desk).get(reverse("fast_tracks"))).select_one(".queue__empty").get_text()
