"""The typeface of what is printed: Bitstream Vera, which reportlab brings, embedded so that every printer has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "Vera", "VeraBd"
SMALLEST = 5.0  # points
STEP = 0.94  # of a size, to the next smaller one


@cache
def _font(name: str) -> TTFont:
    font = TTFont(name, f"{name}.ttf")
    pdfmetrics.registerFont(font)
    return font


@cache
def use_fonts() -> None:
    """Make the typeface known to reportlab, its bold for <b> in a paragraph."""
    for name in (REGULAR, BOLD):
        _font(name)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def printable(text: str, font: str = REGULAR) -> str:
    """Return `text` in signs that the typeface has: a narrow space becomes a no-break one, "ř" an "r"."""
    known = _font(font).face.charToGlyph

    def sign_for(sign: str) -> str:
        if sign == "\n" or ord(sign) in known:
            return sign
        if sign.isspace():
            return "\u00a0"
        plain = [part for part in unicodedata.normalize("NFKD", sign) if ord(part) in known]
        return "".join(part for part in plain if not unicodedata.combining(part)) or "?"

    return "".join(map(sign_for, unicodedata.normalize("NFC", text)))


def lines_of(text: str, font: str, size: float, width: float) -> list[str]:
    """Break `text` at its line ends and at plain spaces; never at a no-break one."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".strip(" ")
            if line and pdfmetrics.stringWidth(longer, font, size) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def fitted(text: str, font: str, *, size: float, width: float, height: float) -> tuple[float, list[str]]:
    """Return the largest size, up to `size`, at which `text` stands within `width` and `height`, and its lines then."""
    while True:
        lines = lines_of(text, font, size, width)
        widest = max((pdfmetrics.stringWidth(line, font, size) for line in lines), default=0)
        if size <= SMALLEST or (widest <= width and len(lines) * size * 1.15 <= height):
            return size, lines
        size *= STEP


def common_size(texts: Iterable[str], font: str, *, size: float, width: float, height: float) -> float:
    """Return the largest size at which each of `texts` stands within the same space: no language is the smaller one."""
    return min(fitted(printable(text, font), font, size=size, width=width, height=height)[0] for text in texts)
