"""Attempts at what is done with ideas: see `attempts`."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from participation.ideas.kinds import Outcome, SanctionKind, Screening, State, StatusKind
from participation.models import Comment, HeldWord, Idea, IdeaStatus, OfficialAnswer, Sanction
from tests.moderation.attempts import Attempt, action
from tests.participation.ideas.making import propose, public_idea, readable_board


def _waiting() -> Idea:
    return propose(readable_board(screening=Screening.BEFORE))


@action("Decide over ideas and comments")
def decide_over_idea(a: Attempt) -> bool:
    idea = _waiting()
    where = reverse("idea_review", args=[idea.current_workflow_task_state.pk])
    name = Outcome.PUBLISHED
    a.client.post(where, {"decision": name, f"{name}-seen": idea.changed_at.isoformat()})
    idea.refresh_from_db()
    return idea.is_public


@action("Warn, mute or block somebody on the idea boards")
def block(a: Attempt) -> bool:
    where = reverse("idea_add_sanction", args=[_waiting().current_workflow_task_state.pk])
    a.client.post(where, {"kind": SanctionKind.BLOCKED, "because": "Insultes."})
    return Sanction.objects.exists()


def _ready(a: Attempt, idea: Idea) -> OfficialAnswer:
    status = IdeaStatus.objects.get(kind=StatusKind.ACCEPTED)
    return OfficialAnswer.objects.create(
        idea=idea,
        department=a.department,
        status=status,
        text_fr="Oui.",
        text_nl="Ja.",
        is_ready=True,
        changed_at=timezone.now(),
    )


@action("Answer every idea, and publish answers")
def publish_answer(a: Attempt) -> bool:
    idea = public_idea()
    _ready(a, idea)
    a.client.post(reverse("idea_publish_answers"), {"ideas": [idea.pk]})
    return Idea.objects.answered().exists()


@action("Prepare the answer to an idea that was given to one's department")
def prepare_answer(a: Attempt) -> bool:
    idea = public_idea()
    OfficialAnswer.objects.create(idea=idea, assigned_department=a.department, changed_at=timezone.now())
    a.client.post(reverse("idea_answer", args=[idea.pk]), {"form": "answer", "text_fr": "Oui."})
    return OfficialAnswer.objects.filter(idea=idea, text_fr="Oui.").exists()


@action("Merge ideas, and undo it")
def merge(a: Attempt) -> bool:
    board = readable_board()
    kept, other = public_idea(board), public_idea(board)
    a.client.post(reverse("idea_answer", args=[kept.pk]), {"form": "merge", "number": other.number})
    other.refresh_from_db()
    if other.state != State.MERGED:
        return False
    a.client.post(reverse("idea_part", args=[kept.merges.get().pk]))
    other.refresh_from_db()
    return other.is_public


@action("Comment on an idea in the name of one's department, from the admin")
def comment_officially(a: Attempt) -> bool:
    idea = public_idea()
    OfficialAnswer.objects.create(idea=idea, assigned_department=a.department, changed_at=timezone.now())
    words = {"form": "comment", "department": a.department.pk, "language": "fr", "text": "Nous y pensons."}
    a.client.post(reverse("idea_answer", args=[idea.pk]), words)
    return Comment.objects.filter(idea=idea, department=a.department).exists()


@action("Write an idea down for somebody, at the counter or from paper")
def type_in(a: Attempt) -> bool:
    words = {"way": "paper", "author_name": "Odile", "language": "fr", "title": "Un banc", "text": "Pour tous"}
    a.client.post(reverse("idea_type_in", args=[readable_board().board_key]), words)
    return Idea.objects.filter(way="paper").exists()


@action("Bring ideas in from a file")
def bring_in(a: Attempt) -> bool:
    file = SimpleUploadedFile("x.csv", b"title,text\nUn banc,Pour tous")
    a.client.post(reverse("idea_files"), {"board": readable_board().pk, "language": "fr", "file": file})
    return Idea.objects.exists()


@action("Keep statuses, reasons to decline and words that make a text wait")
def keep_words(a: Attempt) -> bool:
    a.client.post(reverse(HeldWord.snippet_viewset.get_url_name("add")), {"word": "Idiot"})
    return HeldWord.objects.exists()
