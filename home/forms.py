"""Forms of the commune's things."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class WholePictureField(WagtailImageField):
    """Refuses a picture that breaks off half-way, and one of too many pixels before its pixels take any memory.

    Wagtail's own field opens the whole picture to learn its size, and takes it that a picture can be opened.
    """

    def to_python(self, data: Any) -> Any:
        try:
            if data:
                self._look_at_the_size(data)
            return super().to_python(data)
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(
                _("This picture is damaged or not complete. Open it on your computer, save it again, and retry.")
            ) from error

    def _look_at_the_size(self, data: Any) -> None:
        try:
            with Image.open(data) as picture:
                self._check_pixels(picture.width * picture.height)
        except UnidentifiedImageError:
            pass  # Wagtail says of what isn't a picture which kinds it takes
        except Image.DecompressionBombError:
            self._check_pixels(2 * (Image.MAX_IMAGE_PIXELS or 0))
        finally:
            data.seek(0)

    def _check_pixels(self, pixels: int) -> None:
        if self.max_image_pixels is not None and pixels > self.max_image_pixels:
            raise ValidationError(
                self.error_messages["file_too_many_pixels"]
                % {"num_pixels": pixels, "max_pixels_count": self.max_image_pixels},
                code="file_too_many_pixels",
            )


class PortalImageForm(BaseImageForm):
    """The form of a picture, wherever it is uploaded in the admin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = WholePictureField(label=field.label, required=field.required, widget=field.widget)
