"""Reading the evidence shelf."""

from collections import Counter
from uuid import UUID

from django.db.models import Q, QuerySet

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible


def visible_to(actor: Actor) -> QuerySet[EvidenceItem]:
    """Items that an actor may read."""
    return visible(EvidenceItem.objects.select_related("inspection"), actor, Permission.EVIDENCE_READ)


def get(actor: Actor, inspection: UUID, item: UUID) -> EvidenceItem:
    """One item of an inspection. Raises EvidenceItem.DoesNotExist where the actor may not see it."""
    return visible_to(actor).get(inspection_id=inspection, pk=item)


def shelf(
    actor: Actor, inspection: Inspection, *, words: str = "", kind: str = "", area: str = "", status: str = ""
) -> QuerySet[EvidenceItem]:
    """The shelf of an inspection, filtered."""
    found = visible_to(actor).filter(inspection=inspection)
    for word in words.split():
        said = Q(title__icontains=word) | Q(summary__icontains=word)
        marked = (
            Q(number=int(word[1:])) if word[:1] in "Ee" and word[1:].isdecimal() and len(word) < 9 else Q(pk__in=[])
        )
        found = found.filter(said | marked)
    if kind:
        found = found.filter(kind=kind)
    if status:
        found = found.filter(status=status)
    if area:
        found = found.filter(area_slugs__contains=f"|{area}|")
    return found.order_by("number")


def counts_by_area(actor: Actor, inspection: Inspection) -> dict[str, Counter[str]]:
    """For each area, how many current items of each kind: what there is, and by its absence what is missing."""
    counted: dict[str, Counter[str]] = {}
    rows = visible_to(actor).filter(inspection=inspection, status="current").select_related(None)
    for item in rows.only("area_slugs", "kind"):
        for area in item.areas:
            counted.setdefault(area, Counter())[item.kind] += 1
    return counted


def statuses() -> list[tuple[str, str]]:
    """Every state that an item can be in, with its words."""
    return [("current", "Current"), ("superseded", "Superseded"), ("withdrawn", "Withdrawn")]


def kinds() -> list[tuple[str, str]]:
    """Every kind of evidence with its words."""
    return list(EvidenceKind.choices)
