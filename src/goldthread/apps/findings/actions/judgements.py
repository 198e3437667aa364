"""Proposing the grade of an area, and recording what the team decided. Nothing here computes a grade."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.drafting import known
from goldthread.apps.findings.models import Finding, Judgement
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.domain import grading, lifecycle
from goldthread.domain.framework import OVERALL, Framework


class DepartureUnexplained(Refused):
    """The grade departs from what is normal, and nothing was said of why."""


class GradeNotAllowed(Refused):
    """A rule that always holds leaves the grade out; no reason changes that."""


@transaction.atomic
def propose_judgement(
    *, inspection: Inspection, area: str, grade: str, reason: str, departs_because: str, version: int, by: Actor
) -> Judgement:
    """Propose the grade of an area, or of the whole as “overall”, with its reason.

    `version` is 0 for the first proposal. Raises GradeNotAllowed where a rule that always holds leaves the grade
    out, DepartureUnexplained where a rule that normally holds does and no reason to depart from it is given, and
    Clash as every edit does.
    """
    require(by, Permission.JUDGEMENT_PROPOSE, inspection.target(Side.TEAM))
    framework = known.framework(inspection.framework)
    _require_area(framework, area)
    yours = {"grade": grade, "reason": reason.strip(), "departs_because": departs_because.strip()}
    held = Judgement.objects.select_for_update().select_related("inspection").filter(inspection=inspection, area=area)
    judgement = held.first()
    if judgement is not None:
        theirs = _words(judgement)
        # A retry of the same proposal is harmless; anything else on an older version is a clash.
        if theirs == yours and judgement.version == version + 1:
            return judgement
        require_version(judgement.version, version, theirs=theirs, yours=yours, about=judgement)
        require(by, Permission.JUDGEMENT_PROPOSE, judgement.target(changing=True))
    departs = _require_open(framework, inspection, area, yours)
    return _write(judgement, inspection, area, yours, departs, by)


def _write(
    judgement: Judgement | None, inspection: Inspection, area: str, yours: dict[str, str], departs: list[str], by: Actor
) -> Judgement:
    if judgement is None:
        judgement = Judgement.objects.create(
            inspection=inspection, side=Side.TEAM, area=area, departs_from=departs,
            created_by_id=None if by.programme else by.id, **yours,
        )  # fmt: skip
        event, changed = Events.JUDGEMENT_PROPOSED, ["grade", "reason"]
    else:
        changed = [name for name, was in _words(judgement).items() if yours[name] != was]
        if not changed and judgement.departs_from == departs:
            return judgement
        judgement.grade, judgement.reason = yours["grade"], yours["reason"]
        judgement.departs_because, judgement.departs_from = yours["departs_because"], departs
        judgement.version, judgement.changed_at = judgement.version + 1, timezone.now()
        judgement.save(update_fields=["grade", "reason", "departs_because", "departs_from", "version", "changed_at"])
        event = Events.JUDGEMENT_CHANGED
    journal(
        event, by=by, about=judgement, chain=inspection.pk, side=judgement.side, fields=changed, departs_from=departs
    )
    return judgement


@transaction.atomic
def agree_judgement(*, judgement: Judgement, by: Actor, version: int | None = None) -> Judgement:
    """Record the team's judgement. The rules are asked once more, on the judgements as they now stand.

    Refused for an area that no agreed finding speaks of, and for the overall grade while a key area is not agreed.
    """
    judgement = _fresh(judgement)
    inspection = judgement.inspection
    require(by, Permission.JUDGEMENT_AGREE, judgement.target())
    require_unchanged(judgement, version, about=judgement, chain=inspection.pk)
    lifecycle.require_move(lifecycle.Judgement, judgement.status, lifecycle.Judgement.AGREED)
    framework = known.framework(inspection.framework)
    judgement.departs_from = _require_open(framework, inspection, judgement.area, _words(judgement))
    _require_ground(framework, inspection, judgement.area)
    judgement.status, judgement.decided_at = lifecycle.Judgement.AGREED, timezone.now()
    judgement.decided_by_id = None if by.programme else UUID(by.id)
    judgement.version, judgement.changed_at = judgement.version + 1, timezone.now()
    judgement.save(update_fields=["status", "decided_at", "decided_by", "departs_from", "version", "changed_at"])
    journal(
        Events.JUDGEMENT_AGREED, by=by, about=judgement, chain=inspection.pk, side=judgement.side,
        grade=judgement.grade, departs_from=judgement.departs_from,
    )  # fmt: skip
    return judgement


@transaction.atomic
def reopen_judgement(*, judgement: Judgement, because: str, by: Actor, version: int | None = None) -> Judgement:
    """Open an agreed judgement again, with a reason."""
    judgement = _fresh(judgement)
    require(by, Permission.JUDGEMENT_AGREE, judgement.target())
    require_unchanged(judgement, version, about=judgement, chain=judgement.inspection_id)
    lifecycle.require_move(lifecycle.Judgement, judgement.status, lifecycle.Judgement.PROPOSED)
    if not because.strip():
        raise Refused("Say why the judgement is opened again: the team agreed it.")
    judgement.status, judgement.reopened_because = lifecycle.Judgement.PROPOSED, because.strip()[:300]
    judgement.decided_at, judgement.decided_by = None, None
    judgement.version, judgement.changed_at = judgement.version + 1, timezone.now()
    judgement.save(update_fields=["status", "reopened_because", "decided_at", "decided_by", "version", "changed_at"])
    journal(Events.JUDGEMENT_REOPENED, by=by, about=judgement, chain=judgement.inspection_id, side=judgement.side)
    return judgement


def _require_area(framework: Framework, area: str) -> None:
    if not framework.graded:
        raise Refused(f"{framework.short_title} gives no grades: what was found is told in findings and the report.")
    if area == OVERALL and not framework.overall:
        why = next((f" {rule.says} Source: {rule.source}" for rule in framework.rules if rule.limits == OVERALL), "")
        raise Refused(f"{framework.short_title} gives no overall grade, so none can be proposed.{why}")
    if area != OVERALL and area not in {one.slug for one in framework.areas}:
        known = ", ".join(one.short for one in framework.areas)
        raise Refused(f"“{area}” is not an area of {framework.short_title}. Its areas are: {known}.")


def _require_open(framework: Framework, inspection: Inspection, area: str, text: dict[str, str]) -> list[str]:
    """The rules from which this grade departs. Raises Refused with the rule's own sentence and source."""
    if text["grade"] not in {grade.slug for grade in framework.grades}:
        raise Refused("Choose a grade.")
    if not text["reason"]:
        raise Refused("Give the reason for the grade: a judgement without one cannot be tested.")
    bites = _broken_by(framework, inspection, area, text["grade"])
    for bite in bites:
        if bite.strength == "always":
            raise GradeNotAllowed(f"The rules do not allow this grade. {bite.says} {bite.why} Source: {bite.source}")
    if bites and not text["departs_because"]:
        raise DepartureUnexplained(
            f"This grade departs from what is normal. {bites[0].says} {bites[0].why} Source: {bites[0].source} "
            "Say why the team departs from it."
        )
    return [bite.rule_id for bite in bites]


