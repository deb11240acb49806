"""The name under which a resident writes: what it may not be. Asked wherever a display name is typed."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.models import CommuneSettings, Department
from residents.fingerprints import folded

SHORTEST, LONGEST = 2, 40
MARKS_IN_A_ROW = 2
# What people put before the name of a commune or a department to speak for it
OFFICIAL_WORDS = """
administration beheer bestuur college commune communal communale d de des dienst diensten du gemeente gemeentebestuur
gemeentelijke het l la le les service services stad stadsbestuur van ville
"""
OFFICIAL = frozenset(OFFICIAL_WORDS.split())


def clean_display_name(name: str) -> str:
    """Return a name as it is stored: composed signs, single spaces. Raises ValidationError with what to change."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if any(unicodedata.category(sign).startswith("C") for sign in name) or _is_piled(name):
        raise ValidationError(_("This name holds signs that can’t be seen or read. Write it with letters only."))
    if len(name) < SHORTEST:
        raise ValidationError(
            ngettext("Write at least %(n)d sign.", "Write at least %(n)d signs.", SHORTEST) % {"n": SHORTEST}
        )
    if len(name) > LONGEST:
        raise ValidationError(
            ngettext("Write %(n)d sign at most.", "Write %(n)d signs at most.", LONGEST) % {"n": LONGEST}
        )
    if "@" in name or "://" in name or name.casefold().startswith("www."):
        raise ValidationError(_("Everybody reads this name: don’t use an e-mail address or a website."))
    if not any(sign.isalpha() for sign in name):
        raise ValidationError(_("Write a name with at least one letter."))
    if _is_official(name):
        raise ValidationError(_("This is the name of the commune or of one of its departments. Choose another one."))
    return name


def _is_piled(name: str) -> bool:
    """Whether more marks stand over one letter than any language writes."""
    in_a_row = 0
    for sign in name:
        in_a_row = in_a_row + 1 if unicodedata.combining(sign) else 0
        if in_a_row > MARKS_IN_A_ROW:
            return True
    return False


def _bare(name: str) -> str:
    """Return a name without case, accents and signs, and without the words that only say that it is official."""
    words = [folded(word) for word in name.replace("’", " ").replace("'", " ").replace("-", " ").split()]
    return "".join(word for word in words if word not in OFFICIAL)


def _is_official(name: str) -> bool:
    if not _bare(name):
        return True
    commune = CommuneSettings.load()
    names = [commune.name_fr, commune.name_nl]
    for pair in Department.objects.values_list("name_fr", "name_nl"):
        names.extend(pair)
    return _bare(name) in {bare for each in names if (bare := _bare(each))}
