from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "participation"
    verbose_name = _("Participation")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from digests import sources
        from home import agenda, protection, taking_part
        from participation.agenda import KINDS, ConsultationsSource
        from participation.digest import consultation_source
        from participation.following import CONSULTATIONS
        from participation.ideas import start as ideas_start
        from participation.ideas.screens import start as screens_start
        from participation.ideas.searching import make_index
        from participation.jobs import register_jobs
        from participation.models import ConsultationPage, SurveyPage
        from participation.notices import register_kinds
        from participation.personal_data import register_exemptions
        from participation.protection import CONSULTATIONS as PROTECTED
        from participation.results import start as results_start
        from participation.surveys import start
        from residents import following

        register_jobs()
        register_kinds()
        register_exemptions()
        following.register(CONSULTATIONS)
        protection.register("consultations", PROTECTED)
        taking_part.register(ConsultationPage, SurveyPage)
        agenda.register("consultations", ConsultationsSource(), kinds=KINDS, states=ConsultationsSource.states)
        sources.register(consultation_source())
        start.register_all()
        results_start.register_all()
        ideas_start.register_all()
        screens_start.register_all()
        post_migrate.connect(make_index, sender=self)
