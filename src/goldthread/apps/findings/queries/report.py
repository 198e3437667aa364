"""What the report may be made of: agreed findings, and nothing that leads back to a child."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from goldthread.apps.access.policy import Actor
from goldthread.apps.drafting import known
from goldthread.apps.findings.models import Finding
from goldthread.apps.findings.queries.findings import Standing, findings
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import lifecycle


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """An agreed finding as the report needs it. `sources` counts current items for it by kind of evidence; `items`
    are these items themselves, each its kind and its mark. `unanswered`: contrary evidence stands without an answer."""

    row: Finding
    id: UUID
    mark: str
    area: str
    kind: str
    kind_title: str
    criteria: tuple[str, ...]
    statement: str
    explanation: str
    confidence: str
    sources: Mapping[str, int]
    items: frozenset[tuple[str, str]]
    against: int
    unanswered: bool
    check_again: bool


def for_report(inspection: Inspection, actor: Actor) -> list[ReportFinding]:
    """Agreed findings by area in the framework's order, then by number."""
    order = [area.slug for area in known.framework(inspection.framework).areas]
    found = [_entry(one) for one in findings(inspection, actor, status=lifecycle.Finding.AGREED)]
    return sorted(found, key=lambda one: (order.index(one.area), one.row.number))


def _entry(one: Standing) -> ReportFinding:
    finding = one.finding
    return ReportFinding(
        row=finding, id=finding.pk, mark=finding.mark, area=finding.area, kind=finding.kind,
        kind_title=finding.get_kind_display(), criteria=tuple(finding.criteria), statement=finding.statement,
        explanation=finding.explanation, confidence=finding.confidence, sources=dict(one.kinds_for),
        items=frozenset((held.item.kind, held.item.mark) for held in one.supports if held.item.current),
        unanswered=any(warned.code == "contrary" for warned in one.warnings),
        against=sum(one.kinds_against.values()), check_again=one.to_check,
    )  # fmt: skip
