"""What an area rests on and what it lacks, and the team's side of an inspection as a page asks about it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.access.roles import ROLES, Side
from goldthread.apps.drafting import known
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.evidence.queries import counts_by_area, shelf
from goldthread.apps.findings.queries.findings import findings
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions.models import MeasureValue
from goldthread.domain.framework import Criterion


@dataclass(frozen=True, slots=True)
class TeamWork:
    """The team's side of an inspection: what a page of lists is about."""

    inspection: Inspection

    def target(self) -> Target:
        """The team's rows of this inspection, as the policy asks about them."""
        return Target(within=self.inspection, side=Side.TEAM)


@dataclass(frozen=True, slots=True)
class Missing:
    """What an area lacks: kinds of evidence that no current item has, criteria of which no finding speaks.

    An item bears on the areas under which it was put on the shelf, and on those whose findings cite it: the latter
    alone are `from_elsewhere`.
    """

    area: str
    kinds_present: Counter[str]
    kinds_absent: tuple[str, ...]
    criteria_covered: tuple[Criterion, ...]
    criteria_without: tuple[Criterion, ...]
    from_elsewhere: tuple[EvidenceItem, ...]

    @property
    def criteria_in_all(self) -> int:
        """How many criteria the area has."""
        return len(self.criteria_covered) + len(self.criteria_without)


def team_work(actor: Actor, inspection: UUID) -> TeamWork:
    """The team's side of an inspection. Raises Inspection.DoesNotExist for whoever only ever stood on another side:
    that the team has a shelf, findings and judgements is nothing that the authority's address bar may confirm.
    """
    found = Inspection.objects.get(pk=inspection)
    grants = [grant for grant in found.grants_of(actor) if grant.role in ROLES]
    if grants and all(ROLES[grant.role].side is not Side.TEAM for grant in grants):
        raise Inspection.DoesNotExist
    return TeamWork(found)


def missing(inspection: Inspection, actor: Actor) -> dict[str, Missing]:
    """For each area of the framework, what it lacks. A finding covers the criteria that it names."""
    framework = known.framework(inspection.framework)
    counted, elsewhere = evidence_by_area(inspection, actor), _from_elsewhere(inspection, actor)
    spoken: dict[str, set[str]] = {}
    for one in findings(inspection, actor):
        spoken.setdefault(one.finding.area, set()).update(one.finding.criteria)
    return {
        area.slug: Missing(
            area.slug,
            (held := counted.get(area.slug, Counter())),
            tuple(kind for kind in EvidenceKind.values if not held[kind]),
            tuple(one for one in area.criteria if one.id in spoken.get(area.slug, set())),
            tuple(one for one in area.criteria if one.id not in spoken.get(area.slug, set())),
            elsewhere.get(area.slug, ()),
        )
        for area in framework.areas
    }


def evidence_by_area(inspection: Inspection, actor: Actor) -> dict[str, Counter[str]]:
    """For each area, how many current items of each kind bear on it: from the shelf, or as its findings cite them."""
    counted = counts_by_area(actor, inspection)
    for area, cited in _from_elsewhere(inspection, actor).items():
        counted.setdefault(area, Counter()).update(one.kind for one in cited)
    return counted


def under_no_area(inspection: Inspection, actor: Actor) -> list[EvidenceItem]:
    """Current items that were put on the shelf under no area and that no finding cites: they count for none."""
    cited = {one.item_id for each in findings(inspection, actor) for one in (*each.supports, *each.contradicts)}
    return [one for one in shelf(actor, inspection, status="current").filter(area_slugs="") if one.pk not in cited]


def _from_elsewhere(inspection: Inspection, actor: Actor) -> dict[str, tuple[EvidenceItem, ...]]:
    """For each area, the current items that its findings cite and that do not stand under it on the shelf."""
    found: dict[str, dict[UUID, EvidenceItem]] = {}
    for each in findings(inspection, actor):
        area = each.finding.area
        for one in (*each.supports, *each.contradicts):
            if one.item.current and area not in one.item.areas:
                found.setdefault(area, {})[one.item_id] = one.item
    return {area: tuple(sorted(held.values(), key=lambda item: item.number)) for area, held in found.items()}


def measures_of(items: Iterable[EvidenceItem]) -> list[MeasureValue]:
    """The measured values behind items of data: each with numerator, denominator and interval."""
    ids = [item.pk for item in items if item.kind == EvidenceKind.DATA]
    return list(MeasureValue.objects.filter(evidence_item__in=ids).select_related("evidence_item", "submission"))
