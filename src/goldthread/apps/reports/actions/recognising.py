"""Having a report, an edition or a notice looked through for whom the lists know, and keeping what was marked."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import members
from goldthread.apps.reports import queries
from goldthread.apps.reports.models import Edition, Report
from goldthread.apps.submissions import actions as submissions
from goldthread.apps.submissions.actions.scanning import Told
from goldthread.domain.recognition import Doubt


@transaction.atomic
def look_through(*, report: Report, by: Actor) -> int:
    """Scan a version for the words of the lists; how many sentences are marked. What was marked before is replaced.

    Its own transaction: what a scan marks is kept where the act that asked for it is refused on account of it.
    """
    report = Report.objects.select_for_update().select_related("inspection").get(pk=report.pk)
    require(by, Permission.REPORT_READ, report.target())
    texts = queries.texts_to_scan(report)
    found = _scan(report.inspection, report, texts, by)
    report.recognised = {key: [asdict(one) for one in held] for key, held in found.items()}
    report.scanned_version = report.version
    report.save(update_fields=["recognised", "scanned_version"])
    return len(found)


@transaction.atomic
def look_through_edition(*, edition: Edition, by: Actor) -> int:
    """The same for an edition, point by point."""
    edition = Edition.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=edition.pk)
    require(by, Permission.REPORT_READ, edition.target())
    texts = {one.key: one.text for one in queries.written(edition) if one.text}
    texts["title"] = "\n".join([edition.title, *map(str, edition.headings.values())])
    found = _scan(edition.inspection, edition, texts, by)
    edition.recognised = {key: [asdict(one) for one in held] for key, held in found.items()}
    edition.save(update_fields=["recognised"])
    return len(found)


def look_through_words(*, about: Told, inspection: Inspection, words: Mapping[str, str], by: Actor) -> list[Doubt]:
    """What of a few words the lists know somebody by, nothing kept: for a notice that is not written yet."""
    return [one for held in _scan(inspection, about, words, by).values() for one in held]


def _scan(inspection: Inspection, about: Told, texts: Mapping[str, str], by: Actor) -> dict[str, list[Doubt]]:
    people = [one.person.name for one in members(inspection)]
    return submissions.scan(
        inspection=inspection, about=about, texts=texts, people=people, by=by,
        ordinary=queries.ordinary_words(inspection),
    )  # fmt: skip
