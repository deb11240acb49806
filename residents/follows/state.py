"""What the reader follows, asked of the database once a request, and for nobody but who is signed in."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Value

from residents.follows.targets import DEPARTMENT, NEIGHBOURHOOD, Target
from residents.models import Follow, Residency

LIVES_IN = "lives in"


class FollowState:
    """Where somebody lives, and what they follow."""

    def __init__(self, user: Any) -> None:
        self.is_known = bool(user and user.is_authenticated)
        self.lives_in: int | None = None
        self.followed: set[tuple[Any, ...]] = set()
        if self.is_known:
            self._read(user)

    def _read(self, user: Any) -> None:
        nothing = Value(None, output_field=BigIntegerField())
        home = Residency.objects.filter(user=user.pk).values_list(
            "neighbourhood_id", nothing, Value(LIVES_IN), Value("")
        )
        follows = Follow.objects.filter(user=user.pk).values_list("neighbourhood_id", "department_id", "subject", "key")
        for place, department, subject, key in follows.union(home, all=True):
            if subject == LIVES_IN:
                self.lives_in = place
            elif place or department:
                self.followed.add((NEIGHBOURHOOD, place) if place else (DEPARTMENT, department))
            else:
                self.followed.add((subject, key))

    @classmethod
    def of(cls, request: Any) -> FollowState:
        """Return that of this request's reader; it is made when first asked for."""
        if request is None:
            return cls(None)
        if not hasattr(request, "_follow_state"):
            request._follow_state = cls(getattr(request, "user", None))
        state: FollowState = request._follow_state
        return state

    def follows(self, target: Target) -> bool:
        return target.identity in self.followed

    def lives_there(self, target: Target) -> bool:
        return target.kind == NEIGHBOURHOOD and target.pk == self.lives_in
