"""Who may do what: the table of roles. `docs/roles.md` shows it, `setup_portal` applies it, a test walks through it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADMIN = ["wagtailadmin.access_admin"]
SNIPPETS = ["neighbourhood", "department", "theme", "alert"]


def _all(app: str, *models: str) -> list[str]:
    return [f"{app}.{verb}_{model}" for model in models for verb in ("add", "change", "delete", "view")]


@dataclass(frozen=True)
class Role:
    """A group of staff. Page permissions hold in the whole tree, so in both languages."""

    key: str
    group: str
    label: str | Promise
    pages: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    permissions: list[str] = field(default_factory=list)


DESK = Role(
    key="desk",
    group="Rédaction finale / Eindredactie",
    label=_("Communications desk"),
    pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
    media=("add", "change", "choose"),
    permissions=[
        *ADMIN,
        *_all("home", "theme", "alert"),
        "home.view_neighbourhood",
        "home.change_neighbourhood",
        "home.view_department",
        "home.change_department",
        "home.change_communesettings",
        "home.speak_for_any_department",
        "wagtail_localize.submit_translation",
    ],
)
PARTICIPATION = Role(
    key="participation",
    group="Participation / Participatie",
    label=_("Participation officers"),
    permissions=[*ADMIN, "home.view_neighbourhood", "home.view_department"],
)
CLERK = Role(
    key="clerk",
    group="Guichet / Loket",
    label=_("Counter clerks"),
    permissions=[*ADMIN, "home.view_neighbourhood", "home.view_department"],
)
ADMINISTRATOR = Role(
    key="administrator",
    group="Administration / Beheer",
    label=_("Administrators"),
    pages=DESK.pages,
    media=DESK.media,
    permissions=[
        *DESK.permissions,
        *_all("home", "neighbourhood", "department"),
        *_all("residents", "user"),
        *_all("auth", "group"),
        *_all("wagtailcore", "collection", "site"),
    ],
)
ROLES = [DESK, PARTICIPATION, CLERK, ADMINISTRATOR]

# What the people of a department hold, beside being of the department (home.permissions): they add messages below the
# index of the news of both languages, and use pictures and documents.
DEPARTMENT_PAGES = ("add",)
DEPARTMENT_MEDIA = ("add", "choose")
DEPARTMENT_PERMISSIONS = [*ADMIN]
