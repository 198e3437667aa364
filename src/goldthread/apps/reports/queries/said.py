"""What the council said of a report, as its writers and its checker read it; and why an answer changes nothing."""

from goldthread.apps.access.policy import Actor
from goldthread.apps.reports.models import AccuracyAnswer, AccuracyComment, AccuracyProof, Report, ReportCheck
from goldthread.apps.reports.queries.accuracy import Copy, comments, copies
from goldthread.apps.submissions import sealing


def unchanged_because(answer: AccuracyAnswer) -> str:
    """Why an accepted comment changes nothing; empty where it changes something. Raises CannotUnseal."""
    if not answer.unchanged:
        return ""
    return sealing.unseal(answer.inspection, bytes(answer.unchanged), purpose=answer.unchanged_purpose).decode()


def proofs_of(comment: AccuracyComment) -> list[AccuracyProof]:
    """The files that were uploaded with a comment, for whoever may read the comment."""
    return list(comment.proofs.select_related("document__inspection", "document__asked"))


def comments_for(report: Report, actor: Actor, *, section: str = "") -> list[AccuracyComment]:
    """What the council said of the copy that a version is written after, as far as the actor may read it.

    Of one section, or of all; of the newest copy before the version, and of the version's own.
    """
    held = copies(report.inspection, actor).exclude(status=Copy.TAKEN_BACK).filter(report__number__lte=report.number)
    newest = held.order_by("-report__number", "-number").first()
    if newest is None:
        return []
    rows = [one for one in comments(report.inspection, actor) if one.copy_id == newest.pk and not one.draft]
    return [one for one in rows if not section or one.section == section]


def passed_it(comment: AccuracyComment, person: object) -> bool:
    """Whether somebody, by their id, passed the very version on which the council comments, when it was checked."""
    checks = ReportCheck.objects.filter(report=comment.copy.report_id, passes=True)
    return person is not None and checks.filter(person_id=str(person)).exists()


def answerer_says(answer: AccuracyAnswer) -> str:
    """What part whoever answered had in what they answer for, after their name."""
    if passed_it(answer.comment, answer.created_by_id):
        return (
            "who reviewed no file and wrote no part of the report, but passed this version before the council read it"
        )
    return "who reviewed no file, wrote no part of the report and did not check this version"
