"""The desk at which a file is handed in: on which side of the wall what is uploaded here will stand."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target, reaches
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import sides_of


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody stands when they hand a file in, or look at what was handed in."""

    inspection: Inspection
    side: Side
    actor: Actor

    def target(self, *, changing: bool = False) -> Target:
        """A row that this person would make here: of their own side, and their own."""
        return Target(within=self.inspection, side=self.side, owners=frozenset({self.actor.id}))


def desk_of(inspection: Inspection, actor: Actor, *, side: Side | None = None) -> Desk:
    """The actor's desk. Raises Refused for somebody who could hand in on both sides of the wall.

    `side` is heard from the programme only: nobody else chooses where their file stands.
    """
    if actor.programme:
        return Desk(inspection, side or Side.TEAM, actor)
    now = timezone.now()
    grants = inspection.grants_of(actor)
    able = {of for of, _ in reaches(grants, Permission.SUBMISSION_UPLOAD, now)}
    if len(able) > 1:
        raise Refused("You have a role on both sides of this inspection, so a file of yours could stand on neither.")
    held = able or sides_of(inspection, actor)
    return Desk(inspection, min(held, key=list(Side).index) if held else Side.TEAM, actor)


def desk(actor: Actor, inspection: UUID) -> Desk:
    """The actor's desk in an inspection. Raises Inspection.DoesNotExist."""
    return desk_of(Inspection.objects.get(pk=inspection), actor)
