"""For the calendar."""

from typing import Any

from django import template

from moderation.agenda.forms import AgendaForm

register = template.Library()


@register.simple_tag
def agenda_query(form: AgendaForm, **changes: Any) -> str:
    """Return the query string of what is shown, with `changes`."""
    return form.query(**changes)
