"""Whether cases may be taken offline, and taking the leave back."""

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.offline.models import OfflineLeave, OfflinePack
from goldthread.domain import lifecycle
from goldthread.domain.offline_pack import why_not_so_much

LONGEST_BECAUSE = 300


@transaction.atomic
def set_leave(
    *, inspection: Inspection, allowed: bool, most_cases: int, hours: int, because: str, version: int, by: Actor
) -> OfflineLeave:
    """Say whether reviewers may take cases offline, how many at once and for how many hours, and why. Off until then.

    Where it is turned off, every pack that is out is withdrawn. Raises Clash where it was changed meanwhile.
    """
    require(by, Permission.CASE_ALLOCATE, inspection.target(side=Side.TEAM))
    because = _reason(because, "Say why: it stands beside the setting, and the journal keeps it.")
    if too_much := why_not_so_much(most_cases, hours):
        raise Refused(too_much)
    held, made = OfflineLeave.objects.select_for_update().get_or_create(
        inspection=inspection, defaults={"side": Side.TEAM, "created_by_id": _id(by)}
    )
    yours = _told(allowed, most_cases, hours, because)
    theirs = _told(held.allowed, held.most_cases, held.hours, held.because)
    require_version(0 if made else held.version, version, theirs=theirs, yours=yours, about=held)
    held.allowed, held.most_cases, held.hours = allowed, most_cases, hours
    held.because, held.changed_by_id = because, _id(by)
    held.version += not made
    held.save()
    journal(
        Events.OFFLINE_LEAVE, by=by, about=held, chain=inspection.pk, allowed=allowed, most_cases=most_cases,
        hours=hours, because=because,
    )  # fmt: skip
    if not allowed:
        for pack in OfflinePack.objects.select_for_update().filter(
            inspection=inspection, status=lifecycle.OfflinePack.OUT
        ):
            _withdraw(pack, because, by)
    return held


@transaction.atomic
def withdraw(*, pack: OfflinePack, because: str, version: int, by: Actor) -> OfflinePack:
    """Take the leave of one pack back. Its key is given out no more, and its device purges it when next heard of."""
    require(by, Permission.CASE_ALLOCATE, pack.target())
    pack = OfflinePack.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=pack.pk)
    require_unchanged(pack, version, about=pack, chain=pack.inspection_id)
    _withdraw(pack, _reason(because, "Say why the pack is withdrawn: its reviewer reads it."), by)
    return pack


def _withdraw(pack: OfflinePack, because: str, by: Actor) -> None:
    lifecycle.require_move(lifecycle.OfflinePack, pack.status, lifecycle.OfflinePack.WITHDRAWN)
    pack.status, pack.withdrawn_at, pack.withdrawn_by_id = lifecycle.OfflinePack.WITHDRAWN, timezone.now(), _id(by)
    pack.withdrawn_because, pack.version = because, pack.version + 1
    pack.save(update_fields=["status", "withdrawn_at", "withdrawn_by", "withdrawn_because", "version"])
    journal(Events.OFFLINE_WITHDRAWN, by=by, about=pack, chain=pack.inspection_id)


def _reason(because: str, missing: str) -> str:
    because = " ".join(because.split())
    if not because:
        raise Refused(missing)
    if len(because) > LONGEST_BECAUSE:
        raise Refused(f"The reason has {len(because)} characters; shorten it to {LONGEST_BECAUSE}.")
    return because


def _told(allowed: bool, most_cases: int, hours: int, because: str) -> dict[str, str]:
    return {
        "allowed": "yes" if allowed else "no", "most_cases": str(most_cases), "hours": str(hours), "because": because,
    }  # fmt: skip


def _id(by: Actor) -> str | None:
    return None if by.programme else by.id
