"""Attempts at what concerns people: their accounts, and how many are reached."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import override

from residents.models import User
from tests.factories import UserFactory, draft_news
from tests.moderation.attempts import Attempt, action


@action("See how many households are reached")
def see_reach(a: Attempt) -> bool:
    return a.opens("reach")


def _closes(a: Attempt) -> bool:
    UserFactory(is_superuser=True)  # so that nobody is the last one
    with override("fr"):
        a.client.post(reverse("my_closing"), {"contributions": "keep"})
    return a.user.pk is not None and not User.objects.filter(pk=a.user.pk).exists()


@action("Close one's own account, without open work")
def close_own_account(a: Attempt) -> bool:
    return _closes(a)


@action("Close one's own account, with open work")
def close_own_account_with_open_work(a: Attempt) -> bool:
    draft_news(owner=a.somebody, department=a.department)
    return _closes(a)


@action("Close another's account")
def close_anothers_account(a: Attempt) -> bool:
    other = UserFactory()
    a.client.post(reverse("wagtailusers_users:delete", args=[other.pk]))
    return not User.objects.filter(pk=other.pk).exists()
