"""What is done with senders, their links and their texts: one function per verb."""

from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import Truncator, slugify
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Collection, Page

from home.models import PortalDocument, PortalImage
from moderation.models import Arrival, Sender
from moderation.models.senders import hash_of
from moderation.plain_text import one_line
from moderation.received_texts import TITLE_SIGNS, Origin, ReceivedFile, ReceivedText
from moderation.sender_notices import tell_received
from neighbourhood_news.models import NewsIndexPage, NewsPage

if TYPE_CHECKING:
    from residents.models import User

COLLECTION = "Textes reçus / Ontvangen teksten"


class TooManyTextsError(Exception):
    """The sender's limit for the day is reached (settings.SENDER_TEXTS_PER_DAY)."""


@transaction.atomic
def make_link(*, sender: Sender, user: User, now: datetime) -> str:
    """Give `sender` a new personal link, and return its secret: it is not stored. An earlier link stops working."""
    sender = sender.lock()
    secret = secrets.token_urlsafe(32)
    sender.link_hash, sender.link_made_at, sender.link_made_by = hash_of(secret), now, user
    sender.link_used_at = None
    sender.save(update_fields=["link_hash", "link_made_at", "link_made_by", "link_used_at"])
    log(instance=sender, action="wagtail.edit", user=user, content_changed=True)
    return secret


@transaction.atomic
def revoke_link(*, sender: Sender, user: User) -> None:
    """From now on the link leads nowhere; what came by it stays."""
    sender = sender.lock()
    sender.link_hash = sender.link_made_at = sender.link_made_by = None
    sender.save(update_fields=["link_hash", "link_made_at", "link_made_by"])
    log(instance=sender, action="wagtail.edit", user=user, content_changed=True)


@transaction.atomic
def receive_text(*, origin: Origin, text: ReceivedText, now: datetime) -> Arrival:
    """Make a draft of the department from `text`, and submit it to the desk; nobody publishes it but the desk.

    A text that was delivered before (the same `origin.delivery`) returns the arrival of then. Raises
    TooManyTextsError when the sender's limit of the day is reached, PermissionDenied when they may not send any more.
    """
    sender = _lock(origin)
    arrival = Arrival(
        page_key=uuid.uuid4(),
        sender=origin.sender,
        way=origin.way,
        from_name=origin.name,
        from_email=origin.email,
        link_made_by=sender.link_made_by if sender and origin.by_link else None,
        received_at=now,
        delivery=origin.delivery,
        language=origin.language,
        wanted_on=text.wanted_on,
        word=text.word,
        left_out="\n".join(text.left_out),
        original=text.original,
    )
    try:
        with transaction.atomic():
            arrival.save()
    except IntegrityError:
        return Arrival.objects.get(delivery=origin.delivery)
    if _sent_on(now, origin) > settings.SENDER_TEXTS_PER_DAY:
        raise TooManyTextsError
    if origin.by_link:
        Sender.objects.filter(arrivals=arrival).update(link_used_at=now)
    page = _draft(origin, text, arrival)
    page.get_workflow().start(page, None)
    tell_received(arrival=arrival, title=page.title)
    return arrival


def _lock(origin: Origin) -> Sender | None:
    """Hold the row of who sends, so that their texts are counted one after the other.

    Raises PermissionDenied when they were switched off, or their link replaced, a moment ago.
    """
    if origin.sender is None:
        get_user_model().objects.select_for_update().get(pk=origin.account.pk)
        return None
    sender = origin.sender.lock()
    if not sender.is_active or (origin.by_link and sender.link_hash != origin.sender.link_hash):
        raise PermissionDenied
    return sender


def _sent_on(day: datetime, origin: Origin) -> int:
    theirs = Arrival.objects.on_the_day_of(day)
    if origin.sender is not None:
        return theirs.filter(sender=origin.sender).count()
    return theirs.filter(sender=None, from_email__iexact=origin.email).count()


def _draft(origin: Origin, text: ReceivedText, arrival: Arrival) -> NewsPage:
    """Add the draft below the news of its language. The index is locked: two drafts at once would get one place."""
    index = NewsIndexPage.objects.filter(locale__language_code=origin.language).earliest("path")
    Page.objects.select_for_update().get(pk=index.pk)
    index = NewsIndexPage.objects.get(pk=index.pk)
    collection = _collection() if text.files else None
    images = [_image(file, origin.language, collection) for file in text.pictures]
    documents = [_document(file, origin.language, collection) for file in text.documents]
    title = Truncator(one_line(text.title)).chars(TITLE_SIGNS)
    page = NewsPage(
        locale=index.locale,
        translation_key=arrival.page_key,
        live=False,
        title=title,
        slug=find_available_slug(index, slugify(title)[:100] or "message"),
        department=origin.department,
        kind=text.kind,
        contact=text.contact,
        go_live_at=_morning_of(text.wanted_on) if text.wanted_on else None,
        image=images[0] if images else None,
        body=text.body(images[1:], documents),
    )
    page.neighbourhoods = list(text.neighbourhoods)
    index.add_child(instance=page)
    page.save_revision(clean=False)
    log(instance=page, action="wagtail.create", content_changed=True)
    return page


def _morning_of(day: date) -> datetime:
    """Return when the town hall is at work on the day for which a text is wanted; the desk chooses the hour."""
    return timezone.make_aware(datetime.combine(day, time(8)))


def _collection() -> Collection:
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=COLLECTION).first()
    collection: Collection = found or root.add_child(name=COLLECTION)
    return collection


def _image(file: ReceivedFile, language: str, collection: Collection | None) -> PortalImage:
    """What it shows is told in the sender's language; the desk adds the other one."""
    return PortalImage.objects.create(
        title=file.title, file=file.content, collection=collection, **{f"alt_{language}": file.description}
    )


def _document(file: ReceivedFile, language: str, collection: Collection | None) -> PortalDocument:
    return PortalDocument.objects.create(title=file.title, file=file.content, collection=collection, language=language)


def empty_old_arrivals(*, now: datetime) -> int:
    """Empty what is kept of texts as they came, once it was kept long enough; return of how many.

    Who sent it, when and by which way stays with the draft, and so does the draft itself.
    """
    return Arrival.objects.kept_too_long(now=now).update(original="", word="", left_out="")
