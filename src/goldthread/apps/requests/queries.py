"""Reading what the council is asked for: which, how far each has come, and what is late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import ROLES, Side
from goldthread.apps.drafting import known
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import OwnPart, current_members, visible
from goldthread.apps.requests.models import WAITING, InformationRequest, Status
from goldthread.apps.submissions.models import Submission
from goldthread.apps.submissions.queries import handed_in
from goldthread.domain import lifecycle
from goldthread.domain.framework import Request
from goldthread.domain.information_requests import due_day
from goldthread.kernel.working_days import bank_holidays

OWN = ("created_by", "owner")
"""What makes a request somebody's own: they asked for it, or they answer it."""

STATUSES: Mapping[str, str] = {
    Status.ASKED: "Asked",
    Status.SEEN: "Seen by the council",
    Status.ANSWERED: "Answered",
    Status.SENT_BACK: "Sent back",
    Status.SETTLED: "Settled",
    Status.WITHDRAWN: "Withdrawn",
}

SETTLEMENTS: Mapping[str, str] = {
    Status.SETTLED: "Settle it: what was asked for is there, or it is shown that it cannot be had",
    Status.SENT_BACK: "Send it back: something is still missing",
    Status.ASKED: "Ask for it after all",
    Status.WITHDRAWN: "Withdraw it: it is not wanted any more",
}
"""What the team may make of a request."""

TURNS: Mapping[str, str] = {
    "asked": "asked", "changed": "changed what is asked for", "seen": "saw it for the council",
    "answer": "answered for the council", "settled": "settled it", "sent-back": "sent it back",
    "withdrawn": "withdrew it", "again": "asked again",
}  # fmt: skip
"""What somebody did who said something, in words."""

SORTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "due": ("The day it is due", ("due", "number")),
    "number": ("Its number", ("number",)),
    "state": ("Its state", ("status", "due", "number")),
    "owner": ("Who answers", ("owner__name", "due", "number")),
}
"""What the list can be sorted by: the words, and the columns."""

LATE, WAITS = "late", "waiting"
"""Two further choices beside the states: past its day, and waiting for the council."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing of the framework's list, the day on which it would be due if asked for now, and the request for it."""

    request: Request
    due: date
    asked: InformationRequest | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many things are asked for, and how it stands with them. `late` ones wait past their day.

    `withdrawn` ones are asked for no more, and are no part of `all`.
    """

    all: int
    waiting: int
    late: int
    answered: int
    settled: int
    withdrawn: int = 0


def visible_to(actor: Actor) -> QuerySet[InformationRequest]:
    """Requests that an actor may see, the soonest due first."""
    rows = InformationRequest.objects.select_related("inspection", "created_by", "owner", "submission")
    return visible(rows, actor, Permission.REQUEST_READ, own=OWN).order_by("due", "number")


def get(actor: Actor, inspection: UUID, asked: UUID) -> InformationRequest:
    """One request. Raises InformationRequest.DoesNotExist where the actor may not see it."""
    return visible_to(actor).prefetch_related("turns__by").get(inspection_id=inspection, pk=asked)


def of_inspection(
    actor: Actor, inspection: Inspection, *, status: str = "", mine: bool = False, words: str = "", sort: str = "due"
) -> QuerySet[InformationRequest]:  # fmt: skip
    """The requests of an inspection: of one state, late or waiting; the actor's own; with every word in them."""
    rows = visible_to(actor).filter(inspection=inspection)
    if status in (LATE, WAITS):
        rows = rows.filter(status__in=WAITING)
        rows = rows.filter(due__lt=timezone.localdate()) if status == LATE else rows
    elif status:
        rows = rows.filter(status=status)
    if mine:
        rows = rows.filter(Q(owner_id=actor.id) | Q(created_by_id=actor.id))
    for word in words.split():
        said = Q(title__icontains=word) | Q(says__icontains=word) | Q(why__icontains=word) | Q(ref__iexact=word)
        number = word[1:] if word[:1] in "aA" else ""
        marked = Q(number=int(number)) if number.isdecimal() and len(number) < 9 else Q(pk__in=[])
        rows = rows.filter(said | marked)
    return rows.order_by(*SORTS.get(sort, SORTS["due"])[1])


def under_key(actor: Actor, inspection: Inspection, key: UUID) -> bool:
    """Whether this very form was sent already, so that sending it again asks for nothing new."""
    return visible_to(actor).filter(inspection=inspection, client_key=key).exists()


def template(inspection: Inspection, today: date) -> list[Offered]:
    """The framework's list, with the day on which each thing would be due, and what was asked for already."""
    held = {one.ref: one for one in InformationRequest.objects.filter(inspection=inspection).exclude(ref="")}
    return [
        Offered(one, due_day(inspection.call_day, one.due, today, bank_holidays()), held.get(one.ref))
        for one in known.framework(inspection.framework).requests
    ]


