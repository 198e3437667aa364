"""Reading what was learned, and with whom it was shared."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.sealed import opened
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.apps.programme.models import Learning, Shared


@dataclass(frozen=True, slots=True)
class Learned:
    """One thing learned, in words, and each time that it was shared."""

    learning: Learning
    says: str
    shared: tuple[Shared, ...]


def learning_visible_to(actor: Actor) -> QuerySet[Learning]:
    """What was learned, as far as the actor may see it, the latest first."""
    rows = Learning.objects.select_related("inspection", "round", "created_by").prefetch_related("shared__by")
    return visible(rows, actor, Permission.PROGRAMME_READ).order_by("-number")


def learning(actor: Actor, inspection: UUID, learning: UUID) -> Learning:
    """One thing learned. Raises Learning.DoesNotExist where the actor may not see it."""
    return learning_visible_to(actor).get(inspection_id=inspection, pk=learning)


def learned(one: Learning) -> Learned:
    """It in words."""
    says = opened(one.inspection, one.sealed, one.purpose).get("says", "")
    return Learned(one, says, tuple(one.shared.all()))


def all_learned(inspection: Inspection, actor: Actor) -> list[Learned]:
    """Everything that was learned in a programme, the latest first."""
    return [learned(one) for one in learning_visible_to(actor).filter(inspection=inspection)]


def learning_words(one: Learning) -> dict[str, str]:
    """It field by field, as the two texts of a clash show it."""
    return {"says": learned(one).says, "theme": one.theme}
