"""Reading embargoes: from when a report is everybody's, who may read it before, and how often they have looked.

There is no clockwork: every reading compares the moment with the clock.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import ROLES, Side
from goldthread.apps.fieldwork import phases
from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.inspections.queries import current_members, visible
from goldthread.apps.journal.events import Events
from goldthread.apps.journal.queries import entries
from goldthread.apps.reports.document import Document
from goldthread.apps.reports.models import AccuracyComment, PrePublicationCopy, Publication, Report
from goldthread.apps.reports.queries.accuracy import said_to_be_changed
from goldthread.apps.reports.queries.versions import check_again, document, published_document, published_of
from goldthread.domain import lifecycle
from goldthread.domain.embargo import PHASE, in_words
from goldthread.domain.phase_days import Laid

_FILES = ("publication__pdf", "publication__word", "publication__odt")


@dataclass(frozen=True, slots=True)
class GivenCopy:
    """A pre-publication copy as the lead sees it: the copy, how often it was opened or taken out, and when last."""

    copy: PrePublicationCopy
    looks: int
    last: datetime | None


def under_embargo(publication: Publication) -> bool:
    """Whether a report is published and nobody but the team and those with a copy may read it yet."""
    return publication.embargoed_at(timezone.now())


def why_no_copy(report: Report) -> str:
    """Why the council is given no copy of a version to check its facts; empty where it may be given one."""
    if report.status == lifecycle.Report.APPROVED:
        return ""
    held = Publication.objects.filter(report=report).first()
    if held is None:
        return f"Version {report.number} is not approved. The council is shown only what was checked."
    if under_embargo(held):
        return (
            f"Version {report.number} is published and under embargo, so the check of its facts is over. Somebody of "
            "the council who is to read it before its moment is given a pre-publication copy."
        )
    return (
        f"Version {report.number} is published and everybody can read it, so there is nothing to give. Where something "
        "in it is wrong, a correction notice tells it."
    )


def standing(publication: Publication | None) -> str:
    """How a published report stands that not everybody reads yet, in two words; empty where everybody may."""
    if publication is None or not under_embargo(publication):
        return ""
    return "Held back" if publication.held_at else "Under embargo"


def from_when(publication: Publication | None) -> str:
    """From when everybody may read a report under embargo, in words; empty where there is no embargo."""
    if publication is None or not under_embargo(publication):
        return ""
    if publication.held_at is not None:
        return "a moment that the lead inspector has still to give, since its embargo is held"
    return in_words(publication.published_at)


def lets_not_go(publication: Publication) -> str:
    """Why a held report cannot be let go at all, whatever the reason; empty where a reason lets it go."""
    report = publication.report
    if later := _later(report):
        return (
            f"Version {later.number} is published in its place, so version {report.number} is not published any more."
        )
    if check_again(report) or document(report).digest() != publication.sha256["content"]:
        return (
            f"Version {report.number} says what the team no longer holds: a judgement, a finding or a figure in it is "
            "open again, or was changed. Have it agreed as it was, or compose a later version and publish that."
        )
    return ""


def not_in_it(publication: Publication) -> list[AccuracyComment]:
    """Comments of the council that are accepted and whose change is not in what is published, by number."""
    return accepted_not_in(publication.report, published_document(publication))


def accepted_not_in(report: Report, text: Document) -> list[AccuracyComment]:
    """Comments of the council on a version, or one before it, that are accepted and whose change its text lacks."""
    rows = AccuracyComment.objects.select_related("inspection", "copy__report", "copy__inspection", "answer").filter(
        inspection=report.inspection_id, copy__report__number__lte=report.number,
        status=lifecycle.AccuracyComment.ANSWERED,
    )  # fmt: skip
    accepted = rows.exclude(copy__status=lifecycle.CouncilCopy.TAKEN_BACK).exclude(answer__changed="")
    return [one for one in accepted.order_by("number") if said_to_be_changed(one.copy, text, [one.answer])]


def waiting_for_answer(publication: Publication) -> int:
    """How many comments of the council on a version, or one before it, wait for an answer."""
    rows = AccuracyComment.objects.filter(
        inspection=publication.report.inspection_id, copy__report__number__lte=publication.report.number,
        status=lifecycle.AccuracyComment.SENT,
    )  # fmt: skip
    return rows.exclude(copy__status=lifecycle.CouncilCopy.TAKEN_BACK).count()


def embargoed(inspection: UUID) -> list[Publication]:
    """The versions of an inspection's report under embargo, held or not."""
    rows = Publication.objects.select_related("report__inspection").filter(report__inspection=inspection)
    return [one for one in rows.defer("pdf", "word", "odt") if under_embargo(one)]


