"""A survey as data: to JSON and back, and a fingerprint that tells any two apart."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings

from participation.surveys.definitions import SurveyDefinition, Words
from tests.participation.surveys.random_surveys import definitions


@settings(deadline=None)
@given(definitions())
def test_a_definition_is_the_same_after_json(definition):
    again = SurveyDefinition.from_json(json.loads(json.dumps(definition.to_json())))
    assert again == definition
    assert again.digest == definition.digest


@settings(deadline=None)
@given(definitions())
def test_one_corrected_word_is_another_version(definition):
    question = replace(definition.questions[0], help_text=Words("corrigé", None))
    assert replace(definition, questions=(question, *definition.questions[1:])).digest != definition.digest


def test_a_text_that_is_missing_in_one_language_is_read_in_the_other():
    assert Words("Rue", None).in_language("nl") == "Rue"
    assert Words(None, None).in_language("fr") == ""
