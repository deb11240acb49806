"""Reads the demo commune's files, and turns their blocks into those of a page's body."""

from __future__ import annotations

import uuid
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from home.models import Department, PortalImage

FOLDER: Path = settings.BASE_DIR / "demo"
Data = dict[str, Any]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is not everywhere


@cache
def read(name: str) -> Any:
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe one


def news() -> list[Data]:
    """Return the messages, in the order of their files' names."""
    return [read(f"news/{file.name}") for file in sorted((FOLDER / "news").glob("*.yaml"))]


class BodyBuilder:
    """Makes the raw value of a body. The ids of blocks come from their place, so both languages have the same ones."""

    def __init__(self, key: str, images: dict[str, PortalImage], departments: dict[str, Department]) -> None:
        self.key, self.images, self.departments = key, images, departments

    def _id(self, *place: Any) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, (self.key, *place)))))

    def build(self, blocks: list[Data]) -> list[Data]:
        body = []
        for position, block in enumerate(blocks):
            ((kind, value),) = block.items()
            make = getattr(self, f"_{kind}", lambda value, position: value)
            body.append({"type": kind, "value": make(value, position), "id": self._id(position)})
        return body

    def _picture(self, value: Data, position: int) -> Data:
        return {"picture": self.images[value["file"]].pk, "caption": value.get("caption", "")}

    def _accordion(self, value: Data, position: int) -> Data:
        return {
            "items": [
                {"type": "item", "value": item, "id": self._id(position, number)}
                for number, item in enumerate(value["items"])
            ]
        }

    def _contact(self, value: Data, position: int) -> Data:
        return {"department": self.departments[value["department"]].pk}

    def _call_to_action(self, value: Data, position: int) -> Data:
        return {"title": "", "text": "", "page": None, "url": "", **value}

    def _video(self, value: Data, position: int) -> Data:
        return {"description": "", **value}

    def _opening_hours(self, value: Data, position: int) -> None:
        return None

    def _personal_data(self, value: Data, position: int) -> None:
        return None

    def _table(self, value: Data, position: int) -> Data:
        return {
            "table_caption": value["caption"],
            "table_header_choice": "row",
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "data": [[str(cell) for cell in row] for row in value["rows"]],
        }
