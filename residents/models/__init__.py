"""Accounts, where residents live, what they follow, and how they are known."""

from residents.models.accounts import PortalUserManager, User
from residents.models.addresses import AddressChange
from residents.models.letter_settings import LetterSettings
from residents.models.places import Follow, Residency
from residents.models.profiles import Profile
from residents.models.sign_in_codes import SignInCode
from residents.models.verifications import MAX_WRONG_TRIES, Letter, LetterBatch, Method, Verification
from residents.models.voters import Voter

__all__ = [
    "MAX_WRONG_TRIES",
    "AddressChange",
    "Follow",
    "Letter",
    "LetterBatch",
    "LetterSettings",
    "Method",
    "PortalUserManager",
    "Profile",
    "Residency",
    "SignInCode",
    "User",
    "Verification",
    "Voter",
]
