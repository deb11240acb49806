"""A mail to a department becomes its draft, or is answered with the code that a mail server understands."""

from __future__ import annotations

import io
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from home.models import PortalDocument, PortalImage
from moderation import mail_actions
from moderation.models import Arrival
from neighbourhood_news.models import NewsPage
from tests.factories import DepartmentFactory, SenderFactory, UserFactory, editor_of
from tests.moderation.sending import letter, picture

pytestmark = pytest.mark.django_db
OK, DATAERR, NOUSER, TEMPFAIL, NOPERM = 0, 65, 67, 75, 77


@pytest.fixture
def water(roads: Any) -> Any:
    return SenderFactory(name="Vivaqua-Est", email="info@water.example", department=roads, language="nl")


@pytest.fixture
def deliver(monkeypatch: Any, capsys: Any) -> Any:
    """Return a function that pipes a mail into the command, and gives the code that it ends with."""

    def run(mail: EmailMessage | bytes, **options: Any) -> int:
        content = mail if isinstance(mail, bytes) else mail.as_bytes()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        try:
            call_command("receive_mail", **options)
        except SystemExit as end:
            return int(str(end.code))
        return OK

    return run


def html_of(page: NewsPage) -> str:
    return str(page.body.raw_data[0]["value"])


def test_a_mail_of_a_sender_becomes_a_draft_of_the_department_in_the_senders_language(water, roads, deliver):
    assert deliver(letter(water, roads.email)) == OK
    page, arrival = NewsPage.objects.get(), Arrival.objects.get()
    assert (page.title, page.department, page.live, page.kind) == ("Coupure d’eau", roads, False, "")
    assert page.locale.language_code == "nl"
    assert page.workflow_in_progress
    assert html_of(page) == "<p>Pas d’eau lundi, de 9 h à 15 h.</p><p>Rue des Tanneurs.</p>"
    assert (arrival.sender, arrival.way, arrival.from_email) == (water, "mail", "info@water.example")
    assert arrival.link_made_by is None


@pytest.mark.parametrize(
    "options", [{"recipient": "ROADS@auneval.example"}, {"recipient": "roads+portail@auneval.example"}]
)
def test_the_address_that_the_alias_names_decides(water, roads, deliver, options):
    assert deliver(letter(water, "undisclosed@elsewhere.example"), **options) == OK
    assert NewsPage.objects.get().department == roads


def test_without_it_the_mails_own_head_is_asked(water, roads, deliver):
    assert deliver(letter(water, "liste@elsewhere.example", Delivered_To=roads.email)) == OK
    assert deliver(letter(water, "a@elsewhere.example", Cc=f"Travaux <{roads.email}>")) == OK


def test_an_unknown_address_is_no_user(water, deliver, capsys):
    assert deliver(letter(water, "personne@auneval.example")) == NOUSER
    told = capsys.readouterr().err
    assert "Aucun service n’a cette adresse." in told
    assert "Geen enkele dienst heeft dit adres." in told
    assert "Traceback" not in told


def test_a_department_without_an_address_takes_no_mail(water, deliver):
    DepartmentFactory(email="")
    assert deliver(letter(water, "@auneval.example")) == NOUSER
    assert deliver(letter(water, "")) == NOUSER


def test_a_stranger_is_refused_and_nothing_is_stored(roads, deliver):
    assert deliver(letter("spam@spam.example", roads.email)) == NOPERM
    assert not Arrival.objects.exists()
    assert not NewsPage.objects.exists()


def test_a_sender_of_another_department_is_a_stranger(water, social, deliver):
    assert deliver(letter(water, social.email)) == NOPERM


def test_a_sender_that_is_switched_off_is_a_stranger(water, roads, deliver):
    water.is_active = False
    water.save()
    assert deliver(letter(water, roads.email)) == NOPERM


def test_somebody_of_the_department_may_send_a_mail_too(roads, deliver):
    editor_of(roads, email="Thomas@auneval.example", language="nl")
    assert deliver(letter("thomas@auneval.example", roads.email)) == OK
    arrival = Arrival.objects.get()
    assert (arrival.sender, arrival.language, arrival.from_name) == (None, "nl", "Noor Lambert")


def test_somebody_of_another_department_or_of_none_may_not(roads, social, deliver):
    editor_of(social, email="fatima@auneval.example")
    UserFactory(email="habitant@auneval.example")
    editor_of(roads, email="parti@auneval.example", is_active=False)
    for email in ("fatima@auneval.example", "habitant@auneval.example", "parti@auneval.example"):
        assert deliver(letter(email, roads.email)) == NOPERM


def test_the_same_mail_delivered_twice_is_one_draft(water, roads, deliver):
    mail = letter(water, roads.email)
    assert [deliver(mail), deliver(mail)] == [OK, OK]
    assert NewsPage.objects.count() == 1


def test_a_mail_without_an_identifier_delivered_twice_is_one_draft_and_another_one_is_another(water, roads, deliver):
    mail, other = letter(water, roads.email), letter(water, roads.email)
    other.set_content("Autre chose.")
    for each in (mail, other):
        del each["Message-ID"]
    assert [deliver(each) for each in (mail, mail, other)] == [OK, OK, OK]
    assert NewsPage.objects.count() == 2


@pytest.mark.parametrize(
    "head",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (holiday)"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"Content_Type": "multipart/report"},
    ],
)
def test_what_a_program_sent_is_taken_without_a_word_so_that_no_loop_begins(water, roads, deliver, head, capsys):
    lines = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in head.items())
    assert deliver(lines.encode() + letter(water, roads.email).as_bytes()) == OK
    assert capsys.readouterr().err == ""
    assert not Arrival.objects.exists()


