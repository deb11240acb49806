"""The screens of those who answer ideas: the list, the answers that go out together, and one idea."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Media
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from home.languages import active_language
from participation.ideas import answering
from participation.ideas.addresses import address_on, boards_of
from participation.ideas.answer_forms import (
    AnswerFilterForm,
    AnswerForm,
    AssignForm,
    MergeForm,
    NoteForm,
    OfficialCommentForm,
    PublishForm,
    StepForm,
)
from participation.ideas.commenting import comment_officially
from participation.ideas.listing import total_of
from participation.ideas.merging import merge_ideas, undo_merge
from participation.ideas.permissions import (
    can_answer,
    can_answer_all,
    can_answer_some,
    can_merge,
    can_moderate,
    can_publish_answers,
)
from participation.ideas.querysets import IdeaQuerySet
from participation.models import Idea, IdeaMerge
from participation.surveys.errors import RefusedError


def ideas_open_to(user: Any) -> IdeaQuerySet:
    """Return the public ideas that `user` answers: all, or those that were given to them or their departments."""
    ideas: IdeaQuerySet = Idea.objects.public()
    return ideas if can_answer_all(user) else ideas.given_to(user)


def answers(request: Any) -> HttpResponse:
    """List the ideas for those who answer them."""
    if not can_answer_some(request.user):
        raise PermissionDenied
    form = AnswerFilterForm(request.GET, user=request.user)
    today = timezone.localdate()
    ideas = ideas_open_to(request.user)
    context = {
        "form": form,
        "results": form.page_of(ideas),
        "today": today,
        "late": total_of(ideas.late(on=today)),
        "ready": total_of(ideas.ready()),
        "may_publish": can_publish_answers(request.user),
        "may_moderate": can_moderate(request.user),
    }
    return render(request, "participation/ideas/desk/answers.html", context)


@require_POST
def publish_answers(request: Any) -> HttpResponse:
    """Publish the answers of the ideas that were ticked: all of them, or none."""
    form = PublishForm(request.POST)
    if not can_publish_answers(request.user):
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, " ".join(str(message) for each in form.errors.values() for message in each))
        return redirect("idea_answers")
    try:
        out = answering.publish_answers(ideas=form.cleaned_data["ideas"], user=request.user, now=timezone.now())
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(count)d answer is published.", "%(count)d answers are published.", len(out))
        messages.success(request, words % {"count": len(out)})
    return redirect("idea_answers")


def _open(request: Any, idea_id: int) -> Idea:
    idea = get_object_or_404(Idea.objects.select_related("answer", "status", "theme", "neighbourhood"), pk=idea_id)
    if not (can_answer(idea, request.user) or can_merge(request.user)):
        raise PermissionDenied
    return idea


def answer(request: Any, idea_id: int) -> HttpResponse:
    """Show one idea with its answer in the making; a POST writes one of its forms."""
    idea = _open(request, idea_id)
    forms = _forms(request, idea)
    name = request.POST.get("form", "") if request.method == "POST" else ""
    if name in forms:
        forms[name] = _forms(request, idea, filled=name)[name]
        if forms[name].is_valid() and _write(request, idea, name, forms[name]):
            return redirect("idea_answer", idea.pk)
    return render(request, "participation/ideas/desk/answer.html", _context(request, idea, forms))


def _forms(request: Any, idea: Idea, *, filled: str = "") -> dict[str, Any]:
    existing = getattr(idea, "answer", None)
    data = {name: request.POST if name == filled else None for name in WRITES}
    given = {"to": existing and existing.assigned_to_id, "department": existing and existing.assigned_department_id}
    speaks = {"department": given["department"], "language": active_language()}
    forms = {
        "answer": AnswerForm(data["answer"], instance=existing, user=request.user),
        "assign": AssignForm(data["assign"], initial=given),
        "comment": OfficialCommentForm(data["comment"], idea=idea, user=request.user, initial=speaks),
        "note": NoteForm(data["note"]),
        "step": StepForm(data["step"]),
        "merge": MergeForm(data["merge"], idea=idea),
    }
    for name, form in forms.items():
        form.auto_id = f"{name}-%s"  # they stand on one page, and two of them ask for a department
    return forms


def _write(request: Any, idea: Idea, name: str, form: Any) -> bool:
    """Do what a form asks; what refuses it is said, and what was typed stays."""
    try:
        WRITES[name](request, idea, form)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return False
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, _("Kept."))
    return True


def _write_answer(request: Any, idea: Idea, form: Any) -> None:
    values = {name: form.cleaned_data[name] for name in answering.PREPARED}
    answering.prepare_answer(
        idea=idea, user=request.user, values=values, is_ready=form.cleaned_data["is_ready"], now=timezone.now()
    )


def _write_assignment(request: Any, idea: Idea, form: Any) -> None:
    answering.assign(idea=idea, user=request.user, now=timezone.now(), **form.cleaned_data)


def _write_comment(request: Any, idea: Idea, form: Any) -> None:
    comment_officially(idea=idea, user=request.user, now=timezone.now(), **form.cleaned_data)


def _write_note(request: Any, idea: Idea, form: Any) -> None:
    answering.add_note(idea=idea, user=request.user, text=form.cleaned_data["text"], now=timezone.now())


def _write_step(request: Any, idea: Idea, form: Any) -> None:
    values = dict(form.cleaned_data)
    day = values.pop("day")
    answering.add_step(idea=idea, user=request.user, day=day, values=values, now=timezone.now())


def _write_merge(request: Any, idea: Idea, form: Any) -> None:
    merge_ideas(kept=idea, merged=form.duplicate, user=request.user, now=timezone.now())


WRITES: dict[str, Callable[[Any, Idea, Any], None]] = {
    "answer": _write_answer,
    "assign": _write_assignment,
    "comment": _write_comment,
    "note": _write_note,
    "step": _write_step,
    "merge": _write_merge,
}


def _context(request: Any, idea: Idea, forms: dict[str, Any]) -> dict[str, Any]:
    page = boards_of([idea.board_id]).get(idea.board_id)
    today = timezone.localdate()
    return {
        "idea": idea,
        "answer": getattr(idea, "answer", None),
        "board": page,
        "url": address_on(page, idea) if idea.is_public else "",
        "is_late": idea.answered_at is None and idea.answer_due_on is not None and idea.answer_due_on < today,
        "forms": forms,
        "media": sum((form.media for form in forms.values()), Media()),
        "notes": idea.notes.select_related("author"),
        "steps": idea.steps.all(),
        "merges": idea.merges.filter(undone_at=None).select_related("merged", "merged_by"),
        "may_answer": can_answer(idea, request.user),
        "may_publish": can_publish_answers(request.user),
        "may_merge": can_merge(request.user) and idea.is_public,
    }


@require_POST
def part(request: Any, merge_id: int) -> HttpResponse:
    """Undo a merging, and come back to the idea that remained."""
    merge = get_object_or_404(IdeaMerge, pk=merge_id)
    if not can_merge(request.user):
        raise PermissionDenied
    try:
        undo_merge(merge=merge, user=request.user, now=timezone.now())
        messages.success(request, _("Both are ideas of their own again, with their supports and comments."))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("idea_answer", merge.kept_id)
