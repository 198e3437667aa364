"""Putting things on the evidence shelf, and taking them off it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events

WIPED = "Taken back by whoever said it"
"""The title of an item whose words were wiped."""


@transaction.atomic
def shelve(
    *, inspection: Inspection, kind: str, title: str, by: Actor, summary: str = "", areas: Sequence[str] = (),
    themes: Sequence[str] = (), detail: dict[str, Any] | None = None, source_hash: str = "",
    about_from: date | None = None, about_to: date | None = None, replaces: EvidenceItem | None = None,
) -> EvidenceItem:  # fmt: skip
    """Put one item on the team's shelf. Called by the app that holds the source, whose action has asked leave.

    `replaces` marks an earlier item superseded, so that whatever leans on it is marked *check again*.
    """
    last = EvidenceItem.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    item = EvidenceItem.objects.create(
        inspection=inspection, side=Side.TEAM, number=last + 1, kind=kind, title=title[:200], summary=summary,
        area_slugs="|" + "|".join(areas) + "|" if areas else "", themes=list(themes),
        detail=detail or {}, source_hash=source_hash,
        about_from=about_from, about_to=about_to, created_by_id=None if by.programme else by.id,
    )  # fmt: skip
    journal(Events.EVIDENCE_SHELVED, by=by, about=item, chain=inspection.pk, kind=kind)
    if replaces is not None:
        supersede(item=replaces, new=item, by=by)
    return item


@transaction.atomic
def supersede(*, item: EvidenceItem, new: EvidenceItem | None, by: Actor) -> EvidenceItem:
    """Mark an item superseded, by a newer one where there is one."""
    item.status, item.replaced_by, item.version = "superseded", new, item.version + 1
    item.save(update_fields=["status", "replaced_by", "version"])
    journal(Events.EVIDENCE_SUPERSEDED, by=by, about=item, chain=item.inspection_id)
    return item


@transaction.atomic
def reinstate(*, item: EvidenceItem, by: Actor) -> EvidenceItem:
    """Let an item that nothing newer replaced be current again: its source says once more what it says.

    Called by the app that holds the source, which has compared them. Raises Refused where a newer item stands for it.
    """
    if item.status != "superseded" or item.replaced_by_id is not None:
        raise Refused(f"{item.mark} is {item.status}, and cannot be current again.")
    item.status, item.version = "current", item.version + 1
    item.save(update_fields=["status", "version"])
    journal(Events.EVIDENCE_REINSTATED, by=by, about=item, chain=item.inspection_id)
    return item


@transaction.atomic
def anchor(*, item: EvidenceItem, source_hash: str, title: str, detail: dict[str, Any], by: Actor) -> EvidenceItem:
    """Rest an item on a newer version of its source, in which the very same words stand. It stays what it was.

    Called by the app that holds the source, which has found them there.
    """
    item.source_hash, item.title, item.detail, item.version = source_hash, title[:200], detail, item.version + 1
    item.save(update_fields=["source_hash", "title", "detail", "version"])
    journal(Events.EVIDENCE_ANCHORED, by=by, about=item, chain=item.inspection_id)
    return item


@transaction.atomic
def wipe(*, item: EvidenceItem, because: str, by: Actor) -> EvidenceItem:
    """Withdraw an item and wipe its words: whoever spoke takes them back. Called by the app that holds the source,
    whose action has asked leave.

    Its mark and kind stay, so that whatever leans on it is marked *check again* and says why.
    """
    item = EvidenceItem.objects.select_for_update().get(pk=item.pk)
    item.status, item.withdrawn_because, item.version = "withdrawn", because, item.version + 1
    item.title, item.summary, item.detail, item.source_hash = WIPED, "", {}, ""
    item.save()
    journal(Events.EVIDENCE_WITHDRAWN, by=by, about=item, chain=item.inspection_id)
    return item


@transaction.atomic
def withdraw(*, item: EvidenceItem, because: str, by: Actor, version: int | None = None) -> EvidenceItem:
    """Withdraw an item with a reason. It stays, marked, and so does every citation of it."""
    require(by, Permission.EVIDENCE_WITHDRAW, item.target())
    item = EvidenceItem.objects.select_for_update().get(pk=item.pk)
    require_unchanged(item, version, about=item, chain=item.inspection_id)
    if not because.strip():
        raise Refused("Say why the item is withdrawn: whoever leans on it will ask.")
    if not item.current:
        raise Refused(f"{item.mark} is {item.status} already.")
    item.status, item.withdrawn_because, item.version = "withdrawn", because.strip(), item.version + 1
    item.save(update_fields=["status", "withdrawn_because", "version"])
    journal(Events.EVIDENCE_WITHDRAWN, by=by, about=item, chain=item.inspection_id)
    return item
