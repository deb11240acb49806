"""What an author reads of what the desk decided over their idea or comment, in both languages, and what they can do then."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from mailing.models import OutgoingMail
from participation.ideas.kinds import Because, Outcome, Screening, State
from participation.models import Comment, DeclineReason, Idea, IdeaBoardPage, SecondLook
from residents.models import Profile, User
from tests.factories import UserFactory
from tests.participation.ideas.making import comment, decided, propose, public_idea, readable_board
from tests.participation.ideas.test_reviewing import reported
from tests.reading import parsed, words

pytestmark = pytest.mark.django_db
WORD = "Retirez le nom de votre voisin."
CHANNEL = {"fr": "Le magazine", "nl": "Het blad"}
LEAD = {
    "fr": {"changes": "vous demande de changer", "declined": "a refusé ceci", "elsewhere": "Un autre canal"},
    "nl": {"changes": "vraagt u iets te wijzigen", "declined": "heeft dit geweigerd", "elsewhere": "Een ander kanaal"},
}
MAILED = {
    "fr": {
        "published": "Quelqu’un de la commune a lu votre",
        "kept": "n’y a rien trouvé à redire",
        "changes": "la commune vous demande de changer quelque chose",
        "declined": "La commune ne le publie pas, pour ce motif",
        "elsewhere": CHANNEL["fr"],
    },
    "nl": {
        "published": "Iemand van de gemeente heeft uw",
        "kept": "vond er niets op aan te merken",
        "changes": "vraagt de gemeente u iets te wijzigen",
        "declined": "De gemeente publiceert het niet, om deze reden",
        "elsewhere": CHANNEL["nl"],
    },
}
REFUSING = [Outcome.DECLINED, Outcome.ELSEWHERE]
in_each_language = pytest.mark.parametrize("code", ["fr", "nl"])


@pytest.fixture
def board() -> IdeaBoardPage:
    return readable_board(screening=Screening.BEFORE)


@pytest.fixture
def author(db: None) -> User:
    user: User = UserFactory()
    Profile.objects.create(user=user, display_name="Odile Renard")
    return user


@pytest.fixture
def at_home(client: Client, author: User) -> Client:
    client.force_login(author)
    return client


def in_language(board: IdeaBoardPage, code: str) -> IdeaBoardPage:
    return IdeaBoardPage.objects.get(translation_key=board.translation_key, locale__language_code=code)


def address(board: IdeaBoardPage, idea: Idea, rest: str = "", code: str = "fr") -> str:
    return f"{in_language(board, code).url}{idea.slug}/{rest}"


def main(response: Any) -> str:
    return words(parsed(response).main)


def reason_in(code: str) -> str:
    return str(getattr(DeclineReason.objects.first(), f"words_{code}"))


@in_each_language
@pytest.mark.parametrize("outcome", [Outcome.CHANGES, *REFUSING])
def test_the_page_of_an_idea_tells_its_author_what_was_decided_and_why_and_nobody_else(
    at_home: Client, author: User, board: IdeaBoardPage, desk: User, outcome: Outcome, code: str
) -> None:
    idea = propose(board, author)
    decided(idea, desk, outcome, word=WORD)
    told = main(at_home.get(address(board, idea, code=code)))
    assert LEAD[code][outcome] in told
    assert WORD in told
    assert (CHANNEL[code] in told) == (outcome == Outcome.ELSEWHERE)
    assert (reason_in(code) in told) == (outcome == Outcome.DECLINED)
    for other in (Client(), Client()):
        answer = other.get(address(board, idea, code=code))
        assert answer.status_code == 404
        assert WORD not in main(answer)
        other.force_login(UserFactory())


@in_each_language
def test_what_was_sent_back_is_changed_with_the_word_beside_it_and_comes_before_the_desk_again(
    at_home: Client, author: User, board: IdeaBoardPage, desk: User, code: str
) -> None:
    idea = propose(board, author)
    decided(idea, desk, Outcome.CHANGES, word=WORD)
    url = address(board, idea, "edit/", code)
    assert WORD in main(at_home.get(url))
    at_home.post(url, {"title": idea.title, "text": "Sans son nom.", "language": "fr"})
    idea.refresh_from_db()
    assert (idea.state, idea.text, idea.waits_because) == (State.WAITING, "Sans son nom.", Because.FIRST)


@in_each_language
@pytest.mark.parametrize("outcome", REFUSING)
def test_a_second_look_is_asked_for_on_its_screen_once(
    at_home: Client, author: User, board: IdeaBoardPage, desk: User, second_desk: User, outcome: Outcome, code: str
) -> None:
    idea = propose(board, author)
    decided(idea, desk, outcome, word=WORD)
    url = address(board, idea, "second-look/", code)
    assert url in at_home.get(address(board, idea, code=code)).content.decode()
    asked = at_home.get(url)
    assert WORD in main(asked)
    assert parsed(asked).select_one("textarea[name=words]")
    assert not SecondLook.objects.exists()
    at_home.post(url, {"words": "C’est mon propre nom.\x00"})
    look = SecondLook.objects.get()
    assert (look.idea, look.words, look.first_decided_by) == (idea, "C’est mon propre nom.", desk)
    again = at_home.post(url, {"words": "Encore."})
    assert parsed(again).select_one("[role=alert]")
    assert not parsed(again).select_one("textarea[name=words]")
    assert SecondLook.objects.count() == 1
    assert url not in at_home.get(address(board, idea, code=code)).content.decode()
    decided(idea, second_desk, Outcome.PUBLISHED)
    assert idea.is_public
    assert OutgoingMail.objects.filter(user=author, kind="idea_decided").count() == 2


@pytest.mark.parametrize("state", [State.WAITING, State.PUBLIC, State.CHANGES, State.HIDDEN])
def test_there_is_no_second_look_at_what_was_not_refused(
    at_home: Client, author: User, board: IdeaBoardPage, state: State
) -> None:
    idea = public_idea(board, author=author, state=state, live=state == State.PUBLIC)
    at_home.post(address(board, idea, "second-look/"), {"words": "Regardez."})
    assert not SecondLook.objects.exists()


def test_only_its_author_opens_the_screen_of_a_second_look(
    client: Client, author: User, board: IdeaBoardPage, desk: User
) -> None:
    idea = propose(board, author)
    decided(idea, desk, Outcome.DECLINED)
    url = address(board, idea, "second-look/")
    assert client.get(url).url.endswith(f"next={url}")
    for person in (UserFactory(), desk):
        client.force_login(person)
        assert client.post(url).status_code == 404
    assert not SecondLook.objects.exists()


def said_under(board: IdeaBoardPage, author: User, desk: User, outcome: Outcome) -> Comment:
    said = comment(public_idea(board), author, "Mon voisin Untel exagère.")
    decided(said, desk, outcome, word=WORD)
    return said


@in_each_language
@pytest.mark.parametrize("outcome", REFUSING)
def test_the_author_of_a_refused_comment_reads_why_and_asks_for_a_second_look(
    at_home: Client, author: User, board: IdeaBoardPage, desk: User, second_desk: User, outcome: Outcome, code: str
) -> None:
    said = said_under(board, author, desk, outcome)
    url = address(board, said.idea, f"comment/{said.pk}/second-look/", code)
    assert url in at_home.get(address(board, said.idea, code=code)).content.decode()
    told = main(at_home.get(url))
    assert WORD in told
    assert said.text in told
    assert (CHANNEL[code] if outcome == Outcome.ELSEWHERE else reason_in(code)) in told
    at_home.post(url, {"words": "Il est d’accord."})
    assert SecondLook.objects.get().comment == said
    assert WORD in main(at_home.get(url))
    decided(said, second_desk, Outcome.PUBLISHED)
    assert said.is_public


@in_each_language
def test_the_author_of_a_comment_that_was_sent_back_reads_what_has_to_change_where_they_change_it(
    at_home: Client, author: User, board: IdeaBoardPage, desk: User, code: str
) -> None:
    said = said_under(board, author, desk, Outcome.CHANGES)
    url = address(board, said.idea, f"comment/{said.pk}/", code)
    assert url in at_home.get(address(board, said.idea, code=code)).content.decode()
    assert WORD in main(at_home.get(url))
    at_home.post(url, {"text": "Quelqu’un exagère."})
    said.refresh_from_db()
    assert (said.state, said.text) == (State.WAITING, "Quelqu’un exagère.")


def test_nobody_else_reads_why_a_comment_was_refused(
    client: Client, author: User, board: IdeaBoardPage, desk: User
) -> None:
    said = said_under(board, author, desk, Outcome.DECLINED)
    url = address(board, said.idea, f"comment/{said.pk}/second-look/")
    assert client.get(url).status_code == 302
    client.force_login(UserFactory())
    assert client.get(url).status_code == client.post(url).status_code == 404
    assert client.get(address(board, public_idea(board), f"comment/{said.pk}/second-look/")).status_code == 404


@in_each_language
@pytest.mark.parametrize("is_comment", [False, True])
@pytest.mark.parametrize("outcome", [Outcome.PUBLISHED, Outcome.KEPT, Outcome.CHANGES, *REFUSING])
def test_each_decision_is_mailed_in_its_authors_language_and_says_where_to_go_on(
    desk: User, board: IdeaBoardPage, code: str, outcome: Outcome, is_comment: bool
) -> None:
    author = UserFactory(language=code)
    page = readable_board(hidden_after_reports=1) if outcome == Outcome.KEPT else board
    made: Any = comment(public_idea(page), author) if is_comment else propose(page, author)
    if outcome == Outcome.KEPT:
        reported(made)
    decided(made, desk, outcome, word=WORD)
    mail = OutgoingMail.objects.filter(user=author, kind="idea_decided").get()
    assert mail.language == code
    assert WORD in mail.text
    assert WORD in mail.html
    assert MAILED[code][outcome] in " ".join(mail.text.split())
    subject = {"fr": ("Votre commentaire", "Votre idée"), "nl": ("Uw reactie", "Uw idee")}[code]
    assert mail.subject.startswith(subject[0] if is_comment else subject[1])
    idea = made.idea if is_comment else made
    assert f"{in_language(page, code).url}{idea.slug}/" in mail.text


@in_each_language
@pytest.mark.parametrize("is_comment", [False, True])
def test_an_author_is_mailed_in_their_language_that_their_words_are_hidden(code: str, is_comment: bool) -> None:
    author = UserFactory(language=code)
    idea = public_idea(readable_board(hidden_after_reports=1), author=author)
    reported(comment(idea, author) if is_comment else idea)
    mail = OutgoingMail.objects.get(user=author, kind="idea_hidden")
    assert (
        mail.subject == {"fr": f"Caché pour le moment : {idea.title}", "nl": f"Voorlopig verborgen: {idea.title}"}[code]
    )
    about = {"fr": ("votre idée", "votre commentaire"), "nl": ("uw idee", "uw reactie")}[code][is_comment]
    assert about in mail.text
