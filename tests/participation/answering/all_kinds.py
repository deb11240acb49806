"""A survey with every kind of question, conditions and three steps: what the form has to bear."""

from __future__ import annotations

from typing import Any

from participation.models import SurveyPage
from participation.surveys.kinds import Kind
from tests.participation.surveys.making import choice, key_of, question, readable_survey


def bus_only(**fields: Any) -> dict[str, Any]:
    return {"shows_when": {"question": key_of(1), "operator": "is", "values": ["c1-1"]}, **fields}


def every_kind() -> list[dict[str, Any]]:
    return [
        question(1, Kind.ONE, text="Comment venez-vous", starts_section="Le trajet", is_required=True, has_other=True),
        question(2, Kind.SHORT_TEXT, text="Quelle ligne", **bus_only(is_required=True)),
        question(3, Kind.SEVERAL, text="Quand venez-vous", most=2, has_no_opinion=True, is_shuffled=True),
        question(4, Kind.YES_NO, text="Revenez-vous à pied", help_text="De temps en temps suffit."),
        question(
            5,
            Kind.SCALE,
            text="Êtes-vous content",
            starts_section="L’accueil",
            low_words="pas du tout",
            high_words="tout à fait",
            has_no_opinion=True,
        ),
        question(6, Kind.MATRIX, text="Que pensez-vous de", low_words="mauvais", high_words="excellent"),
        question(7, Kind.RANKING, text="Classez"),
        question(8, Kind.NUMBER, text="Combien de fois par mois", least=0, most=31, unit="fois"),
        question(9, Kind.DATE, text="Votre dernière visite", starts_section="Pour finir", has_no_opinion=True),
        question(10, Kind.PLACE, text="Où faut-il un banc"),
        question(11, Kind.LONG_TEXT, text="Que voulez-vous ajouter"),
    ]


def long_survey(**fields: Any) -> SurveyPage:
    return readable_survey(every_kind(), **fields)


def poll(**fields: Any) -> SurveyPage:
    options = [choice("south", "Salle du Sud"), choice("north", "Salle du Nord")]
    return readable_survey(
        [question(1, Kind.ONE, text="Quel nom pour la salle", options=options)],
        **{"asks_neighbourhood": False, **fields},
    )
