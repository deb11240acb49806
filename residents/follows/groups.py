"""All that can be followed, sorted into what somebody follows and what they may add."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise

from home.models import Department, Neighbourhood
from residents.following import Subject, registered
from residents.follows.state import FollowState
from residents.follows.targets import DEPARTMENT, LABELS, NEIGHBOURHOOD, Target, target_of


@dataclass
class Group:
    """One kind of thing; `home` is the neighbourhood where the person lives, which they hear of anyway."""

    name: str
    label: str | Promise
    followed: list[Target] = field(default_factory=list)
    others: list[Target] = field(default_factory=list)
    home: Target | None = None


def groups_of(state: FollowState) -> list[Group]:
    """Return neighbourhoods, departments and each registered subject, in a fixed number of queries."""
    places = [target_of(place) for place in Neighbourhood.objects.drawn()]
    departments = [target_of(department) for department in Department.objects.all()]
    groups = [
        _sorted(state, Group(NEIGHBOURHOOD, LABELS[NEIGHBOURHOOD]), places),
        _sorted(state, Group(DEPARTMENT, LABELS[DEPARTMENT]), departments),
    ]
    return groups + [_of_subject(state, subject) for subject in registered().values()]


def _sorted(state: FollowState, group: Group, targets: list[Target]) -> Group:
    for target in targets:
        if state.lives_there(target):
            group.home = target
        if state.follows(target):
            group.followed.append(target)
        elif not state.lives_there(target):
            group.others.append(target)
    return group


def _of_subject(state: FollowState, subject: Subject) -> Group:
    mine = [key for kind, key in state.followed if kind == subject.name]
    found = subject.find(list(dict.fromkeys([*subject.choices(), *sorted(mine)])))
    targets = [Target(subject.name, key, thing.name, url=thing.url) for key, thing in found.items()]
    return _sorted(state, Group(subject.name, subject.label), targets)
