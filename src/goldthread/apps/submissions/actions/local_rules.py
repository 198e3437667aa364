"""Local rules: a file taken in as a version, put in force, and withdrawn with a reason. No version is ever changed."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions import local_rules, sealing
from goldthread.apps.submissions.actions.receiving import clean_label, make_key
from goldthread.apps.submissions.desk import desk_of
from goldthread.apps.submissions.models import LocalRules
from goldthread.domain import lifecycle


@transaction.atomic
def upload_local_rules(*, inspection: Inspection, data: bytes, name: str, client_key: UUID, by: Actor) -> LocalRules:
    """Take a file of local rules in as the next version of the actor's side. It counts once it is put in force.

    The same key twice gives the same version. Raises Refused, naming rule, line and how to mend it, on a file that is
    wrong anywhere: then nothing of it is kept.
    """
    return _kept(_Taken(inspection, data, name), client_key, by)


@transaction.atomic
def carry_local_rules(*, rules: LocalRules, to: Inspection, client_key: UUID, by: Actor) -> LocalRules:
    """Take a copy of a version into another inspection of the same authority, as the next version of the same side.

    The copy says of which it is one. It is read anew, lies under the other inspection's key, and counts once it is put
    in force there. The same key twice gives the same version. Raises Refused where the version may not be read, is of
    another authority or side, or was withdrawn, and CannotUnseal.
    """
    require(by, Permission.SUBMISSION_UPLOAD, rules.target())
    found = local_rules.from_elsewhere(by, to, desk_of(to, by).side).filter(pk=rules.pk).first()
    if found is None:
        raise Refused("Choose rules of another inspection of this authority that are not withdrawn.")
    data = local_rules.text_of(found).encode()
    return _kept(_Taken(to, data, found.name, origin=found), client_key, by)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file of rules that is taken in: into which inspection, and of which version it is a copy, if of any."""

    inspection: Inspection
    data: bytes
    name: str
    origin: LocalRules | None = None


def _kept(taken: _Taken, client_key: UUID, by: Actor) -> LocalRules:
    inspection, origin = taken.inspection, taken.origin
    desk = desk_of(inspection, by)
    require(by, Permission.SUBMISSION_UPLOAD, desk.target(changing=True))
    name = clean_label(taken.name)
    text = _sound(taken.data, name)
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    rows = LocalRules.objects.filter(inspection=inspection)
    if known := rows.filter(client_key=client_key).first():
        return known
    last = rows.filter(side=desk.side).aggregate(last=Max("number"))["last"] or 0
    make_key(inspection=inspection, by=by)
    row = LocalRules(
        inspection=inspection, side=desk.side, client_key=client_key, number=last + 1, name=name,
        sha256=hashlib.sha256(taken.data).hexdigest(), created_by_id=None if by.programme else by.id,
        origin=f"Version {origin.number} of {origin.inspection.title}"[:300] if origin else "",
        origin_id=origin.pk if origin else None,
    )  # fmt: skip
    row.sealed = sealing.seal(inspection, text.encode(), purpose=row.purpose)
    row.save()
    more = {"carried_from": str(origin.pk)} if origin else {}
    event = Events.LOCAL_RULES_CARRIED if origin else Events.LOCAL_RULES_UPLOADED
    journal(event, by=by, about=row, chain=row.inspection_id, side=row.side, sha256=row.sha256, **more)
    return row


def _sound(data: bytes, name: str) -> str:
    from goldthread.kernel.local_rules import MOST_BYTES
    from goldthread.kernel.refusal import Refused as Unsound

    if len(data) > MOST_BYTES:
        raise Refused("The file is far too long for a file of rules. Check that you chose the right one.")
    try:
        text = data.decode("utf-8-sig")
        local_rules.parsed(text, name)
    except UnicodeDecodeError:
        raise Refused("The file is not in UTF-8. Save it as UTF-8, and upload it again.") from None
    except Unsound as refusal:
        raise Refused(f"{refusal.reason} {refusal.mend}") from None
    return text


@transaction.atomic
def put_in_force(*, rules: LocalRules, by: Actor) -> LocalRules:
    """Check returns with this version from now on. The one in force until now is replaced, and stays readable."""
    row = _fresh(rules)
    require(by, Permission.SUBMISSION_UPLOAD, row.target(changing=True))
    if row.status == lifecycle.LocalRules.IN_FORCE:
        return row
    lifecycle.require_move(lifecycle.LocalRules, row.status, lifecycle.LocalRules.IN_FORCE)
    before = local_rules.in_force(row.inspection, row.side)
    if before is not None:
        lifecycle.require_move(lifecycle.LocalRules, before.status, lifecycle.LocalRules.REPLACED)
        before.status, before.version = lifecycle.LocalRules.REPLACED, before.version + 1
        before.save(update_fields=["status", "version"])
    row.status, row.in_force_at, row.version = lifecycle.LocalRules.IN_FORCE, timezone.now(), row.version + 1
    row.save(update_fields=["status", "in_force_at", "version"])
    journal(
        Events.LOCAL_RULES_IN_FORCE, by=by, about=row, chain=row.inspection_id, side=row.side,
        replaced=before.number if before else None,
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw_local_rules(*, rules: LocalRules, because: str, version: int | None, by: Actor) -> LocalRules:
    """Withdraw a version for good, with a reason. It stays to be read, and what was checked with it stays as it is.

    Raises Overtaken where somebody changed it meanwhile.
    """
    row = _fresh(rules)
    require(by, Permission.SUBMISSION_UPLOAD, row.target())
    require_unchanged(row, version, about=row, chain=row.inspection_id)
    require(by, Permission.SUBMISSION_UPLOAD, row.target(changing=True))
    lifecycle.require_move(lifecycle.LocalRules, row.status, lifecycle.LocalRules.WITHDRAWN)
    if not because.strip():
        raise Refused("Say why: whoever checks the next return asks what became of these rules.")
    was, row.status, row.withdrawn_at = row.status, lifecycle.LocalRules.WITHDRAWN, timezone.now()
    row.withdrawn_because, row.version = because.strip()[:300], row.version + 1
    row.save(update_fields=["status", "withdrawn_at", "withdrawn_because", "version"])
    journal(
        Events.LOCAL_RULES_WITHDRAWN, by=by, about=row, chain=row.inspection_id, side=row.side, was=str(was)
    )  # fmt: skip
    return row


def _fresh(rules: LocalRules) -> LocalRules:
    # The inspection is locked first, so that two versions of a side are never put in force at once.
    Inspection.objects.select_for_update().get(pk=rules.inspection_id)
    return LocalRules.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=rules.pk)


__all__ = ["carry_local_rules", "put_in_force", "upload_local_rules", "withdraw_local_rules"]
