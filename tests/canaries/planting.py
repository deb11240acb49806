"""A commune in which one resident has written canaries wherever a resident can write, and waits for others to open them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from digests.actions import subscribe_account
from digests.models import Subscription
from home.models import PortalImage
from mailing.models import OutgoingMail
from moderation.roles import ADMINISTRATOR, CLERK, DESK
from participation.ideas.answering import add_step, assign, prepare_answer, publish_answers
from participation.ideas.kinds import Outcome, SanctionKind, Screening
from participation.ideas.merging import merge_ideas
from participation.ideas.news import tell_news
from participation.ideas.reporting import report
from participation.ideas.reviewing import ask_second_look
from participation.ideas.sanctions import sanction
from participation.ideas.writing import edit_idea, save_draft
from participation.models import AnswerTag, Comment, Idea, IdeaBoardPage, IdeaStatus, SurveyPage, WrittenAnswer
from participation.surveys.answers import Given
from participation.surveys.kinds import Kind
from participation.surveys.paper import begin_batch, enter_paper_answer
from participation.surveys.respondents import Respondent
from participation.surveys.storing import Answer
from residents.models import Follow, Letter, Profile, Residency, User
from residents.verifying.letters import Addressee, ask_letter
from tests.canaries.words import canary
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.home.test_images import picture
from tests.participation.ideas.making import comment, decided, propose, readable_board, support
from tests.participation.surveys.making import key_of, mark, question, readable_survey, respond
from tests.residents.verifying.people import PERSON

ANSWERING = 10  # people: half of them choose "other", and neither half is hidden as too small
EMAIL = '"<img/src=x/onerror=canary()>"@auneval.example'
NAME = canary("name")
ANSWERS = {
    str(uuid.UUID(int=1)): {"value": {"written": True}, "text": canary("told", begins="+", is_long=True)},
}


@dataclass
class Planted:
    """Who wrote, who reads it with which rights, and what was written."""

    author: User
    follower: User
    administrator: User
    desk: User
    clerk: User
    board: IdeaBoardPage
    screened: IdeaBoardPage
    survey: SurveyPage
    trial: SurveyPage
    ideas: dict[str, Idea] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)

    def mails(self) -> list[OutgoingMail]:
        return list(OutgoingMail.objects.order_by("pk"))


def plant() -> Planted:
    author = UserFactory(email=EMAIL, first_name=canary("first"), last_name=canary("last", begins="="))
    Profile.objects.create(user=author, display_name=NAME)
    place = NeighbourhoodFactory()
    Residency.objects.create(user=author, neighbourhood=place)
    words = [_board_question(readable_board(questions=1, screening=way)) for way in (Screening.AFTER, Screening.BEFORE)]
    planted = Planted(
        author,
        UserFactory(),
        UserFactory(groups=[ADMINISTRATOR.group]),
        UserFactory(groups=[DESK.group]),
        UserFactory(groups=[CLERK.group]),
        *words,
        _survey(),
        _survey(),
    )
    _follow(planted)
    _ideas(planted, place)
    _comments(planted)
    _reports(planted)
    _staff(planted)
    _survey_answers(planted)
    _letter(planted)
    return planted


def _board_question(page: IdeaBoardPage) -> IdeaBoardPage:
    for each in IdeaBoardPage.objects.filter(translation_key=page.translation_key):
        each.questions.update(kind=Kind.LONG_TEXT)
    return page


def _survey() -> SurveyPage:
    asked = [question(1, choices=1, has_other=True), question(2, Kind.SHORT_TEXT), question(3, Kind.LONG_TEXT)]
    fields = {"access": "signed_in", "is_open_about_who_answered": True, "asks_neighbourhood": False}
    return readable_survey(asked, closes_at=timezone.now() + timedelta(days=1), **fields)


def _follow(planted: Planted) -> None:
    Follow.objects.create(user=planted.follower, subject="board", key=str(planted.board.board_key))
    subscription = subscribe_account(planted.follower, now=timezone.now() - timedelta(days=100))
    Subscription.objects.filter(pk=subscription.pk).update(frequency="daily")


def _photo() -> PortalImage:
    return PortalImage.objects.create(title=canary("photo"), file=ContentFile(picture(), name="x.png"))


def _written(name: str, place: Any, begins: str = "=") -> dict[str, Any]:
    return {
        "title": canary(f"title{name}", begins=begins),
        "text": canary(f"text{name}", begins="-", is_long=True),
        "place": canary("place", begins="+"),
        "photo_says": canary("says", begins="="),
        "photo": _photo(),
        "neighbourhood": place,
        "longitude": -4.6,
        "latitude": 50.7,
        "answers": ANSWERS,
        "is_thanked_by_name": True,
    }


def _ideas(planted: Planted, place: Any) -> None:
    """An idea in each state in which somebody reads it, written a minute apart: nobody is held for haste."""
    now = timezone.now() - timedelta(days=2)
    ways = {"public": planted.board, "merged": planted.board, "waiting": planted.screened}
    ways |= {"declined": planted.screened, "changes": planted.screened, "elsewhere": planted.screened}
    for number, (name, page) in enumerate(ways.items()):
        who = planted.author
        then = now + timedelta(minutes=20 * number)
        idea = propose(page, who, now=then, **_written(name, place, "=+-"[number % 3]))
        Idea.objects.filter(pk=idea.pk).update(author_name=NAME)
        idea.refresh_from_db()
        planted.ideas[name] = idea
    support(planted.ideas["public"])
    later = {**_written("public", place), "text": canary("later", is_long=True)}
    edit_idea(idea=planted.ideas["public"], user=planted.author, values=later, now=now + timedelta(hours=10))
    for name, outcome in (
        ("declined", Outcome.DECLINED),
        ("changes", Outcome.CHANGES),
        ("elsewhere", Outcome.ELSEWHERE),
    ):
        decided(planted.ideas[name], planted.desk, outcome, word=canary("word", begins="@"))
    look = canary("look", begins="=", is_long=True)
    declined = planted.ideas["declined"]
    ask_second_look(contribution=declined, user=planted.author, words=look, now=timezone.now())
    draft = {**_written("draft", place), "language": "fr"}
    save_draft(
        board_key=planted.board.board_key, user=planted.author, author_name=NAME, values=draft, now=timezone.now()
    )


def _comments(planted: Planted) -> None:
    now = timezone.now() - timedelta(days=1)
    idea = planted.ideas["public"]
    said = comment(idea, planted.author, canary("said", begins="=", is_long=True), now=now)
    reply = comment(idea, UserFactory(), canary("reply", begins="@", is_long=True), parent=said, now=now)
    fresh = comment(idea, planted.author, canary("fresh", begins="-"), now=timezone.now())
    held = comment(idea, planted.author, f"{canary('held')} https://a.example https://b.example https://c.example")
    declined = comment(idea, planted.author, f"{canary('refused')} http://a.example http://b.example http://c.example")
    Comment.objects.update(author_name=NAME)
    decided(declined, planted.desk, Outcome.DECLINED, word=canary("word"))
    planted.comments = {"said": said, "reply": reply, "fresh": fresh, "held": held, "declined": declined}


def _reports(planted: Planted) -> None:
    targets = {"idea": planted.ideas["public"], "comment": planted.comments["said"]}
    for name, target in targets.items():
        target.refresh_from_db()
        word = canary(f"report{name}", begins="=", is_long=True)
        report(contribution=target, user=UserFactory(), reason="other", word=word, now=timezone.now())


def _staff(planted: Planted) -> None:
    """What colleagues did with it: answered, told a step of it, merged, warned its author."""
    now, desk, idea = timezone.now(), planted.desk, planted.ideas["public"]
    values = {"text_fr": "Oui.", "text_nl": "Ja.", "department": planted.board.department}
    values["status"] = IdeaStatus.objects.get(kind="done")
    prepare_answer(idea=idea, user=desk, values=values, is_ready=True, now=now)
    assign(idea=idea, user=desk, to=desk, department=None, now=now)
    publish_answers(ideas=[idea], user=desk, now=now)
    words = {"words_fr": "Un pas.", "words_nl": "Een stap."}
    add_step(idea=idea, user=desk, day=timezone.localdate(now), values=words, now=now)
    merge_ideas(kept=idea, merged=planted.ideas["merged"], user=desk, now=now)
    sanction(voter=idea.voter, kind=SanctionKind.WARNED, because="Restez poli.", user=desk, now=now)
    tell_news(now=now)


def _survey_answers(planted: Planted) -> None:
    page = planted.survey
    for number in range(ANSWERING):
        texts = {
            key_of(1): Given({"marks": ["other"]}, canary("other", begins="=")) if number % 2 else mark(1)[key_of(1)],
            key_of(2): Given({"written": True}, canary("short", begins="+")),
            key_of(3): Given({"written": True}, canary("long", begins="@", is_long=True)),
        }
        respond(page, texts, who=Respondent(UserFactory()), now=timezone.now(), language=("fr", "nl")[number % 2])
    tag = AnswerTag.objects.create(survey_id=page.survey_key, name_fr="Bancs", name_nl="Banken")
    for text in WrittenAnswer.objects.filter(survey=page.survey_key):
        text.tags.add(tag)
    batch = begin_batch(survey_key=page.survey_key, by=planted.clerk, now=timezone.now())
    paper = Answer({key_of(3): Given({"written": True}, canary("paper", begins="-"))}, "fr")
    enter_paper_answer(batch=batch, answer=paper, now=timezone.now())
    WrittenAnswer.objects.filter(survey=page.survey_key).update(state="shown")
    waiting = WrittenAnswer.objects.filter(survey=page.survey_key, question=key_of(3)).first()
    WrittenAnswer.objects.filter(pk=waiting.pk).update(state="waiting")
    planted.others["batch"] = batch


def _letter(planted: Planted) -> None:
    words = {"family_name": canary("family", begins="="), "given_name": canary("given", begins="+")}
    words |= {"street": f"{canary('street', begins='-')} 3", "postcode": "1499", "town": canary("town", begins="@")}
    ask_letter(user=planted.author, addressee=Addressee(**{**words, "born_on": PERSON["born_on"]}), now=timezone.now())
    planted.others["letter"] = Letter.objects.get(user=planted.author)
