"""Telling the council how its audit programme stands."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.programme.models import Statement
from goldthread.apps.programme.queries.statements import foreseen, name_of


@transaction.atomic
def tell_council(*, inspection: Inspection, seen: str, client_key: UUID, by: Actor) -> Statement:
    """Let the council read how the programme stands today, exactly as was seen. The same key twice gives the same.

    A statement stays as it was told; a later one says how things stand then. Raises Refused where nothing is
    drawn yet, or where it stands otherwise than was seen.
    """
    require(by, Permission.PROGRAMME_RUN, inspection.target(side=Side.TEAM))
    if existing := Statement.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    today = timezone.localdate()
    told = foreseen(inspection, by, today)
    if name_of(told) != seen:
        raise Refused("How the programme stands has changed since you looked. It is shown anew: read it once more.")
    last = Statement.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    made = Statement.objects.create(
        inspection=inspection, side=Side.TEAM, released_at=timezone.now(), client_key=client_key, number=last + 1,
        day=today, told=told, created_by_id=None if by.programme else by.id,
    )  # fmt: skip
    journal(Events.PROGRAMME_TOLD, by=by, about=made, chain=inspection.pk, files=sum(told["whole"]))
    return made
