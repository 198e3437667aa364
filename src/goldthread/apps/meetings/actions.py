"""Writing down what the team's meeting said, ticking what was looked at, and telling the council.

A message is drafted by anybody of the team and released by the lead inspector alone; until then it does not exist for
the council.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.meetings.models import CouncilMessage, LookAt, TeamMeeting
from goldthread.apps.meetings.queries import in_the_team, names_of, text_of, words_of
from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.actions import make_key
from goldthread.domain import lifecycle

Status = lifecycle.CouncilMessage


def _here(inspection: Inspection) -> Target:
    return inspection.target(side=Side.TEAM)


@transaction.atomic
def record(
    *, inspection: Inspection, day: date, attended: Sequence[Person], lines: str, decisions: str, client_key: UUID,
    by: Actor,
) -> TeamMeeting:  # fmt: skip
    """Write down the meeting of a day. The same key twice gives the same record; a day has one.

    Raises Refused for a day that is not the inspection's, for a day to come, or where nothing is said.
    """
    require(by, Permission.MEETING_WRITE, _here(inspection))
    if existing := TeamMeeting.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    if not inspection.call_day <= day <= timezone.localdate():
        raise Refused("Choose a day from the day of the call to today.")
    if TeamMeeting.objects.filter(inspection=inspection, day=day).exists():
        raise Refused(f"There is a record of {day:%-d %B %Y} already. Open it and add to it.")
    _sound(inspection, attended, lines, decisions)
    make_key(inspection=inspection, by=by)
    made = TeamMeeting(
        inspection=inspection, side=Side.TEAM, day=day, client_key=client_key, created_by_id=_id(by),
        attended=[str(one.pk) for one in attended],
    )  # fmt: skip
    made.sealed = _sealed(inspection, made.purpose, {"lines": lines.strip(), "decisions": decisions.strip()})
    made.save()
    journal(Events.MEETING_RECORDED, by=by, about=made, chain=inspection.pk, attended=len(attended))
    return made


@transaction.atomic
def change(
    *, meeting: TeamMeeting, attended: Sequence[Person], lines: str, decisions: str, version: int, by: Actor
) -> TeamMeeting:  # fmt: skip
    """Change the record of a meeting. Raises Clash where it was changed meanwhile."""
    require(by, Permission.MEETING_WRITE, meeting.target())
    meeting = TeamMeeting.objects.select_for_update().select_related("inspection").get(pk=meeting.pk)
    _sound(meeting.inspection, attended, lines, decisions, already=set(meeting.attended))
    theirs = words_of(meeting)
    yours = {"lines": lines.strip(), "decisions": decisions.strip()}
    there = names_of([str(one.pk) for one in attended])
    require_version(meeting.version, version, theirs=theirs, yours={"attended": there, **yours}, about=meeting)
    meeting.attended = [str(one.pk) for one in attended]
    meeting.sealed = _sealed(meeting.inspection, meeting.purpose, yours)
    meeting.version += 1
    meeting.save(update_fields=["attended", "sealed", "version"])
    journal(Events.MEETING_CHANGED, by=by, about=meeting, chain=meeting.inspection_id, attended=len(attended))
    return meeting


@transaction.atomic
def look_at(
    *, meeting: TeamMeeting, says: str, owner: Person, due: date, client_key: UUID, by: Actor
) -> LookAt:  # fmt: skip
    """Write down what is to be looked at next, by whom and by when. The same key twice gives the same."""
    require(by, Permission.MEETING_WRITE, meeting.target())
    if existing := LookAt.objects.filter(inspection=meeting.inspection, client_key=client_key).first():
        return existing
    if not says.strip():
        raise Refused("Say what is to be looked at.")
    if owner not in in_the_team(meeting.inspection):
        raise Refused(f"{owner.name} is not in the team of this inspection.")
    if due < meeting.day:
        raise Refused("It cannot be due before the meeting that asked for it.")
    made = LookAt(
        inspection=meeting.inspection, side=Side.TEAM, meeting=meeting, owner=owner, due=due, client_key=client_key,
        created_by_id=_id(by),
    )  # fmt: skip
    made.sealed = _sealed(meeting.inspection, made.purpose, {"says": says.strip()})
    made.save()
    journal(Events.MEETING_LOOK_ADDED, by=by, about=made, chain=meeting.inspection_id, owner=owner.name)
    return made


@transaction.atomic
def tick(*, look: LookAt, done: bool, by: Actor) -> LookAt:
    """Say that something was looked at, or that it was not after all. Saying so twice is saying so."""
    require(by, Permission.MEETING_WRITE, look.target())
    look = LookAt.objects.select_for_update(of=("self",)).select_related("inspection", "meeting").get(pk=look.pk)
    if (look.done_at is not None) is done:
        return look
    look.done_at, look.done_by_id = (timezone.now(), _id(by)) if done else (None, None)
    look.version += 1
    look.save(update_fields=["done_at", "done_by", "version"])
    event = Events.MEETING_LOOK_DONE if done else Events.MEETING_LOOK_OPENED
    journal(event, by=by, about=look, chain=look.inspection_id)
    return look


@transaction.atomic
def draft(
    *, inspection: Inspection, says: str, client_key: UUID, by: Actor, meeting: TeamMeeting | None = None,
    corrects: CouncilMessage | None = None,
) -> CouncilMessage:  # fmt: skip
    """Draft a message to the council. The same key twice gives the same. Only what was released can be corrected."""
    require(by, Permission.MEETING_WRITE, _here(inspection))
    if existing := CouncilMessage.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    if not says.strip():
        raise Refused("Write what the council should know.")
    if corrects is not None and corrects.status != Status.RELEASED:
        raise Refused(f"{corrects.mark} was not released, so nobody of the council has read it. Change it instead.")
    make_key(inspection=inspection, by=by)
    last = CouncilMessage.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    made = CouncilMessage(
        inspection=inspection, side=Side.TEAM, number=last + 1, meeting=meeting, corrects=corrects,
        client_key=client_key, created_by_id=_id(by),
    )  # fmt: skip
    made.sealed = _sealed(inspection, made.purpose, {"says": says.strip()})
    made.save()
    journal(Events.MESSAGE_DRAFTED, by=by, about=made, chain=inspection.pk)
    return made


@transaction.atomic
def redraft(*, message: CouncilMessage, says: str, version: int, by: Actor) -> CouncilMessage:
    """Change a draft. Raises Clash where it was changed meanwhile, Refused where it was released."""
    require(by, Permission.MEETING_WRITE, message.target())
    message = _fresh(message)
    require_version(
        message.version, version, theirs={"says": text_of(message)}, yours={"says": says.strip()}, about=message
    )
    require(by, Permission.MEETING_WRITE, message.target(changing=True))
    if not says.strip():
        raise Refused("Write what the council should know.")
    message.sealed, message.version = _sealed(message.inspection, message.purpose, {"says": says.strip()}), version + 1
    message.save(update_fields=["sealed", "version"])
    journal(Events.MESSAGE_CHANGED, by=by, about=message, chain=message.inspection_id)
    return message


@transaction.atomic
def release(*, message: CouncilMessage, version: int, by: Actor) -> CouncilMessage:
    """Let the council read a message, exactly as it now stands. Raises Overtaken where it was changed meanwhile."""
    require(by, Permission.MESSAGE_RELEASE, message.target())
    message = _fresh(message)
    require_unchanged(message, version, about=message, chain=message.inspection_id)
    lifecycle.require_move(Status, message.status, Status.RELEASED)
    last = CouncilMessage.objects.filter(inspection=message.inspection).aggregate(last=Max("released_number"))["last"]
    message.status, message.released_at, message.released_by_id = Status.RELEASED, timezone.now(), _id(by)
    message.released_number, message.version = (last or 0) + 1, message.version + 1
    message.save(update_fields=["status", "released_at", "released_by", "released_number", "version"])
    journal(Events.MESSAGE_RELEASED, by=by, about=message, chain=message.inspection_id, side=Side.TEAM)
    return message


@transaction.atomic
def discard(*, message: CouncilMessage, version: int, by: Actor) -> CouncilMessage:
    """Leave a draft unsent. It stays where the team can read it."""
    require(by, Permission.MEETING_WRITE, message.target())
    message = _fresh(message)
    require_unchanged(message, version, about=message, chain=message.inspection_id)
    lifecycle.require_move(Status, message.status, Status.DISCARDED)
    message.status, message.version = Status.DISCARDED, message.version + 1
    message.save(update_fields=["status", "version"])
    journal(Events.MESSAGE_DISCARDED, by=by, about=message, chain=message.inspection_id)
    return message


@transaction.atomic
def record_export(*, inspection: Inspection, form: str, rows: int, by: Actor) -> None:
    """Write in the journal that somebody takes the record of the meetings out of the house."""
    require(by, Permission.MEETING_READ, _here(inspection))
    journal(
        Events.EXPORTED, by=by, about=inspection, chain=inspection.pk, what="record of the team's meetings", form=form,
        rows=rows, side=Side.TEAM,
    )  # fmt: skip


def _sound(
    inspection: Inspection, attended: Sequence[Person], lines: str, decisions: str, already: set[str] | None = None
) -> None:  # fmt: skip
    if not lines.strip() and not decisions.strip():
        raise Refused("Write what emerged, or what was decided.")
    team = in_the_team(inspection)
    for one in attended:
        # Whoever was there and has left the team since was there all the same.
        if one not in team and str(one.pk) not in (already or ()):
            raise Refused(f"{one.name} is not in the team of this inspection.")


def _fresh(message: CouncilMessage) -> CouncilMessage:
    rows = CouncilMessage.objects.select_for_update(of=("self",)).select_related("inspection")
    return rows.get(pk=message.pk)


def _sealed(inspection: Inspection, purpose: str, words: dict[str, Any]) -> bytes:
    return sealing.seal(inspection, json.dumps(words).encode(), purpose=purpose)


def _id(by: Actor) -> UUID | None:
    return None if by.programme else UUID(by.id)
