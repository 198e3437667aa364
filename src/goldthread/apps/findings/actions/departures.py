"""Letting a judgement go against a rule that normally holds: by somebody who neither proposed nor agrees it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.drafting import known
from goldthread.apps.findings.models import Judgement
from goldthread.apps.findings.rules import broken_by
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import lifecycle
from goldthread.domain.lifecycle import Departure

LONGEST = 600
CHANGED = ["departure", "departure_by", "departure_at", "departure_reason", "departs_from"]
"""The fields of a judgement that say whether it may depart."""


@transaction.atomic
def settle_departure(
    *, judgement: Judgement, approve: bool, reason: str, by: Actor, version: int | None = None
) -> Judgement:
    """Approve or decline that a proposed judgement goes against a rule that normally holds, with a reason.

    It is approved for the rules that the grade goes against now. Raises Refused for whoever proposed it, and where
    it goes against none; IllegalMove where that was settled already for the same rules.
    """
    judgement = Judgement.objects.select_for_update().select_related("inspection").get(pk=judgement.pk)
    require(by, Permission.JUDGEMENT_ASSURE, judgement.target())
    require_unchanged(judgement, version, about=judgement, chain=judgement.inspection_id)
    require(by, Permission.JUDGEMENT_ASSURE, judgement.target(changing=True))
    if by.id in judgement.proposers:
        raise Refused("You proposed this judgement yourself: somebody else decides whether it may go against a rule.")
    reason = reason.strip()
    if not reason:
        raise Refused("Give the reason for your decision.")
    if len(reason) > LONGEST:
        raise Refused(f"A reason has at most {LONGEST:,} letters, and this one has {len(reason):,}.")
    framework = known.framework(judgement.inspection.framework)
    departs = [one.rule_id for one in broken_by(framework, judgement.inspection, judgement.area, judgement.grade)]
    if not departs:
        raise Refused("This judgement goes against no rule that normally holds, so there is nothing to approve.")
    if judgement.departure == Departure.NOT_NEEDED or departs != judgement.departs_from:
        ask_anew(judgement, departs)
    to = Departure.APPROVED if approve else Departure.DECLINED
    lifecycle.require_move(Departure, judgement.departure, to)
    judgement.departure, judgement.departure_reason = to, reason
    judgement.departure_by_id, judgement.departure_at = None if by.programme else UUID(by.id), timezone.now()
    judgement.version += 1
    judgement.save(update_fields=[*CHANGED, "version"])
    journal(
        Events.DEPARTURE_APPROVED if approve else Events.DEPARTURE_DECLINED, by=by, about=judgement,
        chain=judgement.inspection_id, side=judgement.side, departs_from=departs,
    )  # fmt: skip
    return judgement


def ask_anew(judgement: Judgement, departs: list[str]) -> None:
    """Have the departure decided anew, or not at all where there is none. The caller saves the fields of CHANGED."""
    to = Departure.WAITING if departs else Departure.NOT_NEEDED
    if judgement.departure != to:
        lifecycle.require_move(Departure, judgement.departure, to)
    judgement.departs_from, judgement.departure = departs, to
    judgement.departure_by, judgement.departure_at, judgement.departure_reason = None, None, ""
