"""Meetings of children in care: what was said, what was promised, and what became of it."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import Side
from goldthread.apps.conversations.models import CareCouncil, Promise
from goldthread.apps.conversations.queries import said_of
from goldthread.apps.conversations.queries.hearing import own_row
from goldthread.apps.conversations.rules import Wrong, id_of, require_length
from goldthread.apps.conversations.sealed import sealed_words
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions import make_key
from goldthread.domain import lifecycle

Status = lifecycle.Promise
MOST_PEOPLE = 200


@transaction.atomic
def record_care_council(
    *, inspection: Inspection, day: date, name: str, people: int, says: str, client_key: UUID, by: Actor
) -> CareCouncil:
    """Write a meeting down: one that the team was at, or one of which it read the minutes. The same key, the same."""
    require(by, Permission.CONVERSATION_WRITE, own_row(inspection, by))
    if existing := CareCouncil.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    says = _sound(day, name, people, says)
    make_key(inspection=inspection, by=by)
    made = CareCouncil(
        inspection=inspection, side=Side.TEAM, day=day, name=name.strip(), people=people, client_key=client_key,
        created_by_id=id_of(by),
    )  # fmt: skip
    made.sealed = sealed_words(inspection, made.purpose, {"says": says})
    made.save()
    journal(Events.CARE_COUNCIL_WRITTEN, by=by, about=made, chain=inspection.pk)
    return made


@transaction.atomic
def change_care_council(
    *, council: CareCouncil, day: date, name: str, people: int, says: str, version: int, by: Actor
) -> CareCouncil:
    """Change what was written of a meeting. Raises Clash where it was changed meanwhile."""
    require(by, Permission.CONVERSATION_WRITE, council.target())
    council = CareCouncil.objects.select_for_update(of=("self",)).select_related("inspection").get(pk=council.pk)
    theirs = {"name": council.name, **said_of(council)}
    yours = {"name": name.strip(), "says": says.strip()}
    require_version(council.version, version, theirs=theirs, yours=yours, about=council)
    says = _sound(day, name, people, says)
    council.day, council.name, council.people = day, name.strip(), people
    council.sealed = sealed_words(council.inspection, council.purpose, {"says": says})
    council.version += 1
    council.save()
    journal(Events.CARE_COUNCIL_CHANGED, by=by, about=council, chain=council.inspection_id)
    return council


@transaction.atomic
def promise(*, council: CareCouncil, says: str, by_whom: str, due: date, client_key: UUID, by: Actor) -> Promise:
    """Write a promise down: what, by which office, by when. The same key twice gives the same."""
    require(by, Permission.CONVERSATION_WRITE, council.target())
    if existing := Promise.objects.filter(inspection=council.inspection, client_key=client_key).first():
        return existing
    says = require_length("says", says, 2000)
    if not says:
        raise Wrong("says", "Write what was promised.")
    if not by_whom.strip():
        raise Wrong("by_whom", "Say which office promised it.")
    if due < council.day:
        raise Wrong("due", "It cannot be due before the meeting at which it was promised.")
    made = Promise(
        inspection=council.inspection, side=Side.TEAM, meeting=council, by_whom=by_whom.strip()[:120], due=due,
        client_key=client_key, created_by_id=id_of(by),
    )  # fmt: skip
    made.sealed = sealed_words(council.inspection, made.purpose, {"says": says})
    made.save()
    journal(Events.PROMISE_MADE, by=by, about=made, chain=council.inspection_id)
    return made


@transaction.atomic
def settle_promise(*, promise: Promise, to: str, outcome: str, version: int, by: Actor) -> Promise:
    """Say what became of a promise, or that it is open again. Raises Overtaken where somebody said so meanwhile."""
    require(by, Permission.CONVERSATION_WRITE, promise.target())
    rows = Promise.objects.select_for_update(of=("self",)).select_related("inspection", "meeting")
    promise = rows.get(pk=promise.pk)
    require_unchanged(promise, version, about=promise, chain=promise.inspection_id)
    if to not in list(Status):
        raise Wrong("to", "Choose what became of it.")
    lifecycle.require_move(Status, promise.status, to)
    outcome = require_length("outcome", outcome, 2000)
    if not outcome:
        raise Wrong("outcome", "Write what happened, and how you know.")
    promise.outcome = sealed_words(promise.inspection, f"{promise.purpose}:outcome", {"outcome": outcome})
    promise.status, promise.version = Status(to), promise.version + 1
    promise.settled_at = None if to == Status.OPEN else timezone.now()
    promise.save()
    journal(Events.PROMISE_SETTLED, by=by, about=promise, chain=promise.inspection_id, to=to)
    return promise


def _sound(day: date, name: str, people: int, says: str) -> str:
    if day > timezone.localdate():
        raise Wrong("day", "Choose a day that has come: what was said is written down afterwards.")
    if not name.strip():
        raise Wrong("name", "Say which meeting it was.")
    if not 1 <= people <= MOST_PEOPLE:
        raise Wrong("people", f"Write how many children and young people were there, from 1 to {MOST_PEOPLE}.")
    says = require_length("says", says)
    if not says:
        raise Wrong("says", "Write what was said.")
    return says
