"""The list of all consultations."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.url_routing import RouteResult

from home.models import BasePage
from participation.consultation_forms import ConsultationFilterForm
from participation.models.consultations import ConsultationPage
from participation.querysets import ConsultationQuerySet
from participation.survey_routes import find_gone


class ConsultationIndexPage(RoutablePageMixin, BasePage):
    """What one can still do today first; then all consultations: running, coming, awaiting their outcome, closed."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["participation.ConsultationPage", "participation.SurveyPage", "participation.IdeaBoardPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("index of the consultations")
        verbose_name_plural = _("indexes of the consultations")

    def consultations(self) -> ConsultationQuerySet:
        """Return those below this page that readers find in lists."""
        pages: ConsultationQuerySet = ConsultationPage.objects.child_of(self).live().public()
        return pages

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a consultation together with what its page shows; where a survey was, say what became of it."""
        try:
            return self._route(request, path_components)
        except Http404:
            page = self.whole()
            view = find_gone(request, page)
            if view is None:
                raise
            return RouteResult(page, (view, (), {}))

    def _route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if path_components:
            pages = ConsultationPage.objects.child_of(self).filter(slug=path_components[0])
            page = pages.for_its_page().first()
            if page:
                return page.route(request, path_components[1:])
        return super(ConsultationIndexPage, self.whole()).route(request, path_components)

    @path("")
    def consultations_list(self, request: HttpRequest) -> HttpResponse:
        form = ConsultationFilterForm(request.GET)
        today = timezone.localdate()
        results = form.page_of(self.consultations(), on=today)
        context = {"form": form, "results": results, "query": form.query(), "today": today}
        is_fragment = request.htmx  # type: ignore[attr-defined]
        response: HttpResponse = self.render(
            request,
            context_overrides=context,
            template="participation/_consultation_results.html" if is_fragment else None,
        )
        response.headers["Vary"] = "HX-Request"
        return response
