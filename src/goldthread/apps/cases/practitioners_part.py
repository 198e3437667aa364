"""What a practitioner's part rests on: who may be shown a review, what they may speak to, and what they said."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.roles import ROLES, Side
from goldthread.apps.cases import asked
from goldthread.apps.cases.models import CaseReview, PractitionersPart, PractitionersWord
from goldthread.apps.cases.sealed import opened
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import current_members
from goldthread.apps.submissions import sealing
from goldthread.domain.instrument import NOT_ASKED, Question
from goldthread.domain.lifecycle import PractitionersPart as Status

ROLES_THAT_TAKE_PART = tuple(slug for slug, role in ROLES.items() if Permission.PRACTITIONER_TAKE_PART in role.may)

WHOLE = "whole"
"""Where a practitioner speaks to the work as a whole, beyond any one question."""

USUAL_DAYS, MOST_DAYS = 3, 20
"""Working days in which a practitioner is asked to answer. No source gives a time: both are the house's own [J]."""

ACCEPTED, DECLINED = "accepted", "declined"


def practitioners(inspection: Inspection) -> list[Person]:
    """Who of the council's side may be shown a review, by name: nobody who ever had a role in the team here."""
    of_team = [slug for slug, role in ROLES.items() if role.side is Side.TEAM]
    team = set(inspection.memberships.filter(role__in=of_team).values_list("person_id", flat=True))
    held = {one.person_id: one.person for one in current_members(inspection, roles=ROLES_THAT_TAKE_PART)}
    return [one for pk, one in held.items() if pk not in team and one.is_active]


def sealed_answers(review: CaseReview, part: UUID) -> bytes:
    """The answers and reasons that a practitioner is shown, sealed as they stand."""
    wanted = {one.id for one in _to_show(review)}
    told = {
        one.question: {"value": one.value, "why": one.why, **{name: str(says) for name, says in one.more.items()}}
        for one in review.answers.all()
        if one.question in wanted
    }
    return sealing.seal(review.inspection, json.dumps(told).encode(), purpose=f"answers shown in part {part}")


def answers_shown(part: PractitionersPart) -> dict[str, dict[str, str]]:
    """What a practitioner was shown: by question its answer, its reason and what stands beside it."""
    purpose = f"answers shown in part {part.pk}"
    told: dict[str, dict[str, str]] = json.loads(sealing.unseal(part.inspection, bytes(part.shown), purpose=purpose))
    return told


def _to_show(review: CaseReview) -> list[Question]:
    """The questions that were asked. The reviewer's notes and the urgent concern are the team's own."""
    instrument = asked.require_held(review.instrument)
    values = {one.question: one.value for one in review.answers.all()}
    left = asked.not_asked_of(review, instrument, values)
    every = (*instrument.questions, *instrument.overall)
    return [one for one in every if one.id not in left and values.get(one.id) != NOT_ASKED]


@dataclass(frozen=True, slots=True)
class Word:
    """What a practitioner says of one question, opened: `said` the file did not show, `correct` why another answer is
    right, `because` what the reviewer made of it."""

    row: PractitionersWord
    said: str
    correct: str
    because: str

    @property
    def corrects(self) -> bool:
        """Whether the reviewer has something to accept or decline."""
        return bool(self.row.proposed or self.correct)

    @property
    def open(self) -> bool:
        """Whether nobody has yet accepted or declined it."""
        return self.corrects and not self.row.decision


def purpose_of(part: PractitionersPart, question: str) -> str:
    """Under what a practitioner's words are sealed: no word can be put in another's place."""
    return f"words of part {part.pk} on {question}"


def words_of(part: PractitionersPart) -> dict[str, Word]:
    """What was said so far, by question, without what was emptied again."""
    found: dict[str, Word] = {}
    for row in part.words_said.select_related("decided_by"):
        told: Mapping[str, str] = opened(part.inspection, row.words, purpose_of(part, row.question))
        why = opened(part.inspection, row.because, f"because of {purpose_of(part, row.question)}")
        found[row.question] = Word(row, told.get("said", ""), told.get("correct", ""), why.get("because", ""))
    return found


def latest_part(review: CaseReview) -> PractitionersPart | None:
    """The part that was released last, however it ended; None where none was."""
    rows = PractitionersPart.objects.filter(review=review).select_related("practitioner", "inspection", "review__case")
    return rows.order_by("-created_at").first()


def why_not_signed_off(review: CaseReview) -> str:
    """What of a practitioner's part stands before signing off; empty where nothing does."""
    part = latest_part(review)
    if part is None or not part.sent:
        return ""
    count = sum(one.open for one in words_of(part).values())
    if not count:
        return ""
    return (
        f"{part.practitioner.name} proposed {count} correction{'s' if count > 1 else ''} that nobody has accepted or "
        "declined yet."
    )


def for_the_shelf(review: CaseReview) -> dict[str, Any]:
    """What the shelf keeps of a practitioner's part: whether they answered, and what was answered before they
    corrected it. Closed answers only."""
    part = latest_part(review)
    if part is None or part.status == Status.TAKEN_BACK:
        return {}
    changed = part.words_said.filter(decision=ACCEPTED).exclude(original="")
    return {
        "practitioner": {
            "answered": part.answered,
            "corrected": dict(changed.values_list("question", "original")),
        }
    }
