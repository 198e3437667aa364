"""Findings, how each stands on its evidence, and what to be wary of."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.access.remembering import once
from goldthread.apps.drafting import known
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.findings.models import Citation, Confidence, Finding, FindingKind
from goldthread.apps.findings.queries import wary
from goldthread.apps.findings.queries.since import told_since
from goldthread.apps.findings.queries.wary import Warned
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.domain import lifecycle
from goldthread.domain.watch.recurrence import THEMES


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding with its live citations for and against, counted by kind, and its warnings."""

    finding: Finding
    supports: tuple[Citation, ...]
    contradicts: tuple[Citation, ...]
    warnings: tuple[Warned, ...]

    @property
    def kinds_for(self) -> Counter[str]:
        """How many current items of each kind speak for it."""
        return Counter(one.item.kind for one in self.supports if one.item.current)

    @property
    def kinds_against(self) -> Counter[str]:
        """How many current items of each kind speak against it."""
        return Counter(one.item.kind for one in self.contradicts if one.item.current)

    @property
    def to_check(self) -> bool:
        """Whether something that it leans on no longer stands, or later data tell otherwise."""
        return any(one.code == "check-again" for one in self.warnings)


@dataclass(frozen=True, slots=True)
class Triangulation:
    """For each finding, how many current items of each kind speak for and against it."""

    kinds: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Standing, tuple[tuple[int, int], ...]], ...]


