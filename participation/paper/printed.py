"""The form of a survey to print, in one language: A4, A5, or in large print. What conditions do is said in words.

The numbers beside the boxes are what a clerk types in (`paper.codes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Spacer

from home.models import CommuneSettings, Neighbourhood
from home.printing.fonts import BOLD, REGULAR, printable, use_fonts
from home.templatetags.home_tags import moment
from participation.models import SurveyPage
from participation.paper.codes import OTHER_CODE, legend, numbered
from participation.results.words import condition_words
from participation.surveys.conditions import conditions_of
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition
from participation.surveys.kinds import EXCLUSIVE, Kind

SIZES: dict[str, tuple[tuple[float, float], float, float]] = {  # the sheet, its letters, and its margins
    "a4": (A4, 10.5, 18 * mm),
    "a5": (A5, 9, 12 * mm),
    "large": (A4, 18, 18 * mm),
}
LINES = {Kind.SHORT_TEXT: 1, Kind.LONG_TEXT: 5}


class PrintForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("In which language"), choices=settings.LANGUAGES, widget=forms.RadioSelect, initial="fr"
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Which size"),
        choices=[
            ("a4", gettext_lazy("A4")),
            ("a5", gettext_lazy("A5, half of an A4")),
            ("large", gettext_lazy("Large print, A4")),
        ],
        widget=forms.RadioSelect,
        initial="a4",
    )


class Boxes(Flowable):
    """A square to mark, its number, and words beside it, broken over as many lines as they need."""

    def __init__(self, words: Paragraph, *, code: str, size: float, is_round: bool) -> None:
        super().__init__()
        self.words, self.code, self.size, self.is_round = words, code, size, is_round

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.left = self.size * 3.1
        _width, self.tall = self.words.wrap(width - self.left, height)
        return width, max(self.tall, self.size * 1.5)

    def draw(self) -> None:
        side, top = self.size * 1.05, max(self.tall, self.size * 1.5)
        bottom = top - side - self.size * 0.2
        self.canv.setLineWidth(0.9)
        if self.is_round:
            self.canv.circle(side / 2, bottom + side / 2, side / 2)
        else:
            self.canv.rect(0, bottom, side, side)
        self.canv.setFont(REGULAR, self.size * 0.75)
        self.canv.drawString(side + self.size * 0.5, bottom + side * 0.18, self.code)
        self.words.drawOn(self.canv, self.left, top - self.tall)


class Lines(Flowable):
    """Lines to write on."""

    def __init__(self, count: int, *, size: float, share: float = 1) -> None:
        super().__init__()
        self.count, self.size, self.share = count, size, share

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width * self.share
        return width, self.count * max(self.size * 2.1, 8 * mm)

    def draw(self) -> None:
        self.canv.setLineWidth(0.6)
        step = max(self.size * 2.1, 8 * mm)
        for line in range(self.count):
            self.canv.line(0, line * step + 1, self.width, line * step + 1)


@dataclass
class Printed:
    """The pieces of one form; every text passes `_paragraph`, which escapes it."""

    page: SurveyPage
    definition: SurveyDefinition
    language: str
    size: float

    @cached_property
    def styles(self) -> dict[str, ParagraphStyle]:
        size = self.size
        plain = ParagraphStyle("plain", fontName=REGULAR, fontSize=size, leading=size * 1.4)
        return {
            "plain": plain,
            "title": ParagraphStyle("title", fontName=BOLD, fontSize=size * 1.8, leading=size * 2.2),
            "section": ParagraphStyle(
                "section", fontName=BOLD, fontSize=size * 1.3, leading=size * 1.7, spaceBefore=size
            ),
            "question": ParagraphStyle("question", parent=plain, fontName=BOLD, spaceBefore=size * 0.9),
            "note": ParagraphStyle("note", parent=plain, fontSize=size * 0.9, leading=size * 1.25),
        }

    def paragraph(self, text: str, style: str = "plain") -> Paragraph:
        font = self.styles[style].fontName
        return Paragraph(escape(printable(text, font)).replace("\n", "<br/>"), self.styles[style])

    def pieces(self) -> list[Flowable]:
        found: list[Flowable] = [self.paragraph(self.page.title, "title"), Spacer(1, self.size * 0.5)]
        found += [self.paragraph(text) for text in self._about()]
        if self.definition.terms.keeps_place:
            found.append(KeepTogether(list(self._places())))
        titled = {section.keys[0]: section for section in self.definition.sections if section.title}
        for number, question in enumerate(self.definition.questions, 1):
            if question.key in titled:
                found.append(self.paragraph(titled[question.key].title.in_language(self.language), "section"))
            if not question.is_retired:
                found.append(KeepTogether(list(self._question(number, question))))
        found += [Spacer(1, self.size), self.paragraph(_("Thank you. Hand this sheet in at a counter of the commune."))]
        return found

    def _about(self) -> Iterator[str]:
        if self.page.introduction:
            yield self.page.introduction
        yield _("Asked by: %(department)s.") % {"department": self.page.department.name}
        if self.page.closes_at:
            yield _("Hand it in by %(when)s at the latest.") % {"when": moment(self.page.closes_at)}
        yield _(
            "Each person answers once, on paper or online. Don’t write your name: nobody can then tell who gave which "
            "answer. What you write in your own words may be shown with the results, once somebody has read it."
        )
        yield _("Mark a circle: one only. Mark squares: several.")

    def _places(self) -> Iterator[Flowable]:
        yield self.paragraph(_("Your neighbourhood"), "question")
        for place in Neighbourhood.objects.drawn():
            yield self._box(place.name, place.code if len(place.code) <= 3 else "", is_round=True)

    def _box(self, words: str, code: str, *, is_round: bool) -> Boxes:
        return Boxes(self.paragraph(words), code=printable(code, REGULAR), size=self.size, is_round=is_round)

    def _question(self, number: int, question: QuestionDefinition) -> Iterator[Flowable]:
        words = f"{number}. {question.text.in_language(self.language)}"
        yield self.paragraph(f"{words} *" if question.is_required else words, "question")
        for condition in conditions_of(self.definition, question):
            yield self.paragraph(condition_words(self.definition, condition), "note")
        for note in self._notes(question):
            yield self.paragraph(note, "note")
        yield from self._answers(question)
        if question.has_no_opinion and not any(code == "0" for code, _words in legend(question)):
            yield self._box(_("No opinion"), "0", is_round=False)

    def _notes(self, question: QuestionDefinition) -> Iterator[str]:
        if question.help_text:
            yield question.help_text.in_language(self.language)
        if question.is_required:
            yield _("* This question needs an answer.")
        if question.kind == Kind.RANKING:
            yield _("Write 1 beside what you put first, 2 beside the next, and so on.")
        if question.kind == Kind.MATRIX:
            yield " · ".join(f"{code} {words}".rstrip() for code, words in legend(question))
            yield _("Write one number on each line.")
        if question.kind == Kind.PLACE:
            yield _("Say where: street and number, or what stands there.")

    def _answers(self, question: QuestionDefinition) -> Iterator[Flowable]:
        if question.kind in {Kind.RANKING, Kind.MATRIX}:
            for _number, option in numbered(question.options):
                yield self._box(option.words.in_language(self.language), "", is_round=False)
        for code, words in legend(question) if question.kind != Kind.MATRIX else ():
            is_round = question.kind in EXCLUSIVE or question.kind == Kind.SCALE
            yield self._box(words, code, is_round=is_round)
            if code == OTHER_CODE:
                yield Lines(1, size=self.size)
        if question.kind in LINES:
            yield Lines(LINES[question.kind], size=self.size)
        elif question.kind in {Kind.NUMBER, Kind.DATE, Kind.PLACE}:
            unit = question.unit.in_language(self.language)
            yield Lines(1, size=self.size, share=1 if question.kind == Kind.PLACE else 0.45)
            if unit:
                yield self.paragraph(unit, "note")


def printed_form(page: SurveyPage, definition: SurveyDefinition, *, language: str, size: str) -> bytes:
    """Return the PDF, in "fr" or "nl", of a size of `SIZES`."""
    use_fonts()
    sheet, letters, margin = SIZES[size]
    commune = CommuneSettings.load()
    file = BytesIO()
    with override(language):
        document = BaseDocTemplate(
            file, pagesize=sheet, title=page.title, author=commune.name, lang=f"{language}-BE", invariant=1
        )
        frame = Frame(margin, margin, sheet[0] - 2 * margin, sheet[1] - 2 * margin - letters, 0, 0, 0, 0)

        def edge(canvas: Any, _document: Any) -> None:
            canvas.setFont(BOLD, letters * 0.8)
            canvas.drawString(margin, sheet[1] - margin, printable(commune.name, BOLD))
            canvas.setFont(REGULAR, letters * 0.8)
            number = _("page %(number)d") % {"number": canvas.getPageNumber()}
            canvas.drawRightString(sheet[0] - margin, margin * 0.6, printable(number, REGULAR))

        document.addPageTemplates(PageTemplate(frames=[frame], onPage=edge))
        document.build(Printed(page, definition, language, letters).pieces())
    return file.getvalue()
