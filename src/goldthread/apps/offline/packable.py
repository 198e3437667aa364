"""Which cases somebody may take offline, and the setting that lets them."""

from uuid import UUID

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.models import Case, CaseReview
from goldthread.apps.cases.queries import cases_visible_to
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.offline.models import OfflineLeave, OfflinePack
from goldthread.domain import lifecycle


def setting_of(inspection: Inspection) -> OfflineLeave | None:
    """The setting of an inspection; None where nobody ever changed it, and then nothing may be taken."""
    return OfflineLeave.objects.select_related("changed_by").filter(inspection=inspection).first()


def live_review(case: Case, actor: Actor) -> CaseReview | None:
    """The actor's review of a case that has not been superseded; None where it is not begun."""
    rows = CaseReview.objects.filter(case=case, reviewer_id=UUID(actor.id)).exclude(
        status=lifecycle.CaseReview.SUPERSEDED
    )
    return rows.select_related("inspection", "case", "case__draw", "case__second_reading").first()


def packable(actor: Actor, inspection: Inspection) -> list[Case]:
    """The actor's own cases on which they could work now, to be read first or second, in their order."""
    if not actor.signed_in or actor.programme:
        return []
    rows = cases_visible_to(actor).filter(inspection=inspection, reserve=False, draw__status=lifecycle.Draw.DRAWN)
    return [one for one in rows.order_by("draw__number", "number") if _may_work(one, actor)]


def still_held(pack: OfflinePack, actor: Actor) -> list[str]:
    """Which cases of a pack its device may go on holding: those on which the actor could still work."""
    own = {one.pk for one in packable(actor, pack.inspection)}
    return [str(one.case_id) for one in pack.packed.all() if one.case_id in own]


def _may_work(case: Case, actor: Actor) -> bool:
    review = live_review(case, actor)
    if review is not None:
        return review.draft and not review.closed_because()
    pair = case.read_again
    if pair is not None and str(pair.reader_id) == actor.id:
        return pair.waits
    return case.allocated_to_id == UUID(actor.id) and case.status == lifecycle.Case.ALLOCATED
