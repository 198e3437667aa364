"""Reading the team's meetings and what the council was told. What is sealed is opened here, for whoever may read it."""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import ROLES, Side
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import OwnPart, current_members, visible
from goldthread.apps.meetings.models import CouncilMessage, LookAt, TeamMeeting
from goldthread.apps.submissions import sealing
from goldthread.domain import lifecycle

Status = lifecycle.CouncilMessage
STATUSES: Mapping[str, str] = {
    Status.DRAFT: "Draft: the council does not see it",
    Status.RELEASED: "Released",
    Status.DISCARDED: "Discarded: never sent",
}

NEW_FOR = timedelta(hours=48)
"""For how long a released message stands on the council's home page."""


def meetings(actor: Actor, inspection: Inspection) -> QuerySet[TeamMeeting]:
    """The records of an inspection, the latest day first, as far as the actor may read them."""
    rows = TeamMeeting.objects.select_related("inspection", "created_by").filter(inspection=inspection)
    return visible(rows, actor, Permission.MEETING_READ).order_by("-day")


def get(actor: Actor, inspection: UUID, meeting: UUID) -> TeamMeeting:
    """One record. Raises TeamMeeting.DoesNotExist where the actor may not read it."""
    rows = visible(TeamMeeting.objects.select_related("inspection"), actor, Permission.MEETING_READ)
    return rows.get(inspection_id=inspection, pk=meeting)


def look(actor: Actor, inspection: UUID, look: UUID) -> LookAt:
    """One thing to look at. Raises LookAt.DoesNotExist where the actor may not read it."""
    rows = LookAt.objects.select_related("inspection", "meeting")
    return visible(rows, actor, Permission.MEETING_READ).get(inspection_id=inspection, pk=look)


def looks(actor: Actor, inspection: Inspection, *, meeting: TeamMeeting | None = None) -> list[LookAt]:
    """What is to be looked at, of one meeting where it is named: what is open first, then by its day."""
    rows = LookAt.objects.select_related("inspection", "meeting", "owner", "done_by").filter(inspection=inspection)
    rows = rows.filter(meeting=meeting) if meeting else rows
    found = visible(rows, actor, Permission.MEETING_READ)
    return sorted(found, key=lambda one: (one.done_at is not None, one.due, one.created_at))


def my_looks(actor: Actor) -> dict[Inspection, list[LookAt]]:
    """What the actor is to look at and has not, of each inspection, the soonest due first."""
    found: dict[Inspection, list[LookAt]] = {}
    rows = LookAt.objects.select_related("inspection").filter(owner_id=UUID(actor.id), done_at=None)
    for one in visible(rows, actor, Permission.MEETING_READ).order_by("due"):
        found.setdefault(one.inspection, []).append(one)
    return found


def messages(actor: Actor, inspection: Inspection) -> QuerySet[CouncilMessage]:
    """Messages to the council, the latest first: of the council's side only what was released."""
    rows = _messages(actor).filter(inspection=inspection)
    # By when they were drafted for those who see the drafts; for the others, as they came.
    return rows if may_read_meetings(actor, inspection) else rows.order_by("-released_number")


def message(actor: Actor, inspection: UUID, message: UUID) -> CouncilMessage:
    """One message. Raises CouncilMessage.DoesNotExist where the actor may not see it."""
    return _messages(actor).get(inspection_id=inspection, pk=message)


def _messages(actor: Actor) -> QuerySet[CouncilMessage]:
    rows = CouncilMessage.objects.select_related("inspection", "meeting", "created_by", "released_by", "corrects")
    return visible(rows, actor, Permission.MESSAGE_READ).order_by("-number")


def to_release(actor: Actor) -> dict[Inspection, list[CouncilMessage]]:
    """Drafts that the actor may release, of each inspection."""
    found: dict[Inspection, list[CouncilMessage]] = {}
    for one in _messages(actor).filter(status=Status.DRAFT):
        if may_release(actor, one):
            found.setdefault(one.inspection, []).append(one)
    return found


def news(actor: Actor) -> dict[Inspection, list[CouncilMessage]]:
    """What the council was told lately, for those of its side who may read it."""
    found: dict[Inspection, list[CouncilMessage]] = {}
    since = timezone.now() - NEW_FOR
    for one in _messages(actor).filter(status=Status.RELEASED, released_at__gte=since):
        if not may_read_meetings(actor, one.inspection):
            found.setdefault(one.inspection, []).append(one)
    return found


def in_the_team(inspection: Inspection) -> list[Person]:
    """Who can be at the team's meetings, by name, each once."""
    roles = tuple(role.slug for role in ROLES.values() if Permission.MEETING_READ in role.may)
    found = {one.person_id: one.person for one in current_members(inspection, side=Side.TEAM, roles=roles)}
    return sorted(found.values(), key=lambda one: (one.name, str(one.pk)))


def there(meeting: TeamMeeting) -> list[Person]:
    """Who was there, by name; also those who have left the team since."""
    return list(Person.objects.filter(pk__in=meeting.attended).order_by("name"))


def names_of(ids: Iterable[str]) -> str:
    """Names of people, as a text."""
    return ", ".join(Person.objects.filter(pk__in=list(ids)).order_by("name").values_list("name", flat=True))


def said_of(meeting: TeamMeeting) -> dict[str, str]:
    """What emerged and what was decided. Raises CannotUnseal where the seal is broken or the key is gone."""
    return _opened(meeting)


def text_of(thing: LookAt | CouncilMessage) -> str:
    """What is to be looked at, or what the council is told. Raises CannotUnseal."""
    return _opened(thing)["says"]


def words_of(meeting: TeamMeeting) -> dict[str, str]:
    """The record field by field, as the two texts of a clash show it."""
    return {"attended": names_of(meeting.attended), **said_of(meeting)}


def _opened(thing: TeamMeeting | LookAt | CouncilMessage) -> dict[str, str]:
    held: dict[str, str] = json.loads(
        sealing.unseal(thing.inspection, bytes(thing.sealed), purpose=thing.purpose)
    )  # fmt: skip
    return held


def may_read_meetings(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to the team's meetings."""
    return _may(actor, Permission.MEETING_READ, inspection)


def may_write(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should offer to write in the record, or to draft a message."""
    return _may(actor, Permission.MEETING_WRITE, inspection)


def may_read_messages(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to the messages."""
    target = OwnPart(inspection, actor).target()
    return policy.decide(actor, Permission.MESSAGE_READ, target, timezone.now()).allowed


def may_release(actor: Actor, message: CouncilMessage) -> bool:
    """Whether a page should offer to release a draft."""
    target = message.target()
    return message.draft and policy.decide(actor, Permission.MESSAGE_RELEASE, target, timezone.now()).allowed


def _may(actor: Actor, permission: Permission, inspection: Inspection) -> bool:
    return policy.decide(actor, permission, inspection.target(side=Side.TEAM), timezone.now()).allowed
