"""What a signed-off case review puts on the evidence shelf: closed answers, never what was written about a child."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from goldthread.apps.cases.models import Answer, CaseReview
from goldthread.domain.framework import Framework
from goldthread.domain.instrument import (
    NOT_APPLICABLE,
    NOT_ASKED,
    OVERALL_PRACTICE,
    OVERALL_RECORD,
    Instrument,
    Question,
)
from goldthread.domain.instrument_words import child_of

NOTES: Mapping[str, tuple[str, str]] = {
    "strengths": ("What is strong here?", "Practice that others could learn from. Leave names out."),
    "to-improve": ("What should get better?", "For this child, and in the service. Leave names out."),
}
"""The two notes that close a review: their ids, words and help. They may be left empty."""

SERVICES: Mapping[str, str] = {
    "in-care": "care",
    "protection-plan": "protection",
    "care-leaver": "leaving",
    "in-need": "protection",
    "front-door": "protection",
    "early-help": "protection",
    "assessment": "protection",
    "enquiry": "protection",
    "adoption": "adoption",
}
"""For each group of children that instruments know, which of a framework's services it is. Our own reading."""

MOST_TOLD = 20
"""With more questions than this, the line on the shelf tells the grades alone."""

QUESTIONED: Mapping[str, str] = {
    "help-and-protection": "protection",
    "looked-after": "care",
    "children-in-care": "care",
    "care-leavers": "leaving",
    "leadership": "leadership",
    "adoption": "adoption",
}
"""For each area that an instrument's questions name, the service it is, by which any framework's areas are found."""


def words(value: str) -> str:
    """An answer as people say it."""
    return value.replace("-", " ")


def was_answered(question: Question, values: Mapping[str, str]) -> bool:
    """Whether a question was asked, applied, and was answered on a scale."""
    return values.get(question.id, "") not in ("", NOT_APPLICABLE, NOT_ASKED)


def areas(framework: Framework, instrument: Instrument, review: CaseReview, values: Mapping[str, str]) -> list[str]:
    """Slugs of the areas that the review speaks to.

    Those that judge its child's service, and leadership, where a question tells about it; and those that gather a
    theme that was answered, whatever the service.
    """
    told = {
        QUESTIONED[area]
        for question in instrument.questions
        if was_answered(question, values)
        for area in question.areas
        if area in QUESTIONED
    }
    wanted = {SERVICES.get(child_of(review.case.stratum_values.get("service", ""))), "leadership"} & told
    answered = set(themes(instrument, values))
    return [area.slug for area in framework.areas if wanted & set(area.services) or answered & set(area.themes)]


def themes(instrument: Instrument, values: Mapping[str, str]) -> list[str]:
    """Themes of the questions that were answered, in the order of the page."""
    answered = (q.theme for q in instrument.questions if was_answered(q, values))
    return list(dict.fromkeys(answered))


def summary(instrument: Instrument, review: CaseReview, values: Mapping[str, str]) -> str:
    """One line free of identifiers: the closing grades, then each answer under its theme, of a long one the grades."""
    head = (
        f"Case {review.case.number}: practice {words(values[OVERALL_PRACTICE])}, record {words(values[OVERALL_RECORD])}"
    )
    told = [q for q in instrument.questions if values.get(q.id, "") not in ("", NOT_ASKED)]
    if len(instrument.questions) > MOST_TOLD:
        told = [q for q in told if q.answered_on.slug == "grades"]
    parts = [f"{words(q.theme)}: {words(values[q.id])}" for q in told]
    return "; ".join([head, *parts]) + "."


def detail(review: CaseReview, values: Mapping[str, str]) -> dict[str, Any]:
    """What the shelf keeps as data: the case's number, its service, and the closed answers."""
    return {
        "draw": review.case.draw.number,
        "case": review.case.number,
        "service": review.case.stratum_values.get("service", ""),
        "instrument": review.instrument,
        "answers": {question: value for question, value in values.items() if value},
    }


def content_hash(review: CaseReview, answers: Iterable[Answer]) -> str:
    """SHA-256 of everything that was answered and written, so that the shelf can tell whether it has changed."""
    told = [str(review.case_id), review.instrument, sorted(_told(one) for one in answers)]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def _told(one: Answer) -> tuple[str, ...]:
    """An answer as it is hashed. What stands beside the reason counts where there is any."""
    besides = (json.dumps(one.more, sort_keys=True),) if one.more else ()
    return (one.question, one.value, one.why, *besides)
