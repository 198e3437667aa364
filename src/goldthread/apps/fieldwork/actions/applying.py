"""Keeping what a timetable changed of who has which case, so that it can be taken back."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.fieldwork.models import AppliedTimetable, Timetable
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events


@transaction.atomic
def record_applied(
    *, timetable: Timetable, changes: list[dict[str, Any]], client_key: UUID, by: Actor
) -> AppliedTimetable:  # fmt: skip
    """Keep that a timetable's people were given their cases, and who had each before. The cases were given already."""
    require(by, Permission.CASE_ALLOCATE, timetable.target())
    made = AppliedTimetable.objects.create(
        inspection=timetable.inspection, side=Side.TEAM, timetable=timetable, changes=changes, client_key=client_key,
        created_by_id=None if by.programme else by.id,
    )  # fmt: skip
    journal(Events.TIMETABLE_APPLIED, by=by, about=made, chain=made.inspection_id, count=len(changes))
    return made


@transaction.atomic
def record_taken_back(*, applied: AppliedTimetable, count: int, by: Actor) -> AppliedTimetable:
    """Keep that it was taken back: `count` cases went back. Once only."""
    require(by, Permission.CASE_ALLOCATE, applied.target())
    applied = AppliedTimetable.objects.select_for_update(of=("self",)).select_related("timetable").get(pk=applied.pk)
    if applied.taken_back_at is not None:
        raise Refused("This was taken back already.")
    applied.taken_back_at, applied.taken_back_by_id = timezone.now(), None if by.programme else UUID(by.id)
    applied.version += 1
    applied.save(update_fields=["taken_back_at", "taken_back_by", "version"])
    journal(Events.TIMETABLE_TAKEN_BACK, by=by, about=applied, chain=applied.inspection_id, count=count)
    return applied
