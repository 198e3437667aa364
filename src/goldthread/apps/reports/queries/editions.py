"""Reading editions: what the full report says point by point, how an edition tells it, and what is published of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.drafting import known
from goldthread.apps.findings import queries as findings
from goldthread.apps.findings.models import Judgement
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.apps.reports import points as rules
from goldthread.apps.reports.document import Document, Grid
from goldthread.apps.reports.edition_document import EditionDocument, EditionPart, LeftOut, Said, edition_from_json
from goldthread.apps.reports.models import Edition, Publication, PublishedEdition, Report, Sentence
from goldthread.apps.reports.models.versions import everybodys
from goldthread.apps.reports.points import ABOUT, Point, Problem, Written
from goldthread.apps.reports.queries.versions import document, sections
from goldthread.domain import lifecycle
from goldthread.domain.easy import LANGUAGES, PARTS, Form, Part

ALL_LISTED = ("strength", "good-practice", "priority", "improve")
_BETTER = ("improve", "priority")
ENDED = (lifecycle.Report.APPROVED, lifecycle.Report.PUBLISHED)
"""States of the full report in which nothing of it changes any more but by a new version."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One point of the full report with what an edition says of it, what is wrong with that, what could be plainer."""

    point: Point
    written: Written
    problems: tuple[Problem, ...]
    plainer: tuple[str, ...]


def editions_visible_to(actor: Actor) -> QuerySet[Edition]:
    """Editions that an actor may read: whoever reads the draft report."""
    rows = Edition.objects.select_related("inspection", "report", "report__publication", "checked_by", "created_by")
    return visible(rows, actor, Permission.REPORT_READ)


def editions(report: Report, actor: Actor) -> list[Edition]:
    """The editions of a version."""
    return list(editions_visible_to(actor).filter(report=report))


def edition(actor: Actor, inspection: UUID, edition: UUID) -> Edition:
    """One edition. Raises Edition.DoesNotExist where the actor may not see it."""
    return editions_visible_to(actor).get(inspection_id=inspection, pk=edition)


def earlier_editions(inspection: Inspection, actor: Actor) -> list[Edition]:
    """Editions of any version of an inspection's report from which another can be made, the newest first."""
    rows = editions_visible_to(actor).filter(inspection=inspection)
    return list(rows.order_by("-report__number", "form", "language"))


def points(report: Report) -> list[Point]:
    """What a version says, point by point: about itself, each grade, then each finding in the order of its sections."""
    held, parts = document(report), sections(report)
    lines = [(part, line) for part in parts for line in part.sentences.all()]
    about = [line.text for part, line in lines if part.kind == "about"]
    told = " ".join([held.title, held.authority, held.framework, held.dates, held.kind, *about])
    found: list[Point | None] = [Point(ABOUT, Part.ABOUT, "about this report", " ".join(about), told)]
    found += [_judged(one, report, lines) for one in findings.agreed_judgements(report.inspection, PROGRAMME)]
    seen: dict[UUID, list[Sentence]] = {}
    for _, line in lines:
        if line.finding_id:
            seen.setdefault(line.finding_id, []).append(line)
    listed = sorted(seen.values(), key=lambda one: ALL_LISTED.index(_kind(one[0])))
    return [one for one in found if one is not None] + [_found(one, held) for one in listed]


def _kind(line: Sentence) -> str:
    return line.finding.kind if line.finding else ""


def _judged(one: Judgement, report: Report, lines: Iterable[tuple[object, Sentence]]) -> Point | None:
    framework = known.framework(report.inspection.framework)
    if not framework.graded:
        return None
    area = "Overall effectiveness" if one.area == "overall" else framework.area(one.area).title
    grade = framework.grade(one.grade).title
    reasons = dict.fromkeys(line.text for _, line in lines if line.judgement_id == one.pk)
    says = " ".join(reasons) or f"{area}: {grade.lower()}."
    return Point(f"judgement:{one.pk}", Part.DECIDED, area, says, says, judgement_id=one.pk, grade=grade)


def _found(lines: list[Sentence], held: Document) -> Point:
    finding = lines[0].finding
    if finding is None:
        raise ValueError("A point is a finding's.")
    says = " ".join(dict.fromkeys(line.text for line in lines))
    grid = next((part.grid for part in held.parts if part.slug == finding.area and part.grid), None)
    part = Part.BETTER if finding.kind in _BETTER else Part.WELL
    told = f"{finding.get_kind_display().lower()}, {lines[0].text.rstrip('.')}"
    return Point(f"finding:{finding.pk}", part, told, says, f"{says} {_cells(grid)}", finding_id=finding.pk)


def _cells(grid: Grid | None) -> str:
    return " ; ".join(cell for row in grid.rows for cell in row[1:]) if grid else ""


def written(edition: Edition) -> list[Written]:
    """What an edition says, point by point."""
    return [Written(one.key, one.text, one.symbol, one.because) for one in edition.points.all()]


