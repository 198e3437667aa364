"""What keeps the council's comments from being sent: everything at once, in the words of the page."""

from collections.abc import Sequence

from django.utils import timezone

from goldthread.apps.access.policy import Actor
from goldthread.apps.documents import queries as documents
from goldthread.apps.documents.models import WITH_THE_TEAM, Document, Reading
from goldthread.apps.reports.models import AccuracyComment, AccuracyProof, CouncilCopy
from goldthread.apps.reports.queries.accuracy import labels
from goldthread.domain.accuracy_check import Exceptional, exception_of

NOTE = "Say why these comments come late or after the others. The team reads it."
NOT_YOU = (
    "Files go with these comments, and only the nominated officer submits files for the council. Ask the nominated "
    "officer to send the comments."
)


def exception_now(copy: CouncilCopy) -> Exceptional | None:
    """Why comments that are sent now are a recorded exception; None where they are in time."""
    return exception_of(timezone.localdate(), copy.until, sent_before=copy.sent_at is not None)


def note_missing(copy: CouncilCopy, rows: Sequence[AccuracyComment], because: str) -> str:
    """What is said where comments come late or after the others and no reason is given; empty where none is needed."""
    return NOTE if exception_now(copy) and rows and not because.strip() else ""


def hindrances(copy: CouncilCopy, rows: Sequence[AccuracyComment], actor: Actor) -> list[str]:
    """Everything about the files of drafts that keeps them from going, each with its comment and how to mend it."""
    told, where, unsent = [], labels(copy), False
    held = AccuracyProof.objects.filter(comment__in=rows).select_related("document__inspection", "comment")
    places = {one.pk: place for place, one in enumerate(rows)}
    for one in sorted(held, key=lambda each: (places[each.comment_id], each.pk)):
        if one.document.status in WITH_THE_TEAM:
            continue
        unsent = True
        if why := _why_not(one.document, actor):
            told.append(f"{where.get(one.comment.place, str(one.comment.place))}: {why}")
    if unsent and not documents.may_submit(actor, copy.inspection):
        told.append(NOT_YOU)
    return told


def _why_not(document: Document, actor: Actor) -> str:
    name = f"“{document.label}”"
    if document.withdrawn:
        return f"{name} was taken back. Take it off the comment."
    if document.reading == Reading.REFUSED:
        return f"{name} cannot be sent. {document.refusal} {document.mend} Take it off the comment, or mend it first."
    if not document.ready:
        return f"{name} is still being read. Wait a minute, then send again."
    if other := documents.held_back_by(actor, document):
        return f"passages were taken out of {name}. Take it off the comment, and choose {other.mark} instead."
    return ""
