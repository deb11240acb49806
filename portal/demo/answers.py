"""What came back to the demo's surveys: always the same answers, by a seed, with exactly the figures of `surveys.yaml`."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from home.languages import LANGUAGE_CODES
from home.models import Neighbourhood
from participation.models import AnswerTag, Participation, Survey, SurveyPage, WrittenAnswer
from participation.surveys.answers import DEGREES, Given
from participation.surveys.bulk import Dated, store_answers
from participation.surveys.conditions import shown
from participation.surveys.definitions import QuestionDefinition, SurveyDefinition
from participation.surveys.kinds import NO, NO_OPINION, OTHER, YES, Kind
from participation.surveys.paper import begin_batch
from participation.surveys.storing import Answer
from portal.demo.content import Data, read
from portal.demo.places import points_in

PAPERS_IN_A_BATCH = 50
OWN_WORDS = frozenset({OTHER, NO_OPINION, YES, NO})
Weights = dict[str, float]


def key_in(survey: str, name: str) -> str:
    """Return the key of a question, or the id of a choice (`<question>/<choice>`), of one of the demo's surveys."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"survey/{survey}/{name}"))


def shared_out(weights: Weights, total: int) -> dict[str, int]:
    """Return whole numbers in these proportions that add up to `total`: the largest remainders are rounded up."""
    whole = sum(weights.values())
    exact = {name: total * weight / whole for name, weight in weights.items()}
    counts = {name: int(share) for name, share in exact.items()}
    left = total - sum(counts.values())
    for name in sorted(exact, key=lambda each: counts[each] - exact[each])[:left]:
        counts[name] += 1
    return counts


@dataclass
class Sheet:
    """One answer in the making: its neighbourhood, "" for none, and its day, counted from today."""

    language: str
    code: str
    day: int
    is_paper: bool = False
    answers: dict[str, Given] = field(default_factory=dict)


