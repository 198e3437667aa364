"""Reading reports, their threads, and what is published."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.cases import queries as cases
from goldthread.apps.conversations import queries as conversations
from goldthread.apps.drafting import known
from goldthread.apps.findings import queries as findings
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.apps.reports import composing, figures
from goldthread.apps.reports.document import Document, Grid, Part, from_json
from goldthread.apps.reports.models import Publication, Report, ReportCheck, Section, Sentence
from goldthread.apps.reports.models.versions import everybodys
from goldthread.domain import lifecycle
from goldthread.domain.framework import OVERALL
from goldthread.engines import drawing

NOT_JUDGED = "Not judged"
POINTS = ("strengths", "good_practice", "improve")


def visible_to(actor: Actor) -> QuerySet[Report]:
    """Versions that an actor may read."""
    return visible(Report.objects.select_related("inspection"), actor, Permission.REPORT_READ)


def versions(inspection: Inspection, actor: Actor) -> QuerySet[Report]:
    """The versions of an inspection's report, newest first."""
    return visible_to(actor).filter(inspection=inspection)


def get(actor: Actor, inspection: UUID, report: UUID) -> Report:
    """One version. Raises Report.DoesNotExist where the actor may not see it."""
    return visible_to(actor).get(inspection_id=inspection, pk=report)


def sections(report: Report) -> list[Section]:
    """The sections of a version with their sentences and the tops of their threads."""
    lines = Sentence.objects.select_related("finding", "judgement")
    return list(report.sections.prefetch_related(Prefetch("sentences", queryset=lines)))


def section(report: Report, slug: str) -> Section:
    """One section. Raises Section.DoesNotExist."""
    return Section.objects.prefetch_related("sentences__finding", "sentences__judgement").get(report=report, slug=slug)


def sentence(report: Report, pk: int) -> Sentence:
    """One sentence. Raises Sentence.DoesNotExist."""
    found = Sentence.objects.select_related("section", "finding", "judgement")
    return found.get(section__report=report, pk=pk)


def document(report: Report) -> Document:
    """The version as the one document that every output is made from; it holds no link to the evidence."""
    inspection = report.inspection
    framework = known.framework(inspection.framework)
    parts = tuple(_part(one, inspection) for one in sections(report))
    return Document(
        title=report.title,
        authority=inspection.authority,
        framework=framework.title,
        dates=f"Fieldwork from {_day(inspection.fieldwork_from)} to {_day(inspection.fieldwork_to)}",
        synthetic=inspection.synthetic,
        kind=inspection.get_kind_display(),
        parts=tuple(part for part in parts if part.paragraphs or part.points or part.grid),
    )


def imprint(report: Report, published_at: datetime | None = None) -> str:
    """Which version it is, since when it is approved and since when published, as its title page and its files say.

    `published_at` is given where everybody reads it at once. The moment of an embargo may move, and the files of a
    report do not: they then tell the day of approval alone.
    """
    said = f"Version {report.number}"
    if report.checked_at and report.status in (lifecycle.Report.APPROVED, lifecycle.Report.PUBLISHED):
        said += f", approved {_day(timezone.localdate(report.checked_at))}"
    return f"{said}. Published {_day(timezone.localdate(published_at))}." if published_at else f"{said}."


OF_FILES = (
    "What is corrected later does not change this file: it is told on the page on which the report is published.",
    "The day on which it was published, and what is corrected later, are told on the page on which it is published.",
)
"""What a published file says of what comes after it was made: its day is in it, or may still move."""


def imprint_of_file(report: Report, published_at: datetime | None = None) -> str:
    """The imprint of a file of a published report, with where to read what the file cannot tell."""
    return f"{imprint(report, published_at)} {OF_FILES[published_at is None]}"


def _part(one: Section, inspection: Inspection) -> Part:
    lines = list(one.sentences.all())
    if one.kind == "judgements":
        return Part(one.slug, one.title, grid=grades(inspection))
    if one.kind in POINTS:
        return Part(one.slug, one.title, points=tuple(line.text for line in lines))
    paragraphs: dict[int, list[str]] = {}
    for line in lines:
        paragraphs.setdefault(line.paragraph, []).append(line.text)
    told = tuple(" ".join(texts) for texts in paragraphs.values())
    numbers = figures.of_area(inspection, one.area, one.title) if one.kind == "area" and told else None
    figure, grid = numbers or (None, None)
    return Part(one.slug, one.title, paragraphs=told, grid=grid, figure=figure)


def grades(inspection: Inspection) -> Grid:
    """The judgements that the team agreed, in the framework's order. Once there is one, an area without says so:
    whoever reads the report is not to take an area for judged because nothing is said of it."""
    framework = known.framework(inspection.framework)
    agreed = findings.agreed_grades(inspection)
    order = [*(area.slug for area in framework.areas), *(["overall"] if framework.overall else [])]
    rows = tuple(
        (
            "Overall effectiveness" if slug == "overall" else framework.area(slug).title,
            framework.grade(agreed[slug]).title if slug in agreed else NOT_JUDGED,
        )
        for slug in order
        if agreed
    )
    return Grid("What was judged, and the grade", ("Area", "Grade"), rows)


def about(inspection: Inspection, actor: Actor) -> list[str]:
    """Facts about the inspection itself, small numbers left out."""
    framework = known.framework(inspection.framework)
    # Read long after it was composed: no word of it may depend on the day.
    said = [
        f"This report was written under the framework “{framework.title}”.",
        f"The dates of fieldwork are {_day(inspection.fieldwork_from)} to {_day(inspection.fieldwork_to)}.",
    ]
    # One item counts once, however many findings lean on it.
    items = {item for one in findings.for_report(inspection, actor) for item in one.items}
    if words := composing.sources_in_words(Counter(kind for kind, _ in items)):
        said.append(f"The findings rest on {words}.")
    return said


