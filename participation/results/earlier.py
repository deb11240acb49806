"""What was corrected while people were answering: the words that some saw, beside those that stand there now."""

from __future__ import annotations

from collections.abc import Iterator

from home.languages import active_language
from participation.models import Survey
from participation.results.charts import Earlier
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition, Words


def corrections(survey: Survey, definition: SurveyDefinition) -> dict[str, list[Earlier]]:
    """Return the earlier words of each question, by key, in the active language, the first ones first."""
    found: dict[str, dict[Earlier, None]] = {}
    for version in survey.versions.all():
        before = version.definition
        for question in definition.questions:
            old = before.by_key.get(question.key)
            if old is not None:
                found.setdefault(question.key, {}).update(dict.fromkeys(_corrected(old, question)))
    return {key: list(each) for key, each in found.items() if each}


def _corrected(old: QuestionDefinition, new: QuestionDefinition) -> Iterator[Earlier]:
    options = {option.id: option.words for option in new.options}
    pairs = [(old.text, new.text), (old.help_text, new.help_text)]
    pairs += [(old.low_words, new.low_words), (old.high_words, new.high_words), (old.unit, new.unit)]
    pairs += [(option.words, options[option.id]) for option in old.options if option.id in options]
    for before, now in pairs:
        words = _words(before), _words(now)
        if words[0] and words[0] != words[1]:
            yield Earlier(*words)


def _words(words: Words) -> str:
    return words.in_language(active_language())
