"""The channels that `setup_portal` makes when there are none; the desk then keeps the list."""

from __future__ import annotations

from moderation.models import Channel

FIRST_CHANNELS: list[dict[str, str]] = [
    {
        "name_fr": "Bulletin communal",
        "name_nl": "Gemeentelijk infoblad",
        "words_fr": "Le bulletin communal paraît dans toutes les boîtes aux lettres : l’information qui intéresse toute la "
        "commune, et qui peut attendre le prochain numéro, y trouve plus de lecteurs qu’ici.",
        "words_nl": "Het gemeentelijk infoblad valt in elke brievenbus: informatie die heel de gemeente aanbelangt, en die "
        "op het volgende nummer kan wachten, vindt daar meer lezers dan hier.",
    },
    {
        "name_fr": "Agenda",
        "name_nl": "Uitkalender",
        "words_fr": "Les activités ouvertes à tous, hors de la vie d’un quartier, ont leur place dans l’agenda : le public "
        "y cherche par date et par lieu.",
        "words_nl": "Activiteiten voor iedereen, los van het leven in een wijk, horen thuis in de uitkalender: het publiek "
        "zoekt er op datum en plaats.",
    },
    {
        "name_fr": "Site d’un partenaire",
        "name_nl": "Website van een partner",
        "words_fr": "Cette information vient d’un partenaire et change chez lui : son propre site la tient à jour, et nous "
        "y renvoyons volontiers.",
        "words_nl": "Deze informatie komt van een partner en verandert bij hem: zijn eigen website houdt ze bij, en wij "
        "verwijzen er graag naar.",
    },
    {
        "name_fr": "Réseaux sociaux",
        "name_nl": "Sociale media",
        "words_fr": "Une annonce brève, une photo, un moment à partager : nos réseaux sociaux s’y prêtent mieux que les "
        "actualités de quartier.",
        "words_nl": "Een korte aankondiging, een foto, een moment om te delen: onze sociale media lenen zich daar beter "
        "toe dan het wijknieuws.",
    },
    {
        "name_fr": "FixMyStreet",
        "name_nl": "FixMyStreet",
        "words_fr": "Un trou dans la chaussée, un luminaire en panne, un dépôt sauvage : signalé là, le problème arrive "
        "directement chez l’équipe qui le résout, et l’on peut suivre ce qu’il devient.",
        "words_nl": "Een put in de weg, een kapotte lamp, een sluikstort: wie het daar meldt, bereikt meteen de ploeg die "
        "het oplost, en kan volgen wat ermee gebeurt.",
    },
]


def setup_channels() -> None:
    """Make the first channels, unless the desk has some already."""
    if not Channel.objects.exists():
        Channel.objects.bulk_create(Channel(**fields) for fields in FIRST_CHANNELS)
