"""A consultation goes the way of every text: its department proposes, the desk publishes, both languages at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.models import ConsultationPage
from tests.factories import submit, translate
from tests.participation.factories import consultation_index, dutch_words_of, event_in, new_consultation
from tests.reading import seen, words

pytestmark = pytest.mark.django_db


def proposed(editor, roads) -> ConsultationPage:
    page = new_consultation(owner=editor, live=False, department=roads)
    page.events = [event_in(3)]
    consultation_index().add_child(instance=page)
    page.save_revision(user=editor)
    translate(page, user=editor, **dutch_words_of(page))
    return page


def test_the_desk_reads_both_languages_side_by_side_and_publishes_them_together(signed_in, editor, roads, desk, client):
    page = proposed(editor, roads)
    address = reverse("review", args=[submit(page, editor).pk])
    reviewer = signed_in(desk)
    french, dutch = (words(seen(reviewer.get(frame["src"]))) for frame in seen(reviewer.get(address)).select("iframe"))
    for said in ("Étape 1", "Que faire de la cour", "Soirée sur place"):
        assert said in french
    for said in ("Stap 1", "Wat doen we met de speelplaats", "Avond ter plaatse"):
        assert said in dutch
    assert reviewer.post(address, {"decision": "approve"}).status_code == 302
    for url in ("/fr/consultations/une-cour-a-partager/", "/nl/raadplegingen/een-plein-om-te-delen/"):
        assert seen(client.get(url)).select(".timeline__step")


@pytest.mark.parametrize("who", ["editor", "desk"])
def test_the_editor_opens_with_everything_beside_it(request, signed_in, editor, roads, who):
    page = proposed(editor, roads)
    response = signed_in(request.getfixturevalue(who)).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200


def test_once_live_its_dates_may_be_changed_by_a_draft_that_readers_do_not_see(editor, roads):
    page = proposed(editor, roads)
    task_state = submit(page, editor)
    assert task_state.workflow_state.status == "in_progress"
    draft = page.get_latest_revision_as_object()
    phase = draft.phases.all()[0]
    phase.ends_on = timezone.localdate() + timedelta(days=9)
    draft.phases.add(phase)
    draft.save_revision(user=editor)
    stored = ConsultationPage.objects.get(pk=page.pk).phases.all()[0]
    assert stored.ends_on == timezone.localdate() + timedelta(days=10)
