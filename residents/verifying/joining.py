"""A person whom a clerk registered without an e-mail address, and who has an account of their own by now."""

from __future__ import annotations

from residents.models import Residency, User, Verification, Voter
from residents.my_data.closing import remove_from_tables
from residents.voters import merge_voters


def join_accounts(account: User, *, into: User) -> Voter:
    """Let the person go on with their own account, and close the other one as its person would, keeping contributions.

    In the caller's transaction, which has locked both voters. Where the own account has no neighbourhood, the other's
    is taken over.
    """
    earlier, own = Voter.objects.get(user=account), Voter.objects.get(user=into)
    Verification.objects.filter(voter=own).delete()
    earlier.user = None
    earlier.save(update_fields=["user"])
    voter = merge_voters(own, into=earlier, address=own.address_fingerprint)
    place = Residency.objects.filter(user=account).first()
    if place and place.neighbourhood_id:
        Residency.objects.get_or_create(user=into, defaults={"neighbourhood_id": place.neighbourhood_id})
    remove_from_tables(account, keep=True)
    account.delete()
    return voter
