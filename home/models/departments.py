"""Departments: who speaks in the commune's name."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from home.languages import in_active_language
from home.models.bilingual import BilingualName, side_by_side
from home.querysets import DepartmentQuerySet


class Department(index.Indexed, BilingualName):
    """A service of the commune, with the group of people who write in its name."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    description_fr = models.CharField(_("in French"), max_length=240, blank=True)
    description_nl = models.CharField(_("in Dutch"), max_length=240, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    group = models.OneToOneField(
        Group,
        verbose_name=_("its editors"),
        on_delete=models.PROTECT,
        related_name="department",
        null=True,
        blank=True,
        help_text=_("The members of this group write in the department's name; left empty, a group is made."),
    )

    is_trusted = models.BooleanField(
        _("may use the fast track"),
        default=False,
        help_text=_("Its people may publish at once what can't wait; the desk checks afterwards."),
    )

    objects = DepartmentQuerySet.as_manager()

    panels = [
        side_by_side("name", _("Name")),
        side_by_side("description", _("What it does, in one sentence")),
        FieldRowPanel([FieldPanel("email"), FieldPanel("telephone")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("group")]),
        FieldPanel("is_trusted"),
    ]
    search_fields = [index.AutocompleteField("name_fr"), index.AutocompleteField("name_nl")]

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["name_fr"]
        permissions = [("speak_for_any_department", _("Can write in the name of every department"))]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.group is None:
            self.group = self._new_group()
        super().save(*args, **kwargs)

    def _new_group(self) -> Group:
        """Make a group that nobody is in: one of the same name may be another department's, or a role's."""
        name, number = self.name_fr, 2
        while Group.objects.filter(name=name).exists():
            name, number = f"{self.name_fr} ({number})", number + 1
        return Group.objects.create(name=name)

    @property
    def description(self) -> str:
        return in_active_language(self, "description")
