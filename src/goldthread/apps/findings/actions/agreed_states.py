"""Keeping a judgement exactly as it was agreed: its words, the rules, the findings it rested on, and dissent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor
from goldthread.apps.drafting import known
from goldthread.apps.findings.agreed_state import digest
from goldthread.apps.findings.models import Finding, Judgement, JudgementState
from goldthread.apps.findings.rules import biting
from goldthread.domain import lifecycle
from goldthread.domain.framework import OVERALL


@transaction.atomic
def keep_state(*, judgement: Judgement, agreed_at: datetime, by: Actor) -> JudgementState:
    """Keep a judgement that has just been agreed as its next numbered state. Called within the act of agreeing."""
    content = content_of(judgement)
    last = judgement.states.order_by("-number").values_list("number", flat=True).first() or 0
    return JudgementState.objects.create(
        judgement=judgement, number=last + 1, content=content, sha256=digest(content),
        agreed_at=agreed_at, agreed_by_id=None if by.programme else UUID(by.id),
    )  # fmt: skip


def content_of(judgement: Judgement) -> dict[str, Any]:
    """Everything that stood when a judgement was agreed, in words that need no other row to be read."""
    framework, inspection = known.framework(judgement.inspection.framework), judgement.inspection
    rules = biting(framework, inspection, judgement.area, judgement.grade)
    return {
        "area": judgement.area,
        "framework": framework.slug,
        "version": judgement.version,
        "grade": judgement.grade,
        "reason": judgement.reason,
        "proposed_by": _name(judgement.proposed_by or judgement.created_by),
        "agreed_by": _name(judgement.decided_by),
        "agreed_at": judgement.decided_at.isoformat() if judgement.decided_at else "",
        "departure": _departure(judgement),
        "rules": [
            {"id": one.rule_id, "says": one.says, "why": one.why, "strength": one.strength, "source": one.source,
             "leaves": list(one.leaves), "against": judgement.grade not in one.leaves}
            for one in rules
        ],
        "findings": _findings(judgement),
        "judgements": _judgements(judgement) if judgement.area == OVERALL else [],
        "dissent": [
            {"by": _name(one.by), "at": one.at.isoformat(), "grade": one.grade, "because": one.because,
             "of_grade": one.of_grade, "of_version": one.of_version}
            for one in judgement.dissents.select_related("by").filter(taken_back_at=None)
        ],
        "challenges": _challenges(judgement),
        "meetings": [
            {"day": one.meeting.day.isoformat(), "decided": one.decided, "of_grade": one.of_grade,
             "of_version": one.of_version}
            for one in judgement.discussed.select_related("meeting").order_by("meeting__day", "pk")
        ],
    }  # fmt: skip


def _challenges(judgement: Judgement) -> list[dict[str, Any]]:
    return [
        {"by": _name(one.raised_by), "at": one.raised_at.isoformat(), "question": one.question, "against": one.against,
         "status": one.status, "answer": one.answer, "answered_by": _name(one.answered_by), "closing": one.closing,
         "of_version": one.of_version}
        for one in judgement.challenges.select_related("raised_by", "answered_by").order_by("raised_at")
    ]  # fmt: skip


def _departure(judgement: Judgement) -> dict[str, Any]:
    if not judgement.departs_from:
        return {}
    return {
        "from": list(judgement.departs_from), "because": judgement.departs_because,
        "approved_by": _name(judgement.departure_by), "approved_because": judgement.departure_reason,
        "approved_at": judgement.departure_at.isoformat() if judgement.departure_at else "",
    }  # fmt: skip


def _findings(judgement: Judgement) -> list[dict[str, Any]]:
    if judgement.area == OVERALL:
        return []
    rows = Finding.objects.filter(
        inspection_id=judgement.inspection_id, area=judgement.area, status=lifecycle.Finding.AGREED
    ).order_by("number")
    return [
        {"mark": one.mark, "kind": one.kind, "statement": one.statement, "confidence": one.confidence,
         "version": one.version}
        for one in rows
    ]  # fmt: skip


def _judgements(judgement: Judgement) -> list[dict[str, Any]]:
    rows = Judgement.objects.filter(inspection_id=judgement.inspection_id).exclude(area=OVERALL).order_by("area")
    return [{"area": one.area, "grade": one.grade, "status": one.status, "version": one.version} for one in rows]


def _name(person: Person | None) -> str:
    return person.name if person else ""
