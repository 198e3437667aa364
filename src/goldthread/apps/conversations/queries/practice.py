"""Reading observations of practice, and what was said and promised at meetings of children in care."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.conversations.models import CareCouncil, Observation, Promise
from goldthread.apps.conversations.sealed import opened
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.domain import lifecycle

OBSERVATION_STATES: Mapping[str, str] = {
    lifecycle.Observation.DRAFT: "Draft", lifecycle.Observation.ON_SHELF: "On the shelf",
}  # fmt: skip
PROMISE_STATES: Mapping[str, str] = {
    lifecycle.Promise.OPEN: "Open", lifecycle.Promise.KEPT: "Kept", lifecycle.Promise.NOT_KEPT: "Not kept",
}  # fmt: skip


def _observations(actor: Actor) -> QuerySet[Observation]:
    rows = Observation.objects.select_related("inspection", "created_by", "evidence_item")
    return visible(rows, actor, Permission.CONVERSATION_READ)


def observations(
    actor: Actor, inspection: Inspection, *, kind: str = "", area: str = "", status: str = "", words: str = ""
) -> list[Observation]:
    """The observations of an inspection, filtered, the latest day first. Words are looked for in what was written."""
    rows = _observations(actor).filter(inspection=inspection)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(status=status) if status else rows
    rows = rows.filter(area_slugs__contains=f"|{area}|") if area else rows
    found = list(rows.order_by("-day", "-number"))
    wanted = words.casefold().split()
    if not wanted:
        return found
    # Sealed words are opened in memory for whoever may read them, and never searched in the database.
    return [one for one in found if all(word in _all_words(one) for word in wanted)]


def _all_words(one: Observation) -> str:
    return " ".join((one.mark, one.team, one.what, *map(str, said_of(one).values()))).casefold()


def observation(actor: Actor, inspection: UUID, observation: UUID) -> Observation:
    """One observation. Raises Observation.DoesNotExist where the actor may not read it."""
    return _observations(actor).get(inspection_id=inspection, pk=observation)


def said_of(thing: Observation | CareCouncil | Promise) -> dict[str, str]:
    """What was written, by name. Raises CannotUnseal."""
    return {name: str(value) for name, value in opened(thing.inspection, thing.sealed, thing.purpose).items()}


def outcome_of(promise: Promise) -> str:
    """What became of a promise, in words; empty while nobody has said. Raises CannotUnseal."""
    return str(opened(promise.inspection, promise.outcome, f"{promise.purpose}:outcome").get("outcome", ""))


def care_councils(actor: Actor, inspection: Inspection) -> QuerySet[CareCouncil]:
    """Meetings of children in care, the latest first."""
    rows = CareCouncil.objects.select_related("inspection", "created_by").filter(inspection=inspection)
    return visible(rows, actor, Permission.CONVERSATION_READ).order_by("-day", "-created_at")


def care_council(actor: Actor, inspection: UUID, council: UUID) -> CareCouncil:
    """One meeting. Raises CareCouncil.DoesNotExist where the actor may not read it."""
    rows = visible(CareCouncil.objects.select_related("inspection"), actor, Permission.CONVERSATION_READ)
    return rows.get(inspection_id=inspection, pk=council)


def promises(
    actor: Actor, inspection: Inspection, *, meeting: CareCouncil | None = None, status: str = ""
) -> list[Promise]:
    """Promises, of one meeting where it is named: those overdue first, then what is open, then by day.

    `status` may also be “late”.
    """
    today = timezone.localdate()
    rows = Promise.objects.select_related("inspection", "meeting").filter(inspection=inspection)
    rows = rows.filter(meeting=meeting) if meeting else rows
    found = visible(rows, actor, Permission.CONVERSATION_READ)
    kept = [one for one in found if not status or one.status == status or (status == "late" and one.late(today))]
    return sorted(kept, key=lambda one: (not one.late(today), one.status != lifecycle.Promise.OPEN, one.due))


def promise(actor: Actor, inspection: UUID, promise: UUID) -> Promise:
    """One promise. Raises Promise.DoesNotExist where the actor may not read it."""
    rows = Promise.objects.select_related("inspection", "meeting")
    return visible(rows, actor, Permission.CONVERSATION_READ).get(inspection_id=inspection, pk=promise)
