"""What the council was told is changed, and is not: told while a version can still be changed."""

from goldthread.apps.reports.models import AccuracyAnswer, CouncilCopy, Report
from goldthread.apps.reports.queries.accuracy import said_to_be_changed
from goldthread.apps.reports.queries.versions import document
from goldthread.domain import lifecycle


def not_kept(report: Report) -> list[str]:
    """The paragraphs of which an answer to the council says that they are changed, and that stand here as they were.

    Each by its label in the copy that the council read: of this version, or of one before it.
    """
    copies = CouncilCopy.objects.filter(inspection=report.inspection, report__number__lte=report.number)
    said = AccuracyAnswer.objects.filter(comment__copy__in=copies.exclude(status=lifecycle.CouncilCopy.TAKEN_BACK))
    by_copy: dict[CouncilCopy, list[AccuracyAnswer]] = {}
    for one in said.exclude(changed="").select_related("comment__copy__report"):
        by_copy.setdefault(one.comment.copy, []).append(one)
    if not by_copy:
        return []
    now = document(report)
    return list(dict.fromkeys(label for copy, held in by_copy.items() for label in said_to_be_changed(copy, now, held)))
