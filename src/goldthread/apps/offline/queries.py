"""Reading offline packs: who has which out, and what came home that somebody must still choose between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.models import Answer, CaseReview
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import OwnPart, wall
from goldthread.apps.offline.models import KeptAnswer, OfflinePack
from goldthread.apps.offline.packable import live_review, packable, setting_of, still_held
from goldthread.apps.offline.sealing_answers import unsealed_typed
from goldthread.domain import lifecycle
from goldthread.domain.offline_pack import ENDINGS, OF_A_DEVICE

__all__ = [
    "ENDINGS",
    "OF_A_DEVICE",
    "STATUSES",
    "Laid",
    "answers_kept",
    "kept",
    "laid",
    "live_review",
    "may_lead",
    "may_take",
    "open_kept",
    "out_of",
    "pack",
    "packable",
    "packs",
    "setting_of",
    "standing_of",
    "still_held",
    "waiting_for",
]


@dataclass(frozen=True, slots=True)
class Laid:
    """An answer made offline beside what stands in the review now, or stood when its reviewer chose."""

    kept: KeptAnswer
    mine: Typed
    stands: Typed


def visible_to(actor: Actor) -> QuerySet[OfflinePack]:
    """Packs that an actor may see, the latest first: their own, and all where they give cases out."""
    rows = OfflinePack.objects.select_related("inspection", "created_by", "withdrawn_by").annotate(
        unsettled=Count("kept", filter=Q(kept__settled_at=None))
    )
    seen = wall(actor, Permission.CASE_REVIEW_WRITE) | wall(actor, Permission.CASE_ALLOCATE)
    return rows.filter(seen).prefetch_related("packed__case__draw").order_by("-number")


def pack(actor: Actor, inspection: UUID, pack: UUID) -> OfflinePack:
    """One pack. Raises OfflinePack.DoesNotExist where the actor may not see it."""
    return visible_to(actor).get(inspection_id=inspection, pk=pack)


def packs(actor: Actor, inspection: Inspection, *, mine: bool = False, status: str = "") -> QuerySet[OfflinePack]:
    """The packs of an inspection that an actor may see: their own only where asked, in one state where it is named."""
    rows = visible_to(actor).filter(inspection=inspection)
    if mine:
        rows = rows.filter(created_by=UUID(actor.id))
    return rows.filter(status=status) if status else rows


def out_of(rows: Sequence[OfflinePack], now: datetime | None = None) -> OfflinePack | None:
    """The pack among them that can still be used."""
    return next((one for one in rows if one.usable(now)), None)


def kept(actor: Actor, inspection: UUID, pack: UUID, kept: UUID) -> KeptAnswer:
    """One answer that was kept beside a review. Raises KeptAnswer.DoesNotExist: it is its reviewer's alone."""
    return _kept_visible_to(actor).get(inspection_id=inspection, pack_id=pack, pk=kept)


def _kept_visible_to(actor: Actor) -> QuerySet[KeptAnswer]:
    rows = KeptAnswer.objects.select_related(
        "inspection", "pack", "case", "case__draw", "case__draw__submission", "case__inspection", "review"
    )
    return rows.filter(wall(actor, Permission.CASE_REVIEW_WRITE))


def open_kept(actor: Actor) -> list[KeptAnswer]:
    """Answers made offline between which the actor has still to choose, wherever they are."""
    return list(_kept_visible_to(actor).filter(settled_at=None))


def waiting_for(actor: Actor, review: CaseReview) -> KeptAnswer | None:
    """An answer made offline about the case of a review between which its reviewer has still to choose."""
    return _kept_visible_to(actor).filter(case=review.case_id, created_by=review.reviewer_id, settled_at=None).first()


def answers_kept(actor: Actor, pack: OfflinePack) -> list[Laid]:
    """What of a pack could not simply be taken in, each beside what stands; what is to be settled first."""
    rows = _kept_visible_to(actor).filter(pack=pack)
    return sorted((laid(actor, one) for one in rows), key=lambda one: not one.kept.open)


def laid(actor: Actor, kept: KeptAnswer) -> Laid:
    """One answer made offline beside the other."""
    mine = unsealed_typed(kept.inspection, kept.typed, kept.purpose)
    if kept.stood is not None:
        return Laid(kept, mine, unsealed_typed(kept.inspection, kept.stood, f"{kept.purpose} stood"))
    return Laid(kept, mine, standing_of(live_review(kept.case, actor), kept.question))


def standing_of(review: CaseReview | None, question: str) -> Typed:
    """What a review says to a question; nothing, in version 0, where it says nothing."""
    found = Answer.objects.filter(review=review, question=question).first() if review else None
    return Typed(found.value, found.why, found.version, dict(found.more)) if found else Typed()


def may_lead(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to the setting and to everybody's packs."""
    asked = inspection.target(side=Side.TEAM)
    return policy.decide(actor, Permission.CASE_ALLOCATE, asked, timezone.now()).allowed


def may_take(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to one's own packs."""
    asked = OwnPart(inspection, actor).target()
    return policy.decide(actor, Permission.CASE_REVIEW_WRITE, asked, timezone.now()).allowed


STATUSES = [(one.value, one.value.capitalize()) for one in lifecycle.OfflinePack]
