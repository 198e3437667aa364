"""Comments on findings, and who may own one."""

from uuid import UUID

from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import ROLES
from goldthread.apps.findings.models import Finding, FindingComment
from goldthread.apps.findings.queries.findings import get
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import current_members


def comments_on(finding: Finding) -> list[FindingComment]:
    """Every comment on a finding, those that are open first, each in the order of writing."""
    held = list(finding.comments.select_related("by", "resolved_by"))
    return sorted(held, key=lambda one: not one.open)


def comment_on_finding(actor: Actor, inspection: UUID, finding: UUID, comment: int) -> FindingComment:
    """One comment. Raises Finding.DoesNotExist or FindingComment.DoesNotExist where the actor may not see it."""
    rows = FindingComment.objects.select_related("finding__inspection")
    return rows.get(finding=get(actor, inspection, finding), pk=comment)


def possible_owners(inspection: Inspection) -> list[Person]:
    """Everybody who writes findings in an inspection now, by name."""
    roles = tuple(slug for slug, role in ROLES.items() if Permission.FINDING_WRITE in role.may)
    found = {one.person.pk: one.person for one in current_members(inspection, roles=roles)}
    return sorted(found.values(), key=lambda one: one.name)
