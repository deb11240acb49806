"""One attempt for each action of the table in `docs/roles.md`: it does the thing over HTTP, and says whether it was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation

from home.models import (
    ContentPage,
    Department,
    HomePage,
    SectionPage,
)
from moderation.permissions import can_translate
from moderation.translations import latest_draft
from neighbourhood_news.models import NewsPage
from residents.models import User
from tests.factories import (
    draft_news,
    editor_of,
    news_index,
    published_news,
    readable_news,
    submit,
    translate,
)
from tests.moderation.editor import decide, edit, look, news_form


@dataclass
class Attempt:
    """Somebody (`client`, `user`) at work on what belongs to `department`, theirs or not."""

    client: Client
    user: Any
    department: Department
    other: Department

    @property
    def somebody(self) -> User:
        """The person, where there is one; else somebody of the department: pages need an author."""
        return self.user if not isinstance(self.user, AnonymousUser) else self.colleague

    @property
    def colleague(self) -> User:
        return editor_of(self.department)

    def draft(self, owner: User | None = None) -> NewsPage:
        return draft_news(owner=owner or self.colleague, department=self.department)

    def proposed(self, by: User | None = None) -> NewsPage:
        page = self.draft(by)
        translate(page)
        submit(page, page.owner)
        return page

    def opens(self, name: str, *args: Any) -> bool:
        return self.client.get(reverse(name, args=args)).status_code == 200

    def has_changed(self, page: Page, **fields: Any) -> bool:
        edit(self.client, page, **fields)
        draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
        return all(str(getattr(draft, name)) == value for name, value in fields.items())


ACTIONS: dict[str, Callable[[Attempt], bool]] = {}


def action(name: str) -> Callable[[Callable[[Attempt], bool]], Callable[[Attempt], bool]]:
    def register(function: Callable[[Attempt], bool]) -> Callable[[Attempt], bool]:
        ACTIONS[name] = function
        return function

    return register


@action("Read live pages")
def read(a: Attempt) -> bool:
    return a.client.get(readable_news(department=a.department).url).status_code == 200


@action("Sign in to the admin")
def sign_in(a: Attempt) -> bool:
    return a.opens("wagtailadmin_home")


@action("Propose a message")
def propose(a: Attempt) -> bool:
    url = reverse("wagtailadmin_pages:add", args=["neighbourhood_news", "newspage", news_index().pk])
    a.client.post(url, news_form(department=a.department.pk, **{"action-submit": "true"}))
    page = NewsPage.objects.filter(department=a.department).first()
    return bool(page and page.workflow_in_progress)


@action("Edit a draft of one's own in one's department")
def edit_own(a: Attempt) -> bool:
    return a.has_changed(a.draft(a.somebody), introduction="Autrement.")


@action("Edit a colleague's draft of the same department")
def edit_colleagues(a: Attempt) -> bool:
    return a.has_changed(a.draft(), introduction="Autrement.")


@action("Edit a draft of another department")
def edit_others(a: Attempt) -> bool:
    return a.has_changed(draft_news(owner=editor_of(a.other), department=a.other), introduction="Autrement.")


@action("Take over a colleague's draft of the same department")
def take_over_colleagues(a: Attempt) -> bool:
    page = a.draft()
    a.client.post(reverse("take_over", args=[page.pk]), {"owner": page.owner_id})
    return bool(Page.objects.get(pk=page.pk).owner == a.user)


@action("Go back to an earlier version of a draft")
def restore(a: Attempt) -> bool:
    page = a.draft()
    first, words = page.latest_revision, page.introduction
    page.introduction = "Autrement."
    page.save_revision()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    a.client.post(url, {**news_form(first.as_object()), "revision": first.pk})
    return bool(latest_draft(page).introduction == words)


@action("Edit a live message, as a draft beside it")
def edit_live(a: Attempt) -> bool:
    page = published_news(department=a.department)
    changed = a.has_changed(page, introduction="Autrement.")
    assert NewsPage.objects.get(pk=page.pk).introduction == "De nouveaux trottoirs."
    return changed


@action("Edit a text while it is being reviewed")
def edit_reviewed(a: Attempt) -> bool:
    return a.has_changed(a.proposed(), introduction="Autrement.")


@action("Edit the home page, sections and pages of the commune")
def edit_home(a: Attempt) -> bool:
    return a.opens("wagtailadmin_pages:edit", HomePage.objects.get(locale__language_code="fr").pk)


@action("Submit a text for review")
def submit_text(a: Attempt) -> bool:
    page = a.draft(a.somebody)
    edit(a.client, page, **{"action-submit": "true"})
    return bool(page.workflow_in_progress)


def _withdrawn(a: Attempt, page: NewsPage) -> bool:
    look(a.client, page)
    edit(a.client, page, **{"action-cancel-workflow": "true"})
    return not page.workflow_in_progress


@action("Withdraw one's own submission")
def withdraw_own(a: Attempt) -> bool:
    return _withdrawn(a, a.proposed(a.somebody))


@action("Withdraw another's submission")
def withdraw_anothers(a: Attempt) -> bool:
    return _withdrawn(a, a.proposed())


def _approved(a: Attempt, page: NewsPage) -> bool:
    look(a.client, page)
    decide(a.client, page, "approve")
    return NewsPage.objects.get(pk=page.pk).live


@action("Approve one's own text")
def approve_own(a: Attempt) -> bool:
    return _approved(a, a.proposed(a.somebody))


@action("Approve another's text")
def approve_anothers(a: Attempt) -> bool:
    return _approved(a, a.proposed())


@action("Ask for changes")
def ask_for_changes(a: Attempt) -> bool:
    page = a.proposed()
    decide(a.client, page, "reject", comment="Encore un mot.")
    return WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_NEEDS_CHANGES).exists()


@action("Prepare the other language of a text")
def prepare(a: Attempt) -> bool:
    page = a.draft()
    a.client.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]))
    prepared = Translation.objects.filter(source__object_id=page.translation_key).exists()
    assert prepared == (not isinstance(a.user, AnonymousUser) and can_translate(a.user, page))
    return prepared


@action("Fill in the other language once it is prepared")
def fill_in(a: Attempt) -> bool:
    page = a.draft()
    translate(page)
    translation = Translation.objects.get(source__object_id=page.translation_key)
    segment = translation.source.stringsegment_set.first()
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    return a.client.put(url, "value=Anders", content_type="application/x-www-form-urlencoded").status_code == 200


@action("Publish directly")
def publish(a: Attempt) -> bool:
    page = a.draft(a.somebody)
    edit(a.client, page, **{"action-publish": "true"})
    return NewsPage.objects.get(pk=page.pk).live


@action("Unpublish a page")
def unpublish(a: Attempt) -> bool:
    page = published_news(department=a.department)
    a.client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    return not NewsPage.objects.get(pk=page.pk).live


def _deleted(a: Attempt, page: NewsPage) -> bool:
    a.client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    return not Page.objects.filter(pk=page.pk).exists()


@action("Delete a draft that was never published")
def delete_draft(a: Attempt) -> bool:
    return _deleted(a, a.draft())


@action("Delete a published page")
def delete_published(a: Attempt) -> bool:
    return _deleted(a, published_news(department=a.department))


@action("Move a page")
def move(a: Attempt) -> bool:
    home = Page.objects.get(pk=news_index().get_parent().pk)
    here, there = (home.add_child(instance=SectionPage(title=title, locale=home.locale)) for title in ("Ici", "Là"))
    page = here.add_child(instance=ContentPage(title="Page", locale=home.locale, live=False))
    a.client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, there.pk]))
    return Page.objects.get(pk=page.pk).get_parent().pk == there.pk


@action("Copy a page")
def copy(a: Attempt) -> bool:
    form = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": news_index().pk, "copy_subpages": ""}
    a.client.post(reverse("wagtailadmin_pages:copy", args=[a.draft().pk]), form)
    return NewsPage.objects.filter(slug="copie", live=False, department=a.department).exists()


@action("Choose who may read a page")
def restrict(a: Attempt) -> bool:
    return a.opens("wagtailadmin_pages:set_privacy", a.draft().pk)
