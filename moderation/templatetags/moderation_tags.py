"""For the desk's mails."""

from django import template
from wagtail.models import Page

from home.addresses import absolute

register = template.Library()


@register.simple_tag
def published_addresses(page: Page) -> list[str]:
    """Return the addresses of the page that are live, one for each language."""
    pages = Page.objects.filter(translation_key=page.translation_key, live=True).order_by("locale__language_code")
    return [absolute(each.url) for each in pages if each.url]
