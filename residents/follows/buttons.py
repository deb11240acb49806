"""The button by which one thing is followed."""

from __future__ import annotations

from typing import Any

from residents.follows.state import FollowState
from residents.follows.targets import Target


def button_context(
    request: Any, target: Target, *, back: str = "", said: str = "", note: bool = True
) -> dict[str, Any]:
    """Return what the button of `target` shows: to whom it is known, whether they follow it, and where to come back."""
    state = FollowState.of(request)
    return {
        "target": target,
        "is_known": state.is_known,
        "follows": state.follows(target),
        "lives_there": state.lives_there(target),
        "back": back or (request.get_full_path() if request else ""),
        "said": said,
        "note": note,
        "request": request,
    }
