"""Who follows a board reads in their digest what is new there, and what the commune answered, in their language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from digests.actions import subscribe_account
from digests.making import make_due
from digests.models import Frequency, Subscription
from digests.sources import Interests, Item
from mailing.models import OutgoingMail
from participation.ideas.answering import prepare_answer, publish_answers
from participation.ideas.kinds import State
from participation.ideas.screens.digest import MOST, SUMMARY_SIGNS, find_items
from participation.ideas.screens.following import BOARDS
from participation.models import Idea, IdeaBoardPage, IdeaStatus
from residents.models import Follow, User
from tests.factories import DepartmentFactory, UserFactory
from tests.participation.ideas.making import NOW, public_idea, readable_board
from tests.reading import seen, words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def follower_of(board: IdeaBoardPage, code: str = "fr") -> User:
    user = UserFactory(language=code)
    Follow.objects.create(user=user, subject="board", key=str(board.board_key))
    return user


def interests(*boards: IdeaBoardPage, code: str = "fr", keys: tuple[str, ...] = ()) -> Interests:
    followed = {("board", str(board.board_key)) for board in boards} | {("board", key) for key in keys}
    return Interests(code, subjects=frozenset(followed))


def items(*boards: IdeaBoardPage, code: str = "fr", **fields: Any) -> list[Item]:
    with override(code):
        return find_items(interests(*boards, code=code, **fields), NOW - DAY, NOW + DAY)


def answered(idea: Idea, **values: Any) -> None:
    boss = UserFactory(is_superuser=True)
    told = {"text_fr": "Le banc arrive.", "text_nl": "De bank komt.", "status": IdeaStatus.objects.get(kind="planned")}
    told["department"] = DepartmentFactory(name_fr="Travaux", name_nl="Werken")
    prepare_answer(idea=idea, user=boss, values={**told, **values}, is_ready=True, now=NOW)
    publish_answers(ideas=[idea], user=boss, now=NOW)


@pytest.mark.parametrize(
    ("code", "new", "answer", "by", "text"),
    [
        ("fr", "Une nouvelle idée", "La commune a répondu", "Travaux", "Le banc arrive."),
        ("nl", "Een nieuw idee", "De gemeente heeft geantwoord", "Werken", "De bank komt."),
    ],
)
def test_new_ideas_and_answers_are_told_in_the_readers_language_and_lead_to_their_page(
    board: IdeaBoardPage, code: str, new: str, answer: str, by: str, text: str
) -> None:
    idea = public_idea(board)
    answered(idea)
    page = IdeaBoardPage.objects.get(translation_key=board.translation_key, locale__language_code=code)
    found = {item.key.partition(":")[0]: item for item in items(board, code=code)}
    assert found["idea"].title == f"{new} : {idea.title}" if code == "fr" else f"{new}: {idea.title}"
    assert found["answer"].title.startswith(answer)
    assert (found["answer"].by, found["answer"].summary) == (by, text)
    assert (found["idea"].by, found["idea"].summary) == ("Anne du Moulin", "Pour se reposer en chemin.")
    assert {item.url for item in found.values()} == {f"http://localhost{page.url}{idea.slug}/"} or all(
        item.url.endswith(f"{page.url}{idea.slug}/") for item in found.values()
    )


def test_only_what_is_public_of_the_boards_that_one_follows_is_told(board: IdeaBoardPage) -> None:
    public_idea(readable_board())
    for state in (State.WAITING, State.HIDDEN, State.DECLINED, State.WITHDRAWN):
        public_idea(board, state=state, live=False)
    hidden = public_idea(board)
    answered(hidden)
    Idea.objects.filter(pk=hidden.pk).update(state=State.HIDDEN, live=False)
    assert items(board) == []
    assert items(keys=("x", "00000000-0000-4000-8000-000000000000")) == []
    assert items() == []


def test_a_board_that_is_not_published_in_the_readers_language_tells_nothing_in_it(board: IdeaBoardPage) -> None:
    answered(public_idea(board))
    IdeaBoardPage.objects.filter(translation_key=board.translation_key, locale__language_code="nl").update(live=False)
    assert items(board, code="nl") == []
    assert len(items(board, code="fr")) == 2


def test_the_newest_come_first_as_many_as_one_reads_and_long_words_are_cut(board: IdeaBoardPage) -> None:
    for number in range(MOST + 3):
        public_idea(board, text="mot " * 200, first_published_at=NOW - timedelta(minutes=number))
    found = items(board)
    assert len(found) == MOST
    assert [item.key for item in found] == [f"idea:{idea.pk}" for idea in Idea.objects.newest_first()[:MOST]]
    assert all(len(item.summary) <= SUMMARY_SIGNS for item in found)


def test_the_queries_for_a_digest_do_not_grow(board: IdeaBoardPage, django_assert_num_queries: Any) -> None:
    for _number in range(2):
        answered(public_idea(board))
    items(board)
    with django_assert_num_queries(4):
        items(board)
    for _number in range(6):
        answered(public_idea(board))
    with django_assert_num_queries(4):
        assert len(items(board)) == 16


@pytest.mark.parametrize(("code", "word"), [("fr", "Une nouvelle idée"), ("nl", "Een nieuw idee")])
def test_a_follower_gets_it_in_their_digest_once(board: IdeaBoardPage, code: str, word: str) -> None:
    follower, now = follower_of(board, code), timezone.now()
    subscription = subscribe_account(follower, now=now - 30 * DAY)
    Subscription.objects.filter(pk=subscription.pk).update(frequency=Frequency.DAILY)
    idea = public_idea(board, first_published_at=now - DAY)
    make_due(now=now)
    (mail,) = OutgoingMail.objects.filter(user=follower)
    assert mail.language == code
    for body in (mail.text, mail.html):
        assert word in body
        assert idea.title in body
    make_due(now=now + 2 * DAY)
    assert OutgoingMail.objects.filter(user=follower).count() == 1


@pytest.mark.parametrize("code", ["fr", "nl"])
def test_a_board_is_followed_with_one_press_and_left_with_another(
    client: Client, board: IdeaBoardPage, code: str
) -> None:
    user = UserFactory(language=code)
    client.force_login(user)
    page = IdeaBoardPage.objects.get(translation_key=board.translation_key, locale__language_code=code)
    for count in (1, 0):
        form = next(each for each in seen(client.get(page.url)).select("form") if str(board.board_key) in str(each))
        sent = {each["name"]: each.get("value", "") for each in form.select("input[name], button[name]")}
        client.post(str(form["action"]), sent)
        assert Follow.objects.filter(user=user, subject="board", key=str(board.board_key)).count() == count
        with override(code):
            listed = words(seen(client.get(reverse("my_follows"))).main)
        assert page.title in listed


def test_a_board_that_readers_can_not_read_can_not_be_followed(board: IdeaBoardPage) -> None:
    gone = readable_board()
    IdeaBoardPage.objects.filter(translation_key=gone.translation_key).update(live=False)
    keys = [str(board.board_key), str(gone.board_key), "x", ""]
    with override("nl"):
        found = BOARDS.find(keys)
        assert list(BOARDS.choices()) == [str(board.board_key)]
    assert list(found) == [str(board.board_key)]
    assert (found[keys[0]].name, found[keys[0]].url[:4]) == ("Vos idées (nl)", "/nl/")
