"""The desk's screen of one idea or comment that waits: its words, what was reported, and what can be decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import TaskState

from participation.ideas.addresses import address_on, boards_of
from participation.ideas.answers import told_answers
from participation.ideas.desk_forms import SanctionForm, VerdictForm
from participation.ideas.kinds import Outcome
from participation.ideas.permissions import can_moderate, can_sanction, why_not_decide
from participation.ideas.reviewing import decide, outcomes_for
from participation.ideas.sanctions import sanction, undo_sanction
from participation.models import Comment, Idea, ModerationDecision, Sanction
from participation.surveys.errors import RefusedError
from residents.models import Voter

DONE = {
    Outcome.PUBLISHED: gettext_lazy("Published, and its author is told."),
    Outcome.KEPT: gettext_lazy("Left public."),
    Outcome.CHANGES: gettext_lazy("Changes asked for: its author is told."),
    Outcome.DECLINED: gettext_lazy("Declined: its author is told why."),
    Outcome.ELSEWHERE: gettext_lazy("Closed for another channel: its author is told which one."),
}


def review(request: Any, task_state_id: int) -> HttpResponse:
    """Show what waits, with what can be decided; a POST decides."""
    if not can_moderate(request.user):
        raise PermissionDenied
    task_state = get_object_or_404(TaskState.objects.select_related("workflow_state"), pk=task_state_id)
    contribution = task_state.workflow_state.content_object
    if not isinstance(contribution, (Idea, Comment)):
        raise Http404
    if task_state.status != TaskState.STATUS_IN_PROGRESS:
        messages.info(request, _("Somebody decided over this already."))
        return redirect("queue")
    forms = [VerdictForm(each, seen=contribution.changed_at) for each in outcomes_for(contribution)]
    if request.method == "POST":
        forms, answer = _decide(request, contribution, forms)
        if answer:
            return answer
    return render(request, "participation/ideas/desk/review.html", _context(request, task_state, contribution, forms))


def _decide(
    request: Any, contribution: Idea | Comment, forms: list[VerdictForm]
) -> tuple[list[VerdictForm], HttpResponse | None]:
    """Decide, and return where to go on; or the forms as they were filled in, with what is wrong."""
    name = request.POST.get("decision", "")
    chosen = next((form for form in forms if form.outcome == name), None)
    if chosen is None:
        messages.error(request, _("Choose what you decide."))
        return forms, None
    filled = VerdictForm(chosen.outcome, request.POST, seen=contribution.changed_at)
    forms = [filled if form is chosen else form for form in forms]
    if not filled.is_valid():
        return forms, None
    try:
        decide(contribution=contribution, user=request.user, verdict=filled.verdict(), now=timezone.now())
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        contribution.refresh_from_db()
        filled.data = {**request.POST.dict(), filled.add_prefix("seen"): contribution.changed_at.isoformat()}
        return forms, None
    except ValidationError as error:
        filled.add_error(None, error.messages)
        return forms, None
    messages.success(request, DONE[chosen.outcome])
    return forms, redirect("queue")


def _context(
    request: Any, task_state: TaskState, contribution: Idea | Comment, forms: list[VerdictForm]
) -> dict[str, Any]:
    idea = contribution if isinstance(contribution, Idea) else contribution.idea
    page = boards_of([idea.board_id]).get(idea.board_id)
    refusal = why_not_decide(contribution, request.user)
    return {
        "task_state": task_state,
        "contribution": contribution,
        "idea": idea,
        "is_comment": isinstance(contribution, Comment),
        "board": page,
        "url": address_on(page, idea) if idea.is_public else "",
        "answers": told_answers(page, idea) if page and isinstance(contribution, Idea) else [],
        "reports": contribution.reports.filter(decision=None),
        "decisions": contribution.decisions.select_related("decided_by", "reason"),
        "look": getattr(contribution, "second_look", None),
        "obstacle": str(refusal) if refusal else "",
        "forms": forms,
        # Of ways that close each other a browser leaves the first open one open: not the one with what is wrong in it.
        "is_filled_in": any(form.is_bound for form in forms),
        "sanction_form": SanctionForm(),
        "sanctions": Sanction.objects.filter(voter=contribution.voter) if contribution.voter else [],
        "may_sanction": can_sanction(request.user) and contribution.voter is not None,
    }


@require_POST
def add_sanction(request: Any, task_state_id: int) -> HttpResponse:
    """Warn, mute or block the author of what waits, and come back to it."""
    if not can_sanction(request.user):
        raise PermissionDenied
    task_state = get_object_or_404(TaskState.objects.select_related("workflow_state"), pk=task_state_id)
    contribution = task_state.workflow_state.content_object
    form = SanctionForm(request.POST)
    if not isinstance(contribution, (Idea, Comment)) or contribution.voter is None:
        raise Http404
    back = redirect(reverse("idea_review", args=[task_state.pk]))
    if not form.is_valid():
        messages.error(request, " ".join(str(message) for each in form.errors.values() for message in each))
        return back
    now, data = timezone.now(), form.cleaned_data
    until = now + timedelta(days=data["days"]) if data.get("days") else None
    voter = contribution.voter
    try:
        sanction(voter=voter, kind=data["kind"], because=data["because"], user=request.user, now=now, until=until)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return back
    messages.success(request, _("The person is told."))
    return back


def sanctions(request: Any) -> HttpResponse:
    """List whom the desk warned, muted or blocked, the latest first; a POST undoes one."""
    if not can_sanction(request.user):
        raise PermissionDenied
    if request.method == "POST":
        chosen = Sanction.objects.filter(pk=_number(request.POST.get("sanction"))).first()
        if chosen:
            undo_sanction(sanction=chosen, user=request.user, now=timezone.now())
            messages.success(request, _("Undone: the person is told."))
        return redirect("idea_sanctions")
    rows = list(Sanction.objects.select_related("decided_by", "undone_by")[:200])
    people = Voter.objects.filter(key__in=[row.voter for row in rows]).select_related("user__profile")
    names = {voter.key: _name(voter) for voter in people}
    now = timezone.now()
    listed = [{"sanction": row, "name": names.get(row.voter, "–"), "holds": row.holds(now)} for row in rows]
    return render(request, "participation/ideas/desk/sanctions.html", {"rows": listed})


def _name(voter: Voter) -> str:
    profile = getattr(voter.user, "profile", None) if voter.user else None
    return (profile.display_name if profile else "") or "–"


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else 0


def decisions(request: Any) -> HttpResponse:
    """List what was decided lately, for those who decide."""
    if not can_moderate(request.user):
        raise PermissionDenied
    rows = ModerationDecision.objects.select_related("decided_by", "reason", "idea", "comment")[:200]
    return render(request, "participation/ideas/desk/decisions.html", {"rows": rows})
