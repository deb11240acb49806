"""The screen of the mails: what leaves is seen, and what does not leave is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from mailing.models import OutgoingMail
from tests.factories import OutgoingMailFactory, UserFactory
from tests.moderation.editor import told

pytestmark = pytest.mark.django_db
EARLIER = timezone.now() - timedelta(minutes=16)
ALARM = "mail-alarm"


def shown(client: Any, name: str = "mails:index", *args: Any, **query: Any) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_each_mail_and_is_narrowed_by_state_kind_and_language(signed_in, desk):
    client = signed_in(desk)
    OutgoingMailFactory(to="a@auneval.example", status="failed", language="fr")
    OutgoingMailFactory(to="b@auneval.example", kind="submitted")
    assert all(address in shown(client) for address in ("a@auneval", "b@auneval"))
    for query in ({"status": "failed"}, {"kind": "approved"}, {"language": "fr"}, {"q": "a@auneval"}):
        found = shown(client, **query)
        assert "a@auneval" in found
        assert "b@auneval" not in found
    assert "a@auneval" in shown(client, status="?", p="x")


@pytest.mark.parametrize(
    ("fields", "alarm"),
    [
        ({"due_at": EARLIER}, True),
        ({"status": "failed"}, True),
        ({"status": "uncertain"}, True),
        ({}, False),
        ({"status": "sent", "sent_at": EARLIER, "due_at": EARLIER}, False),
        ({"status": "given_up", "due_at": EARLIER}, False),
    ],
)
def test_what_does_not_leave_is_told_on_the_list_and_on_the_first_screen(fields, alarm, signed_in, desk):
    OutgoingMailFactory(**fields)
    client = signed_in(desk)
    assert (ALARM in shown(client)) == alarm
    assert (ALARM in shown(client, "wagtailadmin_home")) == alarm


def test_the_alarm_is_for_whoever_may_see_the_mails(signed_in, editor):
    OutgoingMailFactory(status="failed")
    assert ALARM not in shown(signed_in(editor), "wagtailadmin_home")


def test_a_mail_is_read_as_it_was_written_and_its_markup_is_text(signed_in, desk):
    mail = OutgoingMailFactory(text="Dag <b>Noor</b>,", subject="<script>alert(1)</script>")
    page = shown(signed_in(desk), "mails:inspect", mail.pk)
    assert "Dag &lt;b&gt;Noor&lt;/b&gt;," in page
    assert "<script>alert(1)" not in page


def test_the_words_of_a_private_mail_are_shown_to_nobody(signed_in, administrator):
    mail = OutgoingMailFactory(private=True, text="Uw code: 123456")
    assert "123456" not in shown(signed_in(administrator), "mails:inspect", mail.pk)


def test_a_decision_that_came_too_late_says_so(signed_in, desk):
    mail = OutgoingMailFactory(status="sent", sent_at=EARLIER)
    response = signed_in(desk).post(reverse("mails:again", args=[mail.pk]), follow=True)
    assert "plus dans cet état" in told(response)
    assert OutgoingMail.objects.get().status == "sent"


def test_a_decision_is_made_by_its_button_alone(signed_in, desk):
    mail = OutgoingMailFactory(status="failed")
    assert signed_in(desk).get(reverse("mails:again", args=[mail.pk])).status_code == 405


def test_whoever_may_see_but_not_decide_finds_no_button(signed_in):
    reader = UserFactory()
    names = ["access_admin", "view_outgoingmail"]
    reader.user_permissions.set(Permission.objects.filter(codename__in=names))
    mail = OutgoingMailFactory(status="failed")
    client = signed_in(reader)
    assert "/again/" not in shown(client, "mails:inspect", mail.pk)
    client.post(reverse("mails:again", args=[mail.pk]))
    assert OutgoingMail.objects.get().status == "failed"


@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy"])
def test_no_mail_is_written_or_changed_by_hand_not_even_by_a_superuser(name, signed_in):
    with pytest.raises(NoReverseMatch):
        reverse(f"mails:{name}")
    page = shown(signed_in(UserFactory(is_superuser=True)))
    assert "/mails/add" not in page


def test_the_list_of_many_mails_takes_few_queries(signed_in, desk, django_assert_max_num_queries):
    client = signed_in(desk)
    for _number in range(60):
        OutgoingMailFactory()
    shown(client)
    with django_assert_max_num_queries(20):
        shown(client)
