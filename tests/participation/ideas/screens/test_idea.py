"""The page of an idea: what it tells, to whom, and what one can do there."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from participation.ideas.answering import prepare_answer, publish_answers
from participation.ideas.kinds import Screening, State
from participation.models import Comment, Idea, IdeaBoardPage, IdeaStatus, Report, Support
from residents.models import Profile, User
from tests.factories import DepartmentFactory, NeighbourhoodFactory, UserFactory
from tests.participation.ideas.making import comment, public_idea, readable_board, support

pytestmark = pytest.mark.django_db
CANARY = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


def address(board: IdeaBoardPage, idea: Idea, rest: str = "") -> str:
    return f"{board.url}{idea.slug}/{rest}"


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_an_idea_is_found_by_its_number_alone(client: Client, board: IdeaBoardPage, idea: Idea) -> None:
    response = client.get(f"{board.url}{idea.number}/")
    assert response["Location"] == address(board, idea)


def test_the_words_of_an_idea_bear_their_language(client: Client, board: IdeaBoardPage) -> None:
    dutch = public_idea(board, title="Een bank op het plein", language="nl")
    assert '<h1 lang="nl">Een bank op het plein</h1>' in text_of(client.get(address(board, dutch)))


def test_a_page_of_an_idea_is_the_same_idea_in_both_languages(client: Client, board: IdeaBoardPage, idea: Idea) -> None:
    dutch = board.get_translations().get().specific
    page = text_of(client.get(address(board, idea)))
    assert f'href="{dutch.url}{idea.slug}/"' in page
    assert client.get(address(dutch, idea)).status_code == 200


def test_nobody_reads_an_idea_before_it_is_public(client: Client, board: IdeaBoardPage) -> None:
    waiting = public_idea(board, state=State.WAITING, live=False, title="Un secret bien gardé")
    response = client.get(f"{board.url}{waiting.slug}/")
    assert response.status_code == 404
    assert "Un secret" not in text_of(response)


def test_its_author_reads_an_idea_that_waits(at_home: Client, resident: User, board: IdeaBoardPage) -> None:
    waiting = public_idea(board, state=State.WAITING, live=False, author=resident)
    assert "Un banc place du Moulin" in text_of(at_home.get(address(board, waiting)))


def test_a_withdrawn_idea_says_so_and_none_of_its_words(client: Client, board: IdeaBoardPage) -> None:
    gone = public_idea(board, state=State.WITHDRAWN, live=False)
    response = client.get(address(board, gone))
    assert response.status_code == 410
    assert "Pour se reposer" not in text_of(response)


def test_a_merged_idea_leads_on(client: Client, board: IdeaBoardPage, idea: Idea) -> None:
    merged = public_idea(board, state=State.MERGED, live=False, merged_into=idea)
    response = client.get(f"{board.url}{merged.number}/", follow=True)
    assert response.redirect_chain[-1][0] == f"{address(board, idea)}?from={merged.number}"


def test_the_answer_is_read_in_the_readers_language(client: Client, board: IdeaBoardPage, idea: Idea) -> None:
    boss = UserFactory(is_superuser=True)
    values = {
        "text_fr": "Le banc arrive en mai.",
        "text_nl": "De bank komt in mei.",
        "department": DepartmentFactory(),
        "status": IdeaStatus.objects.get(kind="planned"),
    }
    prepare_answer(idea=idea, user=boss, values=values, is_ready=True, now=timezone.now())
    assert "Le banc arrive" not in text_of(client.get(address(board, idea)))
    publish_answers(ideas=[idea], user=boss, now=timezone.now())
    dutch = board.get_translations().get().specific
    assert "Le banc arrive en mai." in text_of(client.get(address(board, idea)))
    assert "De bank komt in mei." in text_of(client.get(address(dutch, idea)))


def test_a_late_answer_stands_out(client: Client, board: IdeaBoardPage) -> None:
    day = timezone.localdate()
    late = public_idea(board, answer_due_on=day - timedelta(days=1))
    in_time = public_idea(board, answer_due_on=day)
    assert "timeline__step--late" in text_of(client.get(address(board, late)))
    assert "timeline__step--late" not in text_of(client.get(address(board, in_time)))


def test_a_visitor_is_led_to_sign_in_and_back_to_the_support(client: Client, board: IdeaBoardPage, idea: Idea) -> None:
    page = text_of(client.get(address(board, idea)))
    assert f"next={address(board, idea, 'support/')}" in page
    response = client.post(address(board, idea, "support/"), {"do": "give"})
    assert response.status_code == 302
    assert not Support.objects.exists()


def test_a_support_is_given_and_taken_back_without_javascript(
    at_home: Client, board: IdeaBoardPage, idea: Idea
) -> None:
    response = at_home.post(address(board, idea, "support/"), {"do": "give"}, follow=True)
    assert Support.objects.count() == 1
    assert 'value="take"' in text_of(response)
    response = at_home.post(address(board, idea, "support/"), {"do": "take"}, follow=True)
    assert not Support.objects.exists()
    assert 'value="give"' in text_of(response)


def test_asking_for_the_page_of_a_support_gives_none(at_home: Client, board: IdeaBoardPage, idea: Idea) -> None:
    assert at_home.get(address(board, idea, "support/")).status_code == 200
    assert not Support.objects.exists()


def test_supports_of_the_neighbourhood_and_from_elsewhere_are_both_shown(client: Client, board: IdeaBoardPage) -> None:
    place = NeighbourhoodFactory(name_fr="Moulin")
    idea = public_idea(board, neighbourhood=place, supports_count=7, local_supports_count=5)
    figures = re.findall(r"<dd>(\d+)</dd>", text_of(client.get(address(board, idea))))
    assert figures[:3] == ["7", "5", "2"]


def test_who_may_not_support_is_told_why_and_how(at_home: Client) -> None:
    board = readable_board(support_access="verified")
    page = text_of(at_home.get(address(board, public_idea(board))))
    assert "Comment devenir habitant vérifié" in page
    assert 'value="give"' not in page


def test_a_comment_stands_under_the_idea_at_once(at_home: Client, board: IdeaBoardPage, idea: Idea) -> None:
    response = at_home.post(
        address(board, idea, "comment/"), {"text": "Bonne idée, à l’ombre.", "language": "fr"}, follow=True
    )
    assert "Bonne idée, à l’ombre." in text_of(response)
    assert "Odile Renard" in text_of(response)


def test_a_name_is_asked_with_the_first_comment_and_kept(client: Client, board: IdeaBoardPage, idea: Idea) -> None:
    user = UserFactory()
    client.force_login(user)
    url = address(board, idea, "comment/")
    refused = client.post(url, {"text": "Oui, mais où ?", "language": "fr"})
    assert not Comment.objects.exists()
    assert "Oui, mais où ?" in text_of(refused)
    client.post(url, {"text": "Oui, mais où ?", "language": "fr", "author_name": "Odile R."})
    assert Comment.objects.get().author_name == "Odile R."
    assert Profile.objects.get(user=user).display_name == "Odile R."


def test_a_reply_stands_below_its_comment(at_home: Client, board: IdeaBoardPage, idea: Idea) -> None:
    above = comment(idea)
    page = text_of(at_home.get(f"{address(board, idea)}?reply={above.pk}"))
    assert f'name="parent" value="{above.pk}"' in page
    at_home.post(address(board, idea, "comment/"), {"text": "Merci !", "language": "fr", "parent": str(above.pk)})
    assert Comment.objects.get(text="Merci !").parent == above


@pytest.mark.parametrize("parent", ["0", "999999", "x", "²", "9" * 30])
def test_a_parent_that_is_none_breaks_nothing(at_home: Client, board: IdeaBoardPage, idea: Idea, parent: str) -> None:
    response = at_home.post(address(board, idea, "comment/"), {"text": "Oui", "language": "fr", "parent": parent})
    assert response.status_code in (200, 302, 404)


def test_a_comment_is_changed_for_a_quarter_of_an_hour(
    at_home: Client, resident: User, board: IdeaBoardPage, idea: Idea
) -> None:
    mine = comment(idea, resident, now=timezone.now())
    url = address(board, idea, f"comment/{mine.pk}/")
    at_home.post(url, {"text": "Mieux dit."})
    mine.refresh_from_db()
    assert mine.text == "Mieux dit."
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    refused = at_home.post(url, {"text": "Trop tard."})
    mine.refresh_from_db()
    assert mine.text == "Mieux dit."
    assert "15 minutes" in text_of(refused)


def test_nobody_changes_the_comment_of_somebody_else(at_home: Client, board: IdeaBoardPage, idea: Idea) -> None:
    other = comment(idea, now=timezone.now())
    assert at_home.post(address(board, idea, f"comment/{other.pk}/"), {"text": "Pris"}).status_code == 404


def test_a_report_is_taken_once(at_home: Client, board: IdeaBoardPage, idea: Idea) -> None:
    url = address(board, idea, "report/")
    assert at_home.post(url, {"reason": "insult"}).status_code == 302
    again = at_home.post(url, {"reason": "insult"})
    assert Report.objects.count() == 1
    assert again.status_code == 200


def test_a_report_without_a_reason_keeps_its_words(at_home: Client, board: IdeaBoardPage, idea: Idea) -> None:
    response = at_home.post(address(board, idea, "report/"), {"word": "Lisez la fin."})
    assert "Lisez la fin." in text_of(response)
    assert not Report.objects.exists()


def test_older_versions_are_read_by_anybody(at_home: Client, client: Client, resident: User) -> None:
    board = readable_board()
    idea = public_idea(board, author=resident)
    support(idea)
    values = {"title": "Deux bancs place du Moulin", "text": "Pour deux.", "language": "fr"}
    at_home.post(address(board, idea, "edit/"), values)
    idea.refresh_from_db()
    assert idea.title == "Deux bancs place du Moulin"
    page = text_of(Client().get(address(board, idea)))
    assert "Un banc place du Moulin" in page


def test_an_author_withdraws_their_idea_after_a_question(at_home: Client, resident: User, board: IdeaBoardPage) -> None:
    idea = public_idea(board, author=resident)
    url = address(board, idea, "withdraw/")
    at_home.get(url)
    idea.refresh_from_db()
    assert idea.state == State.PUBLIC
    at_home.post(url)
    idea.refresh_from_db()
    assert idea.state == State.WITHDRAWN


def test_nobody_withdraws_or_changes_the_idea_of_somebody_else(
    at_home: Client, board: IdeaBoardPage, idea: Idea
) -> None:
    for deed in ("withdraw/", "edit/", "second-look/"):
        assert at_home.post(address(board, idea, deed)).status_code == 404


def test_what_residents_wrote_is_never_markup(client: Client, resident: User) -> None:
    board = readable_board(screening=Screening.AFTER)
    idea = public_idea(board, title=CANARY, text=CANARY, author_name=CANARY[:40], place=CANARY, photo_says=CANARY)
    said = comment(idea, text=CANARY)
    Comment.objects.filter(pk=said.pk).update(author_name=CANARY[:40])
    client.force_login(resident)
    for url in (
        address(board, idea),
        address(board, idea, "report/"),
        address(board, idea, f"comment/{said.pk}/report/"),
        address(board, idea, "support/"),
        board.url,
        f"{board.url}?q={CANARY}",
        f"{board.url}atom/",
    ):
        page = text_of(client.get(url))
        assert "<script>alert" not in page, url
        assert "<img src=x" not in page, url


def _queries(client: Client, url: str, django_assert_max_num_queries: Any, most: int) -> int:
    client.get(url)
    with django_assert_max_num_queries(most) as asked:
        assert client.get(url).status_code == 200
    return len(asked.captured_queries)


def test_the_page_of_an_idea_asks_as_much_for_many_comments_as_for_some(
    client: Client, board: IdeaBoardPage, idea: Idea, django_assert_max_num_queries: Any
) -> None:
    first = comment(idea)
    comment(idea, parent=first)
    few = _queries(client, address(board, idea), django_assert_max_num_queries, 19)
    for number in range(12):
        above = comment(idea, text=f"Avis {number}")
        comment(idea, text=f"Réponse {number}", parent=above)
    assert _queries(client, address(board, idea), django_assert_max_num_queries, 19) == few
