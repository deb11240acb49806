"""Comments on ideas, and the replies to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.ideas.kinds import COMMENT_SIGNS, State
from participation.ideas.querysets import CommentQuerySet
from participation.models.contributions import Contribution
from participation.models.ideas import Idea


class Comment(Contribution):
    """A comment (`depth` 0) or a reply to one (`depth` 1); there is no reply to a reply.

    `came_from` is the idea under which it was written, where that one was merged into the idea it stands under now.
    """

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="comments")
    came_from = models.ForeignKey(
        Idea, verbose_name=_("written under"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("reply to"), null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    text = models.TextField(_("text"), max_length=COMMENT_SIGNS)
    department = models.ForeignKey(
        "home.Department",
        verbose_name=_("department that speaks"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Where the commune comments; left empty, a resident does."),
    )
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    replies_count = models.PositiveIntegerField(_("replies"), default=0)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["idea", "depth", "-first_published_at"],
                name="participation_comments_of_idea",
                condition=Q(state=State.PUBLIC),
            ),
            models.Index(fields=["parent"], name="participation_replies_to", condition=Q(depth=1)),
            models.Index(fields=["voter"], name="participation_comments_of"),
        ]
        constraints = [
            *Contribution.Meta.constraints,
            models.CheckConstraint(
                condition=Q(depth=0, parent=None) | Q(depth=1, parent__isnull=False),
                name="participation_comments_have_two_levels",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="participation_comment_has_words"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_official(self) -> bool:
        return self.department_id is not None

    @property
    def is_by_the_author(self) -> bool:
        """Whether it is the idea's own author who comments."""
        return self.idea.is_of(self.voter)
