"""Writing what the council will do about a recommendation, saying how it stands, and accepting that it is done.

The council writes, the inspectors accept or return. Every word crosses the wall as it is written: both sides are told.
Nothing here closes a recommendation, and what is said to be done stays past its day until it is accepted.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from goldthread.apps.access.actions import require
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.cases.sealed import sealed_words
from goldthread.apps.documents import actions as documents
from goldthread.apps.documents import worker
from goldthread.apps.documents.models import WITH_THE_TEAM, Document
from goldthread.apps.improvement.actions.recommendations import fresh, require_day, require_short
from goldthread.apps.improvement.models import PlannedAction, PlannedTurn, Recommendation
from goldthread.apps.improvement.queries import planned as queries
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.queries import sides_of
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.event import Event
from goldthread.apps.journal.events import Events
from goldthread.apps.submissions.actions import make_key
from goldthread.apps.submissions.actions.receiving import Upload
from goldthread.domain import lifecycle

LONGEST_WHOM = 160
Status = lifecycle.PlannedAction
EVENTS: dict[Status, Event] = {
    Status.UNDER_WAY: Events.PLANNED_ACTION_BEGUN,
    Status.SAID_DONE: Events.PLANNED_ACTION_SAID_DONE,
    Status.DROPPED: Events.PLANNED_ACTION_DROPPED,
    Status.PLANNED: Events.PLANNED_ACTION_AGAIN,
    Status.ACCEPTED: Events.PLANNED_ACTION_ACCEPTED,
    Status.RETURNED: Events.PLANNED_ACTION_RETURNED,
}
ASSESSORS = (Status.ACCEPTED, Status.RETURNED)
"""What is the inspectors' to say; everything else is the council's."""


@transaction.atomic
def plan_action(
    *, held: Recommendation, says: str, whom: str, due: date, client_key: UUID, by: Actor
) -> PlannedAction:  # fmt: skip
    """Write for the council what it will do about a recommendation, by whom and by when.

    The same key twice gives the same action. Raises Refused without words or without whoever is to do it, for a day
    that is over or too far off, or where the recommendation is not open.
    """
    held = fresh(held)
    require(by, Permission.IMPROVEMENT_SAY, held.target())
    if existing := PlannedAction.objects.filter(inspection=held.inspection, client_key=client_key).first():
        return existing
    make_key(inspection=held.inspection, by=by)
    if not held.live:
        raise Refused("This recommendation is not open, so nothing can be planned for it.")
    if not says.strip():
        raise Refused("Write what will be done.")
    require_short(says)
    if not whom.strip():
        raise Refused("Write by whom it will be done: an office or a person of the council.")
    if len(whom) > LONGEST_WHOM:
        raise Refused(f"Say by whom in at most {LONGEST_WHOM} letters.")
    require_day(due, "by which it is to be done")
    last = PlannedAction.objects.filter(recommendation=held).aggregate(last=Max("number"))["last"] or 0
    made = PlannedAction(
        inspection=held.inspection, side=Side.AUTHORITY, released_at=timezone.now(), client_key=client_key,
        created_by_id=_id(by), recommendation=held, number=last + 1, due=due,
    )  # fmt: skip
    words = {"says": says.strip(), "whom": whom.strip()}
    made.sealed = sealed_words(held.inspection, words, made.purpose) or b""
    made.save()
    _turn(made, "written", "", by)
    journal(
        Events.PLANNED_ACTION_WRITTEN, by=by, about=made, chain=held.inspection_id, side=_side(made, by), due=str(due)
    )
    return made


@transaction.atomic
def move_planned(
    *, action: PlannedAction, to: str, says: str, version: int, by: Actor, document: Document | None = None
) -> PlannedAction:
    """Say for the council how it stands with an action: under way, done with its proof, dropped, or taken up again.

    That it is done needs words of what was done and where that can be seen; a document that the team has may stand
    beside them, and one that the council has only sent (`bring_proof`) goes to the team with the words. Raises Refused
    without them, Clash where the action was changed meanwhile.
    """
    action = _fresh(action)
    require(by, Permission.IMPROVEMENT_SAY, action.target())
    require_unchanged(action, version, about=action, chain=action.inspection_id)
    status = _asked(to)
    if status in ASSESSORS:
        raise Refused("Choose how it stands with the action.")
    _require_open(action)
    lifecycle.require_move(Status, action.status, status)
    if status is Status.SAID_DONE and not says.strip():
        raise Refused("Write what was done, when, and where that can be seen.")
    if document is not None:
        if status is not Status.SAID_DONE:
            raise Refused("A document proves what is done. Choose “it is done” with it, or no document.")
        document = _proof(action, document, by)
    return _enter(action, status, says, by, document)


def bring_proof(*, action: PlannedAction, upload: Upload, label: str, client_key: UUID, by: Actor) -> Document:
    """Take a file in that proves what is done: sealed, told by its bytes and read in the sandbox, as every document.

    It stays on the council's side until `move_planned` says with it that the action is done. The same bytes again are
    kept once. Raises Refused in plain English for a kind or size that is not taken, and for one that cannot be read.
    """
    require(by, Permission.IMPROVEMENT_SAY, action.target())
    _require_open(action)
    if not lifecycle.can_move(Status, action.status, Status.SAID_DONE):
        raise Refused("The action stands otherwise by now, so no file is taken for it. Look at it again.")
    if action.inspection.for_training:
        raise Refused("This is a training inspection. It takes no documents of a council.")
    if label.strip().lower().endswith(".zip"):
        raise Refused("A zip is not taken as proof. Choose the file in it that shows what was done.")
    received = documents.receive(
        inspection=action.inspection, upload=upload, label=label, about=documents.About(), client_key=client_key, by=by
    )
    row = worker.read_at_once(received.document)
    if row.reading == lifecycle.Submission.REFUSED:
        raise Refused(f"{row.refusal} {row.mend}".strip())
    return row


def _proof(action: PlannedAction, document: Document, by: Actor) -> Document:
    """A document as the inspectors can open it: one that they have, or the sender's own, submitted here."""
    row = Document.objects.select_related("inspection").get(pk=document.pk)
    if row.inspection_id != action.inspection_id:
        raise Refused("Choose a document of this inspection, or none.")
    if row.status in WITH_THE_TEAM:
        return row
    if row not in queries.possible_proof(by, action.inspection):
        raise Refused(
            "This document has not been submitted to the team, and somebody else of the council sent it. Ask the "
            "nominated officer to submit it, and choose or send it here again."
        )
    if row.waiting:
        raise Refused(f"The document {row.mark} is kept and is still being read. Say it again in a moment.")
    return documents.submit_proof(document=row, under=Permission.IMPROVEMENT_SAY, of=action.target(), by=by)


