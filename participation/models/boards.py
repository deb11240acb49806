"""An idea board as a thing, and who has read its charter."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class BoardManager(models.Manager["Board"]):
    def locked(self, key: UUID) -> Board:
        """Return the board, made at its first need, its row held until the transaction ends."""
        boards = self.select_for_update()
        board = boards.filter(pk=key).first()
        if board is None:
            self.get_or_create(pk=key)
            board = boards.get(pk=key)
        return board


class Board(models.Model):
    """What all ideas hang on, in both languages and whatever becomes of the pages.

    Its row is the lock under which numbers are given and ideas merged.
    """

    key = models.UUIDField(_("key"), primary_key=True, editable=False)
    last_number = models.PositiveIntegerField(_("last number given"), default=0)

    objects = BoardManager()

    class Meta:
        verbose_name = _("list of ideas")
        verbose_name_plural = _("lists of ideas")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.key)


class CharterAcceptance(models.Model):
    """That somebody has read how one talks on a board: asked before their first contribution there."""

    board = models.ForeignKey(Board, verbose_name=_("board"), on_delete=models.CASCADE, related_name="acceptances")
    voter = models.UUIDField(_("voter"))
    accepted_on = models.DateField(_("accepted on"))

    class Meta:
        verbose_name = _("charter accepted")
        verbose_name_plural = _("charters accepted")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["board", "voter"], name="participation_charter_is_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.voter}"
