"""Reading conversations. Notes are opened for whoever the terms of the conversation allow, and for nobody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.remembering import remembering_more
from goldthread.apps.access.roles import ROLES, Side
from goldthread.apps.cases import queries as cases
from goldthread.apps.cases.models import Case
from goldthread.apps.conversations.models import Conversation, SaidPassage, VoicedConcern
from goldthread.apps.conversations.sealed import code_of, notes_of, opened, tidy_code
from goldthread.apps.fieldwork.models import Task
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import current_members, visible
from goldthread.domain import guides, lifecycle
from goldthread.domain.hearing import NOT_HELD, WITHDRAWN_BY

Status = lifecycle.Conversation
STATES: Mapping[str, str] = {
    Status.PLANNED: "Planned",
    Status.AGREED: "Agreed, notes open",
    Status.HELD: "Held",
    Status.NOT_HELD: "Not held",
    Status.WITHDRAWN: "Taken back",
}
ENDINGS: Mapping[str, str] = {**NOT_HELD, **WITHDRAWN_BY}
"""Why a conversation ended otherwise than by being held, in words."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a conversation, as a door asks about them: its terms say who may read."""

    conversation: Conversation

    @property
    def inspection(self) -> Inspection:
        """The inspection."""
        return self.conversation.inspection

    def target(self) -> Target:
        """The notes, as the policy asks about them."""
        return self.conversation.notes_target()


@dataclass(frozen=True, slots=True)
class OwnNotes(Notes):
    """The notes as they are written: only whoever listened writes them, and chooses passages of them."""

    def target(self) -> Target:
        """The notes, sealed for whoever listened."""
        target = self.conversation.target()
        return replace(target, sealed_for=target.owners)


def _rows(actor: Actor) -> QuerySet[Conversation]:
    rows = Conversation.objects.select_related("inspection", "holder", "task").defer("notes")
    return visible(rows, actor, Permission.CONVERSATION_READ, own=("holder",))


def conversations(
    actor: Actor, inspection: Inspection, *, group: str = "", age: str = "", area: str = "", status: str = "",
    mine: bool = False, words: str = "",
) -> QuerySet[Conversation]:  # fmt: skip
    """The conversations of an inspection, filtered, the latest day first. `words` are of its mark, team or listener."""
    rows = _rows(actor).filter(inspection=inspection)
    for field, value in (("group", group), ("age", age), ("status", status)):
        rows = rows.filter(**{field: value}) if value else rows
    rows = rows.filter(area_slugs__contains=f"|{area}|") if area else rows
    rows = rows.filter(holder_id=UUID(actor.id)) if mine else rows
    for word in words.split():
        number = word[1:] if word[:1] in "Tt" and word[1:].isdecimal() and len(word) < 9 else ""
        marked = Q(number=int(number)) if number else Q(pk__in=[])
        rows = rows.filter(Q(team__icontains=word) | Q(holder__name__icontains=word) | marked)
    return rows.order_by("-day", "-number")


def conversation(actor: Actor, inspection: UUID, conversation: UUID) -> Conversation:
    """One conversation. Raises Conversation.DoesNotExist where the actor may not know of it."""
    return _rows(actor).get(inspection_id=inspection, pk=conversation)


def notes(actor: Actor, inspection: UUID, conversation: UUID) -> Notes:
    """The notes of one, for its terms to be asked next. Raises Conversation.DoesNotExist."""
    return Notes(_rows(actor).get(inspection_id=inspection, pk=conversation))


def own_notes(actor: Actor, inspection: UUID, conversation: UUID) -> OwnNotes:
    """The notes of one, for whoever listened. Raises Conversation.DoesNotExist."""
    return OwnNotes(_rows(actor).get(inspection_id=inspection, pk=conversation))


def readable_notes(conversation: Conversation) -> str:
    """The notes in words; whether the reader may is asked before. Raises CannotUnseal."""
    return notes_of(Conversation.objects.select_related("inspection").get(pk=conversation.pk))


def slip_of(conversation: Conversation) -> str:
    """The code on the slip, while there is something to take back; else empty."""
    return code_of(conversation) if conversation.status in (Status.AGREED, Status.HELD) else ""


def by_code(actor: Actor, inspection: Inspection, written: str) -> Conversation | None:
    """The conversation whose slip has this code, as far as the actor may know of it; None where none has."""
    code = tidy_code(written)
    open_ = list(conversations(actor, inspection).filter(status__in=(Status.AGREED, Status.HELD)))
    with remembering_more():
        return next((one for one in open_ if code_of(one) == code), None)


