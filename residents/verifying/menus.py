"""The counter and the letters in the admin's menu."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from residents.verifying.permissions import can_verify


class ClerkMenuItem(MenuItem):
    """Shown to who verifies residents."""

    def is_shown(self, request: Any) -> bool:
        return can_verify(request.user)


def counter_item() -> MenuItem:
    return ClerkMenuItem(_("Counter"), reverse("counter"), name="counter", icon_name="user", order=120)


def letters_item() -> MenuItem:
    return ClerkMenuItem(_("Letters"), reverse("letters"), name="letters", icon_name="mail", order=121)
