"""Ideas in the site's search: what everybody may read, in the reader's language first and in the other one too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.db.models.expressions import Case, Value, When
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.finding import Found, Source
from home.languages import active_language
from participation.ideas.addresses import address_on, boards_of
from participation.ideas.querysets import IdeaQuerySet
from participation.models import Idea, IdeaBoardPage

SIGNS = 200


def open_boards() -> Any:
    """Return the keys of the boards that everybody may read, in one language or both."""
    return IdeaBoardPage.objects.live().public().order_by().values("translation_key")


def find_ideas(words: str) -> IdeaQuerySet:
    """Return the public ideas that hold all of `words`: in the reader's language first, then by their supports."""
    ideas: IdeaQuerySet = Idea.objects.public().filter(board__in=open_boards()).with_words(words)
    elsewhere = Case(When(language=active_language(), then=Value(0)), default=Value(1))
    in_text_only = Case(When(_all_in_title(words), then=Value(0)), default=Value(1))
    return ideas.order_by(elsewhere, in_text_only, "-supports_count", "-pk")


def _all_in_title(words: str) -> Q:
    found = Q()
    for word in words.split():
        found &= Q(title__icontains=word)
    return found


def shown(ideas: Iterable[Idea]) -> list[Found]:
    listed = list(ideas)
    boards = boards_of(idea.board_id for idea in listed)
    return [
        Found(
            title=idea.title,
            url=address_on(boards.get(idea.board_id), idea),
            words=Truncator(idea.text).chars(SIGNS),
            language=idea.language,
            where=_("Idea %(number)d of “%(board)s”") % {"number": idea.number, "board": boards[idea.board_id].title},
        )
        for idea in listed
    ]


SOURCE = Source("ideas", gettext_lazy("Ideas of residents"), find_ideas, shown)
