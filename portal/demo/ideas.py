"""What residents wrote, supported and said on the demo commune's boards, and what the commune made of it."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.core.files import File
from django.utils import timezone

from home.models import Department, Neighbourhood, PortalImage, Theme
from participation.ideas.answering import add_note, add_step, assign, prepare_answer, publish_answers
from participation.ideas.commenting import add_comment, comment_officially
from participation.ideas.kinds import Because, Outcome, Screening, Way
from participation.ideas.merging import merge_ideas
from participation.ideas.screens.drawing import degrees_of
from participation.ideas.screens.photos import keep_photo
from participation.ideas.supporting import support_idea
from participation.ideas.writing import save_draft, send_idea
from participation.models import (
    Comment,
    Idea,
    IdeaBoardPage,
    IdeaEvent,
    IdeaStatus,
    ModerationDecision,
    Support,
)
from portal.demo.content import FOLDER, Data, read
from portal.demo.idea_boards import Clock, People, make_board
from portal.demo.ideas_at_the_desk import DeskLoader
from residents.models import Residency, User, Voter

SPREAD = 0.22  # how far from the middle of its neighbourhood an idea stands, as a share of its width
ANSWERED_AFTER = timedelta(days=20)
MERGED_AFTER = timedelta(days=5)


class IdeaLoader:
    """Makes boards, then what people did on them, each by its action and at its day."""

    def __init__(
        self, images: dict[str, PortalImage], departments: dict[str, Department], accounts: dict[str, User]
    ) -> None:
        self.images, self.departments, self.accounts = images, departments, accounts
        self.officer = accounts["participation"]
        self.data = read("ideas.yaml")
        self.clock, self.people = Clock(), People(accounts, self.data["names"])
        self.places = {place.code: place for place in Neighbourhood.objects.drawn()}
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}
        self.statuses = {status.kind: status for status in IdeaStatus.objects.all()}
        self.pictures = {row["file"]: row for row in read("pictures.yaml")}
        self.homes = dict(Residency.objects.values_list("user_id", "neighbourhood_id"))
        self.chance = random.Random(165)  # noqa: S311 - who supports what, in a commune that does not exist
        self.given: dict[Any, Counter[int]] = defaultdict(Counter)

    def load(self) -> None:
        rows = {row["key"]: row for row in self.data["boards"]}
        boards = {key: make_board(row, self.departments[row["department"]], self.clock) for key, row in rows.items()}
        for row in self.data["ideas"]:
            self._idea(row, boards[row["board"]])
        # What the commune reads first, from today on; what stands there was read.
        for key, page in boards.items():
            pages = IdeaBoardPage.objects.filter(translation_key=page.translation_key)
            pages.update(screening=rows[key]["screening"])
            if rows[key]["screening"] == Screening.BEFORE:
                self._was_read(page)
        DeskLoader(boards, self.people, self.clock, self.values_of).load()
        IdeaEvent.objects.update(told_at=timezone.now())

    def _was_read(self, page: IdeaBoardPage) -> None:
        """Note that the desk read each of its ideas before it was public."""
        read_by = {"board_id": page.board_key, "because": Because.FIRST, "outcome": Outcome.PUBLISHED}
        ModerationDecision.objects.bulk_create(
            ModerationDecision(
                idea=idea, waited_since=idea.created_at, decided_at=idea.first_published_at,
                decided_by=self.accounts["communication"], **read_by,
            )
            for idea in Idea.objects.on_board(page.board_key)
        )  # fmt: skip

    def values_of(self, row: Data) -> dict[str, Any]:
        """Return what somebody tells in the form."""
        place = self.places.get(row.get("place", ""))
        values = {name: row[name] for name in ("title", "text")} | {"language": row["lang"], "neighbourhood": place}
        return {
            **values,
            "theme": self.themes.get(row.get("theme", "")),
            "is_thanked_by_name": row.get("thanked", False),
            **(self._point(place) if place else {}),
            **self._photo(row),
        }

    def _photo(self, row: Data) -> dict[str, Any]:
        if "photo" not in row:
            return {}
        says = self.pictures[row["photo"]][f"alt_{row['lang']}"]
        with (FOLDER / "pictures" / row["photo"]).open("rb") as file:
            return {"photo": keep_photo(File(file, name=row["photo"]), title=says), "photo_says": says}

    def _idea(self, row: Data, page: IdeaBoardPage) -> None:
        at, author = self.clock.at(row["days"]), self.people.who(row["author"])
        self.people.agree(page, author, at)
        name, values = self.people.name(row["author"]), self.values_of(row)
        draft = save_draft(board_key=page.board_key, user=author, author_name=name, values=values, now=at)
        idea = send_idea(idea=draft, user=author, now=at)
        kept = Idea.objects.public().on_board(page.board_key).get(title=row["part_of"]) if "part_of" in row else None
        for voter in self._supporters(page, author, values["neighbourhood"], row["supports"], kept):
            when = at + timedelta(hours=self.chance.randrange(2, 22))
            self.people.agree(page, voter, when)
            support_idea(idea=idea, user=voter, now=when)
        self._discuss(idea, page, row, at)
        self._became(idea, page, row, at)
        if kept:
            merge_ideas(kept=kept, merged=idea, user=self.officer, now=at + MERGED_AFTER)
        if row.get("way") == "paper":
            Idea.objects.filter(pk=idea.pk).update(way=Way.PAPER, typed_by=self.accounts["guichet"])

    def _supporters(
        self, page: IdeaBoardPage, author: User, place: Neighbourhood | None, count: int, kept: Idea | None
    ) -> list[User]:
        """Return who supports: half of them live where the idea is about, as people care for what is near.

        Of a duplicate nobody who supports the idea that remains: so all of its supports count there.
        """
        most = page.supports_per_person or len(self.data["ideas"])
        given = self.given[page.board_key]
        already = Support.objects.filter(idea=kept).values("voter")
        theirs = set(Voter.objects.filter(key__in=already).values_list("user", flat=True)) if kept else set()
        others = [each for each in self.people.residents if each != author and given[each.pk] < most]
        others = [each for each in others if each.pk not in theirs]
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

    def _discuss(self, idea: Idea, page: IdeaBoardPage, row: Data, at: datetime) -> None:
        last = None
        for position, said in enumerate(row.get("said", [])):
            moment = at + timedelta(hours=3 + 2 * position)
            parent = last if said.get("reply") else None
            words = {"text": said["text"], "language": said.get("lang", row["lang"]), "parent": parent, "now": moment}
            comment = self._say(idea, page, said, words)
            last = parent or comment

    def _say(self, idea: Idea, page: IdeaBoardPage, said: Data, words: dict[str, Any]) -> Comment:
        if "department" in said:
            by, department = self.accounts[said["by"]], self.departments[said["department"]]
            return comment_officially(idea=idea, user=by, department=department, **words)
        user = self.people.who(said["who"])
        self.people.agree(page, user, words["now"])
        return add_comment(idea=idea, user=user, author_name=self.people.name(said["who"]), **words)

    def _became(self, idea: Idea, page: IdeaBoardPage, row: Data, at: datetime) -> None:
        """Give the idea its answer or its status, what is in the making, and the steps that followed."""
        if "answer" in row:
            values = self._answer_values(row["answer"], page.department, row["status"])
            day = at + ANSWERED_AFTER
            prepare_answer(idea=idea, user=self.officer, values=values, is_ready=True, now=day)
            publish_answers(ideas=[idea], user=self.officer, now=day)
        elif "status" in row:
            Idea.objects.filter(pk=idea.pk).update(status=self.statuses[row["status"]])
        if "draft" in row:
            self._draft(idea, row["draft"], self.clock.at(1))
        for step in row.get("steps", []):
            self._tell_step(idea, step, self.clock.at(step["days"]))

    def _answer_values(self, words: Data, department: Department, status: str | None) -> dict[str, Any]:
        texts = {f"text_{code}": words.get(code, "") for code in ("fr", "nl")}
        return {"department": department, "status": self.statuses[status] if status else None, **texts}

    def _draft(self, idea: Idea, draft: Data, at: datetime) -> None:
        department = self.departments[draft["to"]]
        assign(idea=idea, user=self.officer, to=None, department=department, now=at)
        if "note" in draft:
            add_note(idea=idea, user=self.officer, text=draft["note"], now=at)
        if "fr" in draft or "nl" in draft:
            values = self._answer_values(draft, department, draft.get("status"))
            values["college_decision"] = draft.get("college", "")
            prepare_answer(idea=idea, user=self.officer, values=values, is_ready=draft.get("is_ready", False), now=at)

    def _tell_step(self, idea: Idea, step: Data, at: datetime) -> None:
        values: dict[str, Any] = {f"words_{code}": step[code] for code in ("fr", "nl")}
        if "photo" in step:
            values["photo"] = self.images[step["photo"]]
            values |= {f"photo_says_{code}": self.pictures[step["photo"]][f"alt_{code}"] for code in ("fr", "nl")}
        add_step(idea=idea, user=self.officer, day=timezone.localdate(at), values=values, now=at)
