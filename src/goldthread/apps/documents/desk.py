"""The desk at which documents are uploaded: always on the council's side of the wall."""

from dataclasses import dataclass
from uuid import UUID

from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.models import Inspection


@dataclass(frozen=True, slots=True)
class Desk:
    """The council's part of an inspection, for somebody who uploads to it."""

    inspection: Inspection
    actor: Actor

    def target(self, *, changing: bool = False) -> Target:
        """A document that this person would upload: of the council, and their own."""
        return Target(within=self.inspection, side=Side.AUTHORITY, owners=frozenset({self.actor.id}))


def desk(actor: Actor, inspection: UUID) -> Desk:
    """The council's desk in an inspection. Raises Inspection.DoesNotExist."""
    return Desk(Inspection.objects.get(pk=inspection), actor)


@dataclass(frozen=True, slots=True)
class TeamDesk:
    """The team's part of an inspection: what is read, noted and cited there."""

    inspection: Inspection
    actor: Actor

    def target(self, *, changing: bool = False) -> Target:
        """Whatever the team does with documents."""
        return Target(within=self.inspection, side=Side.TEAM, owners=frozenset({self.actor.id}))


def team_desk(actor: Actor, inspection: UUID) -> TeamDesk:
    """The team's desk in an inspection. Raises Inspection.DoesNotExist."""
    return TeamDesk(Inspection.objects.get(pk=inspection), actor)
