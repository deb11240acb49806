"""What somebody wants to hear, and how often."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from digests.actions import Wishes
from digests.models import Frequency, Subscription
from home.languages import active_language
from home.models import Neighbourhood

LANGUAGES = [("fr", "Français"), ("nl", "Nederlands")]  # each in its own, for who reads no other


class DigestForm(forms.Form):
    """How often, and whether at once: all that there is to choose where places and language are known."""

    frequency = forms.ChoiceField(
        label=_("How often?"), choices=Frequency.choices, widget=forms.RadioSelect, initial=Frequency.WEEKLY
    )
    wants_alerts = forms.BooleanField(
        label=_("Alerts, at once"),
        required=False,
        initial=True,
        help_text=_("No water, a closed street, smoke: a few times a year, when it can’t wait for a digest."),
    )

    @classmethod
    def of(cls, subscription: Subscription) -> dict[str, Any]:
        """Return what stands in the form before anything is changed."""
        return {"frequency": subscription.frequency, "wants_alerts": subscription.wants_alerts}


class WishesForm(DigestForm):
    """What a subscriber without an account chooses."""

    neighbourhoods = forms.ModelMultipleChoiceField(
        Neighbourhood.objects.drawn(),
        label=_("Whose news?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("News for the whole commune comes with it."),
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=LANGUAGES, widget=forms.RadioSelect)
    field_order = ["email", "neighbourhoods", "frequency", "wants_alerts", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = active_language()

    @classmethod
    def of(cls, subscription: Subscription) -> dict[str, Any]:
        places = list(subscription.neighbourhoods.values_list("pk", flat=True))
        return {**super().of(subscription), "neighbourhoods": places, "language": subscription.language}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wants_digest = cleaned.get("frequency") in (Frequency.DAILY, Frequency.WEEKLY)
        if wants_digest and "neighbourhoods" in cleaned and not cleaned["neighbourhoods"]:
            self.add_error("neighbourhoods", _("Choose at least one neighbourhood; for alerts alone, choose “never”."))
        return cleaned


class SubscribeForm(WishesForm):
    """The same, with an address."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail address."), "invalid": _("This is no e-mail address yet.")},
        help_text=_("Only for these mails: it is given to nobody, and removed when you end them."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("frequency") == Frequency.NEVER and not cleaned.get("wants_alerts"):
            self.add_error("frequency", ValidationError(_("So you would receive nothing: choose a digest, or alerts.")))
        return cleaned

    def wishes(self) -> Wishes:
        names = ("email", "language", "frequency", "wants_alerts")
        places = tuple(self.cleaned_data["neighbourhoods"])
        return Wishes(neighbourhoods=places, **{name: self.cleaned_data[name] for name in names})


class InvitationForm(forms.Form):
    """The neighbourhood in the address of the form, from whose page the reader came; one that isn't there is left out."""

    neighbourhood = forms.SlugField(max_length=60, required=False)

    def chosen(self) -> list[int]:
        slug = self.cleaned_data.get("neighbourhood") if self.is_valid() else ""
        return list(Neighbourhood.objects.filter(slug=slug).values_list("pk", flat=True)) if slug else []


class PreviewForm(forms.Form):
    """Whose next digest the desk looks at; what isn't known is the first neighbourhood, and the weekly one."""

    neighbourhood = forms.ChoiceField(label=_("Neighbourhood"), required=False)
    frequency = forms.ChoiceField(
        label=pgettext_lazy("of a digest", "Digest"), choices=Frequency.choices[:2], required=False
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.places = {place.slug: place for place in Neighbourhood.objects.drawn()}
        field: Any = self.fields["neighbourhood"]
        field.choices = [(place.slug, place.name) for place in self.places.values()]
        self.is_valid()

    def place(self) -> Neighbourhood | None:
        chosen = self.places.get(self.cleaned_data.get("neighbourhood", ""))
        return chosen or next(iter(self.places.values()), None)

    def chosen_frequency(self) -> str:
        return self.cleaned_data.get("frequency") or str(Frequency.WEEKLY)
