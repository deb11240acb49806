"""The reader's filter, and the editor's form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from home.models import Department, Neighbourhood, Theme
from home.permissions import departments_open_to
from neighbourhood_news.kinds import Kind

if TYPE_CHECKING:
    from neighbourhood_news.querysets import NewsPageQuerySet

PER_PAGE = 12
QUOTED = 40  # signs of an unknown value that the reader sees again


class KnownChoice(forms.Field):
    """A filter that may stay open; a value that is not in its list is an error of the form, in words."""

    default_error_messages = {"invalid_choice": _("“%(value)s” is not in the list; everything is shown instead.")}

    def clean(self, value: Any) -> Any:
        typed = value or ""
        try:
            return super().clean(typed if typed.strip() else "")
        except ValidationError as error:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": Truncator(typed).chars(QUOTED)},
            ) from error


class KindField(KnownChoice, forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", _("All")), *Kind.choices], required=False, **kwargs)


class SlugChoiceField(KnownChoice, forms.ModelChoiceField):
    """A thing chosen by its slug."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, to_field_name="slug", required=False, empty_label=_("All"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return obj.label if isinstance(obj, Theme) else obj.name


class NewsFilterForm(forms.Form):
    """Every parameter of the list passes here, so that none can break it: what isn't known is left out, and said."""

    neighbourhood = SlugChoiceField(Neighbourhood.objects.drawn(), label=_("Neighbourhood"))
    kind = KindField(label=_("Kind of message"))
    department = SlugChoiceField(Department.objects.all(), label=_("Department"))
    tag = SlugChoiceField(Theme.objects.all(), label=_("Theme"))
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    def chosen(self) -> dict[str, Any]:
        """Return the filters that are set and known, by name."""
        return {name: value for name, value in self.cleaned_data.items() if value and name != "page"}

    def filtered(self, messages: NewsPageQuerySet) -> NewsPageQuerySet:
        chosen = self.chosen()
        if "neighbourhood" in chosen:
            messages = messages.about(chosen["neighbourhood"])
        if "kind" in chosen:
            messages = messages.of_kind(chosen["kind"])
        if "department" in chosen:
            messages = messages.by(chosen["department"])
        if "tag" in chosen:
            messages = messages.tagged(chosen["tag"])
        return messages

    def page_of(self, messages: NewsPageQuerySet) -> PaginatorPage:
        """Return the page of filtered messages that was asked for; the nearest one when it does not exist."""
        paginator = Paginator(self.filtered(messages).for_cards(), PER_PAGE)
        return paginator.get_page(self.cleaned_data.get("page") or 1)

    def query(self) -> str:
        """Return the known filters as a query string, for links that keep them."""
        return urlencode({name: getattr(value, "slug", value) for name, value in self.chosen().items()})


class NewsPageForm(WagtailAdminPageForm):
    """The editor's form: one chooses only among the departments in whose name one writes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "department" in self.fields and self.for_user:
            field: Any = self.fields["department"]
            field.queryset = departments_open_to(self.for_user)
            mine = list(field.queryset[:2])
            if len(mine) == 1:
                field.empty_label = None
                self.initial["department"] = self.initial.get("department") or mine[0].pk
