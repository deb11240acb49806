"""The demo commune's idea boards: coming, running, closed, answered, and one that stays; and who takes part on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from home.models import Department
from moderation.setup import publish_pair
from participation.ideas.kinds import Asked, Screening
from participation.ideas.screens.names import keep_display_name
from participation.ideas.writing import accept_charter
from participation.models import ConsultationIndexPage, ConsultationPage, IdeaBoardPage
from portal.demo.content import Data, read
from residents.models import User

WORDS = ("title", "introduction", "question")
WHAT = ("ideas", "supports", "comments")


class Clock:
    """Days are counted back from nine o'clock today; negative ones are still to come."""

    def __init__(self) -> None:
        self.now = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)

    def at(self, days_ago: float) -> datetime:
        return self.now - timedelta(days=days_ago)


class People:
    """Residents by their number, and accounts of the demo by the part of their address before the @."""

    def __init__(self, accounts: dict[str, User], names: list[str]) -> None:
        self.accounts, self.names = accounts, names
        self.residents = list(User.objects.filter(email__endswith="@residents.auneval.example").order_by("email"))
        self.agreed: set[tuple[int, Any]] = set()

    def who(self, key: int | str) -> User:
        return self.residents[key] if isinstance(key, int) else self.accounts[key]

    def name(self, key: int | str) -> str:
        """Return the name under which somebody writes; the demo's own accounts keep theirs."""
        if isinstance(key, int):
            return self.names[key % len(self.names)]
        user = self.accounts[key]
        name = f"{user.first_name} {user.last_name[:1]}."
        keep_display_name(user, name)
        return name

    def agree(self, page: IdeaBoardPage, user: User, at: datetime) -> None:
        if (user.pk, page.board_key) not in self.agreed:
            accept_charter(board_key=page.board_key, user=user, now=at)
            self.agreed.add((user.pk, page.board_key))


def make_board(row: Data, department: Department, clock: Clock) -> IdeaBoardPage:
    """Publish a board in both languages. It screens afterwards until its ideas are there."""
    above = _above(row)
    opens = clock.at(row["opens"])
    page = IdeaBoardPage(
        locale=above.locale,
        department=department,
        screening=Screening.AFTER,
        answer_within_days=row["answer_within_days"],
        supports_per_person=row.get("supports_per_person", 0),
        hidden_after_reports=row.get("hidden_after_reports", 3),
        has_map=row.get("has_map", True),
        theme_is=row.get("themes_asked", Asked.OPTIONAL),
        neighbourhood_is=row.get("places_asked", Asked.OPTIONAL),
        place_is=row.get("places_asked", Asked.OPTIONAL),
        **{f"{what}_from": opens for what in WHAT},
        **{f"{what}_until": _until(row, what, clock) for what in WHAT},
        **_words(row, "fr"),
    )
    publish_pair(page, above, _words(row, "nl"))
    published = clock.at(row["published" if "published" in row else "opens"])
    pages = Page.objects.filter(translation_key=page.translation_key)
    pages.update(first_published_at=published, last_published_at=published, latest_revision_created_at=published)
    return page


def _until(row: Data, what: str, clock: Clock) -> datetime | None:
    """Return when the phase ends in which one can do it, or the whole board."""
    days = row.get(f"{what}_until", row.get("closes"))
    return None if days is None else timezone.localtime(clock.at(days)).replace(hour=23, minute=59)


def _above(row: Data) -> Page:
    index = ConsultationIndexPage.objects.get(locale__language_code="fr")
    if "below" not in row:
        return index
    titles = {each["key"]: each["fr"]["title"] for each in read("consultations.yaml")}
    found: Page = ConsultationPage.objects.child_of(index).get(title=titles[row["below"]])
    return found


def _words(row: Data, code: str) -> dict[str, Any]:
    words = row[code]
    charter = [{"type": "text", "value": words["charter"], "id": f"charter-{row['key']}"}]
    return {**{name: words[name] for name in WORDS}, "charter": charter}
