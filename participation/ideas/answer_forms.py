"""What an answer, its assignment, a note, a step, a merging and a filter of the list ask for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.paginator import Page as PaginatorPage
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from home.filter_fields import ThingChoiceField
from home.models import Department
from home.permissions import departments_open_to
from participation.ideas.kinds import COMMENT_SIGNS
from participation.ideas.listing import IdeaPaginator, total_of
from participation.ideas.permissions import can_answer_all
from participation.ideas.querysets import IdeaQuerySet
from participation.models import Comment, Idea, IdeaBoardPage, IdeaStatus, OfficialAnswer, RealisationStep
from residents.querysets import staff

PER_PAGE = 50
REPLIED_TO = 50
AWAITING, LATE, READY, MINE, ANSWERED = "awaiting", "late", "ready", "mine", "answered"
STANDS: list[tuple[str, Any]] = [
    ("", _("All")),
    (AWAITING, _("awaiting an answer")),
    (LATE, _("answer is late")),
    (READY, _("answer ready to be published")),
    (MINE, _("given to me or my department")),
    (ANSWERED, _("answered")),
]
ORDERS: list[tuple[str, Any]] = [
    ("", _("the newest first")),
    ("supports", _("the most supported first")),
    ("due", _("the first deadline first")),
]


class AnswerFilterForm(forms.Form):
    """The list of ideas for those who answer; whatever is not known is left out, and said."""

    board = forms.ChoiceField(label=_("Board"), required=False)
    stands = forms.ChoiceField(label=_("Where the answer stands"), required=False, choices=STANDS)
    status = ThingChoiceField(IdeaStatus.objects.all(), label=_("Status"))
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)
    q = forms.CharField(label=_("Words"), required=False, max_length=100, strip=True)
    p = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        self.user = user
        field: Any = self.fields["board"]
        pages = IdeaBoardPage.objects.in_language().order_by("title").values_list("translation_key", "title")
        field.choices = [("", _("All")), *((str(key), title) for key, title in pages)]
        self.is_valid()

    def filtered(self, ideas: IdeaQuerySet) -> IdeaQuerySet:
        chosen = self.cleaned_data
        if chosen.get("board"):
            ideas = ideas.on_board(chosen["board"])
        if chosen.get("status"):
            ideas = ideas.at_status(chosen["status"])
        return self._standing(ideas.with_words(chosen.get("q") or ""), chosen.get("stands"))

    def _standing(self, ideas: IdeaQuerySet, stands: str | None) -> IdeaQuerySet:
        if stands == LATE:
            return ideas.late(on=timezone.localdate())
        if stands == MINE:
            return ideas.given_to(self.user)
        if stands == READY:
            return ideas.ready()
        if stands == ANSWERED:
            return ideas.answered()
        return ideas.awaiting_answer() if stands == AWAITING else ideas

    def _ordered(self, ideas: IdeaQuerySet) -> IdeaQuerySet:
        order = self.cleaned_data.get("order")
        if order == "due":
            return ideas.first_due_first()
        return ideas.most_supported_first() if order == "supports" else ideas.newest_first()

    def page_of(self, ideas: IdeaQuerySet) -> PaginatorPage:
        found = self.filtered(ideas)
        keys = self._ordered(found).values_list("pk", flat=True)
        shown = Idea.objects.select_related("status", "answer__assigned_to", "answer__assigned_department")
        pages = IdeaPaginator(keys, PER_PAGE, total=total_of(found), shown=shown.defer("words", "text"))
        return pages.get_page(self.cleaned_data.get("p") or 1)

    def query(self) -> str:
        chosen = {name: value for name, value in self.cleaned_data.items() if value and name != "p"}
        return urlencode({name: getattr(value, "pk", value) for name, value in chosen.items()})


class AnswerForm(forms.ModelForm):
    """The answer in both languages, side by side; "ready" asks for all of it."""

    class Meta:
        model = OfficialAnswer
        fields = ("department", "status", "text_fr", "text_nl", "college_decision", "is_ready")
        widgets = {name: forms.Textarea(attrs={"rows": 8}) for name in ("text_fr", "text_nl")}
        help_texts = {"college_decision": _("Its date or number, where the Collège decided.")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department: Any = self.fields["department"]
        status: Any = self.fields["status"]
        department.queryset = Department.objects.all() if can_answer_all(user) else departments_open_to(user)
        status.queryset = IdeaStatus.objects.filter(is_offered=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_ready"):
            for name in ("department", "status", "text_fr", "text_nl"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("An answer that is ready needs this."))
        return cleaned

    def _post_clean(self) -> None:
        """The action saves, under the idea's lock; the form only reads."""


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(staff(), label=_("Colleague"), required=False, empty_label=_("nobody"))
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("Department"), required=False, empty_label=_("none")
    )


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Note to colleagues"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class _Newest(ModelChoiceIterator):
    """An idea may have thousands of comments, and each choice takes its time to draw."""

    def __iter__(self) -> Iterator[Any]:
        return itertools.islice(super().__iter__(), REPLIED_TO + 1)  # one more for "nobody"


class CommentField(forms.ModelChoiceField):
    """The newest are offered; any comment of the queryset is taken."""

    iterator = _Newest

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.author_name or '–'}: {Truncator(obj.text).chars(80)}"


class OfficialCommentForm(forms.Form):
    """A comment in a department's name, which everybody reads at once."""

    department = forms.ModelChoiceField(Department.objects.none(), label=_("In the name of"), empty_label=None)
    language = forms.ChoiceField(label=_("You write in"), choices=settings.LANGUAGES)
    parent = CommentField(
        Comment.objects.none(),
        label=_("In reply to"),
        required=False,
        empty_label=_("nobody: a comment of its own"),
        help_text=_("The newest comments, up to fifty."),
    )
    text = forms.CharField(label=_("Comment"), max_length=COMMENT_SIGNS, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, idea: Idea, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["department"].queryset = Department.objects.all() if can_answer_all(user) else departments_open_to(user)
        fields["parent"].queryset = Comment.objects.filter(idea=idea).public().first_level().newest_first()


class StepForm(forms.ModelForm):
    class Meta:
        model = RealisationStep
        fields = ("day", "words_fr", "words_nl", "photo", "photo_says_fr", "photo_says_nl")
        widgets = {"day": AdminDateInput}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("photo_says_fr", "photo_says_nl"):
            if cleaned.get("photo") and not cleaned.get(name):
                self.add_error(name, _("Say what the photo shows, for who can't see it."))
        return cleaned

    def _post_clean(self) -> None:
        """The action saves; the form only reads."""


class MergeForm(forms.Form):
    """The duplicate, by its number on the same board."""

    number = forms.IntegerField(label=_("Number of the duplicate"), min_value=1)

    def __init__(self, data: Any = None, *, idea: Idea, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.idea = idea
        self.duplicate: Idea | None = None

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        self.duplicate = Idea.objects.public().on_board(self.idea.board_id).filter(number=number).first()
        if self.duplicate is None or self.duplicate == self.idea:
            raise forms.ValidationError(_("There is no other public idea of this number on the board."))
        return number


class PublishForm(forms.Form):
    """The ideas whose answers go out together."""

    ideas = forms.ModelMultipleChoiceField(
        Idea.objects.public(), error_messages={"required": _("Tick the ideas whose answers go out together.")}
    )
