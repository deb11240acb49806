"""One reader at one survey's page: what they may do there, and what they have typed so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from digests.throttles import is_too_much, machine_of
from home.languages import active_language
from home.models import PortalImage
from participation.answering.cookies import browser_of, draft_key
from participation.answering.questions import Asked
from participation.answering.steps import Step, step_at, whole
from participation.models import Draft, Participation
from participation.survey_routes import results_link
from participation.surveys.actions import live_definition, participation_of
from participation.surveys.building import definition_of
from participation.surveys.conditions import conditions_of, shown
from participation.surveys.definitions import SurveyDefinition
from participation.surveys.drafts import BESIDE, load_draft, save_draft, typed_in
from participation.surveys.errors import (
    ClosedError,
    OtherNeighbourhoodError,
    RefusedError,
    SignInNeededError,
    VerificationNeededError,
)
from participation.surveys.permissions import why_not
from participation.surveys.reading import read
from participation.surveys.respondents import Respondent
from participation.surveys.terms import Access
from residents.models import Residency

if TYPE_CHECKING:
    from participation.models import SurveyPage

Errors = Mapping[str, Sequence[str]]


class Visit:
    def __init__(self, request: HttpRequest, page: SurveyPage) -> None:
        self.request, self.page = request, page
        self.now, self.code = timezone.now(), active_language()
        self.is_preview = bool(getattr(request, "is_preview", False))
        self.is_whole = self.is_preview  # all questions on one screen

    @property
    def address(self) -> str:
        """Where the form goes. From a preview it goes where a draft is tried, and nothing is kept."""
        if self.is_preview:
            return reverse("participation_try_survey", args=[self.page.pk]) if self.page.pk else ""
        return self.page.url or "/"

    @cached_property
    def respondent(self) -> Respondent:
        return Respondent(self.request.user, browser_of(self.request))

    @cached_property
    def definition(self) -> SurveyDefinition:
        live = None if self.is_preview else live_definition(self.page.survey_key)
        return live or definition_of(self.page)

    @cached_property
    def refusal(self) -> RefusedError | None:
        return None if self.is_preview else why_not(self.page, self.respondent, now=self.now)

    @cached_property
    def participation(self) -> Participation | None:
        """That they have answered, in whichever language."""
        if self.is_preview:
            return None
        return participation_of(survey_key=self.page.survey_key, respondent=self.respondent)

    @cached_property
    def draft(self) -> Draft | None:
        if self.is_preview:
            return None
        key = draft_key(self.request, self.page.survey_key)
        return load_draft(survey_key=self.page.survey_key, key=key, now=self.now)

    @property
    def is_changeable(self) -> bool:
        """Whether their answer is known to be theirs, and can still be changed."""
        return self.refusal is None and bool(self.participation and self.participation.ballot)

    @property
    def may_fill_in(self) -> bool:
        """Whether the form is theirs: to answer, or to change an answer once they have asked for that."""
        if self.refusal:
            return False
        return self.participation is None or (self.is_changeable and self.draft is not None)

    @property
    def has_closed(self) -> bool:
        return self.page.has_closed(self.now)

    @cached_property
    def results_link(self) -> str:
        """Where the results stand, once this reader may see them; "" before."""
        return "" if self.is_preview else results_link(self.page, self.respondent, self.now)

    @property
    def is_changing(self) -> bool:
        return self.participation is not None

    @property
    def needs_sign_in(self) -> bool:
        return isinstance(self.refusal, SignInNeededError)

    @property
    def needs_verification(self) -> bool:
        return isinstance(self.refusal, VerificationNeededError)

    @property
    def lives_elsewhere(self) -> bool:
        return isinstance(self.refusal, OtherNeighbourhoodError)

    @property
    def needs_proof(self) -> bool:
        return self.page.access == Access.ANYONE and not self.is_preview

    @cached_property
    def is_poll(self) -> bool:
        return len(self.definition.asked) == 1

    @cached_property
    def steps(self) -> int:
        """How many steps there can be; conditions may leave some out."""
        return sum(any(not self.definition.by_key[key].is_retired for key in each.keys) for each in self.sections)

    @property
    def sections(self) -> Sequence[Any]:
        return self.definition.sections

    @property
    def furthest(self) -> int:
        """In a quiz: the first section whose right answers were not shown yet."""
        return self.draft.step if self.draft else 0

    def can_go_on(self, index: int) -> bool:
        """Whether what is typed in a step may still become an answer, now or once they sign in."""
        if self.page.is_quiz and index < self.furthest:
            return False  # what was right has been told
        return not isinstance(self.refusal, ClosedError) and bool(self.refusal or self.may_fill_in)

    def lives_in(self) -> int:
        """The number of the neighbourhood where a signed-in reader lives, by their own word; 0 for none."""
        user = self.respondent.user
        if not user.is_authenticated:
            return 0
        return Residency.objects.filter(user=user.pk).values_list("neighbourhood", flat=True).first() or 0

    def typed_before(self) -> QueryDict:
        return typed_in(self.draft) if self.draft else QueryDict(mutable=True)

    def typed(self) -> QueryDict:
        """What was typed so far, and what a link or an embedded question brought along."""
        return self.merged(self.typed_before(), self.request.GET, section=None)

    def merged(self, data: QueryDict, sent: QueryDict, *, section: int | None) -> QueryDict:
        """Put what was sent in the place of what was typed in a section; boxes that were unticked are sent by nobody."""
        data = data.copy()
        if section is not None and section < len(self.sections):
            gone = _prefixes(self.sections[section].keys)
            for name in [name for name in data if name.startswith(gone)]:
                del data[name]
        known = (*_prefixes(self.definition.by_key), *BESIDE)
        for name in sent:
            if name.startswith(known):
                data.setlist(name, sent.getlist(name))
        return data

    def step(self, data: QueryDict, wanted: int) -> Step:
        """Return a step of the form; a preview has all of them in one, to be filled in without being sent."""
        answers = read(self.definition, data, keys=()).answers
        return whole(self.definition, answers) if self.is_whole else step_at(self.definition, answers, wanted)

    def step_keys(self, data: QueryDict) -> list[str]:
        """The questions that show for what was typed, in all steps."""
        return shown(self.definition, read(self.definition, data, keys=()).answers)

    def asked(self, step: Step, data: QueryDict, errors: Errors) -> list[Asked]:
        questions = [self.definition.by_key[key] for key in step.keys]
        chosen = {option.picture for question in questions for option in question.offered if option.picture}
        pictures: dict[int, Any] = {}
        if chosen:
            pictures = PortalImage.objects.prefetch_related("renditions").in_bulk(chosen)
        return [
            Asked(
                each,
                self.code,
                data,
                errors,
                is_shown=each.key in step.shown,
                pictures=pictures,
                seed=data.get("seed") or "",
                conditions=conditions_of(self.definition, each),
                heading=self._heading(each.key) if self.is_whole else "",
                is_alone=self.is_poll,
            )
            for each in questions
        ]

    def _heading(self, key: str) -> str:
        """The title of the section that a question begins."""
        section = self.definition.section_of.get(key)
        return section.title.in_language(self.code) if section and section.keys[0] == key else ""

    def may_keep(self) -> bool:
        """Whether what was typed can be kept: one connection may begin so many within an hour, and go on with any."""
        limit = settings.ANSWERING_PER_HOUR["drafts"]
        return self.draft is not None or not is_too_much(of="drafts", what=machine_of(self.request), limit=limit)

    def keep(self, data: QueryDict, step: int) -> Draft:
        """Keep what was typed, to go on with it on this device."""
        self.draft = save_draft(
            survey_key=self.page.survey_key,
            definition=self.definition,
            data=data,
            language=self.code,
            step=step,
            now=self.now,
            key=self.draft.key if self.draft else None,
        )
        return self.draft


def _prefixes(keys: Any) -> tuple[str, ...]:
    return tuple(f"q-{key}" for key in keys)