def held_reports(actor: Actor) -> list[Publication]:
    """Held reports about which the actor decides, as long as no later version is published."""
    rows = Publication.objects.select_related("report__inspection").exclude(held_at=None)
    mine = visible(Report.objects.all(), actor, Permission.REPORT_PUBLISH)
    found = rows.defer("pdf", "word", "odt").filter(report__in=mine)
    return [one for one in found if _later(one.report) is None]


def _later(report: Report) -> Report | None:
    """The first later version that is published, also under embargo."""
    rows = Report.objects.filter(inspection=report.inspection_id, status=lifecycle.Report.PUBLISHED)
    return rows.filter(number__gt=report.number).order_by("number").first()


def pre_copies(publication: Publication) -> list[GivenCopy]:
    """The copies of a report that were given, with what the journal knows of each."""
    rows = list(_rows().filter(publication=publication))
    looks = (Events.PRE_COPY_OPENED.code, Events.PRE_COPY_FILE.code)
    told = list(entries(publication.report.inspection_id).filter(event__in=looks).values_list("about_id", "at"))
    counted = Counter(pk for pk, _ in told)
    return [
        GivenCopy(one, counted[str(one.pk)], max((at for pk, at in told if pk == str(one.pk)), default=None))
        for one in rows
    ]


def pre_copy(actor: Actor, inspection: UUID, early: UUID) -> PrePublicationCopy:
    """A reader's own copy. Raises PrePublicationCopy.DoesNotExist for everybody else."""
    return _own(actor).get(inspection_id=inspection, pk=early)


def ended_because(copy: PrePublicationCopy) -> str:
    """Why its reader reads it no more, in words; empty while they may."""
    if not copy.live:
        return "The lead inspector has taken this copy back, so you cannot read it any more."
    if copy.publication.held_at is not None:
        return "The report is held back for now, so you cannot read this copy. The lead inspector can say when you can."
    if not under_embargo(copy.publication):
        return "The report is published, so this copy has ended. Read the published report."
    return ""


def to_read_early(actor: Actor) -> list[PrePublicationCopy]:
    """Copies that somebody may read now, the soonest published first."""
    rows = _own(actor).filter(
        status=lifecycle.PrePublicationCopy.OUT, publication__published_at__gt=timezone.now(), publication__held_at=None
    )
    return list(rows.order_by("publication__published_at"))


RECORDED = (lifecycle.Inspection.PUBLISHED, lifecycle.Inspection.CHALLENGE_WINDOW, lifecycle.Inspection.ARCHIVED)
"""The stages of an inspection at which its publication is recorded."""


def early_readers(inspection: Inspection) -> list[Membership]:
    """The people of the authority who may be given a copy: those whose role may read the council's copy."""
    held = current_members(inspection, side=Side.AUTHORITY)
    return [one for one in held if Permission.ACCURACY_READ in ROLES[one.role].may]


def publication_phase(inspection: Inspection) -> Laid | None:
    """The phase in which the framework's clock publishes the report; None where it has none."""
    return next((one for one in phases.phases_of(inspection) if one.phase.slug == PHASE), None)


def to_be_recorded(inspection: Inspection) -> bool:
    """Whether a report of an inspection is everybody's and the inspection still stands before that, at whatever stage:
    a report can be published with a reason before its time, and then the inspection does not move with it."""
    return inspection.status not in RECORDED and published_of([inspection]).exists()


def embargo_of(actor: Actor, inspection: UUID, embargo: int) -> Report:
    """The version of a publication, for what is done to its embargo. Raises Report.DoesNotExist where there is none."""
    rows = visible(Report.objects.select_related("inspection"), actor, Permission.REPORT_READ)
    return rows.get(inspection_id=inspection, publication__pk=embargo)


def _rows() -> QuerySet[PrePublicationCopy]:
    rows = PrePublicationCopy.objects.select_related("inspection", "reader", "created_by", "publication__report")
    return rows.defer(*_FILES)


def _own(actor: Actor) -> QuerySet[PrePublicationCopy]:
    """What was given to the actor. A copy is sealed for its reader, so nobody else's reach opens it."""
    if actor.programme or not actor.signed_in:
        return _rows().none()
    return visible(_rows(), actor, Permission.ACCURACY_READ, own=("reader",)).filter(reader_id=UUID(actor.id))
