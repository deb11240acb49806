"""Each table that holds a person has its rule; closing an account leaves nothing of them in any table there is."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db.models import EmailField
from django.utils import timezone
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from mailing.delivery import send_due
from mailing.models import OutgoingMail, Status
from residents.models import User
from residents.my_data.closing import Reason, close_account
from residents.my_data.export import as_data
from residents.my_data.sessions import keys_of
from residents.personal_data import exempted, registered
from tests.factories import DepartmentFactory
from tests.residents.my_data.filling import every_row, person, traces_of

pytestmark = pytest.mark.django_db
HELD = {holding.model for holding in registered()}


def names_people(model: type) -> bool:
    """Whether a table has a key to accounts, or a field for an e-mail address, of its own."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return any(field.related_model is User or isinstance(field, EmailField) for field in fields)


@pytest.mark.parametrize("model", [*filter(names_people, apps.get_models())], ids=lambda model: model._meta.label)
def test_a_table_that_names_people_has_a_holding_or_a_reason_why_it_needs_none(model):
    assert model in HELD or exempted().get(model)
    assert not (model in HELD and model in exempted())


def test_what_is_exempt_is_still_a_table_that_could_name_people():
    assert all(names_people(model) for model in exempted())


@pytest.fixture
def people():
    DepartmentFactory(slug="roads")
    return person(90_700_001, "zebulon"), person(90_700_002, "ursule")


def close(user: User, *, keep: bool = True) -> None:
    close_account(user=user, keep=keep, reason=Reason.ADMINISTRATOR, now=timezone.now())


def test_every_table_of_the_register_is_filled_and_exported(people):
    """Or the tests below would prove nothing of a table that nobody filled."""
    for each in people:
        exported = {part["table"] for part in as_data(each.user, now=timezone.now())["register"] if part["rows"]}
        assert exported == {model._meta.label for model in HELD}


def test_nobody_finds_somebody_elses_data_in_their_download(people):
    leaving, bystander = people
    assert "ursule" in json.dumps(as_data(bystander.user, now=timezone.now()), default=str)
    for mine, other in ((leaving, bystander), (bystander, leaving)):
        exported = json.dumps(as_data(mine.user, now=timezone.now()), default=str, ensure_ascii=False)
        assert not [word for word in other.words if word in exported]


@pytest.mark.parametrize("keep", [True, False])
def test_closing_leaves_nothing_of_the_person_in_any_table_and_touches_nobody_else(people, keep, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    leaving, bystander = people
    before = every_row()
    theirs = traces_of(bystander.words, before)
    sessions = list(Session.objects.filter(session_key__in=keys_of(bystander.user)).values())
    mine = list(keys_of(leaving.user))
    assert traces_of(leaving.words, before)
    close(leaving.user, keep=keep)
    OutgoingMail.objects.filter(status=Status.DUE).exclude(kind="account_closed").delete()
    send_due()
    after = every_row()
    assert traces_of(leaving.words, after) == {}
    theirs.pop("mailing.OutgoingMail")
    assert {table: rows for table, rows in traces_of(bystander.words, after).items() if table in theirs} == theirs
    assert list(Session.objects.filter(session_key__in=keys_of(bystander.user)).values()) == sessions
    assert mine
    assert not Session.objects.filter(session_key__in=mine).exists()


def test_the_mails_of_a_bystander_stay_as_they_are(people):
    leaving, bystander = people
    before = traces_of(bystander.words, every_row())["mailing.OutgoingMail"]
    close(leaving.user)
    assert traces_of(bystander.words, every_row())["mailing.OutgoingMail"] == before


def test_only_the_last_mail_still_knows_the_address_until_it_has_left(people):
    leaving, _bystander = people
    close(leaving.user)
    (row,) = OutgoingMail.objects.filter(to__icontains="zebulon")
    assert (row.kind, row.user, row.private) == ("account_closed", None, True)
    assert set(traces_of(leaving.words, every_row())) == {"mailing.OutgoingMail"}


def test_files_go_with_the_rows_that_named_them(people):
    leaving, bystander = people
    kept = UserProfile.objects.get(user=bystander.user).avatar.name
    names = [UserProfile.objects.get(user=leaving.user).avatar.name]
    names += [upload.file.name for upload in UploadedFile.objects.filter(uploaded_by_user=leaving.user)]
    assert len(names) == 2
    assert all(default_storage.exists(name) for name in names)
    close(leaving.user)
    assert not any(default_storage.exists(name) for name in names)
    assert default_storage.exists(kept)
