"""The kinds of mail, for the screen: each feature names its own in `ready()`."""

from django.utils.functional import Promise

_labels: dict[str, str | Promise] = {}


def register_kind(kind: str, label: str | Promise) -> None:
    _labels[kind] = label


def kind_label(kind: str) -> str:
    return str(_labels.get(kind, kind))


def kind_choices() -> list[tuple[str, str | Promise]]:
    return list(_labels.items())
