"""The first statuses and reasons to decline, made where the commune has none; what it changed stays as it is."""

from __future__ import annotations

from participation.ideas.kinds import StatusKind
from participation.models import DeclineReason, IdeaStatus

STATUSES = [
    (StatusKind.RECEIVED, "Reçue", "Ontvangen"),
    (StatusKind.LOOKED_AT, "À l’étude", "In onderzoek"),
    (StatusKind.ACCEPTED, "Acceptée", "Aanvaard"),
    (StatusKind.PLANNED, "Planifiée", "Gepland"),
    (StatusKind.IN_PROGRESS, "En cours", "In uitvoering"),
    (StatusKind.DONE, "Réalisée", "Gerealiseerd"),
    (StatusKind.NOT_RETAINED, "Non retenue", "Niet weerhouden"),
    (StatusKind.OTHER_CHANNEL, "Autre canal", "Ander kanaal"),
]
REASONS = [
    (
        "Propos blessants",
        "Kwetsende woorden",
        "Votre texte blesse ou menace quelqu’un. Dites la même chose sans attaquer personne, et proposez-la à nouveau.",
        "Uw tekst kwetst of bedreigt iemand. Zeg hetzelfde zonder iemand aan te vallen, en stel het opnieuw voor.",
    ),
    (
        "Données d’une personne",
        "Gegevens van een persoon",
        "Votre texte cite quelqu’un par son nom, son adresse ou son numéro. Retirez ces données avant de le renvoyer.",
        "Uw tekst noemt iemand bij naam, adres of nummer. Haal die gegevens weg voor u hem opnieuw instuurt.",
    ),
    (
        "Publicité",
        "Reclame",
        "Votre texte fait de la publicité. La boîte à idées est réservée aux idées pour la commune.",
        "Uw tekst maakt reclame. De ideeënbus is er voor ideeën voor de gemeente.",
    ),
    (
        "Hors sujet",
        "Niet over het onderwerp",
        "Votre texte ne répond pas à la question posée ici.",
        "Uw tekst antwoordt niet op de vraag die hier gesteld wordt.",
    ),
    (
        "Hors des compétences communales",
        "Geen gemeentelijke bevoegdheid",
        "La commune ne peut pas décider de ce que vous proposez.",
        "De gemeente kan niet beslissen over wat u voorstelt.",
    ),
]


def setup_first_words() -> None:
    """Make the first statuses and reasons; may run at any time."""
    if not IdeaStatus.objects.exists():
        for order, (kind, french, dutch) in enumerate(STATUSES):
            IdeaStatus.objects.create(kind=kind, name_fr=french, name_nl=dutch, order=order)
    if not DeclineReason.objects.exists():
        for order, (name_fr, name_nl, words_fr, words_nl) in enumerate(REASONS):
            DeclineReason.objects.create(
                name_fr=name_fr, name_nl=name_nl, words_fr=words_fr, words_nl=words_nl, order=order
            )
