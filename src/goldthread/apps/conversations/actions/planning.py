"""Saying whom the team should hear, and planning who hears whom and when."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.conversations.models import Conversation, HearingTarget
from goldthread.apps.conversations.queries import holders, may_plan
from goldthread.apps.conversations.queries.hearing import own_row
from goldthread.apps.conversations.rules import AFTER, Wrong, id_of, locked, require_areas, require_day, tidy
from goldthread.apps.fieldwork.models import Task
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions import make_key
from goldthread.domain import lifecycle
from goldthread.domain.hearing import GROUPS, HOW, NotAgreed, require_age

MOST_WANTED = 500
MOST_PEOPLE = 60


@transaction.atomic
def set_target(
    *, inspection: Inspection, group: str, wanted: int, client_key: UUID, by: Actor, age: str = "", team: str = "",
    area: str = "",
) -> HearingTarget:  # fmt: skip
    """Say how many people of a group the team should hear. The same key twice gives the same target.

    Raises Wrong where there is one for the very same people.
    """
    require(by, Permission.CONVERSATION_PLAN, inspection.target(side=Side.TEAM))
    if existing := HearingTarget.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    _sound_target(inspection, group, age, area, wanted)
    same = HearingTarget.objects.filter(
        inspection=inspection, group=group, age=age, team__iexact=tidy(team), area=area, taken_out=False
    )
    if same.exists():
        raise Wrong("group", "There is a target for these very people. Change that one.")
    made = HearingTarget.objects.create(
        inspection=inspection, side=Side.TEAM, group=group, age=age, team=tidy(team), area=area, wanted=wanted,
        client_key=client_key, created_by_id=id_of(by),
    )  # fmt: skip
    journal(Events.HEARING_TARGET_SET, by=by, about=made, chain=inspection.pk, wanted=wanted)
    return made


@transaction.atomic
def change_target(*, target: HearingTarget, wanted: int, version: int, by: Actor) -> HearingTarget:
    """Change how many should be heard. Raises Overtaken where it was changed meanwhile."""
    require(by, Permission.CONVERSATION_PLAN, target.target())
    target = HearingTarget.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=target.pk)
    require_unchanged(target, version, about=target, chain=target.inspection_id)
    require(by, Permission.CONVERSATION_PLAN, target.target(changing=True))
    _sound_target(target.inspection, target.group, target.age, target.area, wanted)
    target.wanted, target.version = wanted, target.version + 1
    target.save(update_fields=["wanted", "version"])
    journal(Events.HEARING_TARGET_CHANGED, by=by, about=target, chain=target.inspection_id, wanted=wanted)
    return target


@transaction.atomic
def take_out_target(*, target: HearingTarget, version: int, by: Actor) -> HearingTarget:
    """Take a target out of the plan. Raises Overtaken where it was changed meanwhile."""
    require(by, Permission.CONVERSATION_PLAN, target.target())
    target = HearingTarget.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=target.pk)
    require_unchanged(target, version, about=target, chain=target.inspection_id)
    require(by, Permission.CONVERSATION_PLAN, target.target(changing=True))
    target.taken_out, target.version = True, target.version + 1
    target.save(update_fields=["taken_out", "version"])
    journal(Events.HEARING_TARGET_REMOVED, by=by, about=target, chain=target.inspection_id)
    return target


@transaction.atomic
def plan(
    *, inspection: Inspection, group: str, day: date, how: str, people: int, holder: Person, client_key: UUID,
    by: Actor, age: str = "", team: str = "", areas: Sequence[str] = (), task: Task | None = None,
) -> Conversation:  # fmt: skip
    """Plan a conversation, or begin one that happens now. The same key twice gives the same.

    Only whoever may plan for the team gives it to somebody else. Raises Wrong for a day outside the inspection, an age
    that does not fit the group, or somebody who holds none.
    """
    require(by, Permission.CONVERSATION_WRITE, own_row(inspection, by))
    if existing := Conversation.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    slugs = _sound(inspection, group, age, day, how, people, holder, areas, by)
    make_key(inspection=inspection, by=by)
    last = Conversation.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    made = Conversation.objects.create(
        inspection=inspection, side=Side.TEAM, number=last + 1, group=group, age=age, team=tidy(team),
        area_slugs=slugs, day=day, how=how, people=people, holder=holder, task=task, client_key=client_key,
        created_by_id=id_of(by),
    )  # fmt: skip
    journal(Events.CONVERSATION_PLANNED, by=by, about=made, chain=inspection.pk, group=group)
    return made


@transaction.atomic
def change_plan(
    *, conversation: Conversation, group: str, day: date, how: str, people: int, holder: Person, version: int,
    by: Actor, age: str = "", team: str = "", areas: Sequence[str] = (), task: Task | None = None,
) -> Conversation:  # fmt: skip
    """Change what is planned, until consent is recorded. Raises Overtaken where it was changed meanwhile."""
    require(by, Permission.CONVERSATION_WRITE, conversation.target())
    conversation = locked(conversation)
    theirs, yours = _told(conversation), {"team": tidy(team), "people": str(people), "day": f"{day:%d/%m/%Y}"}
    require_version(conversation.version, version, theirs=theirs, yours=yours, about=conversation)
    if conversation.status != lifecycle.Conversation.PLANNED:
        raise Wrong("day", "Consent is recorded, so what was planned stands as it is.")
    slugs = _sound(conversation.inspection, group, age, day, how, people, holder, areas, by)
    conversation.group, conversation.age, conversation.team = group, age, tidy(team)
    conversation.area_slugs, conversation.day, conversation.how = slugs, day, how
    conversation.people, conversation.holder, conversation.task = people, holder, task
    conversation.version += 1
    conversation.save()
    journal(Events.CONVERSATION_CHANGED, by=by, about=conversation, chain=conversation.inspection_id)
    return conversation


@transaction.atomic
def record_export(*, inspection: Inspection, what: str, form: str, rows: int, by: Actor) -> None:
    """Write in the journal that somebody takes a list out of the house."""
    require(by, Permission.CONVERSATION_READ, inspection.target(side=Side.TEAM))
    journal(
        Events.EXPORTED, by=by, about=inspection, chain=inspection.pk, what=what, form=form, rows=rows, side=Side.TEAM
    )


def _told(conversation: Conversation) -> dict[str, str]:
    day = f"{conversation.day:%d/%m/%Y}"
    return {"team": conversation.team, "people": str(conversation.people), "day": day}


def _sound_target(inspection: Inspection, group: str, age: str, area: str, wanted: int) -> None:
    if group not in GROUPS:
        raise Wrong("group", "Choose whom the team should hear.")
    if age:
        _fitting(group, age)
    require_areas(inspection, [area] if area else [])
    if not 1 <= wanted <= MOST_WANTED:
        raise Wrong("wanted", f"Write how many people, from 1 to {MOST_WANTED}.")


def _sound(
    inspection: Inspection, group: str, age: str, day: date, how: str, people: int, holder: Person,
    areas: Sequence[str], by: Actor,
) -> str:  # fmt: skip
    if group not in GROUPS or how not in HOW:
        raise Wrong("group", "Choose whom the team hears, and how.")
    _fitting(group, age)
    require_day(inspection, day, last=inspection.fieldwork_to + AFTER)
    if not 1 <= people <= MOST_PEOPLE:
        raise Wrong("people", f"Write how many people take part, from 1 to {MOST_PEOPLE}.")
    if holder not in holders(inspection):
        raise Wrong("holder", f"{holder.name} holds no conversations in this inspection.")
    if str(holder.pk) != by.id and not may_plan(by, inspection):
        raise Wrong("holder", "Plan your own conversations; the lead inspector plans those of others.")
    return require_areas(inspection, areas)


def _fitting(group: str, age: str) -> None:
    try:
        require_age(group, age)
    except NotAgreed as wrong:
        raise Wrong(wrong.field, str(wrong)) from None