def unjudged(report: Report) -> list[str]:
    """Titles of the areas, and of the whole where the framework grades it, that have no agreed judgement.

    None where the framework gives no grades at all.
    """
    framework, agreed = known.framework(report.inspection.framework), findings.agreed_grades(report.inspection)
    if not framework.graded:
        return []
    missing = [area.title for area in framework.areas if area.slug not in agreed]
    return missing + (["Overall effectiveness"] if framework.overall and "overall" not in agreed else [])


def loose(report: Report) -> list[Sentence]:
    """Sentences that rest on nothing, those about the inspection itself left out."""
    return [
        line
        for one in sections(report)
        if one.kind != "about"
        for line in one.sentences.all()
        if line.finding_id is None and line.judgement_id is None
    ]


def held_back(report: Report) -> list[tuple[str, list[str]]]:
    """The sections whose table leaves numbers out that their findings cite, and which: their counts are small."""
    found = [(one.title, figures.held_back(report.inspection, one.area)) for one in sections(report) if one.area]
    return [(title, names) for title, names in found if names]


def early(report: Report) -> bool:
    """Whether the inspection has not come to the stage at which the authority checks the facts of its report."""
    return report.inspection.status not in (lifecycle.Inspection.ACCURACY, lifecycle.Inspection.PUBLISHED)


def urgent(report: Report) -> str:
    """Why a report is not published before its time: urgent concerns that nobody has answered. Empty where none is.

    Counted whoever asks, since a child may be at risk whether or not the reader may know of whom it is.
    """
    if not early(report):
        return ""
    many = len(cases.open_concerns(PROGRAMME, report.inspection)) + len(
        conversations.open_concerns(PROGRAMME, report.inspection)
    )
    if not many:
        return ""
    told = "1 urgent concern is" if many == 1 else f"{many} urgent concerns are"
    return (
        f"{told} not answered, and the inspection has not come to the check of facts. Have "
        f"{'it' if many == 1 else 'them'} answered first."
    )


def unanswered(report: Report) -> list[Sentence]:
    """Sentences whose finding has evidence against it that nobody has answered, the first of each finding."""
    held = {one.id for one in findings.for_report(report.inspection, PROGRAMME) if one.unanswered}
    first: dict[Any, Sentence] = {}
    for one in sections(report):
        for line in one.sentences.all():
            if line.finding_id in held:
                first.setdefault(line.finding_id, line)
    return list(first.values())


def check_again(report: Report) -> list[Sentence]:
    """Sentences whose finding or judgement is no longer agreed, or whose finding leans on what no longer stands."""
    shaky = {one.pk for one in findings.check_again(report.inspection)}
    return [
        line
        for one in sections(report)
        for line in one.sentences.all()
        if line.finding_id in shaky
        or (line.finding is not None and line.finding.status != lifecycle.Finding.AGREED)
        or (line.judgement is not None and line.judgement.status != lifecycle.Judgement.AGREED)
    ]


def awaiting_check(actor: Actor) -> list[Report]:
    """Reports that this person could check now: sent to be checked, not by them, and not checked by them yet."""
    found = visible(
        Report.objects.select_related("inspection").filter(status=lifecycle.Report.SUBMITTED),
        actor,
        Permission.REPORT_CHECK,
    )
    mine = set(ReportCheck.objects.filter(person_id=actor.id, counts=True).values_list("report_id", flat=True))
    return [one for one in found if str(one.submitted_by_id) != actor.id and one.pk not in mine]


def published() -> QuerySet[Publication]:
    """The register of published reports, newest first: what everybody may read now. Of one under embargo nothing."""
    rows = Publication.objects.filter(everybodys(timezone.now()))
    return rows.defer("pdf", "word", "odt").order_by("-published_at")


def published_of(inspections: Iterable[Inspection]) -> QuerySet[Publication]:
    """What is published of some inspections, newest first."""
    return published().select_related("report").filter(report__inspection__in=list(inspections))


def under_way(inspection: Inspection) -> bool:
    """Whether a version of the report has ever gone to be checked. For callers that may read the team's work."""
    return Report.objects.filter(inspection=inspection).exclude(submitted_at=None).exists()


def publication(slug: str) -> Publication:
    """One published report. Raises Publication.DoesNotExist, also while it is under embargo."""
    rows = Publication.objects.filter(everybodys(timezone.now()))
    return rows.select_related("report__inspection").get(slug=slug)


def published_document(held: Publication) -> Document:
    """The document that was published."""
    return from_json(held.content)


def figure(held: Document, slug: str, *, narrow: bool = False) -> str:
    """The chart of one section as an SVG document, for a narrow page where asked.

    Raises Section.DoesNotExist where the section has none.
    """
    found = next((part.figure for part in held.parts if part.slug == slug and part.figure is not None), None)
    if found is None:
        raise Section.DoesNotExist
    return drawing.to_svg(found.spec(narrow=narrow))


def thread(line: Sentence, actor: Actor) -> dict[str, Any]:
    """What a sentence rests on: its finding with the evidence for and against; or its judgement with what stands under
    it, which is the findings of its area, and for the whole the judgements of the areas."""
    if line.finding is not None:
        return {"finding": line.finding, "items": findings.thread_of(line.finding), "judgement": None}
    if line.judgement is None:
        return {"finding": None, "items": None, "judgement": None}
    standings = findings.area_standings(line.judgement.inspection, actor)
    return {
        "finding": None,
        "items": None,
        "judgement": line.judgement,
        "standing": next((one for one in standings if one.slug == line.judgement.area), None),
        "areas": [one for one in standings if one.slug != OVERALL] if line.judgement.area == OVERALL else [],
    }


def _day(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"
