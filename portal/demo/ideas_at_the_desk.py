"""What waits for the demo commune's desk on its boards, and what the desk decided: in each state but public."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from wagtail.models import WorkflowState

from home.reviewing import channels
from participation.ideas.commenting import add_comment
from participation.ideas.kinds import Outcome, SanctionKind
from participation.ideas.reporting import report
from participation.ideas.reviewing import Verdict, ask_second_look, decide
from participation.ideas.sanctions import sanction
from participation.ideas.writing import save_draft, send_idea, withdraw_idea
from participation.models import Comment, DeclineReason, Idea, IdeaBoardPage
from portal.demo.content import Data, read
from portal.demo.idea_boards import Clock, People
from residents.models import User

Values = Callable[[Data], dict[str, Any]]


def _waits_since(contribution: Idea | Comment, at: datetime) -> None:
    """Let the review that it stands in have begun at `at`: Wagtail notes the hour of the day."""
    states = WorkflowState.objects.for_instance(contribution)
    states.filter(status=WorkflowState.STATUS_IN_PROGRESS).update(created_at=at)


class DeskLoader:
    """Sends in what comes before the desk, then lets the desk and the authors do what the file says."""

    def __init__(self, boards: dict[str, IdeaBoardPage], people: People, clock: Clock, values_of: Values) -> None:
        self.boards, self.people, self.clock, self.values_of = boards, people, clock, values_of
        self.reasons = list(DeclineReason.objects.order_by("order", "pk"))
        self.channels = {channel.words["name_fr"]: channel for channel in channels()}

    def load(self) -> None:
        data = read("ideas_at_the_desk.yaml")
        for row in data["ideas"]:
            self._idea(row)
        for row in data["comments"]:
            self._comment(row)
        for row in data["reported_comments"]:
            comment = Comment.objects.public().get(idea__title=row["under"], text=row["text"])
            user, now = self.people.who(row["by"]), self.clock.at(1)
            report(contribution=comment, user=user, reason=row["why"], word=row["words"], now=now)

    def _idea(self, row: Data) -> None:
        page, at, user = self.boards[row["board"]], self.clock.at(row["days"]), self.people.who(row["author"])
        name = self.people.name(row["author"])
        draft = save_draft(board_key=page.board_key, user=user, author_name=name, values=self.values_of(row), now=at)
        if row.get("is_draft"):
            return
        self.people.agree(page, user, at)
        idea = send_idea(idea=draft, user=user, now=at)
        _waits_since(idea, at)
        if "withdrawn" in row:
            withdraw_idea(idea=idea, user=user, now=self._later(at, row["withdrawn"]))
        if "reported" in row:
            self._report(idea, row["reported"], at)
        if "decided" in row:
            self._decide(idea, row["decided"], at)
        if "second_look" in row:
            look = row["second_look"]
            asked_at = self._later(at, row["decided"]["after"] + look["after"])
            ask_second_look(contribution=idea, user=user, words=look["words"], now=asked_at)
            _waits_since(idea, asked_at)
        if "warned" in row:
            self._warn(idea, row)

    def _later(self, at: datetime, days: float) -> datetime:
        return at + timedelta(days=days)

    def _report(self, idea: Idea, reported: Data, at: datetime) -> None:
        rows = zip(reported["by"], reported["why"], reported["words"], strict=True)
        for hours, (number, why, words) in enumerate(rows, start=2):
            now = at + timedelta(hours=hours)
            report(contribution=idea, user=self.people.who(number), reason=why, word=words, now=now)
        _waits_since(idea, at)

    def _decide(self, contribution: Idea | Comment, decided: Data, at: datetime) -> None:
        contribution.refresh_from_db()
        channel = self.channels[decided["channel"]].words if "channel" in decided else None
        verdict = Verdict(
            Outcome(decided["outcome"]),
            seen=contribution.changed_at,
            word=decided.get("word", ""),
            reason=self.reasons[decided["reason"]] if "reason" in decided else None,
            channel=channel,
        )
        user, now = self._account(decided["by"]), self._later(at, decided["after"])
        decide(contribution=contribution, user=user, verdict=verdict, now=now)

    def _account(self, name: str) -> User:
        return self.people.accounts[name]

    def _warn(self, idea: Idea, row: Data) -> None:
        if idea.voter:
            by, now = self._account(row["decided"]["by"]), self._later(self.clock.at(row["days"]), 1)
            sanction(voter=idea.voter, kind=SanctionKind.WARNED, because=row["warned"], user=by, now=now)

    def _comment(self, row: Data) -> None:
        idea = Idea.objects.public().get(title=row["under"])
        page = next(page for page in self.boards.values() if page.board_key == idea.board_id)
        at, user = self.clock.at(row["days"]), self.people.who(row["who"])
        self.people.agree(page, user, at)
        words = {"text": row["text"], "language": row["lang"], "now": at}
        comment = add_comment(idea=idea, user=user, author_name=self.people.name(row["who"]), **words)
        _waits_since(comment, at)
        if "decided" in row:
            self._decide(comment, row["decided"], at)
