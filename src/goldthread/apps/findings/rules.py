"""What the framework's rules say of a grade that is proposed, agreed, or let depart from one. Writes nothing."""

from goldthread.apps.access.policy import Refused
from goldthread.apps.findings.models import Judgement
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import grading
from goldthread.domain.framework import OVERALL, Framework


class DepartureUnexplained(Refused):
    """The grade departs from what is normal, and nothing was said of why."""

    field = "departs_because"


class GradeNotAllowed(Refused):
    """A rule that always holds leaves the grade out; no reason changes that."""


def require_area(framework: Framework, area: str) -> None:
    """Raise Refused where the framework does not grade the area."""
    if not framework.graded:
        raise Refused(f"{framework.short_title} gives no grades: what was found is told in findings and the report.")
    if area == OVERALL and not framework.overall:
        why = next((f" {rule.says} Source: {rule.source}" for rule in framework.rules if rule.limits == OVERALL), "")
        raise Refused(f"{framework.short_title} gives no overall grade, so none can be proposed.{why}")
    if area != OVERALL and area not in {one.slug for one in framework.areas}:
        known = ", ".join(one.short for one in framework.areas)
        raise Refused(f"“{area}” is not an area of {framework.short_title}. Its areas are: {known}.")


def require_open(framework: Framework, inspection: Inspection, area: str, text: dict[str, str]) -> list[str]:
    """The rules from which this grade departs. Raises Refused with the rule's own sentence and source."""
    if text["grade"] not in {grade.slug for grade in framework.grades}:
        raise Refused("Choose a grade.")
    if not text["reason"]:
        raise Refused("Give the reason for the grade: a judgement without one cannot be tested.")
    bites = broken_by(framework, inspection, area, text["grade"])
    for bite in bites:
        if bite.strength == "always":
            raise GradeNotAllowed(f"The rules do not allow this grade. {bite.says} {bite.why} Source: {bite.source}")
    if bites and not text["departs_because"]:
        raise DepartureUnexplained(
            f"This grade departs from what is normal. {bites[0].says} {bites[0].why} Source: {bites[0].source} "
            "Say why the team departs from it."
        )
    return [bite.rule_id for bite in bites]


def broken_by(framework: Framework, inspection: Inspection, area: str, grade: str) -> list[grading.Bite]:
    """The rules that this grade would go against, as the other judgements stand."""
    return [bite for bite in biting(framework, inspection, area, grade) if grade not in bite.leaves]


def biting(framework: Framework, inspection: Inspection, area: str, grade: str) -> list[grading.Bite]:
    """The rules that limit a judgement, were it given this grade."""
    others = Judgement.objects.filter(inspection=inspection).exclude(area__in=[area, OVERALL]).exclude(grade="")
    judged = {one.area: one.grade for one in others}
    if area != OVERALL:
        judged[area] = grade
    limited = None if area == OVERALL else area
    return [bite for bite in grading.weigh(framework, judged).bites if bite.area == limited]
