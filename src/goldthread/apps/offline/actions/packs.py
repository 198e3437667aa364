"""Taking a pack, handing out its key, and ending it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases.interests import Interests
from goldthread.apps.cases.models import Case
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import OwnPart
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.offline.models import OfflinePack, PackedCase
from goldthread.apps.offline.packable import live_review, packable, setting_of
from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.actions import make_key
from goldthread.domain import lifecycle

NOT_ALLOWED = "Offline packs are turned off in this inspection. The lead inspector can turn them on."


@transaction.atomic
def take(*, inspection: Inspection, cases: Collection[str], client_key: UUID, by: Actor) -> OfflinePack:
    """Take some of one's own cases offline. The same key twice gives the same pack.

    Raises Refused where the setting is off, for none or too many cases, for one that is not the actor's to work on,
    and while another pack of theirs is out; InConflict where a declared conflict keeps them from a file.
    """
    require(by, Permission.CASE_REVIEW_WRITE, OwnPart(inspection, by).target())
    if existing := OfflinePack.objects.filter(
        inspection=inspection, client_key=client_key, created_by=UUID(by.id)
    ).first():
        return existing
    leave = setting_of(inspection)
    if leave is None or not leave.allowed:
        raise Refused(NOT_ALLOWED)
    chosen = _chosen(inspection, cases, leave.most_cases, by)
    now = timezone.now()
    if found := _out(inspection, by, now):
        raise Refused(
            f"Offline pack {found.number} is still out. Send it home, or give it up, before you take another."
        )
    interests, person = Interests(), Person.objects.get(pk=by.id)
    for case in chosen:
        interests.require_own(case, person)
    last = OfflinePack.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    make_key(inspection=inspection, by=by)
    pack = OfflinePack(
        id=uuid4(), inspection=inspection, side=Side.TEAM, number=last + 1, client_key=client_key, created_by=person,
        over_at=now + timedelta(hours=leave.hours),
    )  # fmt: skip
    pack.key = sealing.seal(inspection, sealing.new_key(), purpose=pack.purpose)
    pack.save(force_insert=True)
    PackedCase.objects.bulk_create(PackedCase(pack=pack, case=one, review=live_review(one, by)) for one in chosen)
    journal(
        Events.OFFLINE_TAKEN, by=by, about=pack, chain=inspection.pk, cases=[one.number for one in chosen],
        hours=leave.hours,
    )  # fmt: skip
    return pack


@transaction.atomic
def hand_key(*, pack: OfflinePack, place: bool, by: Actor) -> bytes:
    """The key of a pack, for the memory of one device and nowhere else. `place`: its cases go on the device with it.

    A pack is put on one device, once. Raises Refused where it was withdrawn or ended, or its time is over.
    """
    pack = _locked(pack)
    require(by, Permission.CASE_REVIEW_WRITE, pack.target())
    if why := _why_shut(pack):
        raise Refused(why)
    if place and pack.placed_at is not None:
        raise Refused(
            "This pack was put on a device already: open it there. If it never arrived, give it up and take another;"
            " what was answered and not sent home is lost with it."
        )
    if not place and pack.placed_at is None:
        raise Refused("This pack is on no device yet.")
    now = timezone.now()
    pack.heard_at = now
    pack.placed_at = pack.placed_at or now
    pack.save(update_fields=["heard_at", "placed_at"])
    event = Events.OFFLINE_PLACED if place else Events.OFFLINE_OPENED
    journal(event, by=by, about=pack, chain=pack.inspection_id)
    return sealing.unseal(pack.inspection, bytes(pack.key or b""), purpose=pack.purpose)


@transaction.atomic
def end(*, pack: OfflinePack, how: str, purged_at: datetime | None, by: Actor) -> OfflinePack:
    """Note that its device holds nothing more, as it says. The key is destroyed; ending twice is ending once."""
    pack = _locked(pack)
    require(by, Permission.CASE_REVIEW_WRITE, pack.target())
    if pack.ended:
        return pack
    _end(pack, how, purged_at)
    journal(Events.OFFLINE_PURGED, by=by, about=pack, chain=pack.inspection_id, how=how)
    return pack


@transaction.atomic
def give_up(*, pack: OfflinePack, version: int, by: Actor) -> OfflinePack:
    """End a pack whose device is lost or was cleared. Without its key what rests there can never be read again."""
    pack = _locked(pack)
    require(by, Permission.CASE_REVIEW_WRITE, pack.target())
    require_unchanged(pack, version, about=pack, chain=pack.inspection_id)
    _end(pack, "given-up", None)
    journal(Events.OFFLINE_GIVEN_UP, by=by, about=pack, chain=pack.inspection_id)
    return pack


def _end(pack: OfflinePack, how: str, purged_at: datetime | None) -> None:
    lifecycle.require_move(lifecycle.OfflinePack, pack.status, lifecycle.OfflinePack.ENDED)
    pack.status, pack.ended_at, pack.ended_how = lifecycle.OfflinePack.ENDED, timezone.now(), how
    pack.purged_at, pack.key, pack.version = purged_at, None, pack.version + 1
    pack.save(update_fields=["status", "ended_at", "ended_how", "purged_at", "key", "version"])


def _locked(pack: OfflinePack) -> OfflinePack:
    rows = OfflinePack.objects.select_for_update(of=("self",)).select_related("inspection", "created_by")
    return rows.get(pk=pack.pk)


def _why_shut(pack: OfflinePack) -> str:
    if pack.ended:
        return "This pack has ended. Take another."
    if pack.withdrawn:
        return f"The lead withdrew this pack: {pack.withdrawn_because} It cannot be opened again."
    if pack.over():
        return "The time of this pack is over. It cannot be opened again; take another."
    return ""


def _out(inspection: Inspection, by: Actor, now: datetime) -> OfflinePack | None:
    rows = OfflinePack.objects.filter(
        inspection=inspection, created_by=UUID(by.id), status=lifecycle.OfflinePack.OUT, over_at__gt=now
    )
    return rows.first()


def _chosen(inspection: Inspection, cases: Collection[str], most: int, by: Actor) -> list[Case]:
    own = {str(one.pk): one for one in packable(by, inspection)}
    wanted = list(dict.fromkeys(cases))
    if not wanted:
        raise Refused("Choose at least one case.")
    if len(wanted) > most:
        raise Refused(f"A pack holds at most {most} cases here; you chose {len(wanted)}.")
    if any(one not in own for one in wanted):
        raise Refused("One of these cases is not yours to work on just now. Choose again.")
    return [own[one] for one in wanted]
