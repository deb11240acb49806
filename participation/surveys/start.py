"""Everything that surveys register when the portal starts."""

from home import advice, protection
from participation import parts, signal_handlers, survey_routes
from participation.answering import gone_views, views
from participation.answering.contributions import ANSWERS
from participation.protection import SURVEYS
from participation.surveys.advice import advise
from participation.surveys.jobs import register_jobs
from participation.surveys.keeping_apart import merge_participations, needed_until
from participation.surveys.parts import SurveysSource
from participation.surveys.personal_data import register_holdings
from residents import voters
from residents.my_data import running
from residents.my_home import contributions


def register_all() -> None:
    register_jobs()
    advice.register("surveys", advise)
    protection.register("surveys", SURVEYS)
    register_holdings()
    voters.register_merge(merge_participations)
    running.register("surveys", needed_until)
    register_answering()


def register_answering() -> None:
    survey_routes.register(answering=views.answering, thanks=views.thanks)
    survey_routes.register_gone(gone_views.find_gone)
    signal_handlers.connect()
    parts.register("surveys", SurveysSource())
    contributions.register(ANSWERS)
