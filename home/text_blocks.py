"""The body of a page of text: what any page may hold, and what only such a page has a use for."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import BodyBlock


class PersonalDataBlock(blocks.StaticBlock):
    """The register of what is kept of people; the features meet in its template."""

    class Meta:
        icon = "user"
        label = _("Register of personal data")
        admin_text = _(
            "Shows what the portal keeps of people, why and how long, as it really does; nothing to fill in."
        )
        description = _("For the privacy page: what is kept of people, why and how long, kept up to date by itself.")
        template = "home/blocks/personal_data.html"
        preview_value = None


class TextPageBlock(BodyBlock):
    personal_data = PersonalDataBlock()

    class Meta:
        required = False
