"""Pictures that people send, without what they did not mean to tell."""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import IO, Any

from django.core.files.images import ImageFile
from PIL import Image, ImageOps

KEPT = ("transparency", "icc_profile")  # what changes how a picture looks; all else of its `info` goes


def without_metadata(file: IO[bytes], *, name: str) -> ImageFile:
    """Return the picture in `file`, upright and with its pixels only: a telephone writes in it where it was taken.

    Of a moving picture the first image remains. Check the file first (home.forms.WholePictureField): it is decoded.
    """
    file.seek(0)
    with Image.open(file) as opened:
        kind = opened.format or "PNG"
        picture = ImageOps.exif_transpose(opened)
    options: dict[str, Any] = {key: picture.info[key] for key in KEPT if key in picture.info}
    picture.info = {}
    if kind in ("JPEG", "WEBP", "AVIF"):
        options["quality"] = 92
    clean = io.BytesIO()
    picture.save(clean, kind, **options)
    clean.seek(0)
    return ImageFile(clean, name=PurePath(name).name)
