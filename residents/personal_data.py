"""What is kept of people: one table, read by the privacy page, the download, the closing of an account and the tests.

Each app registers its tables that hold a person, in `ready()`. A table that holds a person and isn't here fails a test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Group(models.TextChoices):
    """The parts of the register, in the order in which they are read."""

    ACCOUNT = "account", _("Your account")
    PLACES = "places", _("Where you live and what you follow")
    VERIFICATION = "verification", _("That you live in the commune")
    MAILS = "mails", _("What we write to you")
    WRITING = "writing", _("What you write or send us")
    WORK = "work", _("Who works for the commune")


@dataclass(frozen=True)
class Holding:
    """A table that holds something of people.

    `what`, `why` and `kept` are sentences for the privacy page: which facts, for what, how long; `title` names it,
    where the table's own name is not one that residents would know. `of(user)` returns
    their rows, `export(row)` what the download says of one (labels in the reader's language to plain values).
    `close(user, keep)` is called when they close their account: it removes the rows, or, where `keep` says that
    contributions stay, takes the person out of them. None where the database does it by itself (`on_delete`).
    """

    model: type[Model]
    what: Words
    why: Words
    kept: Words
    of: Callable[[Any], QuerySet[Any]]
    export: Callable[[Any], dict[str, Any]]
    close: Callable[[Any, bool], None] | None = None
    title: Words = ""
    group: Group = Group.ACCOUNT

    @property
    def heading(self) -> str:
        return capfirst(str(self.title or self.model._meta.verbose_name_plural))


_holdings: dict[type[Model], Holding] = {}
_exempt: dict[type[Model], str] = {}


def register(holding: Holding) -> None:
    """Name what a table holds of people; a later one for the same table takes its place."""
    _holdings[holding.model] = holding


def exempt(model: type[Model], reason: str) -> None:
    """Say why a table with an e-mail address, or a key to accounts, holds nothing of a person; for who reads the code."""
    _exempt[model] = reason


def registered() -> list[Holding]:
    """Return what is held, by group, in the order of registration within one."""
    order = list(Group)
    return sorted(_holdings.values(), key=lambda holding: order.index(holding.group))


def exempted() -> dict[type[Model], str]:
    return dict(_exempt)


def facts(row: Model, *names: str) -> dict[str, Any]:
    """Return the values of some fields by their labels, as people read them: the name of a choice, not its code."""
    found: dict[str, Any] = {}
    for name in names:
        field = row._meta.get_field(name)
        value = getattr(row, name)
        if getattr(field, "choices", None):
            value = str(getattr(row, f"get_{name}_display")())
        elif isinstance(value, Model):
            value = str(value)
        found[capfirst(str(getattr(field, "verbose_name", name)))] = value
    return found
