"""Answers as a form would send them: what is stored is shown again where it can be changed."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict

from participation.models import Ballot
from participation.surveys.answers import Given, field_of
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition
from participation.surveys.kinds import NO_OPINION, NO_OPINION_AMONG_CHOICES, OTHER, Kind


def as_form(definition: SurveyDefinition, answers: Mapping[str, Given]) -> QueryDict:
    """Return what a browser sends for these answers; `reading.read` of it gives them again."""
    data = QueryDict(mutable=True)
    for key, given in answers.items():
        question = definition.by_key.get(key)
        for name, values in (_fields(question, given) if question else {}).items():
            data.setlist(name, values)
    return data


def answers_in(ballot: Ballot) -> dict[str, Given]:
    """Return the answers of a ballot whose texts are known to be its own."""
    texts = {text.question: text.text for text in ballot.texts.all()}
    return {key: Given(value, texts.get(key, "")) for key, value in ballot.answers.items()}


def _fields(question: QuestionDefinition, given: Given) -> dict[str, list[str]]:
    key, value = question.key, given.value
    if given.is_no_opinion:
        among = question.kind in NO_OPINION_AMONG_CHOICES
        return {field_of(key, "" if among else "none"): [NO_OPINION if among else "on"]}
    if "marks" in value:
        return {field_of(key): value["marks"], **({field_of(key, OTHER): [given.text]} if given.text else {})}
    if "ranking" in value:
        return {field_of(key, option): [str(rank)] for rank, option in enumerate(value["ranking"], 1)}
    if "rows" in value:
        return {field_of(key, row): [str(point)] for row, point in value["rows"].items()}
    if question.kind == Kind.PLACE:
        return _place_fields(key, given)
    return {field_of(key): [given.text if "written" in value else str(next(iter(value.values())))]}


def _place_fields(key: str, given: Given) -> dict[str, list[str]]:
    found = {field_of(key, "words"): [given.text]} if given.text else {}
    if "area" in given.value:
        found[field_of(key, "near")] = [str(given.value["area"])]
    for part, degrees in zip(("lon", "lat"), given.value.get("place", ()), strict=False):
        found[field_of(key, part)] = [str(degrees)]
    return found
