"""The definition of a survey, from its pages: what is set once comes from the first page, words from each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from participation.surveys.definitions import (
    Condition,
    OptionDefinition,
    QuestionDefinition,
    Section,
    SurveyDefinition,
    Terms,
    Words,
)
from participation.surveys.kinds import NO, WITH_CHOICES, WITH_ROWS, YES, Kind
from participation.surveys.terms import Access

if TYPE_CHECKING:
    from participation.models import SurveyPage, SurveyQuestion

Sheet = tuple[Any, Sequence["SurveyQuestion"]]  # a page, or what a form will make of it
TERMS = tuple(name for name in Terms.__dataclass_fields__ if name != "neighbourhoods")


def definition_of(*pages: SurveyPage) -> SurveyDefinition:
    """Return the definition that these pages, one in each language, make together; one alone leaves words open."""
    return definition_from({page.locale.language_code: (page, list(page.questions.all())) for page in pages})


def definition_from(sheets: Mapping[str, Sheet]) -> SurveyDefinition:
    """Return the definition of a page with questions that aren't saved yet, by language; the first one is the source."""
    page, questions = next(iter(sheets.values()))
    others = {code: {str(question.key): question for question in each} for code, (_page, each) in sheets.items()}
    defined = []
    for question in questions:
        key = str(question.key)
        defined.append(_question(question, {code: known[key] for code, known in others.items() if key in known}))
    return SurveyDefinition(
        title=_words({code: each for code, (each, _questions) in sheets.items()}, "title"),
        questions=tuple(defined),
        sections=_sections(questions, others),
        is_quiz=page.is_quiz,
        terms=terms_of(page),
    )


def terms_of(page: Any) -> Terms:
    """Return on what terms a page is answered; `neighbourhoods` may be those that a form has chosen."""
    there: Any = page.neighbourhoods if page.access == Access.VERIFIED_THERE else ()
    places = there.all() if hasattr(there, "all") else there or ()
    return Terms(
        **{name: getattr(page, name) for name in TERMS}, neighbourhoods=tuple(sorted(place.pk for place in places))
    )


def _words(sources: Mapping[str, Any], field: str) -> Words:
    return Words(**{code: getattr(source, field) or None for code, source in sources.items()})


def _question(question: SurveyQuestion, by_language: Mapping[str, SurveyQuestion]) -> QuestionDefinition:
    kind = Kind(question.kind)
    return QuestionDefinition(
        key=str(question.key),
        kind=kind,
        text=_words(by_language, "text"),
        help_text=_words(by_language, "help_text"),
        is_required=question.is_required,
        has_other=question.has_other,
        has_no_opinion=question.has_no_opinion,
        is_shuffled=question.is_shuffled,
        is_retired=question.is_retired,
        least=question.least,
        most=question.most,
        unit=_words(by_language, "unit"),
        low_words=_words(by_language, "low_words"),
        high_words=_words(by_language, "high_words"),
        scale_points=question.scale_points,
        choices=_choices(question, kind, by_language),
        rows=_options("row", by_language) if kind in WITH_ROWS else (),
        explanation=_words(by_language, "explanation"),
        shows_when=Condition.from_json(question.shows_when),
    )


def _choices(
    question: SurveyQuestion, kind: Kind, by_language: Mapping[str, SurveyQuestion]
) -> tuple[OptionDefinition, ...]:
    if kind == Kind.YES_NO and question.right_answer:
        return tuple(OptionDefinition(id, Words(), None, id == question.right_answer) for id in (YES, NO))  # noqa: A001
    return _options("choice", by_language) if kind in WITH_CHOICES else ()


def _options(block: str, by_language: Mapping[str, SurveyQuestion]) -> tuple[OptionDefinition, ...]:
    """Return the options of a kind of block; a block's id is the same in both languages."""
    by_code = {
        code: {option.id: option.value for option in question.options if option.block_type == block}
        for code, question in by_language.items()
    }
    source: dict[str, Any] = next(iter(by_code.values()))
    found = []
    for identity, value in source.items():
        words = {code: known[identity]["text"] or None for code, known in by_code.items() if identity in known}
        picture = value.get("picture")
        found.append(
            OptionDefinition(
                id=identity,
                words=Words(**words),
                picture=picture.pk if picture else None,
                is_right=bool(value.get("is_right")),
                is_retired=bool(value.get("is_retired")),
            )
        )
    return tuple(found)


def _sections(
    questions: Sequence[SurveyQuestion], others: Mapping[str, Mapping[str, SurveyQuestion]]
) -> tuple[Section, ...]:
    """A section begins with the first question, and with each that has a section's title."""
    found: list[Section] = []
    for question in questions:
        key = str(question.key)
        if found and not question.starts_section:
            found[-1] = Section((*found[-1].keys, key), found[-1].title, found[-1].shows_when)
            continue
        begins = {code: known[key] for code, known in others.items() if key in known}
        condition = Condition.from_json(question.section_shows_when) if question.starts_section else None
        found.append(Section((key,), _words(begins, "starts_section"), condition))
    return tuple(found)
