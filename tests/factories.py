"""Makes the things that tests speak of. Defaults are valid; a test names only what its rule is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page
from wagtail.users.models import UserProfile

from digests.models import Subscription
from home.models import Department, Neighbourhood, Street, StreetSection, Theme
from mailing.models import OutgoingMail
from moderation.models import Channel, Sender
from moderation.publishing import publish_in_both_languages
from moderation.setup import publish_pair
from moderation.translations import prepare_translation, supply_translation, words_of
from neighbourhood_news.kinds import Kind
from neighbourhood_news.models import NewsIndexPage, NewsPage
from residents.models import Follow, Residency, User

PASSWORD = "a-long-password-for-tests"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
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

    @factory.post_generation
    def confirmed(self, create: bool, is_confirmed: bool | None, **kwargs: Any) -> None:
        if is_confirmed is not False:
            confirm_addresses([self])


def confirm_addresses(users: list[User]) -> None:
    """Let the addresses be confirmed, as a code that came back does."""
    rows = [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users if user.email]
    EmailAddress.objects.bulk_create(rows, ignore_conflicts=True)


class NeighbourhoodFactory(DjangoModelFactory[Neighbourhood]):
    class Meta:
        model = Neighbourhood

    code = factory.Sequence(lambda n: f"n{n:05}")
    slug = factory.LazyAttribute(lambda place: place.code)
    name_fr = factory.LazyAttribute(lambda place: f"Quartier {place.code}")
    name_nl = factory.LazyAttribute(lambda place: f"Wijk {place.code}")
    households = 100
    population = 230
    outline = factory.LazyFunction(
        lambda: {"type": "Polygon", "coordinates": [[[4.6, 50.7], [4.61, 50.7], [4.61, 50.71], [4.6, 50.7]]]}
    )


class StreetFactory(DjangoModelFactory[Street]):
    class Meta:
        model = Street

    code = factory.Sequence(lambda n: f"s{n:05}")
    name_fr = "rue du Moulin"
    name_nl = "Molenstraat"


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


class OutgoingMailFactory(DjangoModelFactory[OutgoingMail]):
    """A mail in the outbox, due now."""

    class Meta:
        model = OutgoingMail

    key = factory.Sequence(lambda n: f"test:{n}")
    kind = "approved"
    to = factory.Sequence(lambda n: f"reader{n}@auneval.example")
    language = "nl"
    subject = "Gepubliceerd: Molenstraat"
    text = "Dag Noor,\n\nUw voorstel staat online."
    html = "<p>Dag Noor,</p><p>Uw voorstel staat online.</p>"


class ChannelFactory(DjangoModelFactory[Channel]):
    class Meta:
        model = Channel

    name_fr = "Bulletin communal"
    name_nl = "Gemeentelijk infoblad"
    words_fr = "Le bulletin paraît chaque mois."
    words_nl = "Het infoblad verschijnt elke maand."


class SenderFactory(DjangoModelFactory[Sender]):
    """Somebody without an account; they have no link until one is made."""

    class Meta:
        model = Sender

    name = "Zone de police"
    email = factory.Sequence(lambda n: f"sender{n}@police.example")
    department = factory.SubFactory(DepartmentFactory)
    language = "fr"


class SubscriptionFactory(DjangoModelFactory[Subscription]):
    """A bare address that confirmed long ago and gets a digest every week; `neighbourhoods` are those it chose."""

    class Meta:
        model = Subscription
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"subscriber{n}@auneval.example")
    language = "fr"
    confirmed_at = LONG_AGO
    created_at = factory.LazyAttribute(lambda subscription: subscription.confirmed_at or timezone.now())
    served_on = LONG_AGO.date()

    @factory.post_generation
    def neighbourhoods(self, create: bool, places: list[Neighbourhood] | None, **kwargs: Any) -> None:
        self.neighbourhoods.set(places or [])


def editor_of(department: Department, **fields: Any) -> User:
    """Return somebody who writes in the department's name."""
    user = UserFactory(**fields)
    user.groups.add(department.group)
    return user


def street_in(*parts: tuple[Any, ...], **names: Any) -> Street:
    """Return a street whose `parts` are (neighbourhood, first number, last number, side); all numbers unless told."""
    street = StreetFactory(**names)
    for neighbourhood, *rest in parts:
        values = dict(zip(("first_number", "last_number", "side"), rest, strict=False))
        StreetSection.objects.create(street=street, neighbourhood=neighbourhood, **values)
    return street


def resident_of(neighbourhood: Neighbourhood | None, *, following: list[Neighbourhood] | None = None) -> User:
    """Return somebody who lives in `neighbourhood` and follows others."""
    user = UserFactory()
    Residency.objects.create(user=user, neighbourhood=neighbourhood)
    Follow.objects.bulk_create(Follow(user=user, neighbourhood=place) for place in following or [])
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


def readable_news(
    *, neighbourhoods: list[Neighbourhood] | None = None, dutch: dict[str, Any] | None = None, **fields: Any
) -> NewsPage:
    """Return the French page of a message that is live in both languages: what readers find, without the desk's way.

    Nothing remembers how it was translated or who published it; where that matters, use `published_news`.
    """
    now, shared = timezone.now(), {name: value for name, value in fields.items() if name != "slug"}
    pages: list[NewsPage] = []
    for code, words in (("fr", fields), ("nl", {**shared, **DUTCH, **(dutch or {})})):
        page = _news(neighbourhoods or [], code=code, first_published_at=now, last_published_at=now, **words)
        if pages:
            page.translation_key, page.department = pages[0].translation_key, pages[0].department
        news_index(code).add_child(instance=page)
        pages.append(page)
    return pages[0]


def scheduled_news(at: datetime, *, dutch: dict[str, Any] | None = None, **fields: Any) -> NewsPage:
    """Return the French page of a message that goes live at `at` in both languages."""
    page = draft_news(**fields)
    translate(page, **(dutch or {}))
    publish_in_both_languages(page=page, at=at, user=None)
    return NewsPage.objects.get(pk=page.pk)


def live_news(count: int, *, tags: Iterable[Theme] = (), **fields: Any) -> list[NewsPage]:
    """Return many live messages in one language, saved once each: for lists and counts, not for the desk's rules."""
    index = news_index(fields.get("code", "fr"))
    pages, neighbourhoods = [], fields.pop("neighbourhoods", None) or []
    dates = dict.fromkeys(("first_published_at", "last_published_at"), index.first_published_at)
    for number in range(count):
        page = _news(neighbourhoods, **{"title": f"Message {number}", **dates, **fields})
        page.tags.add(*tags)
        index.add_child(instance=page)
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
