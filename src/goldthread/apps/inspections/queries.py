"""Reading inspections and their teams, and the filter that every other app's `visible_to` is made of."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Grant, Target, reaches
from goldthread.apps.access.prepared import Prepared
from goldthread.apps.access.remembering import once
from goldthread.apps.access.roles import ROLES, Reach, Side
from goldthread.apps.inspections.models import (
    Conflict,
    Inspection,
    Membership,
    Walled,
    conflicts_of,
    roles_of,
)

Row = TypeVar("Row", bound=Walled)

_NOTHING = Q(pk__in=[])
_by_id = Prepared(lambda inspection: Inspection.objects.filter(pk=inspection), UUID)


def _grants(actor: Actor) -> dict[UUID, list[Grant]]:
    return once(("grants everywhere", actor.id, actor.active), lambda: _look_up_grants(actor))


def _look_up_grants(actor: Actor) -> dict[UUID, list[Grant]]:
    held: dict[UUID, list[Grant]] = {}
    if actor.signed_in and actor.active:
        conflicted = {one.inspection_id for one in once(("conflicts", actor.id), lambda: conflicts_of(actor.id))}
        for membership in once(("roles", actor.id), lambda: roles_of(actor.id)):
            if membership.inspection_id not in conflicted:
                held.setdefault(membership.inspection_id, []).append(membership.as_grant())
    return held


def wall(actor: Actor, permission: Permission, *, own: tuple[str, ...] = ("created_by",)) -> Q:
    """What of a walled table an actor may see with a permission, as a filter in the database.

    `own` names the fields that make a row somebody's own (its maker, whoever it was given to).
    Agrees with `policy.decide` row for row; a test compares the two.
    """
    if actor.programme:
        return Q()
    now = timezone.now()
    seen = _NOTHING
    if not actor.in_order:
        return seen
    for inspection_id, grants in _grants(actor).items():
        for side, reach in reaches(grants, permission, now):
            seen |= Q(inspection_id=inspection_id) & _within(side, reach, actor, own)
    return seen


def _within(side: Side, reach: Reach, actor: Actor, own: tuple[str, ...]) -> Q:
    same, released = Q(side=side), Q(released_at__isnull=False)
    mine = Q()
    for field in own:
        mine |= Q(**{f"{field}_id": actor.id})
    return {
        Reach.ALL: same | released,
        Reach.RELEASED: same | released,
        Reach.SIDE: same,
        Reach.OWN: mine & (same | released),
    }[reach]


def visible(
    rows: QuerySet[Row], actor: Actor, permission: Permission, *, own: tuple[str, ...] = ("created_by",)
) -> QuerySet[Row]:
    """Rows of a walled table that an actor may see."""
    seen = wall(actor, permission, own=own)
    # Most who are kept out hold nothing that reaches: of them the database need not be asked.
    return rows.none() if seen is _NOTHING else rows.filter(seen).distinct()


def visible_to(actor: Actor, permission: Permission = Permission.INSPECTION_READ) -> QuerySet[Inspection]:
    """Inspections that an actor may see."""
    if actor.programme:
        return Inspection.objects.all()
    now = timezone.now()
    if not actor.in_order:
        return Inspection.objects.none()
    ids = [pk for pk, grants in _grants(actor).items() if reaches(grants, permission, now)]
    return Inspection.objects.filter(pk__in=ids).order_by("-call_day", "title")


def belonging_to(actor: Actor) -> list[Inspection]:
    """Inspections in which an actor holds a role now, the latest first: also those of which they may read nothing
    but what is published. A conflict of interest shuts this door too."""
    now = timezone.now()
    if not actor.in_order:
        return []
    ids = [pk for pk, grants in _grants(actor).items() if any(one.holds_at(now) for one in grants)]
    return list(Inspection.objects.filter(pk__in=ids).order_by("-call_day", "title"))


def get(actor: Actor, inspection: UUID) -> Inspection:
    """One inspection, for the page's own permission to be asked next. Raises Inspection.DoesNotExist.

    Whether the actor may see it is decided by the door; an inspection in which they have no role is hidden there.
    """
    for found in _by_id(inspection):
        return found
    raise Inspection.DoesNotExist


@dataclass(frozen=True, slots=True)
class OwnPart:
    """An inspection as a door asks about it where everybody sees at least their own: the page shows their reach."""

    inspection: Inspection
    actor: Actor

    def target(self) -> Target:
        """A row of whoever asks."""
        return Target(within=self.inspection, owners=frozenset({self.actor.id}))


def own_part(actor: Actor, inspection: UUID) -> OwnPart:
    """The actor's part of an inspection. Raises Inspection.DoesNotExist."""
    return OwnPart(get(actor, inspection), actor)


def members(inspection: Inspection) -> QuerySet[Membership]:
    """Everybody's roles, current and ended, by name."""
    return inspection.memberships.select_related("person").order_by("person__name", "valid_from")


def current_members(
    inspection: Inspection, *, side: Side | None = None, roles: tuple[str, ...] = (), now: datetime | None = None
) -> list[Membership]:
    """Roles in force now, of one side or of some roles only where asked."""
    now = now or timezone.now()
    return [
        m
        for m in members(inspection)
        if m.as_grant().holds_at(now)
        and (side is None or ROLES[m.role].side == side)
        and (not roles or m.role in roles)
    ]


def member(inspection: Inspection, membership: int) -> Membership:
    """One role in an inspection. Raises Membership.DoesNotExist."""
    return inspection.memberships.select_related("person").get(pk=membership)


def answers_alone(membership: Membership, actor: Actor) -> bool:
    """Whether this is a lead's own role, which they cannot end themselves."""
    return membership.role == "lead" and str(membership.person_id) == actor.id


def sides_of(inspection: Inspection, actor: Actor) -> frozenset[Side]:
    """On which sides of the wall the actor stands here, now."""
    return frozenset(ROLES[one.role].side for one in roles_now(inspection, actor))


def roles_now(inspection: Inspection, actor: Actor) -> list[Grant]:
    """The actor's roles here that are in force."""
    now = timezone.now()
    return [one for one in inspection.grants_of(actor) if one.holds_at(now)]


def role_titles(inspection: Inspection, actor: Actor) -> list[str]:
    """The titles of the actor's roles here, for the page header."""
    return [ROLES[one.role].title for one in roles_now(inspection, actor)]


def declared(inspection: Inspection, person: Person, client_key: UUID) -> bool:
    """Whether the person has sent this very declaration already."""
    return inspection.conflicts.filter(person=person, client_key=client_key).exists()


def conflicts(inspection: Inspection) -> QuerySet[Conflict]:
    """Declared conflicts of interest."""
    return inspection.conflicts.select_related("person", "waived_by").order_by("declared_at")