def _with_citations(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    live = Citation.objects.filter(removed_at=None).select_related("item", "made_by", "answered_by").order_by("pk")
    return rows.prefetch_related(Prefetch("citations", queryset=live, to_attr="live"))


def visible_to(actor: Actor) -> QuerySet[Finding]:
    """Findings that an actor may read."""
    rows = Finding.objects.select_related("inspection", "owner", "agreed_by", "created_by")
    return visible(rows, actor, Permission.EVIDENCE_READ)


def get(actor: Actor, inspection: UUID, finding: UUID) -> Finding:
    """One finding of an inspection, with its live citations. Raises Finding.DoesNotExist where it is hidden."""
    return _with_citations(visible_to(actor)).get(inspection_id=inspection, pk=finding)


def citation(actor: Actor, inspection: UUID, finding: UUID, citation: int) -> Citation:
    """One citation, removed or not. Raises Citation.DoesNotExist where the actor may not see its finding."""
    seen = visible_to(actor).filter(inspection_id=inspection, pk=finding).values("pk")
    rows = Citation.objects.select_related("finding__inspection", "item")
    return rows.get(pk=citation, finding__in=seen)


def live_citation(finding: Finding, item: EvidenceItem) -> Citation | None:
    """The citation of an item in a finding that is not removed, where there is one."""
    return Citation.objects.filter(finding=finding, item=item, removed_at=None).first()


def findings(
    inspection: Inspection, actor: Actor, *, area: str = "", kind: str = "", status: str = "", words: str = "",
    warning: str = "", owner: str = "", theme: str = "",
) -> list[Standing]:  # fmt: skip
    """Findings of an inspection by area and number. Withdrawn ones only where asked for by status."""
    if words or owner:
        found = _found(inspection, actor, status, words=words, owner=owner)
    else:
        # A page asks for them again and again: for its areas, its warnings, what to do next.
        key = ("findings of", inspection.pk, actor, status)
        found = once(key, lambda: _found(inspection, actor, status))
    found = [
        one for one in found
        if (not area or one.finding.area == area) and (not kind or one.finding.kind == kind)
        and (not theme or theme in one.finding.themes)
    ]  # fmt: skip
    if warning == "any":
        return [one for one in found if one.warnings]
    return [one for one in found if any(w.code == warning for w in one.warnings)] if warning else found


def _found(
    inspection: Inspection, actor: Actor, status: str, *, words: str = "", owner: str = ""
) -> list[Standing]:  # fmt: skip
    rows = visible_to(actor).filter(inspection=inspection)
    rows = rows.filter(status=status) if status else rows.exclude(status=lifecycle.Finding.WITHDRAWN)
    rows = rows.filter(owner_id=UUID(owner)) if owner else rows
    for word in words.split():
        rows = rows.filter(_says(word))
    held = list(_with_citations(rows).order_by("area", "number"))
    news = told_since(actor, inspection, [(one, getattr(one, "live", [])) for one in held])
    return [_standing(one, news.get(one.pk, ())) for one in held]


def _says(word: str) -> Q:
    """A word of the statement or the explanation, or a finding's mark such as F012."""
    said = Q(statement__icontains=word) | Q(explanation__icontains=word)
    return said | Q(number=int(word[1:])) if word[:1] in "Ff" and word[1:].isdecimal() and len(word) < 9 else said


def standing_of(finding: Finding, actor: Actor = PROGRAMME) -> Standing:
    """How a finding stands on its evidence, with what to be wary of in words; and what came since that `actor` sees."""
    if not hasattr(finding, "live"):
        finding = _with_citations(Finding.objects.filter(pk=finding.pk).select_related("inspection")).get()
    news = told_since(actor, finding.inspection, [(finding, getattr(finding, "live", []))])
    return _standing(finding, news.get(finding.pk, ()))


def _standing(finding: Finding, news: tuple[Warned, ...]) -> Standing:
    live: list[Citation] = getattr(finding, "live", [])
    supports = tuple(one for one in live if one.stance == "for")
    contradicts = tuple(one for one in live if one.stance == "against")
    warnings = () if finding.status == lifecycle.Finding.WITHDRAWN else wary.warnings(finding, supports, contradicts)
    return Standing(finding, supports, contradicts, (*news, *warnings))


def check_again(inspection: Inspection, actor: Actor = PROGRAMME) -> list[Finding]:
    """Findings that lean on items which were withdrawn or superseded since, or of which later data tell otherwise.

    The programme, which asks before a report goes on, is told of the shelf alone: a report speaks of its own time.
    """
    return [one.finding for one in findings(inspection, actor, warning="check-again")]


def counts_by_area(inspection: Inspection, actor: Actor) -> dict[str, int]:
    """How many findings each area has, withdrawn ones left out."""
    rows = visible_to(actor).filter(inspection=inspection).exclude(status=lifecycle.Finding.WITHDRAWN)
    return dict(Counter(rows.values_list("area", flat=True)))


def triangulation(inspection: Inspection, actor: Actor) -> Triangulation:
    """Which kinds of evidence speak for and against each finding: columns are kinds, cells are counts."""
    kinds = tuple(EvidenceKind.choices)
    order = [area.slug for area in known.framework(inspection.framework).areas]
    found = sorted(findings(inspection, actor), key=lambda one: order.index(one.finding.area))
    rows = [(one, tuple((one.kinds_for[kind], one.kinds_against[kind]) for kind, _ in kinds)) for one in found]
    return Triangulation(kinds, tuple(rows))


def leaning_on(item: EvidenceItem, actor: Actor) -> list[Citation]:
    """Every live citation of an item, with its finding: what would have to be checked again if it fell."""
    seen = visible_to(actor).filter(inspection_id=item.inspection_id).values("pk")
    rows = Citation.objects.filter(item=item, removed_at=None, finding__in=seen).select_related("finding", "made_by")
    return list(rows.order_by("finding__area", "finding__number"))


def leaning_counts(items: Iterable[EvidenceItem]) -> dict[UUID, int]:
    """How many findings that still stand lean on each item."""
    rows = Citation.objects.filter(item__in=list(items), removed_at=None)
    rows = rows.exclude(finding__status=lifecycle.Finding.WITHDRAWN)
    return dict(Counter(rows.values_list("item_id", flat=True)))


def choices() -> dict[str, list[tuple[str, str]]]:
    """The kinds of finding, degrees of confidence and states, each with its words."""
    return {
        "kind": list(FindingKind.choices),
        "theme": [(slug, one.title) for slug, one in THEMES.items()],
        "confidence": list(Confidence.choices),
        "status": [(one.value, one.value.capitalize()) for one in lifecycle.Finding],
    }
