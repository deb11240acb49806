"""People and their answers through time: merged voters, closed accounts, shuffled rows, paper and drafts."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.utils import timezone

from participation.models import Ballot, Draft, Participation, Survey, SurveyPage, Tally, WrittenAnswer
from participation.surveys import errors
from participation.surveys.actions import live_definition, participation_of
from participation.surveys.answers import Given
from participation.surveys.drafts import forget_drafts, load_draft, remove_draft, save_draft, typed_in
from participation.surveys.keeping_apart import needed_until, shuffle_all
from participation.surveys.kinds import Kind
from participation.surveys.paper import begin_batch, enter_paper_answer, undo_batch
from participation.surveys.reading import read
from participation.surveys.respondents import Respondent
from participation.surveys.storing import Answer
from participation.surveys.terms import Access
from residents.my_data.closing import Reason, close_account
from residents.voters import follow_address, voter_of
from tests.factories import UserFactory
from tests.participation.surveys.making import NOW, counted, key_of, mark, question, readable_survey, respond, today

pytestmark = pytest.mark.django_db
TEXT = {key_of(2): Given({"written": True}, "Merci")}


def survey(**fields: Any) -> SurveyPage:
    questions = [question(1), question(2, Kind.SHORT_TEXT)]
    return readable_survey(questions, **{"access": Access.SIGNED_IN, **fields})


def two_accounts_of_one_person(page: SurveyPage) -> Any:
    """One closed, one with another address; each has answered. Return the one that lives, once it takes the address."""
    old = UserFactory(email="old@auneval.example")
    respond(page, {**mark(1, 0), **TEXT}, who=Respondent(old))
    close_account(user=old, keep=True, reason=Reason.OWN_WISH, now=timezone.now())
    user = UserFactory()
    respond(page, mark(1, 1), who=Respondent(user))
    user.email = "old@auneval.example"
    user.save()
    follow_address(user)
    return user


def test_two_voters_who_are_one_person_have_answered_once(commune):
    page = survey(closes_at=timezone.now() + timedelta(days=30))
    user = two_accounts_of_one_person(page)
    assert Participation.objects.count() == 1
    assert participation_of(survey_key=page.survey_key, respondent=Respondent(user))
    with pytest.raises(errors.AlreadyAnsweredError):
        respond(page, mark(1), who=Respondent(user))


def test_of_two_known_ballots_of_one_person_the_later_voters_goes(commune):
    page = survey(closes_at=timezone.now() + timedelta(days=30), is_open_about_who_answered=True)
    two_accounts_of_one_person(page)
    assert Participation.objects.count() == Ballot.objects.count() == 1
    assert counted(page)[("", "ballots")] == 1


def test_who_answered_what_runs_is_known_again_after_closing_the_account_and_not_longer(commune):
    end = timezone.now() + timedelta(days=9)
    page = survey(closes_at=end)
    user = UserFactory()
    respond(page, mark(1), who=Respondent(user))
    key = voter_of(user).key
    assert needed_until(key) == timezone.localdate(end)
    SurveyPage.objects.update(closes_at=timezone.now())
    assert needed_until(key) is None


@pytest.mark.parametrize("keep", [True, False])
def test_closing_an_account_takes_the_person_out_of_a_known_ballot_or_the_ballot_out_of_the_counts(commune, keep):
    page = survey(is_open_about_who_answered=True)
    user = UserFactory()
    respond(page, {**mark(1), **TEXT}, who=Respondent(user))
    close_account(user=user, keep=keep, reason=Reason.OWN_WISH, now=timezone.now())
    assert counted(page).get(("", "ballots"), 0) == Ballot.objects.count() == WrittenAnswer.objects.count() == int(keep)
    assert Participation.objects.get().ballot is None
    assert not WrittenAnswer.objects.exclude(ballot=None).exists()


def test_the_rows_of_who_answered_are_written_anew_in_another_order_once_after_each_answer(commune):
    page = readable_survey()
    for _number in range(40):
        respond(page, mark(1))
    before = list(Participation.objects.values_list("pk", "token"))
    assert (shuffle_all(), shuffle_all()) == (1, 0)
    after = list(Participation.objects.values_list("pk", "token"))
    assert {token for _pk, token in before} == {token for _pk, token in after}
    assert not {pk for pk, _token in before} & {pk for pk, _token in after}
    assert [token for _pk, token in before] != [token for _pk, token in after]
    respond(page, mark(1))
    assert shuffle_all() == 1


def test_texts_that_wait_are_shuffled_too_and_those_that_were_looked_at_stay(commune):
    page = readable_survey([question(1), question(2, Kind.SHORT_TEXT)])
    for number in range(30):
        respond(page, {key_of(2): Given({"written": True}, f"texte {number}")})
    looked_at = WrittenAnswer.objects.first()
    WrittenAnswer.objects.filter(pk=looked_at.pk).update(state=WrittenAnswer.State.SHOWN)
    before = dict(WrittenAnswer.objects.values_list("pk", "text"))
    shuffle_all()
    assert dict(WrittenAnswer.objects.values_list("pk", "text")) == before
    assert WrittenAnswer.objects.get(state=WrittenAnswer.State.SHOWN) == looked_at


def test_shuffling_leaves_known_ballots_with_their_people(commune):
    page = survey(is_open_about_who_answered=True)
    who = Respondent(UserFactory())
    ballot = respond(page, mark(1), who=who)
    shuffle_all()
    assert participation_of(survey_key=page.survey_key, respondent=who).ballot == ballot


def test_paper_counts_with_the_rest_and_apart_and_an_undone_batch_leaves_nothing(commune, clerk):
    page = readable_survey([question(1), question(2, Kind.SHORT_TEXT)])
    respond(page, mark(1))
    before = counted(page)
    batch = begin_batch(survey_key=page.survey_key, by=clerk, now=NOW)
    for _number in range(3):
        enter_paper_answer(batch=batch, answer=Answer({**mark(1), **TEXT}, "nl", place=3), now=NOW)
    assert counted(page)[(key_of(1), "mark:c1-0")] == 4
    assert Survey.objects.get().paper_answers == 3
    assert undo_batch(batch=batch, now=NOW) == 3
    assert undo_batch(batch=batch, now=NOW) == 0
    assert counted(page) == before
    assert not WrittenAnswer.objects.exists()
    with pytest.raises(errors.BatchUndoneError):
        enter_paper_answer(batch=batch, answer=Answer(mark(1), "nl"), now=NOW)


def test_a_paper_with_a_voter_is_that_persons_one_answer(commune, clerk):
    page = survey()
    user = UserFactory()
    batch = begin_batch(survey_key=page.survey_key, by=clerk, now=NOW)
    given = {"batch": batch, "answer": Answer(mark(1), "fr"), "now": NOW, "voter_key": voter_of(user).key}
    enter_paper_answer(**given)
    with pytest.raises(errors.AlreadyAnsweredError):
        respond(page, mark(1), who=Respondent(user))
    with pytest.raises(errors.AlreadyAnsweredError):
        enter_paper_answer(**given)
    assert counted(page)[("", "ballots")] == 1


def test_paper_is_typed_in_until_thirty_days_after_closing(commune, clerk):
    page = readable_survey(closes_at=NOW)
    batch = begin_batch(survey_key=page.survey_key, by=clerk, now=NOW)
    answer = Answer(mark(1), "fr")
    enter_paper_answer(batch=batch, answer=answer, now=NOW + timedelta(days=30, seconds=-1))
    with pytest.raises(errors.ClosedError):
        enter_paper_answer(batch=batch, answer=answer, now=NOW + timedelta(days=30))


def test_a_draft_keeps_what_was_typed_over_several_steps_mistakes_too_and_nothing_else(commune):
    page = readable_survey([question(1, Kind.NUMBER), question(2, Kind.SHORT_TEXT)])
    shared = {
        "survey_key": page.survey_key,
        "definition": live_definition(page.survey_key),
        "language": "fr",
        "now": NOW,
    }
    draft = save_draft(data=QueryDict(f"q-{key_of(1)}=dix&csrf=x"), step=1, **shared)
    again = save_draft(data=QueryDict(f"q-{key_of(1)}=dix&q-{key_of(2)}=oui%00"), step=2, key=draft.key, **shared)
    found = load_draft(survey_key=page.survey_key, key=again.key, now=NOW)
    assert (found.pk, found.step) == (draft.pk, 2)
    assert typed_in(found).dict() == {f"q-{key_of(1)}": "dix", f"q-{key_of(2)}": "oui"}
    assert read(shared["definition"], typed_in(found)).answers == {key_of(2): Given({"written": True}, "oui")}
    other = readable_survey()
    assert load_draft(survey_key=other.survey_key, key=draft.key, now=NOW) is None
    remove_draft(survey_key=page.survey_key, key=draft.key)
    assert not Draft.objects.exists()


def test_a_draft_is_forgotten_after_thirty_days(commune):
    page = readable_survey()
    definition = live_definition(page.survey_key)
    save_draft(survey_key=page.survey_key, definition=definition, data=QueryDict(), language="fr", step=0, now=NOW)
    assert forget_drafts(on=today() + timedelta(days=30)) == 0
    assert forget_drafts(on=today() + timedelta(days=31)) == 1


def test_the_command_says_what_differed_and_puts_it_right(commune):
    page = readable_survey()
    respond(page, mark(1))
    Tally.objects.filter(cell="mark:c1-0").update(count=9)
    told = StringIO()
    call_command("recount_survey", "--dry-run", stdout=told, stderr=StringIO())
    assert "9 were 1" in told.getvalue()
    assert Tally.objects.get(cell="mark:c1-0").count == 9
    call_command("recount_survey", str(page.survey_key), stdout=StringIO(), stderr=StringIO())
    assert counted(page)[(key_of(1), "mark:c1-0")] == 1
    with pytest.raises(CommandError):
        call_command("recount_survey", "x")
