"""What is still open in a draft: since Wagtail 7.4 one may be saved, and a sender's text arrives, without it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from home.models import DepartmentPage

SETTLED_BY_WAGTAIL = {"path", "depth", "numchild", "url_path", "content_type", "latest_revision", "live_revision"}


def open_fields(draft: Page) -> list[str]:
    """Return the names, in the reader's language, of the fields that must be filled in before it is published."""
    try:
        draft.clean_fields(exclude=SETTLED_BY_WAGTAIL)
        wrong = set()
    except ValidationError as error:
        wrong = set(error.message_dict)
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField) and not _is_whole(field, draft):
            wrong.add(field.name)
    return [str(draft._meta.get_field(name).verbose_name) for name in sorted(wrong)]


def told_as_open(draft: Page) -> str:
    """Return a sentence that names what is open in `draft`, in the reader's language; "" when it is complete."""
    fields = open_fields(draft)
    if fields:
        return _("The text is not complete yet. Fill in: %(fields)s.") % {"fields": ", ".join(fields)}
    return draft.unready() if isinstance(draft, DepartmentPage) else ""


def _is_whole(field: StreamField, draft: Page) -> bool:
    try:
        field.stream_block.clean(getattr(draft, field.name))
    except ValidationError:
        return False
    return True
