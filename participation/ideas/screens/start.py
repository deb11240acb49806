"""Everything that the residents' side of idea boards registers when the portal starts."""

from digests import sources
from participation.ideas import routes
from participation.ideas.screens import comment_views, edit_views, feed, idea_views, propose_views, support_views
from participation.ideas.screens.balance_views import balance
from participation.ideas.screens.board_views import board
from participation.ideas.screens.digest import IDEAS_SOURCE
from participation.ideas.screens.following import BOARDS
from participation.ideas.screens.mine import COMMENTS, IDEAS
from residents import following
from residents.my_home import contributions

VIEWS: dict[str, routes.View] = {
    "board": board,
    "feed": feed.feed,
    "balance": balance,
    "propose": propose_views.propose,
    "preview": propose_views.preview,
    "similar": propose_views.similar,
    "idea": idea_views.idea,
    "support": support_views.support,
    "report": comment_views.report,
    "edit": edit_views.edit,
    "withdraw": edit_views.withdraw,
    "second-look": edit_views.second_look,
    "comment": comment_views.comment,
    "change_comment": comment_views.change_comment,
}


def register_all() -> None:
    for name, view in VIEWS.items():
        routes.register(name, view)
    following.register(BOARDS)
    contributions.register(IDEAS)
    contributions.register(COMMENTS)
    sources.register(IDEAS_SOURCE)