class AnswersLoader:
    """Fills one sheet after the other, question by question, and stores them all together."""

    def __init__(self, row: Data, page: SurveyPage, definition: SurveyDefinition, clerk: Any) -> None:
        self.row, self.data, self.page, self.definition, self.clerk = row, row["answers"], page, definition, clerk
        self.chance = random.Random(self.data["seed"])  # noqa: S311 - who answers what, in a commune that does not exist
        self.others: dict[tuple[str, str], Iterator[str]] = {
            (name, code): cycle(texts)
            for name, by_language in self.data.get("other", {}).items()
            for code, texts in by_language.items()
        }
        self.sheets = self._sheets()

    def load(self) -> None:
        names = {self._key(name): name for name in (*self.data["given"], *self.data.get("texts", {}))}
        for question in self.definition.questions:
            name = names[question.key]
            seeing = [sheet for sheet in self.sheets if question.key in shown(self.definition, sheet.answers)]
            if name in self.data["given"]:
                self._give(question, name, seeing)
            else:
                self._write(question, self.data["texts"][name], seeing)
        self._store()
        self._screen()

    def _key(self, name: str) -> str:
        return key_in(self.row["key"], name)

    def _shuffled(self, counts: dict[str, int]) -> list[str]:
        values = [name for name, count in counts.items() for _each in range(count)]
        self.chance.shuffle(values)
        return values

    def _sheets(self) -> list[Sheet]:
        count, french = self.data["count"], self.data["in_french"]
        languages = self._shuffled(shared_out({"fr": french, "nl": 1 - french}, count))
        places = {"": 1.0}
        if self.row["asks_neighbourhood"]:
            shares: Weights = self.data.get("places") or read("residents.yaml")["lives_in"]
            places = {**shares, "": 1 - sum(shares.values())}
        codes = self._shuffled(shared_out(places, count))
        first, last = self.row["opens"], min(self.row["closes"] - 1, 0)
        days = [round(self.chance.triangular(first, last, first)) for _each in range(count)]
        sheets = [Sheet(*each) for each in zip(languages, codes, sorted(days), strict=True)]
        for sheet in self.chance.sample(sheets, self.data["paper"]):
            sheet.is_paper = True
        return sheets

    def _give(self, question: QuestionDefinition, name: str, seeing: list[Sheet]) -> None:
        spec = self.data["given"][name]
        answering = self.chance.sample(seeing, len(seeing) - spec.get("left_open", 0))
        ways: dict[str, Callable[..., None]] = {
            "counts": self._count_out,
            "shares": self._mark,
            "rows": self._point,
            "order": self._rank,
            "around": self._place,
        }
        (way,) = (each for each in spec if each in ways)
        ways[way](question, name, spec, answering)

    def _count_out(self, question: QuestionDefinition, name: str, spec: Data, answering: list[Sheet]) -> None:
        """Give the exact counts, among them those of each place that has its own proportions."""
        counts = shared_out({str(value): count for value, count in spec["counts"].items()}, len(answering))
        rest = answering
        for code, weights in spec.get("of_place", {}).items():
            there = [sheet for sheet in answering if sheet.code == code]
            own = shared_out(weights, len(there))
            self._deal(question, name, there, own)
            counts = {value: count - own.get(value, 0) for value, count in counts.items()}
            rest = [sheet for sheet in rest if sheet.code != code]
        self._deal(question, name, rest, counts)

    def _deal(self, question: QuestionDefinition, name: str, sheets: list[Sheet], counts: dict[str, int]) -> None:
        for sheet, value in zip(sheets, self._shuffled(counts), strict=True):
            sheet.answers[question.key] = self._one(question, name, value, sheet)

    def _one(self, question: QuestionDefinition, name: str, value: str, sheet: Sheet) -> Given:
        if value == NO_OPINION:
            return Given({"no_opinion": True})
        if question.kind == Kind.SCALE:
            return Given({"point": int(value)})
        if question.kind == Kind.NUMBER:
            return Given({"number": value})
        return self._marked(name, [value], sheet)

    def _marked(self, name: str, values: list[str], sheet: Sheet) -> Given:
        marks = [value if value in OWN_WORDS else self._key(f"{name}/{value}") for value in values]
        return Given({"marks": marks}, next(self.others[name, sheet.language]) if OTHER in values else "")

    def _mark(self, question: QuestionDefinition, name: str, spec: Data, answering: list[Sheet]) -> None:
        """Several choices: each has its share of those who answer, and everybody has one at least."""
        shares = {**spec["shares"], **({OTHER: spec["other"]} if "other" in spec else {})}
        chosen: dict[int, list[str]] = {number: [] for number in range(len(answering))}
        most = int(question.most or len(shares))
        for value, share in shares.items():
            for number in self.chance.sample(range(len(answering)), round(share * len(answering))):
                if len(chosen[number]) < most:
                    chosen[number].append(value)
        usual = max(shares, key=lambda value: shares[value])
        for sheet, values in zip(answering, chosen.values(), strict=True):
            sheet.answers[question.key] = self._marked(name, values or [usual], sheet)

    def _point(self, question: QuestionDefinition, name: str, spec: Data, answering: list[Sheet]) -> None:
        points: dict[int, dict[str, int]] = defaultdict(dict)
        for row, weights in spec["rows"].items():
            counts = shared_out({str(point): weight for point, weight in enumerate(weights, 1)}, len(answering))
            for number, point in enumerate(self._shuffled(counts)):
                points[number][self._key(f"{name}/{row}")] = int(point)
        for number, sheet in enumerate(answering):
            sheet.answers[question.key] = Given({"rows": points[number]})

    def _rank(self, question: QuestionDefinition, name: str, spec: Data, answering: list[Sheet]) -> None:
        for sheet in answering:
            left, ranking = dict(spec["order"]), []
            for _rank in range(int(question.least or len(left))):
                value = self.chance.choices(list(left), list(left.values()))[0]
                ranking.append(self._key(f"{name}/{value}"))
                del left[value]
            sheet.answers[question.key] = Given({"ranking": ranking})

    def _place(self, question: QuestionDefinition, name: str, spec: Data, answering: list[Sheet]) -> None:
        for sheet, point in zip(answering, points_in(self.data["places"], self.chance), strict=False):
            place = [round(degrees, DEGREES) for degrees in point]
            sheet.answers[question.key] = Given({"place": place})

    def _write(self, question: QuestionDefinition, texts: list[Data], seeing: list[Sheet]) -> None:
        for code in LANGUAGE_CODES:
            written = [text[code] for text in texts if code in text]
            speaking = [sheet for sheet in seeing if sheet.language == code]
            for sheet, text in zip(self.chance.sample(speaking, len(written)), written, strict=True):
                sheet.answers[question.key] = Given({"written": True}, text)

    def _store(self) -> None:
        key, now = self.page.survey_key, timezone.now()
        places = {place.code: place.pk for place in Neighbourhood.objects.all()}
        typed = now + timedelta(days=min(self.row["closes"], 0))
        batches = [
            begin_batch(survey_key=key, by=self.clerk, now=typed)
            for _batch in range(0, self.data["paper"], PAPERS_IN_A_BATCH)
        ]
        papers = iter(range(self.data["paper"]))
        answers = [
            Dated(
                Answer(sheet.answers, sheet.language, places.get(sheet.code, 0)),
                timezone.localdate(now) + timedelta(days=sheet.day),
                batches[next(papers) // PAPERS_IN_A_BATCH] if sheet.is_paper else None,
            )
            for sheet in self.sheets
        ]
        store_answers(answers, key=key, definition=self.definition)
        screens = len(answers) - self.data["paper"]
        Participation.objects.bulk_create(
            Participation(survey=Survey(pk=key), token=self.chance.randbytes(32).hex()) for _each in range(screens)
        )

    def _screen(self) -> None:
        """Show, hide and tag what was written, as the officer did; some of it still waits."""
        written = WrittenAnswer.objects.filter(survey=self.page.survey_key)
        written.filter(part=OTHER).update(state=WrittenAnswer.State.SHOWN)
        tags = {
            code: AnswerTag.objects.create(survey_id=self.page.survey_key, name_fr=names["fr"], name_nl=names["nl"])
            for code, names in self.data.get("tags", {}).items()
        }
        for name, texts in self.data.get("texts", {}).items():
            for spec in texts:
                text = written.get(question=self._key(name), text=spec.get("fr") or spec["nl"])
                text.state = WrittenAnswer.State(spec.get("state", "shown"))
                text.save(update_fields=["state"])
                text.tags.set([tags[code] for code in spec.get("tags", [])])