@transaction.atomic
def settle_planned(*, action: PlannedAction, to: str, because: str, version: int, by: Actor) -> PlannedAction:
    """Say for the inspectors whether it is shown that an action is done. Nobody accepts what they said was done."""
    action = _fresh(action)
    require(by, Permission.IMPROVEMENT_ACCEPT, action.target())
    require_unchanged(action, version, about=action, chain=action.inspection_id)
    status = _asked(to)
    if status not in ASSESSORS:
        raise Refused("Choose whether it is shown to be done.")
    _require_open(action)
    lifecycle.require_move(Status, action.status, status)
    said = action.turns.filter(kind=Status.SAID_DONE).last()
    if status is Status.ACCEPTED and said is not None and str(said.by_id) == by.id:
        raise Refused("Somebody else must accept it: you said that it is done.")
    return _enter(action, status, because, by)


@transaction.atomic
def move_day(*, action: PlannedAction, due: date, because: str, version: int, by: Actor) -> PlannedAction:
    """Move the day by which the council will have done it, saying why. The earlier day is kept, and both sides read it.

    Raises Refused without a reason, for the same day, one that is over or too far off, or where it is over.
    """
    action = _fresh(action)
    require(by, Permission.IMPROVEMENT_SAY, action.target())
    require_unchanged(action, version, about=action, chain=action.inspection_id)
    if not action.waits_for_council:
        raise Refused("The day can be moved only while the council has still to do it.")
    if due == action.due:
        raise Refused("This is the day that stands already. Choose another day.")
    require_day(due, "by which it is to be done")
    if not because.strip():
        raise Refused("Say why the day is moved: the inspectors read it.")
    require_short(because)
    was, action.due, action.version = action.due, due, action.version + 1
    action.save(update_fields=["due", "version"])
    _turn(action, "new-day", because, by, was_due=was)
    journal(
        Events.PLANNED_ACTION_NEW_DAY, by=by, about=action, chain=action.inspection_id, side=_side(action, by),
        was=str(was), due=str(due),
    )  # fmt: skip
    return action


def _enter(
    action: PlannedAction, status: Status, says: str, by: Actor, document: Document | None = None
) -> PlannedAction:
    move = lifecycle.require_move(Status, action.status, status)
    if move.needs_reason and not says.strip():
        raise Refused("Say why: both sides read it.")
    require_short(says)
    was, action.status, action.version = action.status, status, action.version + 1
    action.save(update_fields=["status", "version"])
    _turn(action, str(status), says, by, document=document)
    journal(
        EVENTS[status], by=by, about=action, chain=action.inspection_id, side=_side(action, by), was=str(was),
        **({"document": document.mark} if document else {}),
    )  # fmt: skip
    return action


def _asked(to: str) -> Status:
    try:
        return Status(to)
    except ValueError:
        raise Refused("Choose how it stands with the action.") from None


def _require_open(action: PlannedAction) -> None:
    if not action.recommendation.live:
        raise Refused("The recommendation is not open, so its actions stand as they are.")


def _fresh(action: PlannedAction) -> PlannedAction:
    rows = PlannedAction.objects.select_for_update(of=("self",)).select_related("inspection", "recommendation")
    return rows.get(pk=action.pk)


def _side(action: PlannedAction, by: Actor) -> Side:
    return Side.AUTHORITY if sides_of(action.inspection, by) == {Side.AUTHORITY} else Side.TEAM


def _turn(
    action: PlannedAction, kind: str, says: str, by: Actor, *, document: Document | None = None,
    was_due: date | None = None,
) -> None:  # fmt: skip
    PlannedTurn.objects.create(
        action=action, kind=kind, by_id=_id(by), document=document, was_due=was_due,
        sealed=sealed_words(action.inspection, {"says": says.strip()}, action.purpose),
    )  # fmt: skip


def _id(by: Actor) -> str | None:
    return None if by.programme else by.id
