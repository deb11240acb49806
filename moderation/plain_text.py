"""Plain text from people and mail programs, made fit to become paragraphs. Nothing here is trusted."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

from django.utils.html import escape

# Signs that turn the direction of what follows: a title may seem to say something else than it does.
DIRECTIONS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
WRAP = 70  # signs: a line that had no room left for the next word was broken by a mail program, not by its writer
LIST_SIGN = re.compile(r"([-*•–]|\d+[.)])\s")
ATTRIBUTION = re.compile(r"(le|op|on|am)\b.*[:\s]$|.*(a écrit|schreef|wrote)\b.*:\s*$", re.IGNORECASE)
ORIGINAL_MESSAGE = re.compile(r"-{3,}\s*(message d.origine|oorspronkelijk bericht|original message)\s*-{3,}", re.I)
BLOCKS = {"p", "div", "li", "tr", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr"}
UNSEEN = {"script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg"}


def plain(text: str) -> str:
    """Return `text` without signs that a database refuses, that nobody sees, or that turn the reading direction."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = text.translate(DIRECTIONS)
    kept = (sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def one_line(text: str) -> str:
    return " ".join(plain(text).split())


def paragraphs(text: str) -> list[list[str]]:
    """Return the lines of each paragraph; a blank line parts two."""
    parts = re.split(r"\n\s*\n", plain(text))
    lines = ([line for line in map(str.strip, part.split("\n")) if line] for part in parts)
    return [part for part in lines if part]


def as_html(text: str) -> str:
    """Return `text` as paragraphs of rich text; markup in it is shown as the signs it is made of."""
    return "".join("<p>" + "<br/>".join(escape(line) for line in part) + "</p>" for part in paragraphs(text))


def unwrapped(text: str) -> str:
    """Join the lines that a mail program broke, and leave those that the writer broke."""
    joined: list[str] = []
    last = ""
    for line in plain(text).split("\n"):
        words = line.split()
        if last.strip() and words and not LIST_SIGN.match(line) and WRAP < len(last) + 1 + len(words[0]) < 2 * WRAP:
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined.append(line)
        last = line
    return "\n".join(joined)


def without_quotes(text: str) -> str:
    """Cut the signature (after "-- "), and the mail that is replied to."""
    kept: list[str] = []
    lines = plain(text).split("\n")
    for number, line in enumerate(lines):
        if line.rstrip() == "--" or ORIGINAL_MESSAGE.match(line.strip()):
            break
        if line.startswith(">"):
            continue
        following = next((other for other in lines[number + 1 :] if other.strip()), "")
        if following.startswith(">") and ATTRIBUTION.match(line):
            continue
        kept.append(line)
    return "\n".join(kept).strip()


class _Text(HTMLParser):
    """Collects what a reader would see of a page, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "br":
            self.pieces.append("\n")
        elif tag == "li":
            self.pieces.append("\n- ")
        elif tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in BLOCKS and tag != "li":
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(re.sub(r"\s+", " ", data))


def from_html(html: str) -> str:
    """Return the words of an HTML mail as plain text."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    text = "\n".join(line.strip() for line in plain("".join(parser.pieces)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
