"""Races on a SQLite file, as a small commune has it: run in a process of its own, for the tests' own database is in memory.

`python -m tests.participation.ideas.racing`, with DATABASE_URL naming a migrated file, prints what came of each as JSON.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
if __name__ == "__main__":
    django.setup()

from moderation.roles import DESK
from participation.ideas.counting import drifts
from participation.ideas.kinds import Outcome, Screening
from participation.ideas.merging import merge_ideas
from participation.ideas.reviewing import ask_second_look
from participation.models import Idea, IdeaMerge, ModerationDecision, SecondLook, Support
from tests.conftest import set_up_commune
from tests.factories import UserFactory
from tests.moderation.test_races import at_once
from tests.participation.ideas.making import NOW, comment, decided, propose, public_idea, readable_board, support

CLICKS, PEOPLE = 40, 60


def told(raised: list[BaseException], **more: int) -> dict[str, Any]:
    return {"raised": dict(Counter(type(error).__name__ for error in raised)), "drifts": len(list(drifts())), **more}


def forty_clicks() -> dict[str, Any]:
    idea, who = public_idea(), UserFactory()
    raised = at_once([lambda: support(idea, who)] * CLICKS)
    return told(raised, supports=Support.objects.filter(idea=idea).count())


def many_people() -> dict[str, Any]:
    idea, people = public_idea(), UserFactory.create_batch(PEOPLE)
    raised = at_once([lambda who=who: support(idea, who) for who in people])
    return told(raised, supports=Support.objects.filter(idea=idea).count())


def a_limit_from_several_tabs() -> dict[str, Any]:
    page, who = readable_board(supports_per_person=3), UserFactory()
    ideas = [public_idea(page) for _number in range(12)]
    raised = at_once([lambda idea=idea: support(idea, who) for idea in ideas])
    return told(raised, supports=Support.objects.filter(idea__in=ideas).count())


def a_merging() -> dict[str, Any]:
    page, moderator = readable_board(), UserFactory(groups=[DESK.group])
    kept, merged = public_idea(page), public_idea(page)
    jobs: list[Any] = [lambda who=who: support(merged, who) for who in UserFactory.create_batch(12)]
    jobs += [lambda who=who: comment(merged, who) for who in UserFactory.create_batch(4)]
    jobs.insert(8, lambda: merge_ideas(kept=kept, merged=merged, user=moderator, now=NOW))
    raised = at_once(jobs)
    kept.refresh_from_db()
    merges = IdeaMerge.objects.filter(kept=kept).count()
    return told(raised, supports=kept.supports_count, comments=kept.comments_count, merges=merges)


def two_moderators() -> dict[str, Any]:
    one, other = UserFactory.create_batch(2, groups=[DESK.group])
    idea = propose(readable_board(screening=Screening.BEFORE))
    seen = idea.changed_at
    jobs = [
        lambda: decided(Idea.objects.get(pk=idea.pk), one, Outcome.PUBLISHED, seen=seen),
        lambda: decided(Idea.objects.get(pk=idea.pk), other, Outcome.DECLINED, seen=seen),
    ] * 4
    return told(at_once(jobs), decisions=ModerationDecision.objects.filter(idea=idea).count())


def a_second_look() -> dict[str, Any]:
    idea = propose(readable_board(screening=Screening.BEFORE))
    decided(idea, UserFactory(groups=[DESK.group]), Outcome.DECLINED)
    ask = lambda: ask_second_look(contribution=Idea.objects.get(pk=idea.pk), user=idea.author, words="", now=NOW)  # noqa: E731
    return told(at_once([ask] * 8), looks=SecondLook.objects.filter(idea=idea).count())


RACES: list[Callable[[], dict[str, Any]]] = [
    forty_clicks, many_people, a_limit_from_several_tabs, a_merging, two_moderators, a_second_look
]  # fmt: skip

if __name__ == "__main__":
    set_up_commune()
    print(json.dumps({race.__name__: race() for race in RACES}))
