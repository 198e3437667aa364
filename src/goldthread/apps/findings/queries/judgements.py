"""Judgements, what each rests on, and what the framework's rules say about them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import PROGRAMME, Actor
from goldthread.apps.drafting import known
from goldthread.apps.findings.models import Judgement
from goldthread.apps.findings.queries.findings import Standing, findings
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.domain import grading, lifecycle, what_if
from goldthread.domain.framework import OVERALL, Framework


@dataclass(frozen=True)
class AreaStanding:
    """One row of the table of judgements: an area (or the whole), its judgement, and what it rests on.

    `bites`: rules that limit this judgement as the others stand. `check_again`: sentences that say why an agreed
    judgement must be looked at once more.
    """

    slug: str
    title: str
    short: str
    judgement: Judgement | None
    grade_title: str
    findings: tuple[Standing, ...]
    bites: tuple[grading.Bite, ...]
    precedent: grading.PrecedentResult | None
    check_again: tuple[str, ...]

    @cached_property
    def agreed(self) -> tuple[Standing, ...]:
        """Findings of the area that the team has agreed."""
        return tuple(one for one in self.findings if one.finding.status == lifecycle.Finding.AGREED)

    @cached_property
    def kinds(self) -> Counter[str]:
        """Kinds of the agreed findings, counted."""
        return Counter(one.finding.kind for one in self.agreed)


def judgements_visible_to(actor: Actor) -> QuerySet[Judgement]:
    """Working judgements that an actor may read."""
    rows = Judgement.objects.select_related("inspection", "decided_by", "created_by")
    return visible(rows, actor, Permission.JUDGEMENT_READ)


def judgement(actor: Actor, inspection: UUID, area: str) -> Judgement:
    """The judgement of an area. Raises Judgement.DoesNotExist where there is none that the actor may see."""
    return judgements_visible_to(actor).get(inspection_id=inspection, area=area)


def judged(inspection: Inspection, actor: Actor) -> dict[str, Judgement]:
    """Judgements of an inspection by area, the overall one under “overall”."""
    return {one.area: one for one in judgements_visible_to(actor).filter(inspection=inspection)}


def verdict(inspection: Inspection, actor: Actor) -> grading.Verdict:
    """What the framework's rules leave open on the judgements proposed or agreed so far."""
    return _weigh(known.framework(inspection.framework), judged(inspection, actor))


def _weigh(framework: Framework, held: Mapping[str, Judgement]) -> grading.Verdict:
    known = {area.slug for area in framework.areas}
    if not framework.graded:
        return grading.nothing_to_weigh(framework)
    return grading.weigh(framework, {area: one.grade for area, one in held.items() if area in known and one.grade})


def turns_of(inspection: Inspection, actor: Actor) -> tuple[what_if.Turn, ...]:
    """Which areas, judged one step otherwise, would change what the rules leave open overall."""
    framework, held = known.framework(inspection.framework), judged(inspection, actor)
    areas = {area.slug for area in framework.areas}
    return what_if.turns(framework, {area: one.grade for area, one in held.items() if area in areas and one.grade})


def falls_of(standing: AreaStanding) -> tuple[tuple[Standing, what_if.Fall], ...]:
    """What the area would lose with each finding that the team has agreed, where anything hangs on it alone."""
    held = [
        what_if.Held(
            one.finding.mark, one.finding.kind, frozenset(one.finding.criteria), frozenset(one.kinds_for)
        )
        for one in standing.agreed
    ]  # fmt: skip
    told = zip(standing.agreed, what_if.falls(held), strict=True)
    return tuple((one, fall) for one, fall in told if fall.something)


