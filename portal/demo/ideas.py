"""The demo commune's idea boards: in each state, with what residents wrote and the commune answered."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from home.models import Department, Neighbourhood, Theme
from moderation.setup import publish_pair
from participation.ideas.answering import add_step, prepare_answer, publish_answers
from participation.ideas.commenting import add_comment
from participation.ideas.kinds import Asked, Screening, Way
from participation.ideas.screens.drawing import degrees_of
from participation.ideas.supporting import support_idea
from participation.ideas.writing import accept_charter, save_draft, send_idea
from participation.models import (
    ConsultationIndexPage,
    ConsultationPage,
    Idea,
    IdeaBoardPage,
    IdeaEvent,
    IdeaStatus,
)
from portal.demo.content import Data, read
from residents.models import Residency, User

WORDS = ("title", "introduction", "question")
SPREAD = 0.22  # how far from the middle of its neighbourhood an idea stands, as a share of its width
ANSWERED_AFTER = timedelta(days=20)


class IdeaLoader:
    """Makes boards, then what residents did on them, each by its action and at its day."""

    def __init__(self, departments: dict[str, Department], officer: User) -> None:
        self.departments, self.officer = departments, officer
        self.data = read("ideas.yaml")
        self.now = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
        self.places = {place.code: place for place in Neighbourhood.objects.drawn()}
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}
        self.statuses = {status.kind: status for status in IdeaStatus.objects.all()}
        self.residents = list(User.objects.filter(email__endswith="@residents.auneval.example").order_by("email"))
        self.homes = dict(Residency.objects.values_list("user_id", "neighbourhood_id"))
        self.chance = random.Random(165)  # noqa: S311 - who supports what, in a commune that does not exist
        self.given: dict[Any, Counter[int]] = defaultdict(Counter)
        self.agreed: set[tuple[int, Any]] = set()

    def load(self) -> None:
        boards = {row["key"]: (row, self._board(row)) for row in self.data["boards"]}
        for row in self.data["ideas"]:
            self._idea(row, boards[row["board"]][1])
        # What the commune reads first, from today on; what stands there was read.
        for row, page in boards.values():
            pages = IdeaBoardPage.objects.filter(translation_key=page.translation_key)
            pages.update(screening=row["screening"])
        IdeaEvent.objects.update(told_at=timezone.now())

    def _at(self, days_ago: float) -> datetime:
        return self.now - timedelta(days=days_ago)

    def _board(self, row: Data) -> IdeaBoardPage:
        above = _above(row)
        closes = self._at(row["closes"]) if "closes" in row else None
        opens = self._at(row["opens"])
        page = IdeaBoardPage(
            locale=above.locale,
            department=self.departments[row["department"]],
            screening=Screening.AFTER,
            answer_within_days=row["answer_within_days"],
            supports_per_person=row.get("supports_per_person", 0),
            has_map=row.get("has_map", True),
            theme_is=row.get("themes_asked", Asked.OPTIONAL),
            neighbourhood_is=row.get("places_asked", Asked.OPTIONAL),
            place_is=row.get("places_asked", Asked.OPTIONAL),
            **{f"{what}_from": opens for what in ("ideas", "supports", "comments")},
            **{f"{what}_until": closes for what in ("ideas", "supports", "comments")},
            **_words(row, "fr"),
        )
        publish_pair(page, above, _words(row, "nl"))
        pages = Page.objects.filter(translation_key=page.translation_key)
        pages.update(first_published_at=opens, last_published_at=opens, latest_revision_created_at=opens)
        return page

    def _idea(self, row: Data, page: IdeaBoardPage) -> None:
        at, author = self._at(row["days"]), self.residents[row["author"]]
        place = self.places.get(row.get("place", ""))
        values = {
            **{name: row[name] for name in ("title", "text")},
            "language": row["lang"],
            "neighbourhood": place,
            "theme": self.themes.get(row.get("theme", "")),
            **(self._point(place) if place else {}),
        }
        self._agree(page, author, at)
        draft = save_draft(
            board_key=page.board_key, user=author, author_name=self._name(row["author"]), values=values, now=at
        )
        idea = send_idea(idea=draft, user=author, now=at)
        for voter in self._supporters(page, author, place, row["supports"]):
            support_idea(idea=idea, user=voter, now=at + timedelta(hours=self.chance.randrange(2, 22)))
        self._discuss(idea, page, row, at)
        self._answer(idea, page, row, at)
        way = Way.PAPER if row.get("way") == "paper" else idea.way
        Idea.objects.filter(pk=idea.pk).update(way=way)

    def _supporters(self, page: IdeaBoardPage, author: User, place: Neighbourhood | None, count: int) -> list[User]:
        """Return who supports: half of them live where the idea is about, as people care for what is near."""
        most = page.supports_per_person or len(self.data["ideas"])
        given = self.given[page.board_key]
        others = [each for each in self.residents if each != author and given[each.pk] < most]
        near = [each for each in others if place and self.homes.get(each.pk) == place.pk]
        first = self.chance.sample(near, min(len(near), (count + 1) // 2))
        far = [each for each in others if each not in first]
        chosen = [*first, *self.chance.sample(far, count - len(first))]
        given.update(each.pk for each in chosen)
        return chosen

    def _point(self, place: Neighbourhood) -> dict[str, float]:
        left, top, right, bottom = place.outline_bounds or (0, 0, 0, 0)
        x, y = place.outline_label or (0, 0)
        moved = (x + (right - left) * self._step(), y + (bottom - top) * self._step())
        longitude, latitude = degrees_of(*moved)
        return {"longitude": round(longitude, 6), "latitude": round(latitude, 6)}

    def _step(self) -> float:
        return self.chance.uniform(-SPREAD, SPREAD)

    def _name(self, number: int) -> str:
        names: list[str] = self.data["names"]
        return names[number % len(names)]

    def _agree(self, page: IdeaBoardPage, user: User, at: datetime) -> None:
        if (user.pk, page.board_key) not in self.agreed:
            accept_charter(board_key=page.board_key, user=user, now=at)
            self.agreed.add((user.pk, page.board_key))

    def _discuss(self, idea: Idea, page: IdeaBoardPage, row: Data, at: datetime) -> None:
        last = None
        for position, said in enumerate(row.get("said", [])):
            user, moment = self.residents[said["who"]], at + timedelta(hours=3 + 2 * position)
            self._agree(page, user, moment)
            comment = add_comment(
                idea=idea,
                user=user,
                author_name=self._name(said["who"]),
                text=said["text"],
                language=said.get("lang", row["lang"]),
                now=moment,
                parent=last if said.get("reply") else None,
            )
            last = last if said.get("reply") else comment

    def _answer(self, idea: Idea, page: IdeaBoardPage, row: Data, at: datetime) -> None:
        status = self.statuses[row["status"]]
        if "answer" in row:
            values = {
                "department": page.department,
                "status": status,
                **{f"text_{code}": row["answer"][code] for code in ("fr", "nl")},
            }
            day = at + ANSWERED_AFTER
            prepare_answer(idea=idea, user=self.officer, values=values, is_ready=True, now=day)
            publish_answers(ideas=[idea], user=self.officer, now=day)
        else:
            Idea.objects.filter(pk=idea.pk).update(status=status)
        for step in row.get("steps", []):
            words = {f"words_{code}": step[code] for code in ("fr", "nl")}
            day_of_step = timezone.localdate(self._at(step["days"]))
            add_step(idea=idea, user=self.officer, day=day_of_step, values=words, now=self._at(step["days"]))


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
