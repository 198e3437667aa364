"""What the team says of a finding while it is written: comments, resolved and opened again; and whose a finding is."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.findings.actions.findings import fresh_finding
from goldthread.apps.findings.models import Finding, FindingComment
from goldthread.apps.findings.queries.comments import possible_owners
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events

LONGEST = 2000


@transaction.atomic
def comment_on(*, finding: Finding, text: str, client_key: UUID, by: Actor) -> FindingComment:
    """Comment on a finding, whatever its state. The same key twice is one comment."""
    require(by, Permission.FINDING_COMMENT, finding.target())
    if existing := FindingComment.objects.filter(finding=finding, client_key=client_key).first():
        return existing
    text = text.strip()
    if not text:
        raise Refused("Write the comment.")
    if len(text) > LONGEST:
        raise Refused(f"A comment has at most {LONGEST:,} letters, and this one has {len(text):,}.")
    made = FindingComment.objects.create(
        finding=finding, text=text, client_key=client_key, by_id=None if by.programme else by.id
    )
    _told(Events.FINDING_COMMENTED, finding, by)
    return made


@transaction.atomic
def resolve_comment(*, comment: FindingComment, by: Actor, version: int | None = None) -> FindingComment:
    """Say that a comment is settled. Resolving it twice changes nothing."""
    comment = _fresh(comment)
    require(by, Permission.FINDING_COMMENT, comment.finding.target())
    require_unchanged(comment, version, about=comment.finding, chain=comment.finding.inspection_id)
    if not comment.open:
        return comment
    comment.resolved_at, comment.resolved_by_id = timezone.now(), None if by.programme else UUID(by.id)
    return _save(comment, Events.FINDING_COMMENT_RESOLVED, by)


@transaction.atomic
def reopen_comment(*, comment: FindingComment, by: Actor, version: int | None = None) -> FindingComment:
    """Open a resolved comment again."""
    comment = _fresh(comment)
    require(by, Permission.FINDING_COMMENT, comment.finding.target())
    require_unchanged(comment, version, about=comment.finding, chain=comment.finding.inspection_id)
    if comment.open:
        return comment
    comment.resolved_at, comment.resolved_by = None, None
    return _save(comment, Events.FINDING_COMMENT_REOPENED, by)


@transaction.atomic
def give_finding(*, finding: Finding, to: Person, by: Actor, version: int | None = None) -> Finding:
    """Make somebody else the owner of a finding: who sees to it that it is finished."""
    finding = fresh_finding(finding)
    require(by, Permission.FINDING_WRITE, finding.target())
    require_unchanged(finding, version, about=finding, chain=finding.inspection_id)
    if to.pk not in {one.pk for one in possible_owners(finding.inspection)}:
        raise Refused("Choose somebody who writes findings in this inspection.")
    if finding.owner_id == to.pk:
        return finding
    finding.owner = to
    finding.save(update_fields=finding.touched("owner"))
    journal(Events.FINDING_GIVEN, by=by, about=finding, chain=finding.inspection_id, side=finding.side, to=str(to.pk))
    return finding


def _fresh(comment: FindingComment) -> FindingComment:
    rows = FindingComment.objects.select_for_update(of=("self",)).select_related("finding__inspection")
    return rows.get(pk=comment.pk)


def _save(comment: FindingComment, event: Event, by: Actor) -> FindingComment:
    comment.version += 1
    comment.save(update_fields=["resolved_at", "resolved_by", "version"])
    _told(event, comment.finding, by)
    return comment


def _told(event: Event, finding: Finding, by: Actor) -> None:
    journal(event, by=by, about=finding, chain=finding.inspection_id, side=finding.side)
