"""Which audit programmes an inspection can take the council's own grades from."""

from dataclasses import dataclass

from django.db.models import QuerySet

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import Side
from goldthread.apps.cases.models import Case
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible_to
from goldthread.apps.programme.models import ProgrammeRule, Round
from goldthread.apps.programme.queries.rules import allows
from goldthread.domain import lifecycle


@dataclass(frozen=True, slots=True)
class Source:
    """A programme of the same authority in which the actor may read every audit, and how many are done."""

    inspection: Inspection
    rounds: int
    done: int


def sources(inspection: Inspection, actor: Actor) -> list[Source]:
    """The programmes whose grades could be brought here, by title. Both inspections must let the actor do so."""
    if not may_bring(actor, inspection):
        return []
    run = set(ProgrammeRule.objects.values_list("inspection_id", flat=True))
    found = [
        one for one in visible_to(actor, Permission.PROGRAMME_READ)
        if one.pk in run and one.pk != inspection.pk and same(one.authority, inspection.authority)
        and may_take(actor, one)
    ]  # fmt: skip
    return [
        Source(one, Round.objects.filter(inspection=one, draw__isnull=False).count(), done_cases(one).count())
        for one in sorted(found, key=lambda one: one.title)
    ]


def done_cases(programme: Inspection) -> QuerySet[Case]:
    """The cases of a programme that are audited, the latest round first."""
    rows = Case.objects.filter(
        inspection=programme, draw__programme_round__isnull=False, draw__status=lifecycle.Draw.DRAWN, reserve=False,
        status=lifecycle.Case.REVIEWED,
    ).select_related("draw__programme_round", "second_reading", "inspection")  # fmt: skip
    return rows.order_by("-draw__programme_round__month", "number")


def may_bring(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor may write down the council's own grades here, and look up who is who."""
    target = inspection.target(side=Side.TEAM)
    return all(allows(actor, one, target) for one in (Permission.OWN_AUDIT_WRITE, Permission.VAULT_READ))


def may_take(actor: Actor, programme: Inspection) -> bool:
    """Whether the actor may read every audit of a programme, and look up who is who."""
    target = Target(within=programme, side=Side.TEAM)
    return all(
        allows(actor, one, target) for one in (Permission.CASE_READ, Permission.CASE_REVIEW_READ, Permission.VAULT_READ)
    )


def same(one: str, other: str) -> bool:
    """Whether two names are of one authority."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
