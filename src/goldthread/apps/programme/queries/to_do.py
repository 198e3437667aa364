"""Reading the actions that audits gave rise to. Their words are under seal: opened in memory for whoever may read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import ROLES, Side
from goldthread.apps.cases import queries as cases
from goldthread.apps.cases.models import Case
from goldthread.apps.cases.sealed import opened
from goldthread.apps.evidence import queries as evidence
from goldthread.apps.evidence.models import EvidenceItem
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import current_members, visible
from goldthread.apps.programme.models import ActionTurn, AuditAction
from goldthread.apps.programme.queries.rules import allows
from goldthread.domain import lifecycle

Status = lifecycle.AuditAction
WAITING = (Status.OPEN, Status.RETURNED)
OWN = ("created_by", "owner")
"""What makes an action somebody's own: they gave it, or they are to do it."""

STATUSES: Mapping[str, str] = {
    Status.OPEN: "Open",
    Status.PROOF_GIVEN: "Proof given",
    Status.RETURNED: "Returned",
    Status.ACCEPTED: "Accepted",
    Status.WITHDRAWN: "Withdrawn",
}
SETTLEMENTS: Mapping[str, str] = {
    Status.ACCEPTED: "Accept the proof: it shows that the action is done",
    Status.RETURNED: "Return it: something is still to be done, or to be shown",
    Status.WITHDRAWN: "Withdraw it: it is not to be done any more",
    Status.OPEN: "Open it again: it is to be done after all",
}
TURNS: Mapping[str, str] = {
    "given": "gave the action", "changed": "changed it", "proof": "gave proof", "accepted": "accepted the proof",
    "returned": "returned it", "withdrawn": "withdrew it", "open": "opened it again",
}  # fmt: skip
SORTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "due": ("The day it is due", ("due", "number")),
    "number": ("Its number", ("number",)),
    "state": ("Its state", ("status", "due", "number")),
    "owner": ("Its owner", ("owner__name", "due", "number")),
}
LATE, WAITS = "late", "waiting"


@dataclass(frozen=True, slots=True)
class Opened:
    """An action with its words."""

    action: AuditAction
    says: str

    @property
    def state(self) -> str:
        """How it stands, in words."""
        return STATUSES[self.action.status]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many actions there are, and how it stands with them; what was withdrawn is not counted.

    `late` counts what nobody accepted past its day, `late_said` those of them of which proof was given.
    """

    all: int
    waiting: int
    late: int
    to_settle: int
    accepted: int
    late_said: int = 0


def actions_visible_to(actor: Actor) -> QuerySet[AuditAction]:
    """Actions that an actor may see, the soonest due first."""
    rows = AuditAction.objects.select_related("inspection", "owner", "created_by", "round", "case__draw")
    return visible(rows, actor, Permission.AUDIT_ACTION_READ, own=OWN).order_by("due", "number")


def action(actor: Actor, inspection: UUID, action: UUID) -> AuditAction:
    """One action. Raises AuditAction.DoesNotExist where the actor may not see it."""
    rows = actions_visible_to(actor).prefetch_related("turns__by", "turns__item")
    return rows.get(inspection_id=inspection, pk=action)


def says_of(action: AuditAction) -> str:
    """What is to be done."""
    return opened(action.inspection, action.sealed, action.purpose).get("says", "")


def turns_of(action: AuditAction, actor: Actor) -> list[tuple[ActionTurn, str, str, bool]]:
    """Everything that was said of an action: what kind, in words, what, and whether its item is open to the actor."""
    return [
        (
            one, TURNS.get(one.kind, one.kind),
            opened(action.inspection, one.sealed, action.purpose).get("says", ""),
            one.item is not None and may_see_item(actor, one.item),
        )
        for one in action.turns.all()
    ]  # fmt: skip


def may_see_item(actor: Actor, item: EvidenceItem) -> bool:
    """Whether the actor may open an item of the shelf."""
    return allows(actor, Permission.EVIDENCE_READ, item.target())


def of_inspection(
    actor: Actor, inspection: Inspection, *, status: str = "", mine: bool = False, words: str = "", sort: str = "due",
    round_: str = "",
) -> list[Opened]:  # fmt: skip
    """The actions of a programme: of one state, late or waiting; the actor's own; of one round; with every word."""
    rows = actions_visible_to(actor).filter(inspection=inspection)
    if status == LATE:
        rows = rows.filter(status__in=(*WAITING, Status.PROOF_GIVEN), due__lt=timezone.localdate())
    elif status == WAITS:
        rows = rows.filter(status__in=WAITING)
    elif status:
        rows = rows.filter(status=status)
    if mine:
        rows = rows.filter(owner_id=UUID(actor.id))
    if round_:
        rows = rows.filter(round__number=int(round_)) if round_.isdecimal() and len(round_) < 9 else rows.none()
    found = [Opened(one, says_of(one)) for one in rows.order_by(*SORTS.get(sort, SORTS["due"])[1])]
    wanted = [word.casefold() for word in words.split()]
    return [
        one for one in found
        if all(word in f"{one.action.mark} {one.says} {one.action.owner.name}".casefold() for word in wanted)
    ]  # fmt: skip