def test_a_mail_that_says_it_is_of_a_person_is_taken(water, roads, deliver):
    assert deliver(letter(water, roads.email, Auto_Submitted="no")) == OK
    assert Arrival.objects.exists()


def test_past_the_limit_of_the_day_the_mail_server_keeps_the_mail(water, roads, deliver, settings):
    settings.SENDER_TEXTS_PER_DAY = 1
    assert deliver(letter(water, roads.email)) == OK
    assert deliver(letter(water, roads.email)) == TEMPFAIL
    assert NewsPage.objects.count() == 1
    Arrival.objects.update(received_at=timezone.now() - timezone.timedelta(days=1))
    assert deliver(letter(water, roads.email)) == OK


def test_the_limit_holds_for_a_member_of_the_department_too(roads, deliver, settings):
    settings.SENDER_TEXTS_PER_DAY = 1
    editor_of(roads, email="thomas@auneval.example")
    assert deliver(letter("thomas@auneval.example", roads.email)) == OK
    assert deliver(letter("thomas@auneval.example", roads.email)) == TEMPFAIL


@pytest.mark.parametrize("error", [OperationalError("the database is away: password=secret"), RuntimeError("secret")])
def test_a_fault_of_ours_keeps_the_mail_and_tells_no_detail(water, roads, deliver, monkeypatch, capsys, error):
    def fail(**kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(mail_actions, "receive_text", fail)
    assert deliver(letter(water, roads.email)) == TEMPFAIL
    told = capsys.readouterr()
    assert "secret" not in told.err + told.out
    assert "Traceback" not in told.err + told.out
    assert type(error).__name__ in told.err


def test_pictures_and_pdf_files_come_with_it_and_others_are_named(water, roads, deliver):
    mail = letter(water, roads.email)
    mail.add_attachment(picture(positioned=True), maintype="image", subtype="jpeg", filename="buis.jpg")
    mail.add_attachment(b"%PDF-1.4 plan", maintype="application", subtype="pdf", filename="plan.pdf")
    mail.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="factuur.exe")
    mail.add_attachment(b"PK", maintype="application", subtype="zip", filename="alles.zip")
    mail.add_attachment(picture("PNG")[:50], maintype="image", subtype="png", filename="kapot.png")
    assert deliver(mail) == OK
    page, left_out = NewsPage.objects.get(), Arrival.objects.get().left_out
    assert page.image == PortalImage.objects.get()
    assert PortalDocument.objects.get().title == "plan"
    assert left_out.splitlines() == ["factuur.exe", "alles.zip", "kapot.png"]


def test_no_more_files_than_a_text_may_have(water, roads, deliver):
    mail = letter(water, roads.email)
    for number in range(5):
        mail.add_attachment(picture(), maintype="image", subtype="jpeg", filename=f"{number}.jpg")
    assert deliver(mail) == OK
    assert PortalImage.objects.count() == 3
    assert len(Arrival.objects.get().left_out.splitlines()) == 2


def test_the_logo_of_a_signature_is_left_out(water, roads, deliver):
    mail = letter(water, roads.email)
    mail.add_alternative('<p>Pas d’eau.</p><img src="cid:logo">', subtype="html")
    mail.get_payload()[1].add_related(picture("PNG"), maintype="image", subtype="png", cid="<logo>")
    assert deliver(mail) == OK
    assert not PortalImage.objects.exists()
    assert Arrival.objects.get().left_out


def test_a_mail_with_html_only_gives_its_words(water, roads, deliver):
    mail = letter(water, roads.email)
    html = "<style>p{}</style><p>Geen water<br>maandag &amp; dinsdag</p><ul><li>Een<li>Twee</ul><script>x()</script>"
    mail.set_content(html, subtype="html")
    assert deliver(mail) == OK
    assert html_of(NewsPage.objects.get()) == "<p>Geen water<br/>maandag &amp; dinsdag</p><p>- Een<br/>- Twee</p>"


def test_signature_and_the_mail_replied_to_are_cut_and_the_original_is_kept(water, roads, deliver):
    mail = letter(water, roads.email)
    mail.set_content(
        "Geen water maandag.\n\nOp 3 mei schreef de gemeente:\n> Wanneer?\n> Groeten\n\n-- \nVivaqua-Est\n02 555 00 00\n"
    )
    assert deliver(mail) == OK
    assert html_of(NewsPage.objects.get()) == "<p>Geen water maandag.</p>"
    assert "02 555 00 00" in Arrival.objects.get().original


def test_lines_that_the_mail_program_broke_are_joined_and_the_writers_own_are_not(water, roads, deliver):
    mail = letter(water, roads.email)
    mail.set_content(
        "Maandag tussen 9 en 15 uur is er geen water in de Huidevettersstraat en\nop de Schipperskaai.\nInfo: 02 555\n"
        "- een\n- twee\n"
    )
    assert deliver(mail) == OK
    assert html_of(NewsPage.objects.get()) == (
        "<p>Maandag tussen 9 en 15 uur is er geen water in de Huidevettersstraat en op de Schipperskaai.<br/>"
        "Info: 02 555<br/>- een<br/>- twee</p>"
    )


def test_a_mail_without_a_subject_has_a_title_all_the_same(water, roads, deliver):
    mail = letter(water, roads.email)
    del mail["Subject"]
    assert deliver(mail) == OK
    assert NewsPage.objects.get().title == "(geen onderwerp)"


def test_with_traceback_an_administrator_sees_what_went_wrong(water, roads, deliver):
    with pytest.raises(mail_actions.UnknownRecipientError):
        deliver(letter(water, "x@y.example"), traceback=True)
