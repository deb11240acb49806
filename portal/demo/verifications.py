"""The demo's verified residents, and the letters that wait for the clerk. It takes the residents that are there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.users.models import UserProfile

from portal.demo.content import read
from residents.models import LetterSettings, Method, User
from residents.verifying.actions import verify_resident
from residents.verifying.letters import Addressee, ask_letter

FIRST_BIRTHDAY = date(1941, 2, 11)


def load_verifications(clerk: User) -> None:
    """Verify one resident in so many, by each way in turn; let others wait for their letter."""
    data = read("verifications.yaml")
    _settings(data["letter_settings"])
    residents = list(User.objects.filter(residency__isnull=False, groups=None, is_superuser=False).order_by("pk"))
    others = [user for user in residents if user.email not in (data["free"], data["verified"])]
    waiting, others = others[: len(data["letters"])], others[len(data["letters"]) :]
    chosen = [user for user in residents if user.email == data["verified"]] + others[:: data["every"]]
    for number, user in enumerate(chosen):
        method = Method(data["methods"][number % len(data["methods"])]) if number else Method.COUNTER
        _verify(user, method, number, data, clerk)
    for user, row in zip(waiting, data["letters"], strict=False):
        _ask(user, row)


def _settings(row: dict[str, str]) -> None:
    settings = LetterSettings.load()
    for name, value in row.items():
        setattr(settings, name, value)
    settings.save()


def _verify(user: User, method: Method, number: int, data: dict[str, Any], clerk: User) -> None:
    """Verify somebody with a name and a birthday that nobody else has."""
    verify_resident(
        user=user,
        method=method,
        family_name=data["family_names"][number % len(data["family_names"])],
        given_name=data["given_names"][number % len(data["given_names"])],
        born_on=FIRST_BIRTHDAY + timedelta(days=83 * number),
        by=clerk if method == Method.COUNTER else None,
        now=timezone.now() - timedelta(days=(number * 5) % 300),
    )


def _ask(user: User, row: dict[str, Any]) -> None:
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = row["language"]
    profile.save(update_fields=["preferred_language"])
    addressee = Addressee(**{name: row[name] for name in Addressee.__dataclass_fields__})
    ask_letter(user=user, addressee=addressee, now=timezone.now() - timedelta(days=row["days_ago"]))
