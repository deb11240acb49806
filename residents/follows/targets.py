"""The one thing that a follow is about, as it is named in forms and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from home.models import Department, Neighbourhood
from residents.following import registered

NEIGHBOURHOOD, DEPARTMENT = "neighbourhood", "department"
LABELS: dict[str, str | Promise] = {NEIGHBOURHOOD: _("Neighbourhoods"), DEPARTMENT: _("Departments")}


@dataclass(frozen=True)
class Target:
    """`kind` is neighbourhood, department or a registered subject, `key` a slug or the subject's own key.

    `pk` is the primary key of a place or a department; `url` may be empty.
    """

    kind: str
    key: str
    name: str
    pk: int | None = None
    url: str = ""

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.key}"

    @property
    def identity(self) -> tuple[Any, ...]:
        """How `residents.follows.state` knows it."""
        return (self.kind, self.key if self.pk is None else self.pk)

    @property
    def fields(self) -> dict[str, Any]:
        """The columns of `Follow` that name it."""
        if self.kind in LABELS:
            return {f"{self.kind}_id": self.pk}
        return {"subject": self.kind, "key": self.key}

    @property
    def followed_q(self) -> Q:
        return Q(**self.fields)


def target_of(thing: Neighbourhood | Department) -> Target:
    kind = NEIGHBOURHOOD if isinstance(thing, Neighbourhood) else DEPARTMENT
    return Target(kind, thing.slug, thing.name, thing.pk)


def find_target(value: str) -> Target | None:
    """Return what "kind:key" names; None when there is no such thing, or nothing that can be followed."""
    kind, _colon, key = value.partition(":")
    if not key or "\x00" in value:
        return None
    if kind in LABELS:
        model = Neighbourhood if kind == NEIGHBOURHOOD else Department
        thing = model.objects.filter(slug=key).first()
        return target_of(thing) if thing else None
    subject = registered().get(kind)
    found = subject.find([key]).get(key) if subject and len(key) <= 64 else None
    return Target(kind, key, found.name, url=found.url) if found else None