def _broken_by(framework: Framework, inspection: Inspection, area: str, grade: str) -> list[grading.Bite]:
    others = Judgement.objects.filter(inspection=inspection).exclude(area__in=[area, OVERALL]).exclude(grade="")
    judged = {one.area: one.grade for one in others}
    if area != OVERALL:
        judged[area] = grade
    limited = None if area == OVERALL else area
    return [bite for bite in _bites(framework, judged) if bite.area == limited and grade not in bite.leaves]


def _bites(framework: Framework, judged: dict[str, str]) -> Iterable[grading.Bite]:
    return grading.weigh(framework, judged).bites


def _require_ground(framework: Framework, inspection: Inspection, area: str) -> None:
    if area == OVERALL:
        agreed = set(
            Judgement.objects.filter(inspection=inspection, status=lifecycle.Judgement.AGREED).values_list(
                "area", flat=True
            )
        )
        if waiting := [one.short for one in framework.key_areas if one.slug not in agreed]:
            raise Refused(f"The overall judgement rests on areas that are not agreed yet: {', '.join(waiting)}.")
    elif not Finding.objects.filter(inspection=inspection, area=area, status=lifecycle.Finding.AGREED).exists():
        raise Refused("No agreed finding speaks of this area yet, so the judgement would rest on nothing.")


def _words(judgement: Judgement) -> dict[str, str]:
    return {"grade": judgement.grade, "reason": judgement.reason, "departs_because": judgement.departs_because}


def _fresh(judgement: Judgement) -> Judgement:
    return Judgement.objects.select_for_update().select_related("inspection").get(pk=judgement.pk)
