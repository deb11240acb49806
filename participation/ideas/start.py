"""Everything that idea boards register when the portal starts."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from home import agenda, finding, jobs, protection, reviewing, taking_part
from home.agenda import State
from home.jobs import Job
from participation import parts
from participation.ideas.agenda import KINDS, AnswersDueSource, BoardsSource
from participation.ideas.desk import describe_comments, describe_ideas
from participation.ideas.finding import SOURCE
from participation.ideas.following import IDEAS
from participation.ideas.news import tell_news
from participation.ideas.notices import register_kinds
from participation.ideas.parts import BoardParts
from participation.ideas.people import merge_people, needed_until
from participation.ideas.personal_data import register_holdings
from participation.models import Comment, Idea, IdeaBoardPage
from participation.protection import ANSWERS, BOARDS, PLACES_OF_IDEAS, THEMES_OF_IDEAS
from residents import following, voters
from residents.my_data import running


def register_all() -> None:
    reviewing.register(Idea, describe_ideas)
    reviewing.register(Comment, describe_comments)
    register_holdings()
    register_kinds()
    agenda.register("idea-boards", BoardsSource(), kinds=KINDS, states=BoardsSource.states)
    agenda.register("idea-answers", AnswersDueSource(), kinds=[], states=[State.PHASE])
    following.register(IDEAS)
    finding.register(SOURCE)
    jobs.register(Job("tell_idea_news", _("Tell the news of ideas"), timedelta(minutes=30), tell_news))
    protection.register("idea_boards", BOARDS)
    protection.register("places_of_ideas", PLACES_OF_IDEAS)
    protection.register("themes_of_ideas", THEMES_OF_IDEAS)
    protection.register("answers_to_ideas", ANSWERS)
    taking_part.register(IdeaBoardPage)
    parts.register("ideas", BoardParts())
    voters.register_merge(merge_people)
    running.register("ideas", needed_until)
