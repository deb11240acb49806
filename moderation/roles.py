"""Who may do what: the table of roles. `docs/roles.md` shows it, `setup_portal` applies it, a test walks through it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADMIN = ["wagtailadmin.access_admin"]
AGENDA = ["moderation.see_agenda"]
COUNTER = ["residents.verify_resident", "residents.change_lettersettings"]
REACH = ["digests.view_reachfigure"]
OUTCOMES = ["participation.answer_for_outcomes"]
RESULTS = ["participation.see_survey_results", "participation.screen_written_answers"]
PAPER = ["participation.enter_paper_answers"]
# Ideas: who decides over what residents write, who answers it, who writes it down for them.
MODERATION = ["participation.moderate_contribution"]
ANSWERS = ["participation.answer_idea"]
TYPING = ["participation.type_in_idea"]
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
        *AGENDA,
        *REACH,
        *OUTCOMES,
        *RESULTS,
        *PAPER,
        *MODERATION,
        *ANSWERS,
        *TYPING,
        *_all("participation", "ideastatus", "declinereason", "heldword"),
        *_all("home", "theme", "alert"),
        *_all("moderation", "channel"),
        "home.view_neighbourhood",
        "home.change_neighbourhood",
        "home.view_street",
        "home.view_department",
        "home.change_department",
        "home.change_communesettings",
        "home.speak_for_any_department",
        "home.view_jobrun",
        "mailing.view_outgoingmail",
        "mailing.decide_outgoingmail",
        "digests.view_digest",
        *_all("moderation", "sender"),
        "wagtail_localize.submit_translation",
        # One for each audience, made by setup_portal: the desk writes them, and adds or deletes none.
        "moderation.view_guide",
        "moderation.change_guide",
    ],
)
# Whoever views neighbourhoods also prints their postcards and posters (home.printing).
PARTICIPATION = Role(
    key="participation",
    group="Participation / Participatie",
    label=_("Participation officers"),
    permissions=[
        *ADMIN,
        *AGENDA,
        *REACH,
        *OUTCOMES,
        *RESULTS,
        *PAPER,
        *ANSWERS,
        *TYPING,
        "home.view_neighbourhood",
        "home.view_street",
        "home.view_department",
    ],
)
CLERK = Role(
    key="clerk",
    group="Guichet / Loket",
    label=_("Counter clerks"),
    permissions=[
        *ADMIN,
        *COUNTER,
        *PAPER,
        *TYPING,
        "home.view_neighbourhood",
        "home.view_street",
        "home.view_department",
    ],
)
ADMINISTRATOR = Role(
    key="administrator",
    group="Administration / Beheer",
    label=_("Administrators"),
    pages=DESK.pages,
    media=DESK.media,
    permissions=[
        *DESK.permissions,
        *COUNTER,
        *_all("home", "neighbourhood", "department"),
        *_all("residents", "user"),
        *_all("auth", "group"),
        *_all("wagtailcore", "collection", "site"),
    ],
)
ROLES = [DESK, PARTICIPATION, CLERK, ADMINISTRATOR]

# What the people of a department hold, beside being of the department (home.permissions): they add messages below the
# index of the news and consultations below theirs, in both languages, and use pictures and documents.
DEPARTMENT_PAGES = ("add",)
DEPARTMENT_MEDIA = ("add", "choose")
DEPARTMENT_PERMISSIONS = [*ADMIN, *AGENDA]
