"""Reading what a council says that it will do about a recommendation: its words, its days, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.sealed import opened
from goldthread.apps.documents import queries as documents
from goldthread.apps.documents.models import WITH_THE_TEAM, Document
from goldthread.apps.improvement.models import PlannedAction, PlannedTurn, Recommendation
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.domain import lifecycle

Status = lifecycle.PlannedAction
SOON = timedelta(days=31)
"""How long before its day an action stands on its owner's home page: as long as in the board pack [J]."""

OWN = ("created_by", "recommendation__owner")
STATES: Mapping[str, str] = {
    Status.PLANNED: "Planned", Status.UNDER_WAY: "Under way", Status.SAID_DONE: "Said to be done, not accepted yet",
    Status.RETURNED: "Returned", Status.ACCEPTED: "Accepted as done", Status.DROPPED: "Dropped",
}  # fmt: skip
MOVES: Mapping[str, str] = {
    Status.UNDER_WAY: "It is under way",
    Status.SAID_DONE: "It is done, and this is where that can be seen",
    Status.DROPPED: "It is dropped: it will not be done",
    Status.PLANNED: "It is taken up again: it will be done after all",
}
SETTLEMENTS: Mapping[str, str] = {
    Status.ACCEPTED: "Accept it: it is shown to be done",
    Status.RETURNED: "Return it: it is not shown to be done, or did not last",
}
TURNS: Mapping[str, str] = {
    "written": "wrote the action", Status.UNDER_WAY: "said that it is under way",
    Status.SAID_DONE: "said that it is done", Status.DROPPED: "dropped it", Status.PLANNED: "took it up again",
    Status.ACCEPTED: "accepted that it is done", Status.RETURNED: "returned it", "new-day": "moved its day",
}  # fmt: skip
COLOURS: Mapping[str, str] = {
    Status.PLANNED: "yellow", Status.UNDER_WAY: "light-blue", Status.SAID_DONE: "blue", Status.RETURNED: "orange",
    Status.ACCEPTED: "green",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned action with its words, as it stands on a day."""

    action: PlannedAction
    says: str
    whom: str
    late: bool

    @property
    def state(self) -> str:
        """How it stands, in words; past its day it says so, also where it only waits to be accepted."""
        told = STATES[self.action.status]
        if self.late and self.action.waits_to_be_accepted:
            return "Said to be done; waits to be accepted, and its day is past"
        return told

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return COLOURS.get(self.action.status, "grey")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many actions a council planned, what was dropped apart. `late` counts what nobody accepted past its day,
    `late_said` those of them that the council says are done."""

    all: int
    accepted: int
    said: int
    late: int
    late_said: int


def actions_visible_to(actor: Actor, permission: Permission = Permission.IMPROVEMENT_READ) -> QuerySet[PlannedAction]:
    """Planned actions that an actor may read, by recommendation and number."""
    rows = PlannedAction.objects.select_related("inspection", "recommendation", "created_by")
    return visible(rows, actor, permission, own=OWN).order_by("recommendation__number", "number")


def planned_action(actor: Actor, inspection: UUID, planned: UUID) -> PlannedAction:
    """One planned action. Raises PlannedAction.DoesNotExist where the actor may not see it."""
    rows = actions_visible_to(actor).prefetch_related("turns__by", "turns__document")
    return rows.get(inspection_id=inspection, pk=planned)


def words_of(action: PlannedAction) -> tuple[str, str]:
    """What is to be done, and by whom."""
    held = opened(action.inspection, action.sealed, action.purpose)
    return held.get("says", ""), held.get("whom", "")


def with_words(action: PlannedAction, today: date | None = None) -> Planned:
    """An action with its words, as it stands today or on another day."""
    says, whom = words_of(action)
    return Planned(action, says, whom, action.late(today or timezone.localdate()))


def of_recommendation(
    actor: Actor, held: Recommendation, permission: Permission = Permission.IMPROVEMENT_READ
) -> list[Planned]:
    """What the council planned for one recommendation, by number."""
    rows = actions_visible_to(actor, permission).filter(recommendation=held)
    return [with_words(one) for one in rows.prefetch_related("turns")]


def turns_of(action: PlannedAction, actor: Actor) -> list[tuple[PlannedTurn, str, str, bool]]:
    """Everything that was said of an action: what was done, the words, and whether its document is open to the
    actor."""
    may = set(documents.visible_to(actor).filter(inspection=action.inspection_id).values_list("pk", flat=True))
    return [
        (
            one, TURNS.get(one.kind, one.kind), opened(action.inspection, one.sealed, action.purpose).get("says", ""),
            one.document_id in may,
        )
        for one in action.turns.all()
    ]  # fmt: skip


def turned(turn: PlannedTurn) -> str:
    """What was done of an action, in words; where its day was moved, from which day."""
    from_day = f" from {turn.was_due:%-d %B %Y}" if turn.was_due else ""
    return f"{TURNS.get(turn.kind, turn.kind)}{from_day}"


def possible_proof(actor: Actor, inspection: Inspection) -> list[Document]:
    """The documents that the team has and the actor may read, and those that they sent themselves and that go to the
    team with what they say: what the inspectors cannot open proves nothing."""
    theirs = Q(status__in=WITH_THE_TEAM)
    own = Q(status=lifecycle.Document.STAGED, created_by=actor.id) & ~Q(reading=lifecycle.Submission.REFUSED)
    rows = documents.visible_to(actor).filter(inspection=inspection)
    return list(rows.filter(theirs | own if actor.id and not actor.programme else theirs).order_by("-number"))


def may_bring(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor may send a file that proves what they say is done."""
    return not inspection.for_training and documents.may_upload(actor, inspection)


def may_plan(actor: Actor, held: Recommendation) -> bool:
    """Whether the actor may write what the council will do about a recommendation."""
    return held.live and _allows(actor, Permission.IMPROVEMENT_SAY, held)


def may_say(actor: Actor, action: PlannedAction) -> bool:
    """Whether the actor may say for the council how it stands with an action."""
    return _allows(actor, Permission.IMPROVEMENT_SAY, action)


def moves(actor: Actor, action: PlannedAction) -> list[tuple[str, str]]:
    """What the actor can say for the council of an action as it stands."""
    if not action.recommendation.live or not may_say(actor, action):
        return []
    return [(str(to), says) for to, says in MOVES.items() if lifecycle.can_move(Status, action.status, to)]


def settlements(actor: Actor, action: PlannedAction) -> list[tuple[str, str]]:
    """What the actor can say for the inspectors of an action as it stands."""
    if not action.recommendation.live or not _allows(actor, Permission.IMPROVEMENT_ACCEPT, action):
        return []
    return [(str(to), says) for to, says in SETTLEMENTS.items() if lifecycle.can_move(Status, action.status, to)]


def to_do(actor: Actor) -> list[PlannedAction]:
    """Actions of recommendations that are the actor's own, which the council has still to do and which are due soon or
    past their day; the soonest due first. What is due later stands on the pages of its recommendation."""
    until = timezone.localdate() + SOON
    rows = actions_visible_to(actor).filter(recommendation__owner_id=UUID(actor.id), due__lte=until)
    return sorted((one for one in rows if one.waits_for_council), key=lambda one: one.due)


def to_accept(actor: Actor) -> list[PlannedAction]:
    """Actions that are said to be done, of which the actor may say whether that is shown; the soonest due first."""
    rows = [one for one in actions_visible_to(actor).filter(status=Status.SAID_DONE) if one.waits_to_be_accepted]
    return sorted((one for one in rows if _allows(actor, Permission.IMPROVEMENT_ACCEPT, one)), key=lambda one: one.due)


def counted(rows: Iterable[PlannedAction], today: date) -> Counts:
    """How many there are and how they stand on a day."""
    held = [one for one in rows if one.status != Status.DROPPED]
    late = [one for one in held if one.late(today)]
    return Counts(
        len(held), sum(one.status == Status.ACCEPTED for one in held), sum(one.waits_to_be_accepted for one in held),
        len(late), sum(one.waits_to_be_accepted for one in late),
    )  # fmt: skip


def action_at(action: PlannedAction, recommendation: Recommendation, until: datetime) -> PlannedAction | None:
    """An action as it stood at a moment, with its recommendation as of then; None where it was not written yet."""
    if action.created_at > until:
        return None
    row = copy(action)
    row.status, row.recommendation = Status.PLANNED, recommendation
    turns: Sequence[PlannedTurn] = list(action.turns.all())
    for turn in turns:
        if turn.at <= until and turn.kind in set(Status):
            row.status = turn.kind
    # The day that stood then is the one that the first later move of it replaced.
    row.due = next((one.was_due for one in turns if one.at > until and one.was_due is not None), row.due)
    return row


def _allows(actor: Actor, permission: Permission, row: Recommendation | PlannedAction) -> bool:
    return policy.decide(actor, permission, row.target(), timezone.now()).allowed
