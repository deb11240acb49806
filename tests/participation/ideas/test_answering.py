"""The commune's answers: prepared quietly, published together, given to colleagues; duplicates on the same screen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from mailing.models import OutgoingMail
from participation.ideas import errors
from participation.ideas.answering import add_note, assign, draft_from_college, prepare_answer, publish_answers
from participation.ideas.kinds import State, StatusKind
from participation.ideas.news import tell_news
from participation.models import Board, Comment, Idea, IdeaBoardPage, IdeaEvent, IdeaStatus, OfficialAnswer
from tests.factories import UserFactory, editor_of
from tests.participation.factories import live_consultation
from tests.participation.ideas.making import NOW, comment, propose, public_idea, readable_board, support
from tests.reading import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(db):
    return IdeaStatus.objects.get(kind=StatusKind.ACCEPTED)


def prepared(idea, user, department, status, **more):
    values = {"department": department, "status": status, "text_fr": "Oui.", "text_nl": "Ja.", **more}
    return prepare_answer(idea=idea, user=user, values=values, is_ready=True, now=NOW)


def test_an_answer_is_nobodys_to_read_until_it_is_published_with_the_others(participation_officer, roads, accepted):
    page = readable_board()
    ideas = [public_idea(page) for _number in range(2)]
    for idea in ideas:
        prepared(idea, participation_officer, roads, accepted)
        idea.refresh_from_db()
        assert (idea.answered_at, idea.status) == (None, None)
    assert len(publish_answers(ideas=ideas, user=participation_officer, now=NOW)) == 2
    assert set(Idea.objects.values_list("answered_at", "status")) == {(NOW, accepted.pk)}
    assert publish_answers(ideas=ideas, user=participation_officer, now=NOW) == []


def test_all_answers_go_out_or_none(participation_officer, roads, accepted):
    page = readable_board()
    whole, lacking = public_idea(page), public_idea(page)
    prepared(whole, participation_officer, roads, accepted)
    prepare_answer(idea=lacking, user=participation_officer, values={"text_fr": "Oui."}, is_ready=False, now=NOW)
    with pytest.raises(errors.AnswerIncompleteError):
        publish_answers(ideas=[whole, lacking], user=participation_officer, now=NOW)
    assert not OfficialAnswer.objects.filter(published_at__isnull=False).exists()


def test_an_answer_that_is_ready_is_in_both_languages(participation_officer, roads, accepted):
    with pytest.raises(errors.AnswerIncompleteError):
        prepared(public_idea(), participation_officer, roads, accepted, text_nl=" ")


def test_a_department_prepares_what_was_given_to_it_and_publishes_nothing(
    participation_officer, roads, social, accepted
):
    idea, other = public_idea(), public_idea()
    person = editor_of(roads)
    with pytest.raises(errors.NotAllowedError):
        prepared(idea, person, roads, accepted)
    assign(idea=idea, user=participation_officer, to=None, department=roads, now=NOW)
    idea = Idea.objects.get(pk=idea.pk)
    prepared(idea, person, roads, accepted)
    add_note(idea=idea, user=person, text="Budget à voir.", now=NOW)
    with pytest.raises(errors.NotAllowedError):
        publish_answers(ideas=[idea], user=person, now=NOW)
    with pytest.raises(errors.NotAllowedError):
        prepared(Idea.objects.get(pk=other.pk), person, roads, accepted)


def test_what_the_college_decides_is_the_draft_of_the_answer_and_keeps_words_that_stand_there(participation_officer):
    idea = public_idea()
    words = {"decision": "12 mai 2026", "text_fr": "Le Collège accepte.", "text_nl": "Het College aanvaardt."}
    draft_from_college(idea=idea, user=participation_officer, now=NOW, **words)
    answer = draft_from_college(
        idea=idea,
        user=participation_officer,
        now=NOW,
        **{**words, "text_fr": "Autre chose.", "decision": "19 mai 2026"},
    )
    assert (answer.text_fr, answer.college_decision, answer.is_ready) == ("Le Collège accepte.", "19 mai 2026", False)


def test_author_and_supporters_read_in_one_mail_what_became_of_their_ideas(participation_officer, roads, accepted):
    page = readable_board()
    author, supporter = UserFactory(), UserFactory()
    ideas = [propose(page, author), propose(page, author, title="Un arbre", text="Devant l’école.")]
    for idea in ideas:
        support(idea, supporter)
        prepared(idea, participation_officer, roads, accepted)
    publish_answers(ideas=ideas, user=participation_officer, now=NOW)
    OutgoingMail.objects.all().delete()
    assert tell_news(now=NOW) == 2
    assert set(OutgoingMail.objects.values_list("user", flat=True)) == {author.pk, supporter.pk}
    for mail in OutgoingMail.objects.all():
        assert all(idea.title in mail.text for idea in ideas)
        assert all(idea.title in mail.html for idea in ideas)
    assert tell_news(now=NOW) == 0
    assert not IdeaEvent.objects.filter(told_at=None).exists()


def test_the_list_shows_late_ones_and_publishes_what_is_ticked(signed_in, participation_officer, roads, accepted):
    page = readable_board()
    late = public_idea(page, answer_due_on=date(2020, 1, 1), title="En retard")
    other = public_idea(page, answer_due_on=date(2200, 1, 1), title="À temps")
    client = signed_in(participation_officer)
    shown = client.get(reverse("idea_answers"), {"stands": "late"}).content.decode()
    assert "En retard" in shown
    assert "À temps" not in shown
    for idea in (late, other):
        prepared(idea, participation_officer, roads, accepted)
    client.post(reverse("idea_publish_answers"), {"ideas": [late.pk, other.pk]})
    assert Idea.objects.answered().count() == 2


@pytest.mark.parametrize("query", ["board=x", "stands=x&order=x&p=x", "p=999", "status=0", "q=%00"])
def test_no_parameter_breaks_the_list(signed_in, participation_officer, query):
    public_idea()
    assert signed_in(participation_officer).get(f"{reverse('idea_answers')}?{query}").status_code == 200


def test_the_screen_of_one_idea_keeps_answer_assignment_note_and_step(
    signed_in, participation_officer, roads, accepted
):
    idea, client = public_idea(), signed_in(participation_officer)
    where = reverse("idea_answer", args=[idea.pk])
    answer = {"form": "answer", "department": roads.pk, "status": accepted.pk, "text_fr": "Oui.", "is_ready": "on"}
    refused = client.post(where, answer).content.decode()
    assert "Oui." in refused
    assert not OfficialAnswer.objects.exists()
    client.post(where, {**answer, "text_nl": "Ja."})
    client.post(where, {"form": "assign", "to": participation_officer.pk, "department": ""})
    client.post(where, {"form": "note", "text": "<b>Voir</b> le budget"})
    client.post(where, {"form": "step", "day": "2026-06-02", "words_fr": "Posé.", "words_nl": "Geplaatst."})
    idea = Idea.objects.get(pk=idea.pk)
    assert (idea.answer.is_ready, idea.answer.assigned_to) == (True, participation_officer)
    assert (idea.notes.count(), idea.steps.count()) == (1, 1)
    shown = client.get(where).content.decode()
    assert "&lt;b&gt;Voir&lt;/b&gt;" in shown
    assert client.post(where, {"form": "x"}).status_code == 200


def test_duplicates_are_merged_and_parted_on_the_screen(signed_in, desk):
    page = readable_board()
    kept, other, client = public_idea(page), public_idea(page), signed_in(desk)
    where = reverse("idea_answer", args=[kept.pk])
    assert client.post(where, {"form": "merge", "number": "77"}).status_code == 200
    client.post(where, {"form": "merge", "number": other.number})
    other.refresh_from_db()
    assert other.state == State.MERGED
    assert other.title in client.get(where).content.decode()
    client.post(reverse("idea_part", args=[kept.merges.get().pk]))
    other.refresh_from_db()
    assert other.is_public


def test_nobody_else_opens_the_screens(signed_in, resident, clerk, editor):
    idea = public_idea(answer_due_on=NOW.date() + timedelta(days=1))
    for person in (resident, clerk, editor):
        answer = signed_in(person).get(reverse("idea_answer", args=[idea.pk]))
        assert answer.status_code in (302, 403)
    assert idea.title not in signed_in(editor).get(reverse("idea_answers")).content.decode()


def test_the_college_reads_spontaneous_ideas_by_their_supports_and_its_decision_drafts_the_answer(
    signed_in, participation_officer
):
    page = readable_board()
    few, many = public_idea(page, title="Peu", supports_count=1), public_idea(page, title="Beaucoup", supports_count=9)
    consultation = live_consultation()
    inside = IdeaBoardPage(
        locale=consultation.locale, title="Idées", question="Que changer ?", department=consultation.department
    )
    consultation.add_child(instance=inside)
    Board.objects.create(pk=inside.board_key)
    public_idea(inside, title="Dans une consultation")
    client = signed_in(participation_officer)
    shown = client.get(reverse("idea_college")).content.decode()
    assert shown.index("Beaucoup") < shown.index("Peu")
    assert "Dans une consultation" not in shown
    where = reverse("idea_college_decision", args=[many.pk])
    assert "Le Collège" in client.post(where, {"decision": "", "text_fr": "Le Collège accepte."}).content.decode()
    client.post(where, {"decision": "12 mai 2026", "text_fr": "Le Collège accepte."})
    assert OfficialAnswer.objects.get(idea=many).text_fr == "Le Collège accepte."
    assert "Beaucoup" not in client.get(reverse("idea_college")).content.decode()
    assert few.title in client.get(reverse("idea_college")).content.decode()


def given_to(department):
    idea = public_idea()
    OfficialAnswer.objects.create(idea=idea, assigned_department=department, changed_at=NOW)
    return idea


def test_a_department_comments_from_the_admin_in_its_own_name_marked_and_public_at_once(
    signed_in, editor, roads, social
):
    idea, client = given_to(roads), signed_in(editor)
    where = reverse("idea_answer", args=[idea.pk])
    words = {"form": "comment", "language": "nl", "text": "We kijken het na."}
    client.post(where, {**words, "department": social.pk})
    assert not Comment.objects.exists()
    client.post(where, {**words, "department": roads.pk})
    said = Comment.objects.get()
    assert (said.department, said.typed_by, said.author, said.is_public) == (roads, editor, None, True)
    page = IdeaBoardPage.objects.get(translation_key=idea.board_id, locale__language_code="fr")
    assert "comment--official" in client.get(f"{page.url}{idea.slug}/").content.decode()


def test_a_department_replies_to_a_comment_from_the_admin(signed_in, editor, roads):
    idea = given_to(roads)
    asked = comment(idea, text="Wanneer ?")
    words = {"form": "comment", "department": roads.pk, "language": "fr", "text": "En avril.", "parent": asked.pk}
    signed_in(editor).post(reverse("idea_answer", args=[idea.pk]), words)
    assert Comment.objects.get(department=roads).parent == asked


def test_a_department_writes_a_note_to_colleagues_that_no_reader_sees(signed_in, editor, roads):
    idea, client = given_to(roads), signed_in(editor)
    client.post(reverse("idea_answer", args=[idea.pk]), {"form": "note", "text": "À voir avec le dépôt."})
    assert idea.notes.get().author == editor
    page = IdeaBoardPage.objects.get(translation_key=idea.board_id, locale__language_code="fr")
    assert "dépôt" not in client.get(f"{page.url}{idea.slug}/").content.decode()


def test_each_field_of_the_screen_has_a_name_of_its_own(signed_in, participation_officer, roads):
    page = seen(signed_in(participation_officer).get(reverse("idea_answer", args=[given_to(roads).pk])))
    ids = [each["id"] for each in page.select("main [id]")]
    assert len(ids) == len(set(ids))


def test_fifty_comments_are_offered_to_reply_to_and_an_older_one_is_taken_too(roads, participation_officer, signed_in):
    idea, client = public_idea(), signed_in(participation_officer)
    written = [comment(idea, text=f"Le {number}.", now=NOW + timedelta(minutes=number)) for number in range(52)]
    where = reverse("idea_answer", args=[idea.pk])
    offered = [option["value"] for option in seen(client.get(where)).select("select[name=parent] option")]
    assert offered == ["", *(str(each.pk) for each in reversed(written[2:]))]
    words = {"form": "comment", "department": roads.pk, "language": "fr", "parent": written[0].pk, "text": "Merci."}
    assert client.post(where, words).status_code == 302
    assert Comment.objects.get(text="Merci.").parent == written[0]
