"""A postcard of two sides and a poster: the same words and drawing, laid out for a hand and for a wall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from reportlab.lib.pagesizes import A3, A4
from reportlab.lib.units import mm

from home.addresses import absolute
from home.colours import TINT_COLOURS, mixed
from home.languages import LANGUAGE_CODES
from home.models import CommuneSettings, Neighbourhood
from home.printing.fonts import BOLD, REGULAR, common_size
from home.printing.sheets import WHITE, Box, Sheet
from home.printing.words import Words, words_in

POSTCARD = (148 * mm, 105 * mm)


@dataclass(frozen=True)
class Order:
    """What is to be printed: one neighbourhood, in which languages, and whether a printer cuts it."""

    place: Neighbourhood
    everywhere: Sequence[Neighbourhood]
    commune: CommuneSettings
    languages: tuple[str, ...] = LANGUAGE_CODES
    for_a_printer: bool = False

    @property
    def words(self) -> list[Words]:
        return [words_in(code, self.place, self.commune) for code in self.languages]

    @property
    def address(self) -> str:
        """What the code says: short, and without a language, which is chosen when it is followed."""
        return absolute(reverse("short_address", args=[self.place.slug]))

    @property
    def typed_address(self) -> str:
        """The address as people type it."""
        parts = urlsplit(self.address)
        return f"{parts.netloc}{parts.path}".rstrip("/")

    @property
    def tint(self) -> str:
        return TINT_COLOURS[self.place.tint]

    @property
    def names(self) -> str:
        return " / ".join(dict.fromkeys(words.place for words in self.words))

    @property
    def communes(self) -> str:
        return " / ".join(dict.fromkeys(words.commune for words in self.words))

    def sheet(self, width: float, height: float) -> Sheet:
        return Sheet(
            width,
            height,
            for_a_printer=self.for_a_printer,
            title=f"{self.names} – {self.communes}",
            author=self.communes,
            language="-".join((self.languages[0], "BE")),
        )

    def map_on(self, sheet: Sheet, box: Box) -> None:
        others = mixed(self.tint, WHITE, 0.45)
        sheet.map(self.everywhere, box, here=self.place, tint=self.tint, others=others)


def postcard(order: Order) -> bytes:
    """A6, lying: the neighbourhood on one side, the invitation and the code on the other."""
    sheet = order.sheet(*POSTCARD)
    _front(sheet, order)
    sheet.turn()
    _back(sheet, order)
    return sheet.finished()


def _front(sheet: Sheet, order: Order) -> None:
    sheet.fill(mixed(order.tint, WHITE, 0.9))
    order.map_on(sheet, Box(72 * mm, 14 * mm, 68 * mm, 77 * mm))
    sheet.fill(order.tint, Box(0, 0, 4 * mm, sheet.height))
    sheet.write(order.communes, Box(11 * mm, 89 * mm, 90 * mm, 7 * mm), font=BOLD, size=10, colour=order.tint)
    _names(sheet, order, Box(11 * mm, 38 * mm, 60 * mm, 46 * mm), size=28)
    questions = "\n".join(words.question for words in order.words)
    sheet.write(questions, Box(11 * mm, 9 * mm, 62 * mm, 26 * mm), size=11, from_the_top=False)


def _names(sheet: Sheet, order: Order, box: Box, *, size: float) -> None:
    """Write the neighbourhood's names from the top of `box`, one below the other, alike in size."""
    names = list(dict.fromkeys(words.place for words in order.words))
    each = box.height / len(names)
    size = common_size(names, BOLD, size=size, width=box.width, height=each)
    top = box.top
    for name in names:
        top -= sheet.write(name, Box(box.left, top - each, box.width, each), font=BOLD, size=size)


def _invitations(sheet: Sheet, order: Order, box: Box, *, title: float, text: float) -> None:
    """Write the invitation in each language, alike in size, in equal parts of `box`; `title` and `text` are the sizes."""
    each, words = box.height / len(order.words), order.words
    title_height = each * 0.3
    title = common_size((w.question for w in words), BOLD, size=title, width=box.width, height=title_height)
    below = {w.language: _below(w) for w in words}
    text = common_size(below.values(), REGULAR, size=text, width=box.width, height=each * 0.62)
    for number, w in enumerate(words):
        top = box.top - each * number
        used = sheet.write(
            w.question, box._replace(bottom=top - title_height, height=title_height), font=BOLD, size=title
        )
        rest = box._replace(bottom=top - each, height=each - used - title * 0.3)
        sheet.write(below[w.language], rest, size=text)


def _below(words: Words) -> str:
    return "\n".join(filter(None, (words.invitation, f"{words.no_account} {words.offline}".rstrip())))


def _how(order: Order) -> str:
    return "\n".join(words.how for words in order.words)


def _back(sheet: Sheet, order: Order) -> None:
    alone = len(order.words) == 1
    sheet.fill(WHITE)
    sheet.fill(order.tint, Box(0, 0, sheet.width, 14 * mm))
    sheet.code(order.address, Box(101 * mm, 33 * mm, 42 * mm, 42 * mm))
    _invitations(
        sheet, order, Box(8 * mm, 17 * mm, 89 * mm, 81 * mm), title=17 if alone else 13, text=13 if alone else 9.5
    )
    sheet.write(_how(order), Box(104 * mm, 76 * mm, 38 * mm, 20 * mm), size=9, from_the_top=False)
    sheet.write(order.typed_address, Box(8 * mm, 3.6 * mm, 92 * mm, 7 * mm), font=BOLD, size=12, colour=WHITE)
    sheet.write(order.communes, Box(104 * mm, 3.6 * mm, 38 * mm, 7 * mm), size=9, colour=WHITE)


def poster(order: Order, size: tuple[float, float] = A4) -> bytes:
    """Standing, A4 or A3: seen from afar first, then read from near."""
    sheet = order.sheet(*size)
    unit, alone = size[0] / 210, len(order.words) == 1  # a millimetre of A4, larger on A3
    point = unit / mm

    def box(left: float, bottom: float, width: float, height: float) -> Box:
        return Box(left * unit, bottom * unit, width * unit, height * unit)

    sheet.fill(mixed(order.tint, WHITE, 0.9))
    sheet.fill(order.tint, box(0, 271, 210, 26))
    sheet.write(order.communes, box(16, 276, 178, 13), font=BOLD, size=24 * point, colour=WHITE)
    _names(sheet, order, box(16, 222, 178, 42), size=48 * point)
    order.map_on(sheet, box(16, 126, 178, 94))
    sheet.fill(WHITE, box(0, 0, 210, 120))
    sheet.fill(order.tint, box(0, 0, 210, 19))
    sheet.code(order.address, box(131, 24, 66, 66))
    sheet.write(_how(order), box(137, 90, 60, 22), size=11 * point, from_the_top=False)
    sheet.write(order.typed_address, box(16, 5, 178, 10), font=BOLD, size=22 * point, colour=WHITE)
    invitations = box(16, 22, 112, 92)
    _invitations(sheet, order, invitations, title=(26 if alone else 17) * point, text=(17 if alone else 11.5) * point)
    return sheet.finished()


PIECES: dict[str, Callable[[Order], bytes]] = {
    "postcard": postcard,
    "poster-a4": lambda order: poster(order, A4),
    "poster-a3": lambda order: poster(order, A3),
}
