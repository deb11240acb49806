"""What Wagtail's tables, and the portal's pictures and documents, hold of people: mostly of who works for the commune.

Where the database takes the account out by itself (`SET_NULL`) or removes the row (`CASCADE`), nothing more is done.
Wagtail's logs do neither, and the drafts of a page keep the number of its owner in their JSON.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    ReferenceIndex,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile
from wagtail_localize.models import SegmentOverride, StringTranslation, TranslationSource

from home.models import CommuneSettings, Department, PortalDocument, PortalImage
from residents.my_data.holdings import WITH_THE_ACCOUNT
from residents.my_data.logs import forget_in_models_log, forget_in_pages_log, model_entries
from residents.personal_data import Group, Holding, exempt, facts, register

ANSWERS_FOR = _("To know who wrote, reviewed and decided what: a commune answers for what it publishes.")
AT_WORK = _("So that people who write the same text don’t stand in each other’s way.")
WITHOUT_NAME = _("As long as the text; closing the account takes the name out.")
PEOPLE_OF_A_PAGE = ("owner", "locked_by")


def register_wagtail_holdings() -> None:
    _register_preferences()
    _register_texts()
    _register_reviews()
    _register_notes()
    _register_passing()
    exempt(Department, "The address of a service of the commune, not of a person.")
    exempt(CommuneSettings, "The commune's own address.")
    exempt(Image, "Not in use: pictures are home.PortalImage.")
    exempt(Document, "Not in use: documents are home.PortalDocument.")


def _work(model: Any, what: Any, of: Any, names: tuple[str, ...], **more: Any) -> None:
    """Register a table of the commune's work, with the sentences that most of them share."""
    words = {"why": ANSWERS_FOR, "kept": WITHOUT_NAME, "group": Group.WORK, **more}
    register(Holding(model=model, what=what, of=of, export=lambda row: facts(row, *names), **words))


def _register_preferences() -> None:
    register(
        Holding(
            model=UserProfile,
            title=_("Preferences"),
            what=_("Your language; of who works for the commune also a picture, the look of the screens, which mails."),
            why=_("To speak to you in your language."),
            kept=WITH_THE_ACCOUNT,
            of=lambda user: UserProfile.objects.filter(user=user).select_related("user"),
            export=_preferences,
            close=lambda user, keep: _remove_files(UserProfile.objects.filter(user=user), "avatar"),
        )
    )


def _preferences(row: UserProfile) -> dict[str, Any]:
    """Return the language; the rest is Wagtail's, and means something to who may enter the admin alone."""
    language = {str(_("Language")): str(dict(settings.LANGUAGES).get(row.preferred_language, row.preferred_language))}
    if not row.user.has_perm("wagtailadmin.access_admin"):
        return language
    return {
        **language,
        **facts(row, "current_time_zone", "theme", "density", "contrast", "keyboard_shortcuts"),
        **facts(row, "submitted_notifications", "approved_notifications", "rejected_notifications"),
        **facts(row, "updated_comments_notifications"),
        str(_("Picture")): row.avatar.name,
        str(_("Messages put away")): sorted(row.dismissibles),
    }


def _remove_files(rows: Any, name: str) -> None:
    """Take the files away with the rows. At once, not on commit: better a row without its file than the other way."""
    for row in rows:
        file = getattr(row, name)
        if file:
            file.delete(save=False)


def _register_texts() -> None:
    _work(
        Page,
        _("Who made a page, and who locked it."),
        lambda user: Page.objects.filter(Q(owner=user) | Q(locked_by=user)),
        ("title", "latest_revision_created_at"),
        close=lambda user, keep: _take_out_of_drafts(user),
        title=_("Pages"),
    )
    _work(
        Revision,
        _("Who saved which version of a text, and when."),
        lambda user: Revision.objects.filter(user=user),
        ("object_str", "created_at"),
        title=_("Versions of texts"),
    )
    _work(
        TranslationSource,
        _("The text that a translation is made from, with who made the page."),
        lambda user: TranslationSource.objects.filter(object_id__in=_keys_of_pages(user)),
        ("object_repr", "last_updated_at"),
        title=_("Texts to translate"),
    )
    translated = {StringTranslation: _("Translated sentences"), SegmentOverride: _("Translated pictures")}
    for model, title in translated.items():
        _work(
            model,
            _("Who translated a sentence or a picture, and when."),
            lambda user, model=model: model.objects.filter(last_translated_by=user),
            ("updated_at",),
            title=title,
        )
    for model in (PortalImage, PortalDocument):
        _work(
            model,
            _("Who added a picture or a document, and when."),
            lambda user, model=model: model.objects.filter(uploaded_by_user=user),
            ("title", "created_at"),
        )


