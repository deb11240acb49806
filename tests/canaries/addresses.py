"""Where the walk goes, for each reader. A new screen is a line here; one that nothing is read on is named in NOT_WALKED."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import override

from participation.ideas.screens.lists import SORTS
from participation.models import HeldWord, IdeaStatus
from residents.verifying.counter import counter_number
from tests.canaries.planting import Planted
from tests.canaries.words import LONG, SHORT, canary
from tests.participation.answering.visiting import field

OURS = ("portal.", "moderation.", "search.", "participation.", "digests.", "residents.", "mailing.", "home.")
ATTACK = quote(SHORT + LONG)
LANGUAGES = ("fr", "nl")
# Views by name: they answer no GET, hold nothing that a resident wrote, or are walked by a test of their own.
NAMES = """
healthz robots theme calendar_feed media wagtailadmin_login wagtailadmin_logout wagtailcore_login short_address
review_preview check_fast_track owed_language reopen fast_track take_over confirm_words review link propose
street_names agenda_move agenda_make_address agenda_stop_address digest_preview print counter_settle print_letters
refuse_letter cancel_letters again give_up paper_form paper_example idea_add_sanction idea_publish_answers idea_part
openid_connect_callback follow welcome my_address_cancel my_address_confirm withdraw_my_letter confirm_digests
manage_digests stop_digests account_confirm_login_code mfa_login_webauthn mfa_authenticate account_reauthenticate
account_inactive account_logout open_identity socialaccount_signup socialaccount_login_cancelled account_set_password
account_change_password account_remove_password mfa_activate_totp mfa_deactivate_totp mfa_add_webauthn
mfa_edit_webauthn mfa_remove_webauthn mfa_view_recovery_codes mfa_generate_recovery_codes sign_out_elsewhere
unlink_identity my_letter edit inspect paper_file list_results account_login survey_answers_file kept_results_file
"""
NOT_WALKED = frozenset(NAMES.split())


def in_both(page: Any) -> list[Any]:
    """Return a page in both languages."""
    return list(type(page).objects.filter(translation_key=page.translation_key).order_by("locale__language_code"))


def for_everybody(planted: Planted) -> Iterator[str]:
    """What a visitor without an account reads."""
    public, merged = planted.ideas["public"], planted.ideas["merged"]
    for board in in_both(planted.board):
        yield board.url
        yield from (f"{board.url}?sort={sort}" for sort in SORTS)
        yield f"{board.url}?view=map"
        yield f"{board.url}?q=zztitlepublic"
        yield f"{board.url}?q={ATTACK}&theme={ATTACK}&neighbourhood={ATTACK}&status={ATTACK}&sort={ATTACK}&box={ATTACK}"
        yield f"{board.url}?view=map&page={ATTACK}&seed={ATTACK}&answered={ATTACK}"
        yield from (f"{board.url}info/", f"{board.url}atom/")
        yield f"{board.url}idee/similar/?title=zztitlepublic"
        yield f"{board.url}{public.slug}/"
        yield f"{board.url}{public.slug}/?from={merged.number}&comments=newest"
        yield f"{board.url}{public.slug}/?comments={ATTACK}&page={ATTACK}&reply={ATTACK}&from={ATTACK}"
    for board in in_both(planted.screened):
        yield from (
            f"{board.url}{planted.ideas[name].slug}/" for name in ("waiting", "declined", "changes", "elsewhere")
        )
    yield from _elsewhere(planted)


def _elsewhere(planted: Planted) -> Iterator[str]:
    for page in in_both(planted.survey):
        yield from (
            page.url,
            page.results_url,
            f"{page.results_url}{'textes' if page.url[1:3] == 'fr' else 'teksten'}/",
        )
        yield f"{page.results_url}?neighbourhood={ATTACK}"
    for page in in_both(planted.board.get_parent().specific):
        yield page.url
        yield f"{page.url}?state={ATTACK}&theme={ATTACK}"
    for code in LANGUAGES:
        with override(code):
            yield from (f"/{code}/", f"/{code}/{ATTACK.replace('/', '')[:80]}/")
            for name in (
                "find_neighbourhood",
                "about_verification",
                "subscribe",
                "subscribing_asked",
                "my_data_closed",
            ):
                yield f"{reverse(name)}?street={ATTACK}&next={ATTACK}"
            for name in ("account_login", "account_login_password", "account_signup", "account_reset_password"):
                yield f"{reverse(name)}?next={ATTACK}"
            yield f"{reverse('search')}?q=zztitlepublic"
            yield f"{reverse('search')}?q={ATTACK}&kind={ATTACK}&page={ATTACK}"
    yield from ("/", "/sitemap.xml", "/sitemap-ideas.xml")


def for_the_author(planted: Planted) -> Iterator[str]:
    """What the resident reads of their own, and the forms that hold what they typed."""
    public, said, fresh = planted.ideas["public"], planted.comments["said"], planted.comments["fresh"]
    held, declined = planted.comments["held"], planted.comments["declined"]
    for board in in_both(planted.board):
        idea = f"{board.url}{public.slug}/"
        yield from (board.url, f"{board.url}idee/", f"{board.url}idee/preview/", idea, f"{idea}?reply={said.pk}")
        yield from (f"{idea}{deed}/" for deed in ("support", "report", "edit", "withdraw", "second-look"))
        yield f"{idea}comment/{said.pk}/report/"
        yield from (f"{idea}comment/{each.pk}/" for each in (said, fresh, held, declined))
        yield f"{idea}comment/{declined.pk}/second-look/"
    for board in in_both(planted.screened):
        for name in ("waiting", "declined", "changes", "elsewhere"):
            yield from (f"{board.url}{planted.ideas[name].slug}/{deed}" for deed in ("", "edit/", "withdraw/"))
            yield f"{board.url}{planted.ideas[name].slug}/second-look/"
    for code in LANGUAGES:
        with override(code):
            names = ("my_home", "my_neighbourhood", "my_follows", "my_data", "my_details", "my_address", "my_closing")
            yield from map(reverse, (*names, "my_verification", "my_security", "my_second_factor", "my_digests"))
            yield reverse("my_data_download", args=["html"])


def for_the_staff(planted: Planted) -> Iterator[str]:
    """The admin, as somebody who may open every screen."""
    yield from (
        reverse(name) for name in ("wagtailadmin_home", "queue", "other_channels", "agenda", "digests", "reach")
    )
    yield from (
        reverse(name) for name in ("fast_tracks", "equal_treatment", "reach_results", "equal_treatment_results")
    )
    yield f"{reverse('queue')}?department={ATTACK}&neighbourhood={ATTACK}"
    yield from _about_ideas(planted)
    yield from _about_surveys(planted)
    yield from _about_people(planted)
    yield from _wagtails_own(planted)


def _about_ideas(planted: Planted) -> Iterator[str]:
    reviewed = [planted.ideas["waiting"], planted.ideas["declined"], planted.ideas["public"]]
    for contribution in (*reviewed, planted.comments["said"], planted.comments["held"]):
        yield reverse("idea_review", args=[contribution.current_workflow_task_state.pk])
    for name in ("idea_answers", "idea_college", "idea_files", "idea_decisions", "idea_sanctions", "idea_counter"):
        yield reverse(name)
    yield reverse("idea_type_in", args=[planted.board.board_key])
    yield f"{reverse('idea_answers')}?q={ATTACK}&board={ATTACK}"
    yield reverse("idea_answer", args=[planted.ideas["public"].pk])
    yield reverse("idea_college_decision", args=[planted.ideas["public"].pk])
    yield f"{reverse('idea_download')}?board={ATTACK}&what={ATTACK}&kind={ATTACK}"


def _about_surveys(planted: Planted) -> Iterator[str]:
    key = planted.survey.survey_key
    yield from (reverse("survey_results"), reverse("paper_surveys"))
    yield from (reverse(name, args=[key]) for name in ("survey_result", "screen_texts", "answer_tags", "paper_survey"))
    yield reverse("kept_results", args=[key])
    yield from (f"{reverse('screen_texts', args=[key])}?state={state}" for state in ("shown", "waiting", ATTACK))
    batch = planted.others["batch"].pk
    yield from (reverse("paper_batch", args=[batch]), reverse("paper_undo", args=[batch]))


def _about_people(planted: Planted) -> Iterator[str]:
    yield from (reverse("counter"), reverse("counter_register"), reverse("counter_find_by_card"), reverse("letters"))
    yield reverse("counter_account", args=[counter_number(planted.author).replace(" ", "")])
    yield from (reverse("mails:index"), reverse("mails:index_results"))
    yield from (reverse("mails:inspect", args=[mail.pk]) for mail in planted.mails())


def _wagtails_own(planted: Planted) -> Iterator[str]:
    """Lists, logs, histories and choosers that Wagtail shows of our models, of accounts and of photos."""
    for name in ("site_history", "workflow", "workflow_tasks", "locked_pages", "aging_pages", "page_types_usage"):
        yield reverse(f"wagtailadmin_reports:{name}")
        yield reverse(f"wagtailadmin_reports:{name}_results")
    yield f"{reverse('wagtailadmin_reports:site_history')}?user={planted.author.pk}"
    if connection.vendor == "postgresql":  # Wagtail's own search on SQLite refuses the signs of a canary
        yield f"{reverse('wagtailadmin_explore_root')}?q={ATTACK}"
        yield f"{reverse('wagtailadmin_pages:search')}?q={ATTACK}"
    yield from (reverse("wagtailusers_users:index"), reverse("wagtailusers_users:edit", args=[planted.author.pk]))
    yield reverse("wagtailusers_users:history", args=[planted.author.pk])
    photo = planted.ideas["public"].photo
    yield from (reverse("wagtailimages:index"), reverse("wagtailimages_chooser:choose"))
    yield from (reverse(f"wagtailimages:{name}", args=[photo.pk]) for name in ("edit", "delete", "image_usage"))
    for model in (HeldWord, IdeaStatus):
        urls = model.snippet_viewset
        yield reverse(urls.get_url_name("list"))
        first = model.objects.first()
        if first:
            yield from (reverse(urls.get_url_name(name), args=[first.pk]) for name in ("edit", "history", "usage"))
    for page in (*in_both(planted.board), *in_both(planted.survey)):
        for name in ("edit", "history", "usage"):
            yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
    yield reverse("wagtailadmin_explore", args=[planted.board.get_parent().pk])


def view_at(path: str) -> str:
    """Return the name of the view that answers there; "" for none."""
    with override(path[1:3] if path[1:3] in LANGUAGES else "fr"):
        try:
            return str(resolve(path.partition("?")[0]).url_name)
        except Resolver404:
            return ""


def named_views() -> set[str]:
    """Return the names of all views of ours."""

    def walk(resolver: Any) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern)
            elif isinstance(pattern, URLPattern) and pattern.name:
                view = getattr(pattern.callback, "view_class", pattern.callback)
                if f"{view.__module__}.".startswith(OURS):
                    yield pattern.name

    return set(walk(get_resolver()))


def forms_that_come_back(planted: Planted) -> Iterator[tuple[Any, str, dict[str, Any]]]:
    """What is sent, by whom and whereto, and what it lacks: the answer shows what was typed once more."""
    board, public = planted.board.url, planted.ideas["public"]
    words, long = canary("typed", begins="="), canary("typed", is_long=True)
    author, staff = planted.author, planted.administrator
    yield author, f"{board}idee/", {"title": words, "place": words, "photo_says": words, "preview": "1", "theme": words}
    yield author, f"{board}{public.slug}/edit/", {"title": "", "text": long, "place": words, "language": words}
    yield author, f"{board}{public.slug}/comment/", {"text": long * 20, "language": words, "parent": words}
    yield author, f"{board}{public.slug}/comment/{planted.comments['fresh'].pk}/", {"text": long * 20}
    yield author, f"{board}{public.slug}/report/", {"word": long, "reason": words}
    for name in ("my_details", "my_address", "my_letter"):
        yield author, reverse(name), dict.fromkeys(("display_name", "email", "address", "code", *LETTER), words)
    for name in ("account_login", "account_login_password", "account_signup", "subscribe"):
        yield None, reverse(name), dict.fromkeys(("email", "login", "password", "neighbourhoods", "next"), words)
    yield author, planted.trial.url, {"do": "send", "seen": words, "version": words, **_answers(long)}
    task = planted.ideas["waiting"].current_workflow_task_state
    yield staff, reverse("idea_review", args=[task.pk]), {"decision": "declined", "declined-word": long}
    yield staff, reverse("idea_files"), {"language": "fr", "board": planted.board.pk, "file": _rows(words)}
    yield staff, reverse("idea_answer", args=[public.pk]), {"form": "answer", "text_fr": long, "is_ready": "on"}
    yield staff, reverse("counter"), {"who": words}
    yield staff, reverse("counter_find_by_card"), dict.fromkeys(("family_name", "given_name", "born_on"), words)
    yield staff, reverse("paper_batch", args=[planted.others["batch"].pk]), {"language": "fr", "1": words, "2": long}
    yield staff, reverse("paper_file", args=[planted.survey.survey_key]), {"file": _rows(words, "language;1;zz<b>")}
    yield staff, reverse("answer_tags", args=[planted.survey.survey_key]), {"name_fr": words, "name_nl": ""}


LETTER = ("family_name", "given_name", "born_on", "street", "postcode", "town")


def _answers(words: str) -> dict[str, str]:
    return {field(1): "other", field(1, "other"): words, field(2): words, field(3): words}


def _rows(words: str, heads: str = "title;text;theme") -> SimpleUploadedFile:
    cell = words.replace('"', '""')
    return SimpleUploadedFile("x.csv", f'{heads}\n"{cell}";"{cell}";"{cell}"\n'.encode())