def area_standings(inspection: Inspection, actor: Actor) -> list[AreaStanding]:
    """Every area in the framework's order, then the whole where the framework grades it."""
    framework = known.framework(inspection.framework)
    held = judged(inspection, actor)
    weighed = _weigh(framework, held)
    by_area: dict[str, list[Standing]] = {}
    for one in findings(inspection, actor):
        by_area.setdefault(one.finding.area, []).append(one)
    withdrawn = findings(inspection, actor, status=lifecycle.Finding.WITHDRAWN)
    rows = []
    for area in framework.areas:
        moved = [*by_area.get(area.slug, []), *(one for one in withdrawn if one.finding.area == area.slug)]
        bites = tuple(bite for bite in weighed.bites if bite.area == area.slug)
        reasons = _area_reasons(framework, held.get(area.slug), moved, bites)
        precedent = next((one for one in weighed.area_precedents if one.area == area.slug), None)
        rows.append(
            AreaStanding(
                area.slug, area.title, area.short, held.get(area.slug), _grade(framework, held.get(area.slug)),
                tuple(by_area.get(area.slug, ())), bites, precedent, tuple(reasons),
            )
        )  # fmt: skip
    if framework.overall:
        bites = tuple(bite for bite in weighed.bites if bite.area is None)
        whole = held.get(OVERALL)
        reasons = _whole_reasons(framework, whole, held, bites)
        everything = tuple(one for each in by_area.values() for one in each)
        rows.append(
            AreaStanding(
                OVERALL, "Overall effectiveness", "Overall", whole, _grade(framework, whole), everything, bites,
                weighed.precedent, tuple(reasons),
            )
        )  # fmt: skip
    return rows


def _grade(framework: Framework, held: Judgement | None) -> str:
    return framework.grade(held.grade).title if held and held.grade else ""


def _broken(held: Judgement, bites: tuple[grading.Bite, ...]) -> list[str]:
    """Rules that the grade goes against, other than those from which the team departs with a reason."""
    against = [bite for bite in bites if held.grade and held.grade not in bite.leaves]
    return [
        f"{bite.says} {bite.why}"
        for bite in against
        if bite.strength == "always" or bite.rule_id not in held.departs_from
    ]


def _area_reasons(
    framework: Framework, held: Judgement | None, rows: list[Standing], bites: tuple[grading.Bite, ...]
) -> list[str]:
    if held is None:
        return []
    reasons = [f"A rule now stands against this grade. {one}" for one in _broken(held, bites)]
    if held.status != lifecycle.Judgement.AGREED or held.decided_at is None:
        return reasons
    agreed = [one for one in rows if one.finding.status == lifecycle.Finding.AGREED]
    reasons += [
        f"{one.finding.mark} leans on evidence that no longer stands, or of which later data tell otherwise."
        for one in agreed
        if one.to_check
    ]
    later = [one.finding.mark for one in rows if one.finding.changed_at > held.decided_at]
    if later:
        reasons.append(f"Since it was agreed, findings of this area have changed: {', '.join(later)}.")
    return reasons


def _whole_reasons(
    framework: Framework, held: Judgement | None, others: Mapping[str, Judgement], bites: tuple[grading.Bite, ...]
) -> list[str]:
    if held is None:
        return []
    reasons = [f"A rule now stands against this grade. {one}" for one in _broken(held, bites)]
    if held.status == lifecycle.Judgement.AGREED and held.decided_at is not None:
        moved = [
            framework.area(area).short
            for area, one in others.items()
            if area != OVERALL and one.changed_at > held.decided_at
        ]
        if moved:
            reasons.append(f"Since it was agreed, judgements that it rests on have changed: {', '.join(moved)}.")
    return reasons


def judgements(inspection: Inspection, actor: Actor) -> list[Judgement]:
    """Judgements in the framework's order, the overall one last; areas not judged yet are left out."""
    held = judged(inspection, actor)
    order = [*(area.slug for area in known.framework(inspection.framework).areas), OVERALL]
    return [held[area] for area in order if area in held]


def agreed_judgements(inspection: Inspection, actor: Actor) -> list[Judgement]:
    """Agreed judgements in the framework's order, the overall one last; what the report shows."""
    return [one for one in judgements(inspection, actor) if one.status == lifecycle.Judgement.AGREED]


def agreed_grades(inspection: Inspection) -> dict[str, str]:
    """The grade of each agreed judgement by area. For callers that have asked leave to show them."""
    return {one.area: one.grade for one in agreed_judgements(inspection, PROGRAMME)}
