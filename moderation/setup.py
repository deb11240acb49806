"""Groups, permissions, workflow and the first pages. Each function may run again at any time: it adds what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from home.languages import LANGUAGE_CODES
from home.models import Department, HomePage, NeighbourhoodIndexPage
from moderation.actions import publish_in_both_languages
from moderation.idea_setup import setup_idea_reviews
from moderation.models import DeskReviewTask, Guide
from moderation.roles import (
    ADMINISTRATOR,
    DEPARTMENT_MEDIA,
    DEPARTMENT_PAGES,
    DEPARTMENT_PERMISSIONS,
    DESK,
    ROLES,
)
from moderation.translations import prepare_translation, supply_translation, words_of
from neighbourhood_news.models import NewsIndexPage
from participation.models import ConsultationIndexPage

WORKFLOW = "Relecture / Nalezing"
FIRST_GUIDES = Path(__file__).parent / "first_guides"

FirstWords = dict[str, dict[str, dict[str, str]]]
FIRST_WORDS: FirstWords = {
    "home": {
        "fr": {"title": "Bienvenue", "slug": "accueil"},
        "nl": {"title": "Welkom", "slug": "onthaal"},
    },
    "NewsIndexPage": {
        "fr": {"title": "Actualités de quartier", "slug": "actualites"},
        "nl": {"title": "Wijknieuws", "slug": "nieuws"},
    },
    "ConsultationIndexPage": {
        "fr": {"title": "Consultations", "slug": "consultations"},
        "nl": {"title": "Raadplegingen", "slug": "raadplegingen"},
    },
    "NeighbourhoodIndexPage": {
        "fr": {"title": "Quartiers", "slug": "quartiers"},
        "nl": {"title": "Wijken", "slug": "wijken"},
    },
}


def permissions_named(names: Iterable[str]) -> list[Permission]:
    """Return the permissions called "app.codename". Raises Permission.DoesNotExist for one that isn't there."""
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in (name.split(".") for name in names)
    ]


def _grant_pages(group: Group, page: Page, codenames: Iterable[str]) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{codename}_page" for codename in codenames]
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _grant_media(group: Group, verbs: Iterable[str]) -> None:
    root = Collection.get_first_root_node()
    codenames = [
        f"{verb}_{model}" for verb in verbs for model in ("portalimage", "portaldocument", "image", "document")
    ]
    for permission in Permission.objects.filter(codename__in=codenames).exclude(content_type__app_label="home"):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


@transaction.atomic
def setup_roles() -> dict[str, Group]:
    """Make the groups of `moderation.roles` with exactly their permissions; return them by key."""
    root, groups = Page.get_first_root_node(), {}
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role.group)
        group.permissions.set(permissions_named(role.permissions))
        _grant_pages(group, root, role.pages)
        _grant_media(group, role.media)
        groups[role.key] = group
    for department in Department.objects.select_related("group"):
        grant_department(department)
    return groups


def grant_department(department: Department) -> None:
    """Let the people of a department propose messages and consultations in both languages."""
    group = department.group
    if group is None:
        return
    group.permissions.add(*permissions_named(DEPARTMENT_PERMISSIONS))
    _grant_media(group, DEPARTMENT_MEDIA)
    for index in [*NewsIndexPage.objects.all(), *ConsultationIndexPage.objects.all()]:
        _grant_pages(group, index, DEPARTMENT_PAGES)


@transaction.atomic
def setup_workflow(groups: dict[str, Group]) -> Workflow:
    """Put the desk's review on the whole tree, in the place of Wagtail's own workflow and groups.

    Wagtail's groups Editors and Moderators may publish, and hold localize's permission; they go, unless they have
    members.
    """
    task = DeskReviewTask.objects.first() or DeskReviewTask.objects.create(name=WORKFLOW)
    task.groups.set([groups[DESK.key], groups[ADMINISTRATOR.key]])
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr)
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    setup_idea_reviews([groups[DESK.key], groups[ADMINISTRATOR.key]])
    Workflow.objects.filter(name="Moderators approval", workflow_states__isnull=True).delete()
    Task.objects.filter(name="Moderators approval", workflow_tasks__isnull=True, task_states__isnull=True).delete()
    Group.objects.filter(name__in=["Editors", "Moderators"], user__isnull=True).delete()
    return workflow


def setup_guides() -> None:
    """Give each audience the rules that it has none of; what the desk wrote stays as it is.

    A first text stands in `first_guides/<audience>.<language>.html`: a line with its title, an empty one, its HTML.
    """
    for audience in Guide.Audience.values:
        words: dict[str, str] = {}
        for code in LANGUAGE_CODES:
            title, text = (FIRST_GUIDES / f"{audience}.{code}.html").read_text().split("\n\n", 1)
            words |= {f"title_{code}": title, f"text_{code}": text.replace("\n", "")}
        Guide.objects.get_or_create(audience=audience, defaults=words)


def publish_pair(page: Page, parent: Page, dutch: dict[str, Any]) -> Page:
    """Add `page`, in French, below `parent`, and publish it with its Dutch words (and slug) `dutch`."""
    parent.add_child(instance=page)
    page.save_revision()
    words = {name: value for name, value in dutch.items() if name != "slug"}
    translation = prepare_translation(page, user=None)
    if "slug" in dutch:
        target = translation.get_target_instance()
        target.slug = dutch["slug"]
        target.save()
    supply_translation(translation, words_of(page, words))
    publish_in_both_languages(page=page, user=None)
    page.refresh_from_db()
    return page


@transaction.atomic
def setup_pages(words: FirstWords = FIRST_WORDS) -> HomePage:
    """Make the first pages in both languages where there are none, and return the French home page.

    `words` are their fields by page and language; a page that exists keeps its own.
    """
    french = Locale.objects.get_or_create(language_code="fr")[0]
    Locale.objects.get_or_create(language_code="nl")
    home = HomePage.objects.filter(locale=french).first()
    if home is None:
        root = Page.get_first_root_node()
        home = publish_pair(HomePage(locale=french, **words["home"]["fr"]), root, words["home"]["nl"])
    _setup_site(home)
    for model in (NewsIndexPage, ConsultationIndexPage, NeighbourhoodIndexPage):
        if not model.objects.exists():
            fields = words.get(model.__name__, FIRST_WORDS[model.__name__])
            publish_pair(model(locale=french, show_in_menus=True, **fields["fr"]), home, fields["nl"])
    return home


def _setup_site(home: Page) -> None:
    """Serve the home page on every host, instead of Wagtail's page of welcome."""
    welcome = Page.objects.filter(depth=2, content_type__app_label="wagtailcore")
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home, "site_name": ""}
    )
    for page in welcome:
        page.delete()
