"""The reader's filter of a board's ideas: what is shown, in which order, as a list and on the map alike."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page as PaginatorPage
from django.utils.translation import gettext_lazy as _

from home.filter_fields import KnownChoice, SlugChoiceField, ThingChoiceField
from home.models import Neighbourhood, Theme
from participation.ideas.cells import Squares
from participation.ideas.listing import FEW, IdeaPaginator, InTurn, total_of
from participation.ideas.querysets import IdeaQuerySet
from participation.models import Idea, IdeaBoardPage, IdeaStatus

PER_PAGE = 12
NEWEST, SUPPORTED, DISCUSSED, NEAR, AWAITING, RANDOM = "newest", "supported", "discussed", "near", "awaiting", "random"
SORTS = {
    NEWEST: _("newest first"),
    SUPPORTED: _("most supported first"),
    DISCUSSED: _("most discussed first"),
    NEAR: _("my neighbourhood first"),
    AWAITING: _("those that await an answer"),
    RANDOM: _("in no particular order"),
}
LARGEST_SEED = 999_999


class ChoiceField(KnownChoice, forms.ChoiceField):
    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=choices, required=False, **kwargs)


class StatusField(ThingChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(IdeaStatus.objects.all(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class BoxField(forms.CharField):
    """A part of the map: west, south, east and north, in degrees (WGS 84)."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> tuple[float, ...] | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError as error:
            raise ValidationError(_("This part of the map is not known; the whole of it is shown instead.")) from error
        if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):
            raise ValidationError(_("This part of the map is not known; the whole of it is shown instead."))
        return west, south, east, north


class IdeaListForm(forms.Form):
    """Every parameter of the list passes here, so that none can break it: what isn't known is left out, and said."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False, widget=forms.TextInput({"type": "search"}))
    theme = SlugChoiceField(Theme.objects.all(), label=_("Theme"))
    neighbourhood = SlugChoiceField(Neighbourhood.objects.drawn(), label=_("Neighbourhood"))
    status = StatusField(label=_("Status"))
    answered = ChoiceField([("", _("All")), ("yes", _("answered")), ("no", _("not answered yet"))], label=_("Answer"))
    sort = ChoiceField([], label=_("Order"))
    view = ChoiceField([("", ""), ("map", "")], widget=forms.HiddenInput)
    box = BoxField(max_length=120, required=False)
    seed = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_SEED, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, board: IdeaBoardPage, place: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board, self.place = board, place
        left_out = {SUPPORTED: not board.has_supports, DISCUSSED: not board.has_comments}
        offered = [(name, label) for name, label in SORTS.items() if not left_out.get(name)]
        self.fields["sort"].choices = [("", SORTS[NEWEST]), *offered[1:]]  # type: ignore[attr-defined]
        if not board.has_map:
            self.fields.pop("view")
            self.fields.pop("box")
        self.is_valid()

    @property
    def neighbourhoods(self) -> list[Neighbourhood]:
        field: Any = self.fields["neighbourhood"]
        places: list[Neighbourhood] = field.things
        return places

    @property
    def order(self) -> str:
        return str(self.cleaned_data.get("sort") or NEWEST)

    @property
    def shows_map(self) -> bool:
        return self.cleaned_data.get("view") == "map"

    @property
    def shuffle(self) -> int:
        """What the order at random hangs on: kept in the addresses of further pages."""
        if not self.cleaned_data.get("seed"):
            self.cleaned_data["seed"] = secrets.randbelow(LARGEST_SEED) + 1
        return int(self.cleaned_data["seed"])

    @property
    def lacks_place(self) -> bool:
        """Whether somebody asks for what is near, and has not said where they live."""
        return self.order == NEAR and not self.place

    def is_filtered(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "theme", "neighbourhood", "status", "answered", "box"))

    def filtered(self) -> IdeaQuerySet:
        """Return the public ideas of the board that answer to all that was chosen, in no order yet."""
        ideas: IdeaQuerySet = Idea.objects.on_board(self.board.board_key).public()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if "theme" in chosen:
            ideas = ideas.on_theme(chosen["theme"])
        if "neighbourhood" in chosen:
            ideas = ideas.about(chosen["neighbourhood"])
        if "status" in chosen:
            ideas = ideas.at_status(chosen["status"])
        if "answered" in chosen:
            ideas = ideas.answered() if chosen["answered"] == "yes" else ideas.filter(answered_at=None)
        if "box" in chosen:
            ideas = ideas.within(Squares.within(chosen["box"]))
        if self.order == AWAITING:
            ideas = ideas.awaiting_answer()
        return ideas.with_words(chosen.get("q", ""))

    def page_of(self) -> PaginatorPage:
        """Return the page that was asked for; the nearest one when it does not exist."""
        ideas = self.filtered()
        most = FEW + 1 if self.cleaned_data.get("q") else None
        total = total_of(ideas, most=most)
        keys, shown = self._in_order(ideas, total), Idea.objects.for_cards()
        pages = IdeaPaginator(keys, PER_PAGE, total=total, shown=shown, most=most)
        return pages.get_page(self.cleaned_data.get("page") or 1)

    def _in_order(self, ideas: IdeaQuerySet, total: int) -> Any:
        keys: Any = ideas.values_list("pk", flat=True)
        if self.order == NEAR and self.place:
            here, elsewhere = keys.about(self.place), keys.elsewhere_than(self.place)
            return InTurn((here.newest_first(), total_of(here)), (elsewhere.newest_first(), None))
        if self.order == RANDOM:
            return self._from_a_lot(keys.as_drawn(), total)
        orders = {
            SUPPORTED: keys.most_supported_first,
            DISCUSSED: keys.most_discussed_first,
            AWAITING: keys.first_due_first,
        }
        return orders.get(self.order, keys.newest_first)()

    def _from_a_lot(self, drawn: IdeaQuerySet, total: int) -> InTurn:
        """Begin where the seed says, and come round: each idea is as often the first, and nothing is sorted."""
        first = self.shuffle * total // (LARGEST_SEED + 1)
        return InTurn((drawn[first:], total - first), (drawn[:first], first))

    def query(self, **changed: str) -> str:
        """Return what was chosen as a query string, for links that keep it; "" in `changed` leaves something out."""
        kept = {name: value for name, value in self.cleaned_data.items() if value and name not in ("page", "seed")}
        if self.order == RANDOM:
            kept["seed"] = self.shuffle
        if "box" in kept:
            kept["box"] = ",".join(f"{degrees:.5f}" for degrees in kept["box"])
        as_text = {name: getattr(value, "slug", None) or getattr(value, "pk", value) for name, value in kept.items()}
        return urlencode({name: value for name, value in {**as_text, **changed}.items() if value})
