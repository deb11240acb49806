"""Makes the things that tests speak of. Defaults are valid; a test names only what its rule is about."""

from __future__ import annotations

from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory
from wagtail.models import Page
from wagtail.users.models import UserProfile

from home.models import Department, Neighbourhood, Theme
from moderation.setup import publish_pair
from moderation.translations import prepare_translation, supply_translation, words_of
from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsIndexPage, NewsPage
from residents.models import User

PASSWORD = "a-long-password-for-tests"
TEXT_ID = "11111111-1111-4111-8111-111111111111"  # blocks keep their ids in both languages


class UserFactory(DjangoModelFactory[User]):
    """A person; `language` is that of their mails and admin."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@auneval.example")
    first_name = "Noor"
    last_name = "Lambert"
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def groups(self, create: bool, names: list[str] | None, **kwargs: Any) -> None:
        for name in names or []:
            self.groups.add(Group.objects.get(name=name))

    @factory.post_generation
    def language(self, create: bool, code: str | None, **kwargs: Any) -> None:
        profile = UserProfile.get_for_user(self)
        profile.preferred_language = code or "fr"
        profile.save()


class NeighbourhoodFactory(DjangoModelFactory[Neighbourhood]):
    class Meta:
        model = Neighbourhood

    code = factory.Sequence(lambda n: f"n{n}")
    slug = factory.LazyAttribute(lambda place: place.code)
    name_fr = factory.LazyAttribute(lambda place: f"Quartier {place.code}")
    name_nl = factory.LazyAttribute(lambda place: f"Wijk {place.code}")
    households = 100
    population = 230
    outline = factory.LazyFunction(
        lambda: {"type": "Polygon", "coordinates": [[[4.6, 50.7], [4.61, 50.7], [4.61, 50.71], [4.6, 50.7]]]}
    )


class DepartmentFactory(DjangoModelFactory[Department]):
    """A department; saving it makes its group, with what the group may do."""

    class Meta:
        model = Department

    slug = factory.Sequence(lambda n: f"department{n}")
    name_fr = factory.LazyAttribute(lambda department: f"Service {department.slug}")
    name_nl = factory.LazyAttribute(lambda department: f"Dienst {department.slug}")
    email = factory.LazyAttribute(lambda department: f"{department.slug}@auneval.example")
    telephone = "02 555 01 23"


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"theme{n}")
    name_fr = factory.LazyAttribute(lambda theme: f"Thème {theme.slug}")
    name_nl = factory.LazyAttribute(lambda theme: f"Thema {theme.slug}")


def editor_of(department: Department, **fields: Any) -> User:
    """Return somebody who writes in the department's name."""
    user = UserFactory(**fields)
    user.groups.add(department.group)
    return user


def news_index(code: str = "fr") -> NewsIndexPage:
    return NewsIndexPage.objects.get(locale__language_code=code)


def text_block(html: str, identifier: str = TEXT_ID) -> dict[str, Any]:
    return {"type": "text", "value": html, "id": identifier}


def _news(neighbourhoods: list[Neighbourhood], **fields: Any) -> NewsPage:
    index = news_index(fields.pop("code", "fr"))
    fields.setdefault("department", Department.objects.first() or DepartmentFactory())
    page = NewsPage(
        **{
            "locale": index.locale,
            "title": "Rue du Moulin",
            "introduction": "De nouveaux trottoirs.",
            "kind": Kind.POLICY,
            "body": [text_block("<p>Les travaux commencent lundi.</p>")],
            **fields,
        }
    )
    page.neighbourhoods = neighbourhoods
    return page


def draft_news(
    *, owner: User | None = None, neighbourhoods: list[Neighbourhood] | None = None, **fields: Any
) -> NewsPage:
    """Return a message that was saved as a draft by `owner`, in French unless `code` says "nl"."""
    index = news_index(fields.get("code", "fr"))
    page = _news(neighbourhoods or [], owner=owner, live=False, **fields)
    index.add_child(instance=page)
    page.save_revision(user=owner)
    return page


DUTCH = {
    "title": "Molenstraat",
    "introduction": "Nieuwe voetpaden.",
    "body": [text_block("<p>De werken beginnen maandag.</p>")],
}


def published_news(
    *, neighbourhoods: list[Neighbourhood] | None = None, dutch: dict[str, Any] | None = None, **fields: Any
) -> NewsPage:
    """Return the French page of a message that is live in both languages."""
    page = _news(neighbourhoods or [], **fields)
    publish_pair(page, news_index(), {**DUTCH, **(dutch or {})})
    return page


def live_news(count: int, **fields: Any) -> list[NewsPage]:
    """Return many live messages in one language, made quickly: for counting queries, not for the desk's rules."""
    index = news_index(fields.get("code", "fr"))
    pages, neighbourhoods = [], fields.pop("neighbourhoods", None) or []
    for number in range(count):
        page = _news(neighbourhoods, title=f"Message {number}", **fields)
        index.add_child(instance=page)
        page.first_published_at = page.last_published_at = page.latest_revision_created_at or index.first_published_at
        page.save()
        pages.append(page)
    return pages


def translate(page: Page, user: User | None = None, **words: Any) -> Page:
    """Complete the Dutch of `page`'s latest draft, and return the Dutch page."""
    translation = prepare_translation(page, user=user)
    supply_translation(translation, words_of(page, {**DUTCH, **words}), user=user)
    return translation.get_target_instance()


def submit(page: Page, user: User) -> Any:
    """Propose `page` to the desk; return the state of its review."""
    return page.get_workflow().start(page, user).current_task_state.specific
