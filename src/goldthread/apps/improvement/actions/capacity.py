"""Recording what the team holds of an authority's capacity to improve. Nothing here computes a grade."""

from uuid import UUID

from django.db import transaction

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.findings.models import Confidence
from goldthread.apps.improvement.models import CapacityJudgement
from goldthread.apps.improvement.queries.capacity import evidence_of_capacity
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events

ASKED = {
    "statement": "Say what the team holds of the authority's capacity to improve.",
    "sustained": "Say what change that lasts shows, or that nothing does.",
    "learning": "Say what was learnt and closed, or that nothing was.",
    "recurrence": "Say what comes back, or that nothing does.",
    "reasons": "Give the reasons: a judgement without them cannot be tested.",
}
"""The texts of a decision, and what is said where one is missing."""


class NotSaid(Refused):
    """A text of the decision is missing; `field` names it."""

    def __init__(self, field: str) -> None:
        """Say what is missing."""
        super().__init__(ASKED[field])
        self.field = field


@transaction.atomic
def judge_capacity(
    *, inspection: Inspection, texts: dict[str, str], confidence: str, version: int, by: Actor
) -> CapacityJudgement:
    """Record a decision on capacity to improve, with the evidence that the actor was shown beside it.

    `texts` holds each of ASKED. `version` is the number of the last decision that was read, 0 where there was none.
    Earlier decisions stay as they were. Raises NotSaid where a text is missing, and Clash as every edit does.
    """
    require(by, Permission.JUDGEMENT_AGREE, inspection.target(Side.TEAM))
    # The inspection's row is held, so that two decisions cannot take one number.
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    yours = {name: texts.get(name, "").strip() for name in ASKED} | {"confidence": confidence}
    last = CapacityJudgement.objects.filter(inspection=inspection).order_by("-number").first()
    theirs = {name: getattr(last, name) for name in yours} if last else dict.fromkeys(yours, "")
    if last is not None and theirs == yours and last.number == version + 1:
        return last
    require_version(last.number if last else 0, version, theirs=theirs, yours=yours, about=last)
    for name in ASKED:
        if not yours[name]:
            raise NotSaid(name)
    if confidence not in Confidence.values:
        raise Refused("Choose how sure the team is.")
    made = CapacityJudgement.objects.create(
        inspection=inspection, side=Side.TEAM, number=version + 1, created_by_id=None if by.programme else UUID(by.id),
        evidence=evidence_of_capacity(by, inspection).by_kind(), **yours,
    )  # fmt: skip
    journal(Events.CAPACITY_JUDGED, by=by, about=made, chain=inspection.pk, side=made.side, number=made.number)
    return made
