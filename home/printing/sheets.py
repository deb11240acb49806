"""A sheet of paper to draw on: cut marks and bleed for a printer, none for the printer in the office."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import NamedTuple

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas

from home.models import Neighbourhood
from home.outlines import Bounds
from home.printing.fonts import REGULAR, fitted, printable, use_fonts

BLEED = 3 * mm  # what is drawn past the cut
MARGIN = 9 * mm  # of paper around the cut, where the marks stand
LEADING = 1.3
INK, WHITE = "#1c2421", "#ffffff"
RING = re.compile(r"M(-?\d+) (-?\d+)l([^z]*)z")


class Box(NamedTuple):
    """A part of a sheet, in points from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def top(self) -> float:
        return self.bottom + self.height


class Sheet:
    """A PDF of pages of one size. Drawings are measured from the corner of the cut paper."""

    def __init__(
        self, width: float, height: float, *, for_a_printer: bool, title: str, author: str, language: str
    ) -> None:
        use_fonts()
        self.width, self.height = width, height
        self.for_a_printer = for_a_printer
        self.room = MARGIN if for_a_printer else 0
        self.file = BytesIO()
        size = (width + 2 * self.room, height + 2 * self.room)
        self.canvas = Canvas(self.file, pagesize=size, lang=language, invariant=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        if for_a_printer:
            cut, past = self.room, self.room - BLEED
            self.canvas.setTrimBox((cut, cut, cut + width, cut + height))
            self.canvas.setBleedBox((past, past, size[0] - past, size[1] - past))
        self._begin()

    def _begin(self) -> None:
        if self.for_a_printer:
            self._mark()
        self.canvas.translate(self.room, self.room)

    def _mark(self) -> None:
        """Draw where the paper is cut, outside of the bleed."""
        self.canvas.setLineWidth(0.25)
        self.canvas.setStrokeColor(HexColor("#000000"))
        near, far = self.room - BLEED - 0.5 * mm, 0.5 * mm
        right, top = self.room + self.width, self.room + self.height
        for x in (self.room, right):
            self.canvas.line(x, far, x, near)
            self.canvas.line(x, top + self.room - near, x, top + self.room - far)
        for y in (self.room, top):
            self.canvas.line(far, y, near, y)
            self.canvas.line(right + self.room - near, y, right + self.room - far, y)

    def turn(self) -> None:
        """Go on to the next page."""
        self.canvas.showPage()
        self._begin()

    def finished(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()

    def fill(self, colour: str, box: Box | None = None) -> None:
        """Fill a box, past the cut where it touches it; without a box, the whole page."""
        box = box or Box(0, 0, self.width, self.height)
        past = BLEED if self.for_a_printer else 0
        left, bottom = box.left - past * (box.left <= 0), box.bottom - past * (box.bottom <= 0)
        right = box.left + box.width + past * (box.left + box.width >= self.width)
        top = box.top + past * (box.top >= self.height)
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.rect(left, bottom, right - left, top - bottom, stroke=0, fill=1)

    def write(
        self, text: str, box: Box, *, font: str = REGULAR, size: float, colour: str = INK, from_the_top: bool = True
    ) -> float:
        """Write `text` within `box`, smaller where it would not fit, and return the height that it took."""
        text = printable(text, font)
        size, lines = fitted(text, font, size=size, width=box.width, height=box.height)
        leading = size * LEADING
        taken = leading * len(lines)
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.setFont(font, size)
        start = box.top if from_the_top else box.bottom + taken
        for number, line in enumerate(lines):
            self.canvas.drawString(box.left, start - size - leading * number, line)
        return taken

    def code(self, address: str, box: Box) -> None:
        """Draw `address` as a QR code on white, with the quiet zone that readers need (ISO/IEC 18004, section 9.1)."""
        self.canvas.setFillColor(HexColor(WHITE))
        self.canvas.roundRect(box.left, box.bottom, box.width, box.height, 1.5 * mm, stroke=0, fill=1)
        widget = QrCodeWidget(address, barLevel="M", barBorder=4, barWidth=box.width, barHeight=box.height)
        drawing = Drawing(box.width, box.height)
        drawing.add(widget)
        renderPDF.draw(drawing, self.canvas, box.left, box.bottom)

    def map(self, places: Iterable[Neighbourhood], box: Box, *, here: Neighbourhood, tint: str, others: str) -> None:
        """Draw the outlines of `places` within `box`, and fill `here`."""
        drawn = [place for place in places if place.outline_bounds]
        bounds = Bounds.around(place.outline_bounds for place in drawn if place.outline_bounds)
        if bounds is None:
            return
        scale = min(box.width / max(1, bounds.right - bounds.left), box.height / max(1, bounds.bottom - bounds.top))
        left = box.left + (box.width - scale * (bounds.right - bounds.left)) / 2
        top = box.top - (box.height - scale * (bounds.bottom - bounds.top)) / 2
        for place in sorted(drawn, key=lambda place: place == here):
            path = self.canvas.beginPath()
            for ring in _rings(place.outline_path):
                points = [(left + scale * (x - bounds.left), top - scale * (y - bounds.top)) for x, y in ring]
                path.moveTo(*points[0])
                for point in points[1:]:
                    path.lineTo(*point)
                path.close()
            self.canvas.setLineWidth(box.width / 260)
            self.canvas.setLineJoin(1)
            self.canvas.setStrokeColor(HexColor(WHITE if place == here else others))
            self.canvas.setFillColor(HexColor(tint))
            self.canvas.drawPath(path, stroke=1, fill=int(place == here), fillMode=FILL_EVEN_ODD)


def _rings(path: str) -> list[list[tuple[int, int]]]:
    """Return the points of a drawing as `home.outlines` writes it: a start, then relative steps."""
    rings = []
    for start_x, start_y, steps in RING.findall(path):
        x, y = int(start_x), int(start_y)
        ring = [(x, y)]
        numbers = [int(number) for number in steps.split()]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            ring.append((x, y))
        rings.append(ring)
    return rings
