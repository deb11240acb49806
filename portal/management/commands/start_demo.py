"""Make a fresh checkout ready to be served: catalogues, database, demo commune. A second time it changes nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.demo.commune import PASSWORD
from portal.demo.content import read
from portal.demo.senders import demo_link


class Command(BaseCommand):
    help = "Migrate, load the demo commune when the database is empty, and print its addresses and accounts."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="http://127.0.0.1:8000", help="where it will be served")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("compile_catalogues")
        call_command("migrate_quickly")
        self.stdout.write("Looking for the demo commune…")
        call_command("load_demo", if_empty=True)
        self._tell(options["address"])

    def _tell(self, address: str) -> None:
        accounts = "\n".join(f"    {row['email']:32} {row['role']}" for row in read("commune.yaml")["accounts"])
        link = demo_link()
        proposing = f"  Personal link of a sender without an account:\n    {address}{link}\n" if link else ""
        self.stdout.write(
            f"\n  Site      {address}/fr/   {address}/nl/\n"
            f"  Admin     {address}/admin/\n"
            f"  Accounts, all with password {PASSWORD}:\n{accounts}\n{proposing}"
        )
