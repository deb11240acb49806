from participation.models.ballots import AnswerTag, Ballot, Draft, PaperBatch, Participation, WrittenAnswer
from participation.models.board_questions import BoardQuestion
from participation.models.boards import Board, CharterAcceptance
from participation.models.comments import Comment
from participation.models.consultation_indexes import ConsultationIndexPage
from participation.models.consultations import ConsultationPage, ConsultationTheme
from participation.models.idea_answers import InternalNote, OfficialAnswer, RealisationStep
from participation.models.idea_boards import IdeaBoardPage
from participation.models.idea_decisions import ModerationDecision, Report, Sanction, SecondLook
from participation.models.idea_events import IdeaEvent
from participation.models.idea_merges import IdeaMerge
from participation.models.idea_tasks import IdeaReviewTask
from participation.models.ideas import Idea, IdeaVersion, Support
from participation.models.phases import ConsultationEvent, Phase
from participation.models.proofs import SpentProof
from participation.models.questions import SurveyQuestion
from participation.models.statuses import DeclineReason, HeldWord, IdeaStatus
from participation.models.survey_pages import SurveyPage
from participation.models.surveys import Survey, SurveyVersion, Tally

__all__ = [
    "AnswerTag",
    "Ballot",
    "Board",
    "BoardQuestion",
    "CharterAcceptance",
    "Comment",
    "ConsultationEvent",
    "ConsultationIndexPage",
    "ConsultationPage",
    "ConsultationTheme",
    "DeclineReason",
    "Draft",
    "HeldWord",
    "Idea",
    "IdeaBoardPage",
    "IdeaEvent",
    "IdeaMerge",
    "IdeaReviewTask",
    "IdeaStatus",
    "IdeaVersion",
    "InternalNote",
    "ModerationDecision",
    "OfficialAnswer",
    "PaperBatch",
    "Participation",
    "Phase",
    "RealisationStep",
    "Report",
    "Sanction",
    "SecondLook",
    "SpentProof",
    "Support",
    "Survey",
    "SurveyPage",
    "SurveyQuestion",
    "SurveyVersion",
    "Tally",
    "WrittenAnswer",
]
