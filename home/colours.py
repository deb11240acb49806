"""Contrast between two colours, as WCAG 2.2 computes it."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HEX = re.compile(r"#[0-9a-fA-F]{6}")
TEXT_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
WHITE = "#ffffff"
# The neighbourhoods' tints by number, on white, as in portal.css: for what is drawn without a style sheet.
TINT_COLOURS = {
    1: "#b5472f",
    2: "#17698a",
    3: "#1d7a70",
    4: "#6d4aa0",
    5: "#4c7326",
    6: "#8a5f0a",
    7: "#a33a67",
    8: "#3a5fa8",
    9: "#5d6a1f",
    10: "#7a4b2b",
    11: "#2f6f4f",
    12: "#6a5560",
}


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 (black) to 1 (white).

    Source: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    """
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def validate_readable_on_white(colour: str) -> None:
    """Refuse what isn't `#rrggbb`, or can't carry white text (and be text on white)."""
    if not HEX.fullmatch(colour):
        raise ValidationError(_("Write the colour as # and six digits, for example #12493f."))
    ratio = contrast(colour, WHITE)
    if ratio < TEXT_CONTRAST:
        raise ValidationError(
            _(
                "This colour is too light to carry white text: its contrast is %(ratio).1f, and readers need %(needed).1f. "
                "Choose a darker one."
            )
            % {"ratio": ratio, "needed": TEXT_CONTRAST}
        )


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of `other` mixed in, channel by channel."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lightened_to(colour: str, *, on: str, needed: float = TEXT_CONTRAST) -> str:
    """Return the first tint of `colour` towards white that reaches `needed` contrast on the background `on`."""
    for step in range(21):
        tint = mixed(colour, WHITE, step / 20)
        if contrast(tint, on) >= needed:
            return tint
    return WHITE
