"""Accounts: one model for residents and staff; what a person may do comes from groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

SALT_LENGTH = 12


class AccountQuerySet(models.QuerySet["User"]):
    """Accounts in number: what blocks them ends their sessions as well, as `User.save` does for one."""

    def update(self, **values: Any) -> int:
        if "is_active" in values:
            values.setdefault("session_salt", get_random_string(SALT_LENGTH))
        return super().update(**values)


class PortalUserManager(UserManager["User"].from_queryset(AccountQuerySet)):  # type: ignore[misc]
    """Accounts are made and found by e-mail address, whatever its case."""

    def _create(self, email: str, password: str | None, **fields: Any) -> User:
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:  # type: ignore[override]
        return self._create(email, password, **fields)

    def create_without_address(self, **fields: Any) -> User:
        """Make the account of a person who has no e-mail address: nobody signs in to it, a clerk acts for its person."""
        user = self.model(email=None, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:  # type: ignore[override]
        return self._create(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person with an account. It stays bare: where a resident lives and what they follow are models of their own."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(  # type: ignore[assignment]
        _("e-mail address"),
        unique=True,
        null=True,
        blank=True,
        help_text=_("None for a person who was registered at the counter without one."),
    )
    session_salt = models.CharField(max_length=SALT_LENGTH, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[PortalUserManager] = PortalUserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        indexes = [models.Index(Coalesce("last_login", "date_joined"), name="residents_accounts_by_last_use")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="residents_email_is_unique_whatever_its_case",
                violation_error_message=_("An account with this e-mail address exists already."),
            ),
            models.CheckConstraint(condition=~models.Q(email=""), name="residents_email_is_an_address_or_none"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email or _("account %(number)s") % {"number": self.pk}

    def clean(self) -> None:
        super().clean()
        self.email = self.email or None

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """End the sessions of an account that is blocked: they don't come back when it is opened again.

        An account that is made in the admin without a password has none, rather than an empty one.
        """
        if not self.password:
            self.set_unusable_password()
        if not self.is_active:
            self.session_salt = get_random_string(SALT_LENGTH)
            update_fields = {*update_fields, "session_salt"} if update_fields is not None else None
        super().save(*args, update_fields=update_fields, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session holds: Django ends one that holds another, as it does when the password changes."""
        held: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        if not self.session_salt:
            return held
        return salted_hmac(self.session_salt, held, secret=secret, algorithm="sha256").hexdigest()
