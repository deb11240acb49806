"""Authors are told every time, in their language, with the reason; and nothing that somebody wrote runs in a mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from wagtail.users.models import UserProfile

from mailing.models import OutgoingMail
from participation.ideas.commenting import comment_officially
from participation.ideas.kinds import Outcome, SanctionKind, Screening
from participation.ideas.merging import merge_ideas, undo_merge
from participation.ideas.news import tell_news
from participation.ideas.sanctions import sanction, undo_sanction
from participation.models import DeclineReason
from residents.voters import voter_of
from tests.factories import UserFactory
from tests.participation.ideas.making import NOW, comment, decided, propose, public_idea, readable_board, support
from tests.participation.ideas.test_reviewing import reported

pytestmark = pytest.mark.django_db
CANARY = '<img src=x onerror="alert(1)">'


def reader(code: str):
    user = UserFactory()
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = code
    profile.save()
    return user


def mails_to(user, kind):
    return list(OutgoingMail.objects.filter(user=user, kind=kind).order_by("pk"))


@pytest.mark.parametrize("code", ["fr", "nl"])
@pytest.mark.parametrize("outcome", [Outcome.PUBLISHED, Outcome.CHANGES, Outcome.DECLINED, Outcome.ELSEWHERE])
def test_an_author_is_told_the_decision_with_its_reason_in_their_language(desk, code, outcome):
    author, reason = reader(code), DeclineReason.objects.first()
    idea = propose(readable_board(screening=Screening.BEFORE), author, title=f"Banc {CANARY}", text=CANARY)
    decided(idea, desk, outcome, word=f"Merci {CANARY}")
    (mail,) = mails_to(author, "idea_decided")
    assert mail.language == code
    assert "<img" not in mail.html
    assert f"Merci {CANARY}" in mail.text
    words = {
        Outcome.DECLINED: getattr(reason, f"words_{code}"),
        Outcome.ELSEWHERE: {"fr": "Le magazine", "nl": "Het blad"}[code],
    }.get(outcome, "")
    assert words in mail.text
    assert f"/{code}/" in mail.text or outcome not in (Outcome.PUBLISHED,)


def test_an_author_is_told_that_words_are_hidden_and_that_they_are_back(desk):
    idea = propose(readable_board(hidden_after_reports=1))
    reported(idea)
    assert len(mails_to(idea.author, "idea_hidden")) == 1
    decided(idea, desk, Outcome.KEPT)
    assert len(mails_to(idea.author, "idea_decided")) == 1


def test_a_report_that_hid_nothing_and_had_no_ground_is_not_told(desk):
    idea = propose(readable_board())
    reported(idea)
    decided(idea, desk, Outcome.KEPT)
    assert not OutgoingMail.objects.filter(user=idea.author).exists()


def test_who_is_replied_to_is_told_and_nobody_of_their_own_words(editor, roads):
    idea = propose(readable_board())
    said = comment(idea, UserFactory(), f"Oui {CANARY}")
    (mail,) = mails_to(idea.author, "idea_reply")
    assert "<img" not in mail.html
    comment(idea, idea.author, "Merci !", parent=said)
    comment(idea, said.author, "De rien.", parent=said)
    assert len(mails_to(said.author, "idea_reply")) == 1
    comment_officially(idea=idea, user=editor, department=roads, text="Nous regardons.", language="fr", now=NOW)
    assert roads.name_fr in mails_to(idea.author, "idea_reply")[-1].subject


def test_a_reply_that_waits_is_told_once_it_is_public(desk):
    idea = public_idea(readable_board(screening=Screening.BEFORE), author=UserFactory())
    said = comment(idea)
    assert not mails_to(idea.author, "idea_reply")
    decided(said, desk, Outcome.PUBLISHED)
    assert len(mails_to(idea.author, "idea_reply")) == 1


@pytest.mark.parametrize("kind", SanctionKind.values)
def test_a_person_is_told_that_they_are_warned_muted_or_blocked_and_that_it_is_undone(desk, kind):
    person = reader("nl")
    until = NOW + timedelta(days=7) if kind == SanctionKind.MUTED else None
    made = sanction(voter=voter_of(person).key, kind=kind, because=CANARY, user=desk, now=NOW, until=until)
    undo_sanction(sanction=made, user=desk, now=NOW)
    first, second = mails_to(person, "idea_sanction")
    assert CANARY in first.text
    assert "<img" not in first.html + second.html
    assert first.subject != second.subject


def test_authors_and_supporters_of_a_duplicate_are_told_where_it_went_and_that_it_is_back(desk):
    page = readable_board()
    kept, duplicate = propose(page), propose(page, title=f"Doublon {CANARY}", text="Le même.")
    supporter = UserFactory()
    support(duplicate, supporter)
    merge = merge_ideas(kept=kept, merged=duplicate, user=desk, now=NOW)
    assert tell_news(now=NOW) == 2
    for person in (duplicate.author, supporter):
        (mail,) = mails_to(person, "idea_news")
        assert kept.title in mail.text
        assert "<img" not in mail.html
    undo_merge(merge=merge, user=desk, now=NOW)
    assert tell_news(now=NOW) == 2
