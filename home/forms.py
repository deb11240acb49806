"""Forms of the commune's things."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.forms import BaseImageForm


class PortalImageForm(BaseImageForm):
    """Refuses a picture that breaks off half-way, which would otherwise be found out only when it is resized."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            try:
                file.seek(0)
                with Image.open(file) as picture:
                    picture.load()
            except (OSError, SyntaxError, ValueError) as error:
                raise ValidationError(
                    _("This picture is damaged or not complete. Open it on your computer, save it again, and retry.")
                ) from error
            finally:
                file.seek(0)
        return file
