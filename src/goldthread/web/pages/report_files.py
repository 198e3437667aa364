"""Pages: the team's draft of a report as files, and the charts of its sections."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.reports import queries
from goldthread.apps.reports.rendering import kept
from goldthread.domain import lifecycle
from goldthread.web.doors import door
from goldthread.web.files import DRAWN, attachment, picture_of


def as_pdf(request: HttpRequest, report: Any) -> HttpResponse:
    """The team's draft as a PDF, marked as one."""
    return _drawn(report, "pdf")


def as_word(request: HttpRequest, report: Any) -> HttpResponse:
    """The team's draft as a Word file, marked as one."""
    return _drawn(report, "docx")


def as_open_document(request: HttpRequest, report: Any) -> HttpResponse:
    """The team's draft as an OpenDocument file, marked as one."""
    return _drawn(report, "odt")


def _drawn(report: Any, form: str) -> HttpResponse:
    draft = report.status != lifecycle.Report.PUBLISHED
    held = kept.drawn(
        queries.document(report), report.inspection, form, draft=draft, imprint=queries.imprint(report, _public(report))
    )
    return attachment(held, DRAWN[form][1], f"report-version-{report.number}.{form}")


def _public(report: Any) -> Any:
    """Since when everybody reads a version; None while nobody but the team does."""
    held = queries.publication_of(report)
    return held.published_at if held is not None and not queries.under_embargo(held) else None


def figure(request: HttpRequest, report: Any) -> HttpResponse:
    """The chart of one section of a version."""
    return picture_of(queries.figure(queries.document(report.report), report.slug, narrow="narrow" in request.GET))


@dataclass(frozen=True, slots=True)
class _Figure:
    """The chart of a section, asked about as its version is."""

    report: Any
    slug: str

    def target(self) -> Target:
        """The version's own."""
        asked: Target = self.report.target()
        return asked


def _chart(actor: Actor, inspection: UUID, report: UUID, section: str) -> Any:
    return _Figure(queries.get(actor, inspection, report), section)


_ONE = "inspections/<uuid:inspection>/report/<uuid:report>/"
_READ = Permission.REPORT_READ
DOORS: list[URLPattern] = [
    door(_ONE + "report.pdf", as_pdf, "report_pdf", needs=_READ, about=queries.get, step_up=True),
    door(_ONE + "report.docx", as_word, "report_word", needs=_READ, about=queries.get, step_up=True),
    door(_ONE + "report.odt", as_open_document, "report_odt", needs=_READ, about=queries.get, step_up=True),
    door(_ONE + "figures/<slug:section>.svg", figure, "report_figure", needs=_READ, about=_chart),
]