def passages_of(conversation: Conversation) -> list[SaidPassage]:
    """What of a conversation stands on the shelf, or stood there."""
    return list(conversation.passages.select_related("evidence_item"))


def unfinished(actor: Actor) -> list[Conversation]:
    """Conversations that are the actor's to hold or to finish, the soonest first."""
    rows = _rows(actor).filter(holder_id=UUID(actor.id), status__in=(Status.PLANNED, Status.AGREED))
    return [one for one in rows.order_by("day", "number") if may_write(actor, one)]


def _concerns(actor: Actor) -> QuerySet[VoicedConcern]:
    rows = VoicedConcern.objects.select_related("inspection", "conversation__inspection", "created_by")
    own = ("created_by", "conversation__holder")
    return visible(rows, actor, Permission.CONVERSATION_NOTES, own=own)


def concern(actor: Actor, inspection: UUID, concern: UUID) -> VoicedConcern:
    """One urgent concern of a conversation. Raises VoicedConcern.DoesNotExist."""
    return _concerns(actor).get(inspection_id=inspection, pk=concern)


def open_concerns(
    actor: Actor, inspection: Inspection | None = None, conversation: Conversation | None = None
) -> list[VoicedConcern]:
    """Urgent concerns that nobody has answered and the actor may read, the oldest first."""
    rows = _concerns(actor).filter(acknowledged_at=None)
    rows = rows.filter(inspection=inspection) if inspection else rows
    return list(rows.filter(conversation=conversation) if conversation else rows)


def concern_words(concern: VoicedConcern) -> dict[str, str]:
    """What the concern is, and what is being done about it where that was said. Raises CannotUnseal."""
    told = opened(concern.inspection, concern.sealed, concern.purpose)
    done = opened(concern.inspection, concern.done, f"{concern.purpose}:done")
    return {"says": str(told.get("says", "")), "done": str(done.get("done", ""))}


def cases_to_choose(actor: Actor, inspection: Inspection) -> list[Case]:
    """The cases of the sample on which the actor may raise a concern."""
    return list(cases.cases_visible_to(actor).filter(inspection=inspection).order_by("draw__number", "number"))


def tasks_to_choose(inspection: Inspection) -> list[Task]:
    """Conversations and visits of the timetable of fieldwork."""
    rows = Task.objects.filter(inspection=inspection, taken_out=False, kind__in=("conversation", "visit"))
    return list(rows.order_by("number"))


def holders(inspection: Inspection) -> list[Person]:
    """Who may hold a conversation: whoever of the team may write one down, by name."""
    roles = tuple(role.slug for role in ROLES.values() if Permission.CONVERSATION_WRITE in role.may)
    found = {one.person_id: one.person for one in current_members(inspection, side=Side.TEAM, roles=roles)}
    return sorted(found.values(), key=lambda one: (one.name, str(one.pk)))


def guides_of(inspection: Inspection) -> list[guides.Guide]:
    """Every guide, with the questions that are asked under the inspection's framework."""
    return [guides.of_framework(slug, inspection.framework) for slug in guides.slugs()]


def guide_of(inspection: Inspection, group: str, age: str = "") -> guides.Guide:
    """The guide for a group and age under the inspection's framework."""
    return guides.of_framework(guides.guide_for(group, age), inspection.framework)


def may_read(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to conversations."""
    return _decide(actor, Permission.CONVERSATION_READ, inspection.target(side=Side.TEAM))


def may_plan(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should offer to say whom to hear."""
    return _decide(actor, Permission.CONVERSATION_PLAN, inspection.target(side=Side.TEAM))


def may_write(actor: Actor, thing: Any) -> bool:
    """Whether a page should offer to write: a new thing of an inspection, or one that is there."""
    if isinstance(thing, Inspection):
        return _decide(actor, Permission.CONVERSATION_WRITE, own_row(thing, actor))
    return may(actor, Permission.CONVERSATION_WRITE, thing)


def may(actor: Actor, permission: Permission, thing: Any) -> bool:
    """Whether a page should offer an act on something."""
    return _decide(actor, permission, thing.target())


def own_row(inspection: Inspection, actor: Actor) -> Target:
    """A row of whoever asks, on the team's side."""
    return Target(within=inspection, side=Side.TEAM, owners=frozenset({actor.id}))


def _decide(actor: Actor, permission: Permission, target: Target) -> bool:
    return policy.decide(actor, permission, target, timezone.now()).allowed


def names_of(people: Iterable[Person]) -> list[tuple[str, str]]:
    """People as a form offers them."""
    return [(str(one.pk), one.name) for one in people]
