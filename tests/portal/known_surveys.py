"""The demo's surveys without the rest of the demo: what page, export and figures must all say of the five known ones."""

from __future__ import annotations

from participation.models import Survey, SurveyPage
from portal.demo import commune
from portal.demo.answers import key_in
from portal.demo.consultations import ConsultationLoader
from portal.demo.surveys import SurveyLoader

ANSWERS = {"vaccination": 444, "hall-name": 617, "first-experiences": 269, "website": 58, "magazine": 44}
ON_PAPER = {"vaccination": 96, "hall-name": 58, "first-experiences": 27, "website": 14, "magazine": 19}
TITLES = {
    "vaccination": "Comment venir au centre de vaccination ?",
    "hall-name": "Quel nom pour la nouvelle salle ?",
    "first-experiences": "Vos premières expériences avec ce portail",
    "website": "Quel nouveau site pour la commune ?",
    "magazine": "Améliorer le bulletin communal",
}


def load_surveys() -> None:
    """Load them, and the consultations that some of them stand below, into a commune that has its indexes."""
    commune.load_neighbourhoods()
    commune.load_themes()
    departments = commune.load_departments()
    ConsultationLoader({}, departments).load()
    SurveyLoader(departments, None).load()


def page_of(name: str) -> SurveyPage:
    """Return the French page of one of the five."""
    return SurveyPage.objects.get(title=TITLES[name])


def survey_of(name: str) -> Survey:
    return Survey.objects.get(pk=page_of(name).survey_key)


def question_of(name: str, question: str) -> str:
    """Return the key of a question by the name that its file gives it."""
    return key_in(name, question)
