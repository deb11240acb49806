"""Attempts at the counter and at letters with codes."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from residents.models import Letter, LetterBatch, LetterSettings, User, Verification
from residents.verifying.counter import counter_number
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.moderation.attempts import Attempt, action
from tests.residents.verifying.people import HOME, TYPED, ask, verify


def _verified(a: Attempt, user: User) -> bool:
    a.client.post(reverse("counter"), {"who": user.email})
    a.client.post(reverse("counter_account", args=[counter_number(user).replace(" ", "")]), TYPED)
    return Verification.objects.filter(voter__user=user).exists()


@action("Ask for a letter with a code")
def ask_for_a_letter(a: Attempt) -> bool:
    a.client.post(reverse("my_letter"), {**TYPED, **HOME})
    return Letter.objects.exists()


@action("Verify a resident at the counter")
def verify_at_the_counter(a: Attempt) -> bool:
    return _verified(a, UserFactory())


@action("Verify oneself at the counter")
def verify_oneself(a: Attempt) -> bool:
    return not isinstance(a.user, AnonymousUser) and _verified(a, a.user)


@action("Register a resident who has no e-mail address")
def register_without_address(a: Attempt) -> bool:
    form = {**TYPED, "neighbourhood": NeighbourhoodFactory().pk, "language": "nl"}
    a.client.post(reverse("counter_register"), form)
    return User.objects.filter(email=None).exists()


@action("Find somebody again by their identity card")
def find_by_card(a: Attempt) -> bool:
    user = UserFactory()
    verify(user)
    answer = a.client.post(reverse("counter_find_by_card"), TYPED)
    return counter_number(user).replace(" ", "") in answer.headers.get("Location", "")


@action("Print letters with codes")
def print_letters(a: Attempt) -> bool:
    a.client.post(reverse("print_letters"), {"letters": [ask(UserFactory()).pk], "kind": "pdf"})
    return LetterBatch.objects.exists()


@action("Take a letter out, or cancel a batch")
def cancel_letters(a: Attempt) -> bool:
    letter = ask(UserFactory())
    a.client.post(reverse("refuse_letter", args=[letter.pk]))
    taken_out = not Letter.objects.exists()
    batch = LetterBatch.objects.create(printed_at=timezone.now())
    a.client.post(reverse("cancel_letters", args=[batch.pk]))
    assert taken_out == (LetterBatch.objects.get().cancelled_at is not None)
    return taken_out


@action("Keep the settings of letters")
def keep_letter_settings(a: Attempt) -> bool:
    key = LetterSettings.load().pk
    form = {"postcodes": "1499", "window": "left", "signed_fr": "a", "signed_nl": "b", "town_fr": "", "town_nl": ""}
    a.client.post(reverse("wagtailsettings:edit", args=["residents", "lettersettings", key]), form)
    return LetterSettings.load().window == "left"
