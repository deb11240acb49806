"""The mails about a person's data, by name."""

from django.utils.translation import gettext_lazy as _

from mailing.kinds import register_kind


def register_kinds() -> None:
    register_kind("address_change", _("Change of address"))
    register_kind("unused_account", _("Account not used for long"))
    register_kind("account_closed", _("Account closed"))
