"""For the Collège: the spontaneous ideas that wait for a decision, and what it decided as the draft of the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from participation.ideas.answering import draft_from_college
from participation.ideas.permissions import can_answer_all
from participation.ideas.querysets import IdeaQuerySet
from participation.models import ConsultationPage, Idea, IdeaBoardPage
from participation.models.idea_answers import ANSWER_SIGNS
from participation.surveys.errors import RefusedError

PER_PAGE = 100


class CollegeForm(forms.Form):
    """What the Collège decided over one idea."""

    decision = forms.CharField(
        label=gettext_lazy("Decision of the Collège"),
        max_length=200,
        help_text=gettext_lazy("Its date or number, where the Collège decided."),
    )
    text_fr = forms.CharField(
        label=gettext_lazy("Answer in French"), required=False, max_length=ANSWER_SIGNS, widget=forms.Textarea
    )
    text_nl = forms.CharField(
        label=gettext_lazy("Answer in Dutch"), required=False, max_length=ANSWER_SIGNS, widget=forms.Textarea
    )


def spontaneous_ideas() -> IdeaQuerySet:
    """Return the public ideas of boards that stand alone, in no consultation, and that nobody has decided over."""
    inside = IdeaBoardPage.objects.none()
    for consultation in ConsultationPage.objects.only("path", "depth"):
        inside |= IdeaBoardPage.objects.child_of(consultation)
    alone = IdeaBoardPage.objects.exclude(pk__in=inside.values("pk")).values("translation_key")
    ideas: IdeaQuerySet = Idea.objects.public().filter(board__in=alone, answered_at=None)
    return ideas.undecided()


def college(request: Any) -> HttpResponse:
    """The list to be decided, the most supported first: on the screen, or printed for the meeting."""
    if not can_answer_all(request.user):
        raise PermissionDenied
    ideas = spontaneous_ideas().most_supported_first().select_related("theme", "neighbourhood")
    results = Paginator(ideas, PER_PAGE).get_page(request.GET.get("p"))
    context = {"results": results, "today": timezone.localdate()}
    return render(request, "participation/ideas/desk/college.html", context)


def college_decision(request: Any, idea_id: int) -> HttpResponse:
    """Write down what the Collège decided; it becomes the draft of the answer, and the screen of the answer follows."""
    if not can_answer_all(request.user):
        raise PermissionDenied
    idea = get_object_or_404(Idea.objects.public(), pk=idea_id)
    form = CollegeForm(request.POST or None)
    if form.is_valid():
        try:
            draft_from_college(idea=idea, user=request.user, now=timezone.now(), **form.cleaned_data)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Kept as the draft of the answer. Complete it, and publish it."))
            return redirect("idea_answer", idea.pk)
    return render(request, "participation/ideas/desk/college_decision.html", {"idea": idea, "form": form})
