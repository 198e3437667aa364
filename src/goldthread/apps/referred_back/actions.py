"""Referring a child back: the council is told at once, answers, and the team says whether that will do.

Told, answered and settled cross the wall as they are written: whoever writes them is told so beforehand.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import actions as cases
from goldthread.apps.cases.models import Case, UrgentConcern
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events
from goldthread.apps.referred_back.models import ReferralBack, ReferralTurn
from goldthread.domain import lifecycle
from goldthread.domain.referring_back import UnknownTime, respond_by, within_of
from goldthread.kernel.working_days import bank_holidays

SETTLED: dict[lifecycle.ReferralBack, tuple[str, Event]] = {
    lifecycle.ReferralBack.CLOSED: ("closed", Events.REFERRAL_BACK_CLOSED),
    lifecycle.ReferralBack.TOLD: ("again", Events.REFERRAL_BACK_ASKED_AGAIN),
    lifecycle.ReferralBack.ESCALATED: ("escalated", Events.REFERRAL_BACK_ESCALATED),
}
"""What the team may make of an answer: how that is written down, and what the journal calls it."""


@transaction.atomic
def raise_and_refer(
    *, case: Case, says: str, seriousness: str, within: str = "", client_key: UUID, by: Actor
) -> ReferralBack:
    """Raise an urgent concern and refer the child back in one go: either both are there, or neither.

    The same key twice gives the same referral.
    """
    concern = cases.raise_urgent_concern(case=case, says=says, client_key=client_key, by=by)
    return refer_back(concern=concern, says=says, seriousness=seriousness, within=within, by=by)


@transaction.atomic
def refer_back(*, concern: UrgentConcern, says: str, seriousness: str, within: str = "", by: Actor) -> ReferralBack:
    """Tell the council of a concern. Whoever may read the case may; a concern is referred once.

    Raises Refused without words, or for a time in which to answer that there is not.
    """
    require(by, Permission.CASE_READ, concern.case.target())
    # The row is locked, so that two who press at once make one referral.
    concern = UrgentConcern.objects.select_for_update(of=("self",)).select_related("case__draw").get(pk=concern.pk)
    if existing := ReferralBack.objects.filter(concern=concern).first():
        return existing
    if not says.strip():
        raise Refused("Say what the council must know.")
    try:
        within = within_of(seriousness, within)
    except UnknownTime as unknown:
        raise Refused(str(unknown)) from None
    now = timezone.now()
    last = ReferralBack.objects.filter(inspection_id=concern.inspection_id).aggregate(last=Max("number"))["last"] or 0
    referral = ReferralBack.objects.create(
        inspection_id=concern.inspection_id, side=Side.TEAM, released_at=now, concern=concern, number=last + 1,
        created_by_id=None if by.programme else by.id, seriousness=seriousness, within=within,
        respond_by=respond_by(within, timezone.localtime(now), bank_holidays()),
    )  # fmt: skip
    _say(referral, "told", says, by)
    journal(
        Events.REFERRED_BACK, by=by, about=referral, chain=referral.inspection_id, side=Side.TEAM,
        seriousness=seriousness, within=within,
    )  # fmt: skip
    return referral


@transaction.atomic
def answer(*, referral: ReferralBack, says: str, version: int, by: Actor) -> ReferralBack:
    """Answer for the council: what was done for the child, when and by whom."""
    referral = _fresh(referral)
    require(by, Permission.REFERRAL_ANSWER, referral.target())
    require_unchanged(referral, version, about=referral, chain=referral.inspection_id)
    if not says.strip():
        raise Refused("Write what was done, when and by whom.")
    if referral.first_answered_at is None:
        referral.first_answered_at = timezone.now()
    return _move(
        referral, lifecycle.ReferralBack.ANSWERED, "answer", says, Events.REFERRAL_BACK_ANSWERED, by, Side.AUTHORITY
    )


@transaction.atomic
def settle(*, referral: ReferralBack, to: str, because: str, version: int, by: Actor) -> ReferralBack:
    """Say whether an answer will do: close it, ask again, or take it further. Always with a reason.

    Closing it answers the concern too, where nobody has answered that yet.
    """
    referral = _fresh(referral)
    require(by, Permission.CONCERN_ACKNOWLEDGE, referral.target())
    require_unchanged(referral, version, about=referral, chain=referral.inspection_id)
    try:
        status = lifecycle.ReferralBack(to)
        kind, event = SETTLED[status]
    except (ValueError, KeyError):
        raise Refused("Choose what becomes of it.") from None
    if not because.strip():
        raise Refused("Say why: the council reads it, and it stays with the referral.")
    concern = referral.concern
    if status is lifecycle.ReferralBack.CLOSED and concern.open:
        cases.acknowledge_concern(concern=concern, done=because, version=concern.version, by=by)
    return _move(referral, status, kind, because, event, by, Side.TEAM)


def _fresh(referral: ReferralBack) -> ReferralBack:
    rows = ReferralBack.objects.select_for_update(of=("self",))
    return rows.select_related("inspection", "concern__case__draw", "concern__inspection").get(pk=referral.pk)


def _move(
    referral: ReferralBack, to: lifecycle.ReferralBack, kind: str, says: str, event: Event, by: Actor, side: Side
) -> ReferralBack:
    lifecycle.require_move(lifecycle.ReferralBack, referral.status, to)
    was, referral.status, referral.version = referral.status, to, referral.version + 1
    referral.save(update_fields=["status", "version", "first_answered_at"])
    _say(referral, kind, says, by)
    journal(event, by=by, about=referral, chain=referral.inspection_id, side=side, was=str(was))
    return referral


def _say(referral: ReferralBack, kind: str, says: str, by: Actor) -> None:
    ReferralTurn.objects.create(
        referral=referral, kind=kind, says=says.strip(), by_id=None if by.programme else by.id
    )  # fmt: skip
