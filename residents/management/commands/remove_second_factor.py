"""Take away the second factor of somebody who has lost it, and whose identity was checked in person."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from residents.models import User
from residents.signing_in import mails
from residents.signing_in.actions import remove_second_factor


class Command(BaseCommand):
    help = "Remove the passkeys, one-time codes and recovery codes of an account, and end its sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the account's e-mail address")
        parser.add_argument("--dry-run", action="store_true", help="say what would be removed, and remove nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get_by_natural_key(options["email"])
        except User.DoesNotExist as error:
            raise CommandError("There is no account with this address.") from error
        if options["dry_run"]:
            self.stdout.write(f"{Authenticator.objects.filter(user=user).count()} would be removed.")
            return
        removed = remove_second_factor(user=user)
        mails.queue_notice("second_factor_removed", user=user)
        self.stdout.write(f"{removed} removed; the sessions of this account have ended, and its person was written to.")