def counted(rows: Iterable[AuditAction], today: date | None = None) -> Counts:
    """What is told at the head of the list; of another day than today where one is named."""
    today, held = today or timezone.localdate(), [one for one in rows if one.status != Status.WITHDRAWN]
    states = [one.status for one in held]
    return Counts(
        len(held), sum(one.waiting for one in held), sum(one.late(today) for one in held),
        states.count(Status.PROOF_GIVEN), states.count(Status.ACCEPTED),
        sum(one.late(today) and one.waits_to_be_accepted for one in held),
    )  # fmt: skip


def possible_owners(inspection: Inspection) -> list[tuple[Person, Side]]:
    """Who can be given an action, each once, with their side: those of the team first, by name."""
    roles = tuple(role.slug for role in ROLES.values() if Permission.AUDIT_ACTION_PROVE in role.may)
    found: dict[Person, Side] = {}
    for one in current_members(inspection, roles=roles):
        found[one.person] = min(found.get(one.person, ROLES[one.role].side), ROLES[one.role].side, key=_team_first)
    return sorted(found.items(), key=lambda pair: (_team_first(pair[1]), pair[0].name, str(pair[0].pk)))


def _team_first(side: Side) -> int:
    return 0 if side is Side.TEAM else 1


def possible_proof(actor: Actor, inspection: Inspection) -> list[EvidenceItem]:
    """What of the shelf the actor may name as proof."""
    return list(evidence.shelf(actor, inspection, status="current").order_by("-number")[:200])


def case_for(actor: Actor, inspection: Inspection, sent: str) -> Case | None:
    """The case that an action is given from, where the actor may see it."""
    try:
        key = UUID(sent)
    except ValueError:
        return None
    return cases.cases_visible_to(actor).filter(inspection=inspection, pk=key).first()


def given_here(inspection: Inspection, actor: Actor) -> Target:
    """An action that the actor would give."""
    return Target(within=inspection, side=Side.TEAM, owners=frozenset({actor.id}))


def may_give(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should offer to give an action."""
    return allows(actor, Permission.AUDIT_ACTION_GIVE, given_here(inspection, actor))


def may_change(actor: Actor, action: AuditAction) -> bool:
    """Whether the actor may change what is to be done, by whom or by when."""
    return action.status not in (Status.ACCEPTED, Status.WITHDRAWN) and allows(
        actor, Permission.AUDIT_ACTION_GIVE, action.target()
    )


def may_prove(actor: Actor, action: AuditAction) -> bool:
    """Whether the actor may show that it is done."""
    return action.waiting and allows(actor, Permission.AUDIT_ACTION_PROVE, action.target())


def may_settle(actor: Actor, action: AuditAction) -> bool:
    """Whether the actor may accept or return the proof, or withdraw the action."""
    return allows(actor, Permission.AUDIT_ACTION_SETTLE, action.target())


def settlements(action: AuditAction, actor: Actor) -> list[tuple[str, str]]:
    """What the actor can let become of an action: nobody accepts what is theirs to do, or proof that they gave."""
    proof = action.turns.filter(kind="proof").last()
    own = actor.id in (str(action.owner_id), str(proof.by_id if proof else ""))
    return [
        (str(to), says) for to, says in SETTLEMENTS.items()
        if lifecycle.can_move(Status, action.status, to) and not (own and to == Status.ACCEPTED)
    ]  # fmt: skip


def waiting_for(actor: Actor) -> list[AuditAction]:
    """Actions that the actor is to do, the soonest due first."""
    rows = actions_visible_to(actor).filter(status__in=WAITING)
    return list(rows.filter(owner_id=UUID(actor.id))) if actor.signed_in and not actor.programme else []


def to_settle(actor: Actor) -> list[AuditAction]:
    """Actions of which proof was given, and of which the actor may say whether it will do."""
    rows = actions_visible_to(actor).filter(status=Status.PROOF_GIVEN)
    return [one for one in rows if may_settle(actor, one) and str(one.owner_id) != actor.id]


def may_see_actions(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to the list: to whoever may read actions here, if only their own."""
    return allows(actor, Permission.AUDIT_ACTION_READ, Target(within=inspection, owners=frozenset({actor.id})))


def words_of(says: str, owner: Person, due: date) -> dict[str, str]:
    """An action field by field, as the two texts of a clash show it."""
    return {"says": says, "owner": owner.name, "due": f"{due:%d/%m/%Y}"}
