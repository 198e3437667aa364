"""Giving an action to somebody, changing it, showing that it is done, and saying whether the proof will do.

Where the owner is the council's, what is written crosses the wall as it is written: whoever writes it is told so.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases import queries as cases
from goldthread.apps.cases.models import Case
from goldthread.apps.cases.sealed import sealed_words
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import OwnPart, sides_of
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events
from goldthread.apps.programme.models import ActionTurn, AuditAction, Round
from goldthread.apps.programme.queries.to_do import (
    given_here,
    may_see_item,
    possible_owners,
    says_of,
    words_of,
)
from goldthread.apps.submissions.actions import make_key
from goldthread.domain import lifecycle

LONGEST = 2000
LATEST_DUE_DAYS = 5 * 365
"""How far off an action may be due: further than from one inspection to the next, and no slip of the pen."""

Status = lifecycle.AuditAction
SETTLED: dict[Status, tuple[str, Event]] = {
    Status.ACCEPTED: ("accepted", Events.AUDIT_ACTION_ACCEPTED),
    Status.RETURNED: ("returned", Events.AUDIT_ACTION_RETURNED),
    Status.WITHDRAWN: ("withdrawn", Events.AUDIT_ACTION_WITHDRAWN),
    Status.OPEN: ("open", Events.AUDIT_ACTION_AGAIN),
}


@transaction.atomic
def give_action(
    *, inspection: Inspection, says: str, owner: Person, due: date, client_key: UUID, by: Actor,
    round_: Round | None = None, case: Case | None = None,
) -> AuditAction:  # fmt: skip
    """Give somebody something to do that an audit gave rise to. The same key twice gives the same action.

    Raises Refused without words, for a day that is over or too far off, or for an owner who takes no part here.
    """
    require(by, Permission.AUDIT_ACTION_GIVE, given_here(inspection, by))
    if existing := AuditAction.objects.filter(inspection=inspection, client_key=client_key).first():
        return existing
    if case is not None and not (case.inspection_id == inspection.pk and cases.may(by, Permission.CASE_READ, case)):
        raise Refused("This case belongs elsewhere, or is somebody else's.", hidden=True)
    if round_ is not None and round_.inspection_id != inspection.pk:
        raise Refused("This round belongs to another programme.", hidden=True)
    side = _sound(inspection, says, owner)
    if due < timezone.localdate():
        raise Refused("The day on which it is due is over. Choose today or a later day.")
    _require_near(due)
    make_key(inspection=inspection, by=by)
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    last = AuditAction.objects.filter(inspection=inspection).aggregate(last=Max("number"))["last"] or 0
    made = AuditAction(
        inspection=inspection, side=Side.TEAM, client_key=client_key, created_by_id=_id(by), number=last + 1,
        round=round_ or _round_of(case), case=case, owner=owner, due=due,
        released_at=timezone.now() if side is Side.AUTHORITY else None,
    )  # fmt: skip
    made.sealed = sealed_words(inspection, {"says": says.strip()}, made.purpose) or b""
    made.save()
    _say(made, "given", "", by)
    journal(
        Events.AUDIT_ACTION_GIVEN, by=by, about=made, chain=inspection.pk, side=Side.TEAM, owner=owner.name,
        due=str(due),
    )  # fmt: skip
    return made


def _require_near(due: date) -> None:
    """Refuse a day so far off that it is a slip of the pen, or no day by which anybody would act."""
    latest = timezone.localdate() + timedelta(days=LATEST_DUE_DAYS)
    if due > latest:
        raise Refused(
            f"{due:%-d %B %Y} is more than five years away: nobody would be reminded in time. Choose a day until "
            f"{latest:%-d %B %Y}, or give a first step that is due sooner."
        )


def _round_of(case: Case | None) -> Round | None:
    return Round.objects.filter(draw_id=case.draw_id).first() if case else None


@transaction.atomic
def change_action(
    *, action: AuditAction, says: str, owner: Person, due: date, version: int, by: Actor
) -> AuditAction:  # fmt: skip
    """Change what is to be done, by whom or by when. Raises Clash where it was changed meanwhile."""
    action = _fresh(action)
    require(by, Permission.AUDIT_ACTION_GIVE, action.target())
    side = _sound(action.inspection, says, owner)
    was = action.due
    require_version(
        action.version, version, theirs=words_of(says_of(action), action.owner, was),
        yours=words_of(says.strip(), owner, due), about=action,
    )  # fmt: skip
    if action.status in (Status.ACCEPTED, Status.WITHDRAWN):
        raise Refused("This action is over. Open it again first.")
    _require_near(due)
    if side is Side.AUTHORITY and action.released_at is None:
        action.released_at = timezone.now()
    action.sealed = sealed_words(action.inspection, {"says": says.strip()}, action.purpose) or b""
    action.owner, action.due, action.version = owner, due, action.version + 1
    action.save()
    _say(action, "changed", f"Due {due:%-d %B %Y}, before {was:%-d %B %Y}" if due != was else "", by)
    journal(Events.AUDIT_ACTION_CHANGED, by=by, about=action, chain=action.inspection_id, side=Side.TEAM)
    return action


@transaction.atomic
def prove_action(
    *, action: AuditAction, says: str, item: EvidenceItem | None, version: int, by: Actor
) -> AuditAction:  # fmt: skip
    """Show that an action is done: in words, with an item of the evidence shelf where there is one."""
    action = _fresh(action)
    require(by, Permission.AUDIT_ACTION_PROVE, action.target())
    require_unchanged(action, version, about=action, chain=action.inspection_id)
    if not says.strip():
        raise Refused("Write what was done, when, and where that can be seen.")
    if item is not None and (item.inspection_id != action.inspection_id or not may_see_item(by, item)):
        raise Refused("Choose an item of the evidence shelf.")
    return _move(action, Status.PROOF_GIVEN, "proof", says, Events.AUDIT_ACTION_PROVED, by, item)


@transaction.atomic
def settle_action(*, action: AuditAction, to: str, because: str, version: int, by: Actor) -> AuditAction:
    """Accept the proof, return it, withdraw the action or open it again. Nobody accepts proof that they gave."""
    action = _fresh(action)
    require(by, Permission.AUDIT_ACTION_SETTLE, action.target())
    require_unchanged(action, version, about=action, chain=action.inspection_id)
    try:
        status = Status(to)
        kind, event = SETTLED[status]
    except (ValueError, KeyError):
        raise Refused("Choose what becomes of it.") from None
    move = lifecycle.require_move(Status, action.status, status)
    if move.needs_reason and not because.strip():
        raise Refused("Say why: whoever is to do it reads it.")
    if status is Status.ACCEPTED:
        proof = action.turns.filter(kind="proof").last()
        if by.id in (str(action.owner_id), str(proof.by_id if proof else "")):
            raise Refused("Somebody else must accept it: you gave the proof, or were to do it.")
    return _move(action, status, kind, because, event, by)


@transaction.atomic
def record_actions_export(*, part: OwnPart, form: str, rows: int, by: Actor) -> None:
    """Write in the journal that somebody takes the list of actions out of the house."""
    require(by, Permission.AUDIT_ACTION_READ, part.target())
    of_council = sides_of(part.inspection, by) == {Side.AUTHORITY}
    journal(
        Events.EXPORTED, by=by, about=part.inspection, chain=part.inspection.pk, what="actions of audits", form=form,
        rows=rows, side=Side.AUTHORITY if of_council else Side.TEAM,
    )  # fmt: skip


def _sound(inspection: Inspection, says: str, owner: Person) -> Side:
    if not says.strip():
        raise Refused("Say what is to be done.")
    if len(says) > LONGEST:
        raise Refused(f"Say it in at most {LONGEST:,} letters.")
    side = dict(possible_owners(inspection)).get(owner)
    if side is None:
        raise Refused(f"{owner.name} takes no part here, so they cannot be given an action.")
    return side


def _fresh(action: AuditAction) -> AuditAction:
    rows = AuditAction.objects.select_for_update(of=("self",)).select_related("inspection", "owner")
    return rows.get(pk=action.pk)


def _move(
    action: AuditAction, to: Status, kind: str, says: str, event: Event, by: Actor, item: EvidenceItem | None = None
) -> AuditAction:
    if len(says) > LONGEST:
        raise Refused(f"Say it in at most {LONGEST:,} letters.")
    lifecycle.require_move(Status, action.status, to)
    was, action.status, action.version = action.status, to, action.version + 1
    action.save(update_fields=["status", "version"])
    _say(action, kind, says, by, item)
    side = Side.AUTHORITY if sides_of(action.inspection, by) == {Side.AUTHORITY} else Side.TEAM
    journal(event, by=by, about=action, chain=action.inspection_id, side=side, was=str(was))
    return action


def _say(action: AuditAction, kind: str, says: str, by: Actor, item: EvidenceItem | None = None) -> None:
    ActionTurn.objects.create(
        action=action, kind=kind, by_id=_id(by), item=item,
        sealed=sealed_words(action.inspection, {"says": says.strip()}, action.purpose),
    )  # fmt: skip


def _id(by: Actor) -> str | None:
    return None if by.programme else by.id