def problems(edition: Edition, held: list[Point] | None = None) -> list[Problem]:
    """What is wrong with an edition against its full report; those that block keep it from being checked."""
    report, framework = edition.report, known.framework(edition.inspection.framework)
    held = points(report) if held is None else held
    found = rules.problems(written(edition), held, framework, Form(edition.form), edition.language, report.number)
    typed = [edition.title, edition.native_reader, *map(str, edition.headings.values())]
    found += [one for text in typed for one in rules.recognised(ABOUT, text)]
    if report.status not in ENDED or document(report).digest() != report.content_hash:
        says = f"Version {report.number} of the full report is no longer as it was approved."
        found.append(Problem(ABOUT, says, blocks=True))
    return found + rules.left_as_begun(written(edition), held) + _by_the_lists(edition) + _untranslated(edition)


def _by_the_lists(edition: Edition) -> list[Problem]:
    """What the last scan marked by the words of the lists, at the points that still say the same."""
    return [
        Problem(ABOUT if key == "title" else key, f"A sentence {one['says']}.", blocks=one["blocks"])
        for key, held in edition.recognised.items()
        for one in held
    ]


def _untranslated(edition: Edition) -> list[Problem]:
    """What a translation lacks, for its checker to see."""
    if edition.language == "en":
        return []
    language = LANGUAGES[edition.language]
    told = [] if edition.native_reader else [f"No native reader of {language} is named. It will say so."]
    told += [
        f"The heading “{PARTS[part]}” is not put into {language}." for part in PARTS if part not in edition.headings
    ]
    return [Problem(ABOUT, says, blocks=False) for says in told]


def beside(edition: Edition) -> list[Beside]:
    """Every point of the full report beside what an edition says of it."""
    held = points(edition.report)
    told, wrong = {one.key: one for one in written(edition)}, problems(edition, held)
    plain = rules.plainer(told.values(), Form(edition.form), edition.language)
    return [
        Beside(
            one, told.get(one.key, Written(one.key)), tuple(each for each in wrong if each.key == one.key),
            tuple(plain.get(one.key, ())),
        )
        for one in held
    ]  # fmt: skip


def to_be_said(edition: Edition) -> list[str]:
    """What its checker has to say something of in the note, in words."""
    return list(dict.fromkeys(one.says for one in problems(edition) if not one.blocks))


def edition_document(edition: Edition) -> EditionDocument:
    """The edition as the one document that every output is made from; it holds no link to the evidence."""
    inspection, held = edition.inspection, points(edition.report)
    told = {one.key: one for one in written(edition)}
    titles = rules.headings(edition.language, edition.headings)
    said = {
        part: tuple(
            Said(rules.sentences(told[one.key].text, edition.language), told[one.key].symbol)
            for one in held
            if one.part is part and one.key in told and told[one.key].text
        )
        for part in titles
    }
    return EditionDocument(
        title=edition.title, authority=inspection.authority, form=edition.form, name=edition.name,
        language=edition.language, synthetic=inspection.synthetic, notes=_notes(edition),
        full_title=edition.report.title, full=edition.report.content_hash,
        parts=tuple(EditionPart(part, titles[part], said[part]) for part in titles if said[part]),
        left_out=tuple(
            LeftOut(one.says, told[one.key].because)
            for one in held
            if one.key in told and told[one.key].because and not told[one.key].text
        ),
    )  # fmt: skip


def _notes(edition: Edition) -> tuple[str, ...]:
    if edition.language == "en":
        return ()
    language = LANGUAGES[edition.language]
    read = f"read by {edition.native_reader}" if edition.native_reader else "no native reader has checked it yet"
    return (f"This is a translation into {language}: {read}. Where it differs, the English report counts.",)


def editions_awaiting_check(actor: Actor) -> list[Edition]:
    """Editions that this person could check now: sent to be checked, and not written by them."""
    rows = visible(
        Edition.objects.select_related("inspection", "report").filter(status=lifecycle.Edition.SUBMITTED), actor,
        Permission.REPORT_CHECK,
    )  # fmt: skip
    return [one for one in rows if actor.id not in (str(one.submitted_by_id), str(one.created_by_id))]


def editions_published(held: Publication) -> list[tuple[str, EditionDocument]]:
    """What is published beside a report: for whom, and the document; its files are not read."""
    rows = held.editions.defer("pdf", "word", "odt")
    return [(one.slug, edition_from_json(one.content)) for one in rows]


def edition_published(slug: str, edition: str) -> PublishedEdition:
    """One published edition. Raises PublishedEdition.DoesNotExist, also while its report is under embargo."""
    rows = PublishedEdition.objects.filter(everybodys(timezone.now(), "publication__"))
    return rows.select_related("publication").get(publication__slug=slug, slug=edition)


def document_of_edition(held: PublishedEdition) -> EditionDocument:
    """The document that was published."""
    return edition_from_json(held.content)
