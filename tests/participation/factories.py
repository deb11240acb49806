"""Makes consultations. Defaults are valid; a test names only what its rule is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from home.models import Department, Neighbourhood, Theme
from moderation.setup import publish_pair
from participation.kinds import Activity
from participation.models import ConsultationEvent, ConsultationIndexPage, ConsultationPage, Phase
from tests.factories import DepartmentFactory, text_block


def consultation_index(code: str = "fr") -> ConsultationIndexPage:
    return ConsultationIndexPage.objects.get(locale__language_code=code)


Days = tuple[int, int]
TWO_PHASES: tuple[Days, ...] = ((-10, 10), (11, 30))
DUTCH_CONSULTATION = {
    "title": "Een plein om te delen",
    "introduction": "De oude school komt vrij.",
    "question": "Wat doen we met de speelplaats van de oude school?",
    "promise": "Elk antwoord wordt gelezen, en het College zegt wat het ermee doet.",
    "body": [text_block("<p>De school verhuist in september.</p>")],
}


def phases_of(*days: Days, today: date | None = None, words: str = "Étape") -> list[Phase]:
    """Return phases whose first and last days are told from today on; the first one asks for answers."""
    today = today or timezone.localdate()
    activities = (Activity.ANSWER, Activity.DISCUSS, Activity.MEET)
    return [
        Phase(
            name=f"{words} {number + 1}",
            text=f"{words} {number + 1}, en clair.",
            starts_on=today + timedelta(days=first),
            ends_on=today + timedelta(days=last),
            activity=activities[number % 3],
            sort_order=number,
        )
        for number, (first, last) in enumerate(days)
    ]


def new_consultation(
    *,
    phases: Sequence[Days] = TWO_PHASES,
    code: str = "fr",
    neighbourhoods: Iterable[Neighbourhood] = (),
    **fields: Any,
) -> ConsultationPage:
    """Return a consultation that is not saved yet; its phases are told in days from today on."""
    index = consultation_index(code)
    fields.setdefault("department", Department.objects.first() or DepartmentFactory())
    page = ConsultationPage(
        **{
            "locale": index.locale,
            "title": "Une cour à partager",
            "introduction": "L’ancienne école se libère.",
            "question": "Que faire de la cour de l’ancienne école ?",
            "promise": "Chaque réponse est lue, et le Collège dit ce qu’il en fait.",
            "body": [text_block("<p>L’école déménage en septembre.</p>")],
            **fields,
        }
    )
    page.phases = phases_of(*phases)
    page.neighbourhoods = list(neighbourhoods)
    return page


def live_consultation(
    *, tags: Iterable[Theme] = (), events: Iterable[ConsultationEvent] = (), **fields: Any
) -> ConsultationPage:
    """Return a consultation that is live in one language, without the desk's way: for what readers find."""
    page, now = new_consultation(**fields), timezone.now()
    page.first_published_at = fields.get("first_published_at", now)
    page.last_published_at = page.first_published_at
    page.events = list(events)
    page.tags.add(*tags)
    consultation_index(fields.get("code", "fr")).add_child(instance=page)
    return page


def published_consultation(*, dutch: dict[str, Any] | None = None, **fields: Any) -> ConsultationPage:
    """Return the French page of a consultation that the desk published in both languages."""
    events = fields.pop("events", [])
    page = new_consultation(**fields)
    page.events = events
    publish_pair(page, consultation_index(), dutch_words_of(page, **(dutch or {})))
    return page


def dutch_words_of(page: ConsultationPage, **more: Any) -> dict[str, Any]:
    """Return the Dutch words of a consultation; its phases and events keep their keys."""
    phases = [
        Phase(translation_key=phase.translation_key, name=f"Stap {number + 1}", text=f"Stap {number + 1}, in het kort.")
        for number, phase in enumerate(page.phases.all())
    ]
    words = {"title": "Avond ter plaatse", "place": "Oude school, Molenstraat", "description": "Vrije toegang."}
    events = [ConsultationEvent(translation_key=event.translation_key, **words) for event in page.events.all()]
    return {**DUTCH_CONSULTATION, "phases": phases, "events": events, **more}


def event_in(days: int, **fields: Any) -> ConsultationEvent:
    """Return an event of two hours, some days from now on."""
    begin = timezone.now().replace(microsecond=0) + timedelta(days=days)
    words = {"title": "Soirée sur place", "place": "Ancienne école, rue du Moulin", "description": "Entrée libre."}
    return ConsultationEvent(**{**words, "starts_at": begin, "ends_at": begin + timedelta(hours=2), **fields})


def point(**value: Any) -> dict[str, Any]:
    """Return one point of an outcome, as a draft keeps it."""
    words = {
        "decision": "La cour reste ouverte le soir.",
        "text": "<p>C’est ce que demandaient la plupart des réponses.</p>",
        "decided_by": "Le Collège",
        "decided_on": "2026-03-02",
        "next_step": "Les bancs arrivent au printemps.",
        "rests_on": [],
    }
    return {"type": "point", "value": {**words, **value}, "id": "22222222-2222-4222-8222-222222222222"}
