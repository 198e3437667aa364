"""What an attempt at a practice case holds: its answers as they were typed, opened from under the seal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.roles import ROLES, Reach
from goldthread.apps.cases import asked
from goldthread.apps.cases.actions import Typed
from goldthread.apps.cases.sealed import opened, sealed_words
from goldthread.apps.drafting import known
from goldthread.apps.training.models import PracticeAnswer, PracticeReview, StoodAside, Training
from goldthread.domain import lifecycle
from goldthread.domain.instrument import NOTES, Answer, Instrument, NotAsked, Seen, not_asked

REFLECTION = "reflection"

SHOWN_ALL = tuple(
    slug for slug, role in ROLES.items()
    if role.may.get(Permission.TRAINING_READ) is Reach.ALL and Permission.PRACTICE_WRITE not in role.may
)  # fmt: skip
"""Roles that are shown every reviewer's answers beside the model's without standing aside first."""


@dataclass(frozen=True, slots=True)
class Held:
    """One answer with its words opened; `row` is what it is stored in."""

    row: PracticeAnswer
    value: str
    why: str
    more: Mapping[str, str]
    version: int
    saved_at: datetime

    @property
    def question(self) -> str:
        """The question that it answers."""
        return self.row.question

    def typed(self) -> Typed:
        """The same, as it would have been typed."""
        return Typed(self.value, self.why, self.version, dict(self.more))

    def given(self) -> Answer:
        """The same, as `domain.instrument` reads it."""
        seen = Seen(*(self.more.get(name, "") for name in asked.SEEN))
        return Answer(self.value, self.why, seen, self.more.get("action", ""), self.more.get("owner", ""))


def instrument_of(review: PracticeReview) -> Instrument:
    """The instrument on which a practice case is reviewed."""
    return known.instrument(review.instrument)


def answers_of(review: PracticeReview) -> dict[str, Held]:
    """What was answered so far, closing notes among it, by question."""
    found = {}
    for row in review.answers.all():
        words = opened(review.inspection, row.words, purpose_of(review, row.question))
        more = {name: says for name, says in words.items() if name != "why"}
        found[row.question] = Held(row, row.value, words.get("why", ""), more, row.version, row.saved_at)
    return found


def sealed(review: PracticeReview, question: str, typed: Typed) -> bytes | None:
    """The words of an answer under the seal; None where there are none."""
    return sealed_words(review.inspection, {"why": typed.why, **typed.more}, purpose_of(review, question))


def purpose_of(review: PracticeReview, question: str) -> str:
    """What the words of an answer are sealed for: they can be put in no other answer's place."""
    return f"answer to {question} of practice review {review.pk}"


def reflection_of(review: PracticeReview) -> str:
    """What its reviewer would do otherwise. For pages that its reviewer alone is shown."""
    return opened(review.inspection, review.reflection, purpose_of(review, REFLECTION)).get(REFLECTION, "")


def sealed_reflection(review: PracticeReview, says: str) -> bytes | None:
    """A reflection under the seal; None where nothing is said."""
    return sealed_words(review.inspection, {REFLECTION: says}, purpose_of(review, REFLECTION))


def given_of(held: Mapping[str, Held]) -> dict[str, Answer]:
    """The answers as `domain.instrument` reads them, the closing notes left out."""
    return {id: one.given() for id, one in held.items() if id not in NOTES}


def left_out(review: PracticeReview, held: Mapping[str, Held]) -> dict[str, NotAsked]:
    """What the instrument does not ask about this child after these answers."""
    values = {id: one.value for id, one in held.items()}
    return not_asked(instrument_of(review), values, review.practice_case.group)


def has_seen(person: Person | UUID, case: str) -> bool:
    """Whether somebody may have seen the model answers of a case: signed it off anywhere, stood aside from it, or
    held a role that is shown everybody's answers where a training of it was opened."""
    pk = person.pk if isinstance(person, Person) else person
    signed = PracticeReview.objects.filter(reviewer_id=pk, case=case, status=lifecycle.PracticeReview.SIGNED_OFF)
    aside = StoodAside.objects.filter(person_id=pk).select_related("training")
    if signed.exists() or any(case in one.training.cases for one in aside):
        return True
    held = Q(inspection__memberships__person=pk, inspection__memberships__role__in=SHOWN_ALL)
    late = Q(inspection__memberships__valid_to=None) | Q(inspection__memberships__valid_to__gt=F("created_at"))
    return any(case in one.cases for one in Training.objects.filter(held & late))