def counted(rows: Iterable[InformationRequest]) -> Counted:
    """What is told of them at the head of the list and on the overview. What was withdrawn is counted apart."""
    today, every = timezone.localdate(), list(rows)
    held = [one for one in every if one.status != Status.WITHDRAWN]
    states = [one.status for one in held]
    return Counted(
        len(held), sum(one.waiting for one in held), sum(one.late(today) for one in held),
        states.count(Status.ANSWERED), states.count(Status.SETTLED), len(every) - len(held),
    )  # fmt: skip


def late_for(actor: Actor, permission: Permission) -> dict[Inspection, list[InformationRequest]]:
    """What waits past its day, of each inspection in which the actor may ask or answer."""
    found: dict[Inspection, list[InformationRequest]] = {}
    for one in visible_to(actor).filter(status__in=WAITING, due__lt=timezone.localdate()):
        if _may(actor, permission, one):
            found.setdefault(one.inspection, []).append(one)
    return found


def waiting_for(actor: Actor) -> dict[Inspection, list[InformationRequest]]:
    """What the actor may answer for the council and that waits, of each inspection, the soonest due first."""
    found: dict[Inspection, list[InformationRequest]] = {}
    for one in visible_to(actor).filter(status__in=WAITING):
        if _may(actor, Permission.REQUEST_ANSWER, one):
            found.setdefault(one.inspection, []).append(one)
    return found


def answered_to(actor: Actor) -> dict[Inspection, list[InformationRequest]]:
    """What the council has answered and the actor may settle, of each inspection."""
    found: dict[Inspection, list[InformationRequest]] = {}
    for one in visible_to(actor).filter(status=Status.ANSWERED):
        if _may(actor, Permission.REQUEST_ASK, one):
            found.setdefault(one.inspection, []).append(one)
    return found


def answerers(inspection: Inspection) -> list[Person]:
    """Who of the council can answer a request here, by name, each once."""
    roles = tuple(role.slug for role in ROLES.values() if Permission.REQUEST_ANSWER in role.may)
    found = {one.person_id: one.person for one in current_members(inspection, side=Side.AUTHORITY, roles=roles)}
    return sorted(found.values(), key=lambda one: (one.name, str(one.pk)))


def to_answer_with(actor: Actor, inspection: Inspection) -> list[Submission]:
    """What the council has handed over, and that whoever answers may see: an answer may name it."""
    rows = handed_in(actor, inspection).filter(side=Side.AUTHORITY, hand_over=lifecycle.HandOver.SUBMITTED)
    return list(rows)


def seen_submission(actor: Actor, request: InformationRequest) -> Submission | None:
    """The hand-in that an answer named, where the actor may see it."""
    if request.submission_id is None:
        return None
    return handed_in(actor, request.inspection).filter(pk=request.submission_id).first()


def asked_here(inspection: Inspection, actor: Actor) -> Target:
    """A request that the actor would make."""
    return Target(within=inspection, side=Side.TEAM, owners=frozenset({actor.id}))


def words_of(request: InformationRequest) -> dict[str, str]:
    """What is asked for, field by field, as the two texts of a clash show it."""
    return {
        "title": request.title, "says": request.says, "why": request.why, "due": f"{request.due:%d/%m/%Y}",
        "owner": request.owner.name if request.owner else "",
    }  # fmt: skip


def may_read(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to the list."""
    return policy.decide(actor, Permission.REQUEST_READ, OwnPart(inspection, actor).target(), timezone.now()).allowed


def may_ask(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should offer to ask the council for more."""
    return policy.decide(actor, Permission.REQUEST_ASK, asked_here(inspection, actor), timezone.now()).allowed


def may_answer(actor: Actor, request: InformationRequest) -> bool:
    """Whether a page should offer to answer for the council, or to say who does."""
    return request.waiting and _may(actor, Permission.REQUEST_ANSWER, request)


def may_settle(actor: Actor, request: InformationRequest) -> bool:
    """Whether a page should offer to change a request, or to say what becomes of it."""
    return _may(actor, Permission.REQUEST_ASK, request)


def settlements(request: InformationRequest) -> list[tuple[str, str]]:
    """What the team may make of a request as it stands, and what each means."""
    return [(str(to), says) for to, says in SETTLEMENTS.items() if lifecycle.can_move(Status, request.status, to)]


def _may(actor: Actor, permission: Permission, request: InformationRequest) -> bool:
    return policy.decide(actor, permission, request.target(), timezone.now()).allowed
