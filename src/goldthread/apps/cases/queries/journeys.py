"""The journey of the child of a case, for whoever reviews the file: what the lists say happened, and its gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.cases.models import Case
from goldthread.apps.cases.queries.cases import case as find_case
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.events import Events
from goldthread.apps.journal.queries import entries
from goldthread.apps.submissions import children
from goldthread.apps.submissions.children import STAYS_OPEN, ChildRead
from goldthread.apps.submissions.models import Submission

if TYPE_CHECKING:
    from goldthread.kernel.journey import Journey
    from goldthread.kernel.journey_gaps import Gap


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The rows of the lists about the child of one case, as a door sees them: the reviewer's own."""

    case: Case

    @property
    def inspection(self) -> Inspection:
        """Whose case it is."""
        return self.case.inspection

    @property
    def submission(self) -> Submission:
        """The submission that the case was drawn from."""
        return self.case.draw.submission

    def target(self) -> Target:
        """The rows as the policy sees them: of the submission's side, and the reviewer's own."""
        return replace(self.submission.target(), owners=frozenset(self.case.owners()))

    @property
    def child(self) -> ChildRead | None:
        """The child with the places at which it stands; None where the lists name it no more."""
        return children.find(self.submission, self.case.pseudonym)


def case_rows(actor: Actor, inspection: UUID, case: UUID) -> CaseRows:
    """The rows about the child of a case that the actor may see. Raises Case.DoesNotExist."""
    return CaseRows(find_case(actor, inspection, case))


def may_open_journey(actor: Actor, case: Case) -> bool:
    """Whether a page should offer the journey: to whoever may read the rows, of all cases or of their own."""
    return policy.decide(actor, Permission.LISTS_READ, CaseRows(case).target(), timezone.now()).allowed


def case_journey(rows: CaseRows) -> tuple[Journey, tuple[Gap, ...]]:
    """What happened to the child, and the gaps. Raises Case.DoesNotExist where the lists name it no more."""
    child = rows.child
    if child is None:
        raise Case.DoesNotExist
    return children.journey(rows.submission, child)


def journey_opened_lately(rows: CaseRows, actor: Actor) -> bool:
    """Whether the journal says that this person opened this journey from the case within the last half hour."""
    since = timezone.now() - STAYS_OPEN
    looks = entries(rows.case.inspection_id, by_id=str(actor.id)).filter(
        event=Events.JOURNEY_OPENED.code, about_id=str(rows.case.pk), at__gte=since
    )
    return looks.exists()