def _keys_of_pages(user: Any) -> Any:
    return Page.objects.filter(Q(owner=user) | Q(locked_by=user)).values("translation_key")


def _take_out_of_drafts(user: Any) -> None:
    """Empty the account's number in drafts and sources of translation. Residents have none: then nothing is searched."""
    mine = Revision.objects.filter(user=user)
    pages = Page.objects.filter(Q(owner=user) | Q(locked_by=user))
    if not (mine.exists() or pages.exists()):
        return
    named = Q(content__owner=user.pk) | Q(content__locked_by=user.pk)
    for revision in Revision.objects.filter(named).iterator(chunk_size=50):
        Revision.objects.filter(pk=revision.pk).update(content=_without(revision.content, user.pk))
    for source in TranslationSource.objects.filter(object_id__in=_keys_of_pages(user)).iterator(chunk_size=50):
        content = _without(json.loads(source.content_json), user.pk)
        TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content))


def _without(content: dict[str, Any], pk: int) -> dict[str, Any]:
    """Return a page's JSON without the account: as owner and holder of the lock, and its comments."""
    kept = [comment for comment in content.get("wagtail_admin_comments", []) if comment.get("user") != pk]
    emptied = {name: None for name in PEOPLE_OF_A_PAGE if content.get(name) == pk}
    comments = {"wagtail_admin_comments": kept} if "wagtail_admin_comments" in content else {}
    return {**content, **emptied, **comments}


def _register_reviews() -> None:
    _work(
        WorkflowState,
        _("Who asked for a text to be reviewed, and what became of it."),
        lambda user: WorkflowState.objects.filter(requested_by=user),
        ("created_at", "status"),
        title=_("Reviews"),
    )
    _work(
        TaskState,
        _("Who decided over a text, when, and with what comment."),
        lambda user: TaskState.objects.filter(finished_by=user),
        ("finished_at", "status", "comment"),
        title=_("Decisions over texts"),
    )
    _work(
        PageLogEntry,
        _("Who did what with a page, and when."),
        lambda user: PageLogEntry.objects.filter(user=user),
        ("label", "action", "timestamp"),
        close=lambda user, keep: forget_in_pages_log(user),
        title=_("Log of pages"),
    )
    _work(
        ModelLogEntry,
        _("Who changed a neighbourhood, an account or another record, and when; and what was done to your account."),
        model_entries,
        ("label", "action", "timestamp"),
        close=lambda user, keep: forget_in_models_log(user),
        title=_("Log of records"),
    )


def _register_notes() -> None:
    _work(
        Comment,
        _("What was noted in the margin of a text, by whom."),
        lambda user: Comment.objects.filter(Q(user=user) | Q(resolved_by=user)),
        ("text", "created_at"),
        kept=WITH_THE_ACCOUNT,
        close=lambda user, keep: ReferenceIndex.get_references_to(user).delete(),  # made of the notes of a page
        title=_("Notes in the margin"),
    )
    _work(
        CommentReply,
        _("What was answered in the margin of a text, by whom."),
        lambda user: CommentReply.objects.filter(user=user),
        ("text", "created_at"),
        kept=WITH_THE_ACCOUNT,
        title=_("Answers to notes"),
    )


def _register_passing() -> None:
    """What goes with the account, or long before it."""
    _work(
        PageSubscription,
        _("Of which pages you want to hear when there are notes in the margin."),
        lambda user: PageSubscription.objects.filter(user=user).select_related("page"),
        ("page", "comment_notifications"),
        why=_("To send you these mails and no others."),
        kept=WITH_THE_ACCOUNT,
        title=_("Notes that you follow"),
    )
    _work(
        EditingSession,
        _("That you have a text open in the editor."),
        lambda user: EditingSession.objects.filter(user=user),
        ("last_seen_at", "is_editing"),
        title=_("Texts that are open"),
        why=AT_WORK,
        kept=_("An hour."),
    )
    _work(
        FormState,
        _("What was typed in a form of the admin that was not saved yet."),
        lambda user: FormState.objects.filter(user=user),
        ("last_updated_at", "data"),
        title=_("Forms that were not saved"),
        why=_("So that nothing typed is lost."),
        kept=_("24 hours."),
    )
    _work(
        UploadedFile,
        _("A file that was sent, and not yet described."),
        lambda user: UploadedFile.objects.filter(uploaded_by_user=user),
        ("file",),
        title=_("Files on their way"),
        why=_("To keep it until its description is written."),
        kept=WITH_THE_ACCOUNT,
        close=lambda user, keep: _remove_uploads(user),
    )


def _remove_uploads(user: Any) -> None:
    uploads = UploadedFile.objects.filter(uploaded_by_user=user)
    _remove_files(uploads, "file")
    uploads.delete()
