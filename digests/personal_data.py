"""What digests hold of people."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from digests.actions import DIGESTS_KEPT, ITEMS_KEPT
from digests.models import Digest, SentItem, Subscription
from residents.personal_data import Group, Holding, facts, register


def subscriptions_of(user: Any) -> QuerySet[Subscription]:
    """Return that of the account, and one that was made with its address before or beside it."""
    mine = Q(user=user)
    return Subscription.objects.filter(mine | Q(email__iexact=user.email) if user.email else mine)


def register_holdings() -> None:
    register(
        Holding(
            model=Subscription,
            what=_(
                "How often you want a digest and whether you want alerts; without an account also address, language, places."
            ),
            why=_("To send you what you asked for, and to count how many households are reached."),
            kept=_("Until you end it, or close the account; a week when you never confirm it."),
            group=Group.MAILS,
            of=subscriptions_of,
            export=lambda row: {
                **facts(row, "email", "frequency", "wants_alerts", "created_at", "confirmed_at", "suspended_at"),
                str(_("Neighbourhoods")): [place.name for place in row.neighbourhoods.all()],
            },
            close=lambda user, keep: _remove(subscriptions_of(user)),
        )
    )
    register(
        Holding(
            model=Digest,
            what=_("On which days a digest went to you."),
            why=_("So that you get one a day at most."),
            kept=format_lazy(_("{days} days, or until the subscription ends."), days=DIGESTS_KEPT.days),
            group=Group.MAILS,
            of=lambda user: Digest.objects.filter(subscription__in=subscriptions_of(user)),
            export=lambda row: facts(row, "day", "frequency"),
        )
    )
    register(
        Holding(
            model=SentItem,
            what=_("Which messages you were sent; not which of them you read."),
            why=_("So that you get each of them once."),
            kept=format_lazy(_("{days} days, or until the subscription ends."), days=ITEMS_KEPT.days),
            group=Group.MAILS,
            of=lambda user: SentItem.objects.filter(subscription__in=subscriptions_of(user)),
            export=lambda row: facts(row, "item", "day"),
        )
    )


def _remove(rows: QuerySet[Any]) -> None:
    rows.delete()
