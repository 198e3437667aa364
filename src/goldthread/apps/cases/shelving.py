"""What a signed-off case review puts on the evidence shelf: closed answers, never what was written about a child."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from goldthread.apps.cases.models import Answer, CaseReview
from goldthread.domain import instrument as form
from goldthread.domain.framework import Framework
from goldthread.domain.instrument import NOT_APPLICABLE, Instrument

NOTES: Mapping[str, tuple[str, str]] = {
    "strengths": ("What is strong here?", "Practice that others could learn from. Leave names out."),
    "to-improve": ("What should get better?", "For this child, and in the service. Leave names out."),
}
"""The two notes that close a review: their ids, words and help. They may be left empty."""

OVERALL_PRACTICE, OVERALL_RECORD = "overall-practice", "overall-record"

SERVICE_AREAS: Mapping[str, tuple[str, ...]] = {
    "In care": ("looked-after", "children-in-care"),
    "Protection plan": ("help-and-protection",),
    "Care leaver": ("care-leavers",),
    "Child in need": ("help-and-protection",),
}
"""For each service of a frame, the areas that judge it. Our own reading; adoption needs a draw of its own."""


def words(value: str) -> str:
    """An answer as people say it."""
    return value.replace("-", " ")


def as_form(answers: Iterable[Answer]) -> dict[str, form.Answer]:
    """Stored answers as `domain.instrument` reads them, the closing notes left out."""
    return {one.question: form.Answer(one.value, one.why) for one in answers if one.question not in NOTES}


def areas(framework: Framework, instrument: Instrument, review: CaseReview, values: Mapping[str, str]) -> list[str]:
    """Slugs of the areas that the review speaks to: its child's service, and leadership where a question tells."""
    told = {
        area
        for question in instrument.questions
        if values.get(question.id, NOT_APPLICABLE) != NOT_APPLICABLE
        for area in question.areas
    }
    service = review.case.stratum_values.get("service", "")
    wanted = {*SERVICE_AREAS.get(service, ()), "leadership"} & told
    return [area.slug for area in framework.areas if area.slug in wanted]


def themes(instrument: Instrument, values: Mapping[str, str]) -> list[str]:
    """Themes of the questions that were answered, in the order of the page."""
    answered = (q.theme for q in instrument.questions if values.get(q.id, NOT_APPLICABLE) != NOT_APPLICABLE)
    return list(dict.fromkeys(answered))


def summary(instrument: Instrument, review: CaseReview, values: Mapping[str, str]) -> str:
    """One line free of identifiers: the closing grades, then each answer under its theme."""
    head = (
        f"Case {review.case.number}: practice {words(values[OVERALL_PRACTICE])}, record {words(values[OVERALL_RECORD])}"
    )
    parts = [f"{words(q.theme)}: {words(values[q.id])}" for q in instrument.questions if values.get(q.id)]
    return "; ".join([head, *parts]) + "."


def detail(review: CaseReview, values: Mapping[str, str]) -> dict[str, Any]:
    """What the shelf keeps as data: the case's number, its service, and the closed answers."""
    return {
        "draw": review.case.draw.number,
        "case": review.case.number,
        "service": review.case.stratum_values.get("service", ""),
        "instrument": review.instrument,
        "answers": dict(values),
    }


def content_hash(review: CaseReview, answers: Iterable[Answer]) -> str:
    """SHA-256 of everything that was answered and written, so that the shelf can tell whether it has changed."""
    told = [str(review.case_id), review.instrument, sorted((a.question, a.value, a.why) for a in answers)]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()
