"""A board, an idea on it, and a resident who writes under a name."""

from __future__ import annotations

import pytest
from django.test import Client

from participation.models import Idea, IdeaBoardPage
from residents.models import Profile, User
from tests.factories import UserFactory
from tests.participation.ideas.making import public_idea, readable_board


@pytest.fixture
def board() -> IdeaBoardPage:
    return readable_board()


@pytest.fixture
def idea(board: IdeaBoardPage) -> Idea:
    return public_idea(board)


@pytest.fixture
def resident() -> User:
    user: User = UserFactory()
    Profile.objects.create(user=user, display_name="Odile Renard")
    return user


@pytest.fixture
def at_home(client: Client, resident: User) -> Client:
    client.force_login(resident)
    return client
