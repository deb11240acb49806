"""Ideas, as residents may follow them. Who supports an idea follows it, until they say that they don't."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from participation.ideas.addresses import addresses_of
from participation.models import Idea
from residents.following import Followed, Subject
from residents.follows.actions import follow, stop_following
from residents.follows.targets import Target
from residents.models import Follow, User

IDEA = "idea"


def find_ideas(keys: list[str]) -> dict[str, Followed]:
    """Return the public ideas with these keys."""
    numbers = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
    ideas = list(Idea.objects.public().filter(pk__in=numbers))
    addresses = addresses_of(ideas)
    return {str(idea.pk): Followed(idea.title, addresses[idea.pk]) for idea in ideas}


def target_of(idea: Idea) -> Target:
    return Target(IDEA, str(idea.pk), idea.title)


def follow_idea(idea: Idea, user: User) -> None:
    follow(user=user, target=target_of(idea))


def stop_following_idea(idea: Idea, user: User) -> None:
    stop_following(user=user, target=target_of(idea))


def followers_of(ideas: Iterable[Idea]) -> dict[int, set[int]]:
    """Return the accounts that follow each idea, by primary keys, in one query."""
    wanted = {str(idea.pk): idea.pk for idea in ideas}
    found: dict[int, set[int]] = {pk: set() for pk in wanted.values()}
    for key, user in Follow.objects.filter(subject=IDEA, key__in=list(wanted)).values_list("key", "user_id"):
        found[wanted[key]].add(user)
    return found


IDEAS = Subject(IDEA, _("Ideas"), find=find_ideas, choices=list)
