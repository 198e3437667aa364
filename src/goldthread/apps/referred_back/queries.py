"""Reading children referred back: which, how far each has come, and how soon they were answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Reach, Side
from goldthread.apps.cases.models import UrgentConcern
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import OwnPart, visible
from goldthread.apps.referred_back.models import ReferralBack
from goldthread.domain import lifecycle

OWN = ("created_by", "concern__case__allocated_to")
"""What makes a referral somebody's own: they made it, or the file was given to them."""

STATUSES: Mapping[str, str] = {
    lifecycle.ReferralBack.TOLD: "Waiting for the council",
    lifecycle.ReferralBack.ANSWERED: "Answered",
    lifecycle.ReferralBack.CLOSED: "Closed",
    lifecycle.ReferralBack.ESCALATED: "Taken further",
}

SETTLEMENTS: Mapping[str, str] = {
    lifecycle.ReferralBack.CLOSED: "Close it: what was done keeps the child safe",
    lifecycle.ReferralBack.TOLD: "Ask again: something is still open",
    lifecycle.ReferralBack.ESCALATED: "Take it further: the answer does not keep the child safe",
}
"""What the team may make of an answer."""

TURNS: Mapping[str, str] = {
    "told": "told the council", "answer": "answered for the council", "again": "asked again",
    "closed": "closed it", "escalated": "took it further",
}  # fmt: skip
"""What somebody did who said something, in words."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many children were referred back, and how it stands with them. `late`: the first answer came, or is, late."""

    all: int
    immediate: int
    waiting: int
    late: int
    escalated: int
    closed: int


def visible_to(actor: Actor) -> QuerySet[ReferralBack]:
    """Referrals back that an actor may see, the latest first."""
    rows = ReferralBack.objects.select_related(
        "inspection", "concern__inspection", "concern__case__draw", "concern__case__inspection", "created_by"
    ).prefetch_related("turns__by")
    return visible(rows, actor, Permission.REFERRAL_READ, own=OWN).order_by("-number")


def get(actor: Actor, inspection: UUID, referral: UUID) -> ReferralBack:
    """One referral back. Raises ReferralBack.DoesNotExist where the actor may not see it."""
    return visible_to(actor).get(inspection_id=inspection, pk=referral)


def of_inspection(actor: Actor, inspection: Inspection, *, status: str = "") -> list[ReferralBack]:
    """Those of an inspection: in one state where it is named, those that wait longest past their time first."""
    rows = visible_to(actor).filter(inspection=inspection)
    if status:
        rows = rows.filter(status=status)
    return sorted(rows, key=lambda one: (not one.waiting, one.respond_by))


def counted(rows: Iterable[ReferralBack]) -> Counted:
    """What is told of them at the head of the list and on the overview."""
    held, now = list(rows), timezone.now()
    states = [one.status for one in held]
    return Counted(
        len(held), sum(one.seriousness == "immediate" for one in held),
        states.count(lifecycle.ReferralBack.TOLD), sum(one.overdue(now) for one in held),
        states.count(lifecycle.ReferralBack.ESCALATED), states.count(lifecycle.ReferralBack.CLOSED),
    )  # fmt: skip


def of_concerns(actor: Actor, concerns: Iterable[UrgentConcern]) -> dict[UUID, ReferralBack]:
    """The referral of each concern that has one, by the concern's key."""
    keys = [one.pk for one in concerns]
    return {one.concern_id: one for one in visible_to(actor).filter(concern_id__in=keys)}


def waiting_for(actor: Actor) -> list[ReferralBack]:
    """Referrals that wait for an answer which the actor may give, the soonest due first."""
    rows = visible_to(actor).filter(status=lifecycle.ReferralBack.TOLD).order_by("respond_by")
    return [one for one in rows if may_answer(actor, one)]


def to_settle(actor: Actor) -> list[ReferralBack]:
    """Referrals that the council has answered and on which the actor may say whether that will do."""
    rows = visible_to(actor).filter(status=lifecycle.ReferralBack.ANSWERED).order_by("respond_by")
    return [one for one in rows if may_settle(actor, one)]


def may_read(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to the list."""
    return policy.decide(actor, Permission.REFERRAL_READ, OwnPart(inspection, actor).target(), timezone.now()).allowed


def only_own(actor: Actor, inspection: Inspection) -> bool:
    """Whether an actor sees those of their own files alone, so that a page must not count them as all there are."""
    held = policy.reaches(inspection.grants_of(actor), Permission.REFERRAL_READ, timezone.now())
    return held == {(Side.TEAM, Reach.OWN)}


def may_answer(actor: Actor, referral: ReferralBack) -> bool:
    """Whether a page should offer to answer for the council."""
    can = lifecycle.can_move(lifecycle.ReferralBack, referral.status, lifecycle.ReferralBack.ANSWERED)
    return can and _may(actor, Permission.REFERRAL_ANSWER, referral)


def may_settle(actor: Actor, referral: ReferralBack) -> bool:
    """Whether a page should offer to close a referral, ask again or take it further."""
    return bool(settlements(referral)) and _may(actor, Permission.CONCERN_ACKNOWLEDGE, referral)


def settlements(referral: ReferralBack) -> list[tuple[str, str]]:
    """What the team may make of a referral as it stands, and what each means."""
    return [
        (str(to), says) for to, says in SETTLEMENTS.items()
        if lifecycle.can_move(lifecycle.ReferralBack, referral.status, to)
    ]  # fmt: skip


def _may(actor: Actor, permission: Permission, referral: ReferralBack) -> bool:
    return policy.decide(actor, permission, referral.target(), timezone.now()).allowed
