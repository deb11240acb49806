"""Puts a row of one person in every table that the register names, and looks for them in every table there is."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import log
from wagtail.models import Comment, CommentReply, PageSubscription, UploadedFile
from wagtail.users.models import UserProfile
from wagtail_localize.models import SegmentOverride, TranslationContext

from digests.models import Digest, SentItem, Subscription
from home.models import Department, PortalDocument, PortalImage
from mailing.models import Bounce, Status
from moderation.actions import record_look
from moderation.models import Arrival, CalendarFeed, Channel, Diversion, FastTrack, Release, Sender
from participation.models import Ballot, PaperBatch, Participation, Survey, SurveyVersion, WrittenAnswer
from participation.surveys.counting import count_in
from participation.surveys.definitions import SurveyDefinition, Words
from participation.surveys.respondents import token_of
from residents.fingerprints import address_fingerprint
from residents.models import AddressChange, Follow, Letter, LetterBatch, Profile, Residency, User, Verification, Voter
from tests.factories import (
    ChannelFactory,
    NeighbourhoodFactory,
    OutgoingMailFactory,
    UserFactory,
    draft_news,
    submit,
    translate,
)
from tests.home.test_images import picture
from tests.participation.ideas.filling import fill_ideas

WHERE_IT_LIES = re.compile(r" at 0x[0-9a-f]+")  # in memory: another place each time


@dataclass(frozen=True)
class Person:
    """Somebody with a number and words that nobody else has, so that any trace of them is found."""

    user: User
    words: tuple[str, ...]


def person(number: int, name: str) -> Person:
    """Make an account of which every table holds something."""
    user = UserFactory(id=number, email=f"{name}@personne.example", first_name=name.title(), last_name=f"Van{name}")
    fill(user, name)
    return Person(user, (name, name.title(), str(number)))


def fill(user: User, name: str) -> None:
    _fill_residents(user, name)
    _fill_allauth(user, name)
    _fill_mails(user, name)
    page = _fill_texts(user, name)
    _fill_passing(user, name, page)
    _fill_desk(user, name, page)
    _fill_surveys(user)
    fill_ideas(user, name)


def session_of(user: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def _fill_residents(user: User, name: str) -> None:
    Profile.objects.create(user=user, display_name=name)
    profile = UserProfile.get_for_user(user)
    profile.avatar.save(f"{name}.png", ContentFile(picture()))
    session_of(user)
    place = NeighbourhoodFactory()
    Residency.objects.create(user=user, neighbourhood=place)
    Follow.objects.create(user=user, subject="test", key=name)
    AddressChange.objects.create(
        user=user, email=f"{name}.new@personne.example", old_hash=f"o{name}", new_hash=f"n{name}"
    )
    voter = Voter.objects.create(user=user, address_fingerprint=address_fingerprint(user.email))
    Verification.objects.create(
        voter=voter, method="counter", valid_until=timezone.localdate() + timedelta(days=900), fingerprint=f"f{user.pk}"
    )
    Letter.objects.create(
        user=user,
        language="fr",
        family_name=name,
        given_name=name,
        born_on="1980-02-03",
        street=name,
        postcode="1499",
        town="A",
    )
    LetterBatch.objects.create(printed_by=user)


def _fill_allauth(user: User, name: str) -> None:
    fields = {"email": user.email, "verified": True, "primary": True}
    address, _made = EmailAddress.objects.get_or_create(user=user, defaults=fields)
    EmailConfirmation.objects.create(email_address=address, key=name)
    Authenticator.objects.create(user=user, type="totp", data={"secret": name})
    identity = SocialAccount.objects.create(user=user, provider="x", uid=name)
    SocialToken.objects.create(account=identity, token=name)


def _fill_mails(user: User, name: str) -> None:
    mail = OutgoingMailFactory(to=user.email.upper(), user=None, subject=name, text=name, key=f"approved:{user.pk}")
    Bounce.objects.create(mail=mail, is_final=False, code="4.2.2")
    OutgoingMailFactory(to=user.email, user=user, status=Status.SENT, sent_at=timezone.now(), text=name)
    subscription = Subscription.objects.create(user=user, confirmed_at=timezone.now())
    Subscription.objects.create(email=user.email, language="fr", confirmed_at=timezone.now())
    Digest.objects.create(subscription=subscription, day="2026-05-01", frequency="daily", mail=mail)
    SentItem.objects.create(subscription=subscription, item=f"news:{name}", day="2026-05-01")


def _fill_texts(user: User, name: str) -> Any:
    department = Department.objects.first()
    page = draft_news(owner=user, department=department, locked=True, locked_by=user)
    translate(page, user=user)
    log(instance=page, action="wagtail.edit", user=user)
    log(instance=page, action="moderation.take_over", data={"from": user.pk})
    log(instance=user, action="wagtail.edit", title=str(user))
    log(instance=page.department, action="wagtail.edit", user=user)
    context = TranslationContext.objects.filter(object_id=page.translation_key).first()
    SegmentOverride.objects.create(locale=page.locale, context=context, last_translated_by=user, data_json="1")
    PortalImage.objects.create(title="x", file=ContentFile(picture(), name="x.png"), uploaded_by_user=user)
    PortalDocument.objects.create(title="x", file=ContentFile(b"x", name="x.txt"), uploaded_by_user=user)
    comment = Comment.objects.create(page=page, user=user, text=name, contentpath="title")
    CommentReply.objects.create(comment=comment, user=user, text=name)
    return page


def _fill_passing(user: User, name: str, page: Any) -> None:
    kind = ContentType.objects.get_for_model(page)
    PageSubscription.objects.create(page=page, user=user, comment_notifications=True)
    EditingSession.objects.create(user=user, content_type=kind, object_id=str(page.pk), last_seen_at=timezone.now())
    FormState.objects.create(
        user=user, content_type=kind, object_id=str(page.pk), data=f"title={name}", last_updated_at=timezone.now()
    )
    UploadedFile.objects.create(
        file=ContentFile(b"x", name=f"{name}.txt"), uploaded_by_user=user, for_content_type=kind
    )


def _fill_desk(user: User, name: str, page: Any) -> None:
    state = submit(page, user)
    record_look(task_state=state, user=user, page=page)
    type(state).objects.filter(pk=state.pk).update(finished_by=user)
    channel = Channel.objects.first() or ChannelFactory()
    Diversion.objects.create(task_state=state, channel=channel, decided_by=user, decided_at=timezone.now())
    key = {"translation_key": uuid.uuid4(), "title": "x"}
    Release.objects.create(**key, decided_at=timezone.now(), decided_by=user)
    FastTrack.objects.create(**key, used_by=user, used_at=timezone.now(), reason="x")
    CalendarFeed.objects.create(user=user, digest=f"d{user.pk}", language="fr", made_at=timezone.now())
    sender = Sender.objects.create(
        name=name, email=user.email, department=page.department, language="fr", link_made_by=user
    )
    log(instance=sender, action="wagtail.create")
    Arrival.objects.create(
        page_key=uuid.uuid4(),
        sender=sender,
        way="link",
        from_name=name,
        from_email=user.email,
        link_made_by=user,
        received_at=timezone.now(),
        delivery=uuid.uuid4(),
        language="fr",
        original=name,
        word=name,
    )


def _fill_surveys(user: User) -> None:
    """A survey that is openly not anonymous, answered by the person, who works for the commune too."""
    survey = Survey.objects.create(key=uuid.uuid4())
    day = timezone.localdate()
    content = SurveyDefinition(Words("Enquête"), ()).to_json()
    version = SurveyVersion.objects.create(survey=survey, digest="x", content=content, first_seen_on=day)
    ballot = Ballot(survey=survey, version=version, language="fr", answered_on=day)
    ballot.save()
    count_in(ballot)
    Participation.objects.create(survey=survey, token=token_of(survey.key, user.voter.key), ballot=ballot)
    batch = PaperBatch.objects.create(survey=survey, number=1, made_by=user, made_on=day)
    WrittenAnswer.objects.create(
        survey=survey, question="x", language="fr", text="x", decided_by=user, batch=batch, state="shown"
    )


def every_row() -> dict[str, list[str]]:
    """Return every row of every table, in words."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            rows = model._base_manager.order_by("pk").values()
            found[model._meta.label] = [WHERE_IT_LIES.sub("", repr(row)) for row in rows]
    return found


def traces_of(words: tuple[str, ...], rows: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the rows in which one of the words stands, by table."""
    found = {table: [row for row in each if any(word in row for word in words)] for table, each in rows.items()}
    return {table: each for table, each in found.items() if each}
