"""Letters on paper: A4, folded in three, for an envelope DL or C5/6 with a window.

The address stands between 52 and 80 mm from the top and 20 mm from the side, which a window of 35 by 100 mm shows
however the sheet slides. Nothing else stands there. The code is below the first fold.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from home.models import CommuneSettings, PortalImage
from home.printing.fonts import BOLD, REGULAR, printable, use_fonts
from residents.models import LetterSettings
from residents.verifying.wording import Wording

WIDTH, HEIGHT = A4
MARGIN = 25 * mm
COLUMN = WIDTH - 2 * MARGIN
ADDRESS_TOP, ADDRESS_LINE = 57 * mm, 5.6 * mm
ADDRESS_LEFT = {LetterSettings.Window.RIGHT: 112 * mm, LetterSettings.Window.LEFT: MARGIN}
ADDRESS_WIDTH = 78 * mm
FOLDS = (99 * mm, 198 * mm)
BODY_TOP = 104 * mm


def letters_pdf(letters: Iterable[Wording], *, commune: CommuneSettings, settings: LetterSettings) -> bytes:
    """Return the letters as one PDF, a sheet each."""
    use_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setTitle(commune.both_names)
    logo = _picture(commune.logo)
    for words in letters:
        _Sheet(canvas, commune, logo).draw(words, window=LetterSettings.Window(settings.window))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _picture(image: PortalImage | None) -> ImageReader | None:
    """Return the commune's logo; none where there is none, or it can't be read."""
    if image is None:
        return None
    try:
        with image.file.open("rb") as file:
            return ImageReader(BytesIO(file.read()))
    except OSError:
        return None


class _Sheet:
    """One letter. Lengths are from the top, as they are measured on paper."""

    def __init__(self, canvas: Canvas, commune: CommuneSettings, logo: ImageReader | None) -> None:
        self.canvas, self.colour, self.logo = canvas, HexColor(commune.colour), logo
        self.at = BODY_TOP

    def draw(self, words: Wording, *, window: LetterSettings.Window) -> None:
        self._head(words, on_the_left=window == LetterSettings.Window.RIGHT)
        for number, line in enumerate(words.addressee):
            self._line(line, x=ADDRESS_LEFT[window], top=ADDRESS_TOP + number * ADDRESS_LINE, room=ADDRESS_WIDTH)
        self._folds()
        self._line(words.place_and_date, x=MARGIN, top=self.at, size=9.5)
        self.at += 9 * mm
        self._text(f"<b>{escape(printable(words.subject))}</b>", size=12.5, after=5)
        for paragraph in (words.greeting, words.opening):
            self._text(escape(printable(paragraph)), after=3)
        self._code(words)
        self._steps(words)
        for note in words.notes:
            self._text(printable(note), size=8.5, after=2)
        self.at += 2 * mm
        self._text(escape(printable(words.closing)), after=1)
        self._text(f"<b>{escape(printable(words.signed))}</b>")

    def _head(self, words: Wording, *, on_the_left: bool) -> None:
        """Logo, name and address of the commune, at the top on the side where the window isn't."""
        left, top = (MARGIN if on_the_left else ADDRESS_LEFT[LetterSettings.Window.RIGHT]), 16 * mm
        if self.logo is not None:
            width, height = self.logo.getSize()
            tall = 16 * mm
            wide = min(tall * width / height, 60 * mm)
            self.canvas.drawImage(
                self.logo, left, HEIGHT - top - tall, wide, tall, mask="auto", preserveAspectRatio=True, anchor="nw"
            )
            top += tall + 4 * mm
        name, *lines = words.sender
        self.canvas.setFillColor(self.colour)
        self._line(name, x=left, top=top + 4 * mm, font=BOLD, size=12)
        self.canvas.setFillColor(HexColor("#1c2421"))
        for number, line in enumerate(lines):
            self._line(line, x=left, top=top + (9.5 + number * 4) * mm, size=8.5)

    def _folds(self) -> None:
        self.canvas.setStrokeColor(HexColor("#9a9a94"))
        self.canvas.setLineWidth(0.4)
        for fold in FOLDS:
            self.canvas.line(4 * mm, HEIGHT - fold, 9 * mm, HEIGHT - fold)

    def _line(
        self, words: str, *, x: float, top: float, font: str = REGULAR, size: float = 10.5, room: float = COLUMN
    ) -> None:
        """Draw one line, smaller where it would not fit."""
        words = printable(words)
        wide = pdfmetrics.stringWidth(words, font, size)
        self.canvas.setFont(font, size * min(1, room / wide) if wide else size)
        self.canvas.drawString(x, HEIGHT - top, words)

    def _text(
        self, markup: str, *, size: float = 10, after: float = 0, x: float = MARGIN, room: float = COLUMN
    ) -> None:
        style = ParagraphStyle("letter", fontName=REGULAR, fontSize=size, leading=size * 1.42)
        paragraph = Paragraph(markup, style)
        _wide, tall = paragraph.wrap(room, HEIGHT)
        paragraph.drawOn(self.canvas, x, HEIGHT - self.at - tall)
        self.at += tall + after * mm

    def _code(self, words: Wording) -> None:
        tall = 24 * mm
        self.canvas.setStrokeColor(self.colour)
        self.canvas.setLineWidth(1.2)
        self.canvas.roundRect(MARGIN, HEIGHT - self.at - tall, COLUMN, tall, 3 * mm)
        self.canvas.setFont("Courier-Bold", 25)
        self.canvas.drawCentredString(WIDTH / 2, HEIGHT - self.at - 12 * mm, words.code)
        self.canvas.setFont(REGULAR, 9)
        self.canvas.drawCentredString(WIDTH / 2, HEIGHT - self.at - 19 * mm, printable(words.code_note))
        self.at += tall + 6 * mm

    def _steps(self, words: Wording) -> None:
        """What to do, beside the square with the address."""
        top, side = self.at, 27 * mm
        room = COLUMN - side - 6 * mm
        self._text(f"<b>{escape(printable(words.steps_title))}</b>", after=1, room=room)
        for number, step in enumerate(words.steps, start=1):
            self._text(f"{number}. {escape(printable(step))}", after=0.8, room=room)
        self._text(f"<b>{escape(words.address)}</b>", size=9, room=room)
        square = QrCodeWidget(words.address, barWidth=side, barHeight=side, barBorder=0, barLevel="M")
        drawing = Drawing(side, side)
        drawing.add(square)
        renderPDF.draw(drawing, self.canvas, WIDTH - MARGIN - side, HEIGHT - top - side)
        self.at = max(self.at, top + side) + 6 * mm
