"""The desk's review of ideas and comments: a workflow of its own, in the same queue."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from participation.models import Comment, Idea, IdeaReviewTask

WORKFLOW = "Idées / Ideeën"


def setup_idea_reviews(groups: Iterable[Group]) -> None:
    """Let what residents write stand before these groups; may run at any time."""
    task = IdeaReviewTask.objects.first() or IdeaReviewTask.objects.create(name=WORKFLOW)
    task.groups.set(groups)
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr)
    for model in (Idea, Comment):
        content_type = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.update_or_create(content_type=content_type, defaults={"workflow": workflow})
