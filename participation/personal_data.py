"""What the consultations' tables hold of people."""

from participation.models import ConsultationPage
from residents.personal_data import exempt


def register_exemptions() -> None:
    exempt(ConsultationPage, "Who answers for the commune, in their work: readers are given the name and the address.")
