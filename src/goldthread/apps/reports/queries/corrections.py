"""Reading corrections: the notices on a published report, which version a later one corrects, what it changed."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.inspections.queries import visible
from goldthread.apps.reports.models import CorrectionNotice, Publication, PublishedEdition, Report
from goldthread.apps.reports.queries.accuracy import Text, changes, texts
from goldthread.apps.reports.queries.versions import document, published, published_document
from goldthread.domain import lifecycle
from goldthread.domain.accuracy_check import Place, place_of

HEAD = Place("head", 1)
"""The dates at the head of a published report, as a place of a notice. No section of a framework is called so."""


def notices_visible_to(actor: Actor) -> QuerySet[CorrectionNotice]:
    """Notices that an actor may read before they are published: whoever reads the draft report."""
    rows = CorrectionNotice.objects.select_related("inspection", "publication__report", "created_by", "checked_by")
    return visible(rows, actor, Permission.REPORT_READ)


def notices_of(publication: Publication, actor: Actor) -> list[CorrectionNotice]:
    """Every notice on a published report, by number."""
    return list(notices_visible_to(actor).filter(publication=publication))


def notice(actor: Actor, inspection: UUID, notice: UUID) -> CorrectionNotice:
    """One notice. Raises CorrectionNotice.DoesNotExist where the actor may not see it."""
    return notices_visible_to(actor).get(inspection_id=inspection, pk=notice)


def corrections(publication: Publication) -> list[CorrectionNotice]:
    """The notices that everybody reads, by number."""
    rows = CorrectionNotice.objects.filter(publication=publication, status=lifecycle.CorrectionNotice.PUBLISHED)
    return list(rows.order_by("number"))


def dropped_numbers(publication: Publication) -> list[int]:
    """Numbers of notices that were dropped, below that of one which everybody reads: gaps that a reader would see."""
    told = corrections(publication)
    last = told[-1].number if told else 0
    rows = CorrectionNotice.objects.filter(
        publication=publication, status=lifecycle.CorrectionNotice.DROPPED, number__lt=last
    )
    return list(rows.order_by("number").values_list("number", flat=True))


def says_it_too(notice: CorrectionNotice) -> list[str]:
    """Where else the words that a notice corrects stand in the published report: the labels of the places, without
    those that another notice of the same words already names. Of a table or chart as a whole nothing is looked for."""
    own = place_in(notice.publication, notice.place)
    if own is None or not own.words:
        return []
    others = CorrectionNotice.objects.filter(publication=notice.publication, wrong=notice.wrong).exclude(
        status=lifecycle.CorrectionNotice.DROPPED
    )
    named = set(others.values_list("place", flat=True))
    found = []
    for one in published_places(notice.publication):
        times = " ".join(one.words.split()).count(notice.wrong)
        if times and str(one.place) not in named:
            found.append(one.label)
        elif times > 1 and one.place == own.place:
            found.append(f"{one.label}, where they stand {times} times")
    return found


def notices_awaiting_check(actor: Actor) -> list[CorrectionNotice]:
    """Notices that this person could pass now: not their own."""
    rows = CorrectionNotice.objects.select_related("inspection", "publication").filter(
        status=lifecycle.CorrectionNotice.SUBMITTED
    )
    return [one for one in visible(rows, actor, Permission.REPORT_CHECK) if str(one.created_by_id) != actor.id]


def corrected_since(held: PublishedEdition) -> bool:
    """Whether the full report of an edition was corrected after the edition was published."""
    return any(one.published_at and one.published_at > held.published_at for one in corrections(held.publication))


def follows_not(held: PublishedEdition) -> bool:
    """Whether a later version of the full report is published, which an edition does not tell of."""
    return corrected_by(held.publication) is not None


def published_places(publication: Publication) -> list[Text]:
    """Every place of a published report on which a notice can be written: the dates in its head, which the press
    summary says too, then its text."""
    document = published_document(publication)
    return [
        Text(HEAD, "The dates in the head of the report and of the press summary", document.dates),
        *texts(document),
    ]


def place_in(publication: Publication, place: str) -> Text | None:
    """One place of a published report with its words; None where there is none."""
    where = place_of(place)
    return next((one for one in published_places(publication) if one.place == where), None)


def publication_of(report: Report) -> Publication | None:
    """How a version was published."""
    return Publication.objects.filter(report=report).select_related("report__inspection").first()


def corrected_by(publication: Publication) -> Publication | None:
    """The next version of the same report that everybody may read, which corrects this one."""
    report = publication.report
    rows = published().filter(report__inspection=report.inspection_id, report__number__gt=report.number)
    return rows.order_by("report__number").first()


def corrects_in_public(report: Report) -> Publication | None:
    """What everybody may read of the same report before a version: the version corrects it."""
    rows = published().filter(report__inspection=report.inspection_id, report__number__lt=report.number)
    return rows.select_related("report").order_by("-report__number").first()


def correcting(report: Report) -> Publication | None:
    """What is published of the same report before a version, also under embargo: what the team must answer for.

    What is held is left out: nobody has read it, and once a later version is published nobody will.
    """
    rows = Publication.objects.defer("pdf", "word", "odt").filter(
        report__inspection=report.inspection_id, report__number__lt=report.number, held_at=None
    )
    return rows.select_related("report").order_by("-report__number").first()


def changed_in_silence(report: Report) -> list[str]:
    """What a version says otherwise than what is published, without a published notice: the labels of the places."""
    before = correcting(report)
    if before is None:
        return []
    noticed = {one.place for one in corrections(before)}
    labels = {str(one.place): one.label for one in published_places(before)}
    return list(dict.fromkeys(_silent(before, report, noticed, labels)))


def _silent(before: Publication, report: Report, noticed: set[str], labels: dict[str, str]) -> Iterable[str]:
    was, now = published_document(before), document(report)
    if was.dates != now.dates and str(HEAD) not in noticed:
        yield labels[str(HEAD)]
    for one in changes(was, now):
        whole = f"{one.slug}.0"
        if whole in noticed:
            continue
        if one.table_changed:
            yield labels.get(whole, one.title)
        for pair in one.pairs:
            place = f"{one.slug}.{pair.before}" if pair.before is not None else whole
            if pair.changed and place not in noticed:
                yield labels.get(place, one.title)
