"""Reading practitioners' parts: the practitioner's own, and what the team sees of one once it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.cases.models import CaseReview, PractitionersPart
from goldthread.apps.cases.practitioners_part import (
    Word,
    answers_shown,
    latest_part,
    practitioners,
    why_not_signed_off,
    words_of,
)
from goldthread.apps.cases.queries.reviews import reviews_visible_to
from goldthread.apps.cases.required_parts import Need, need_of
from goldthread.apps.cases.required_parts import setting_of as setting_of_parts
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import visible
from goldthread.domain import lifecycle

Status = lifecycle.PractitionersPart

__all__ = ["Need", "Word", "answers_shown", "need_of", "practitioners", "setting_of_parts", "why_not_signed_off"]

STATES = {
    Status.RELEASED: "With the practitioner",
    Status.SENT: "Answered, to be weighed",
    Status.WEIGHED: "Answered",
    Status.TAKEN_BACK: "Taken back",
    Status.GONE_ON: "Not answered by the due day",
}
"""What each state of a part is called."""


def parts_visible_to(actor: Actor) -> QuerySet[PractitionersPart]:
    """Parts that were released to an actor on the council's side, the latest first: their own and nobody else's."""
    rows = PractitionersPart.objects.select_related(
        "inspection", "practitioner", "review__inspection", "review__case__draw", "review__case__inspection",
        "review__case__second_reading", "review__reviewer",
    )  # fmt: skip
    return visible(rows, actor, Permission.PRACTITIONER_TAKE_PART, own=("practitioner",)).order_by("-created_at")


def part(actor: Actor, inspection: UUID, part: UUID) -> PractitionersPart:
    """One part, for its practitioner. Raises PractitionersPart.DoesNotExist where it was released to somebody else."""
    return parts_visible_to(actor).get(inspection_id=inspection, pk=part)


def parts_waiting_for(actor: Actor) -> list[PractitionersPart]:
    """Reviews that wait for the actor's part, the soonest due first."""
    rows = parts_visible_to(actor).filter(status=Status.RELEASED, practitioner_id=_id(actor)).order_by("due")
    return [one for one in rows if not one.closed_because()]


def own_words(part: PractitionersPart) -> dict[str, Word]:
    """What its practitioner has written so far. For pages that its practitioner alone may open."""
    return words_of(part)


@dataclass(frozen=True, slots=True)
class PartSeen:
    """A practitioner's part as the team sees it: nothing of its words before it is sent."""

    part: PractitionersPart
    words: dict[str, Word]

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        return STATES[Status(self.part.status)]

    @property
    def open(self) -> list[str]:
        """The questions of which a correction is still to be accepted or declined."""
        return [question for question, one in self.words.items() if one.open] if self.part.sent else []

    @property
    def overdue(self) -> bool:
        """Whether the reviewer may go on without it."""
        return self.part.overdue()

    @property
    def said_nothing(self) -> bool:
        """Whether it was sent without a word."""
        return self.part.answered and not any(one.said or one.corrects for one in self.words.values())


def part_of(part: PractitionersPart) -> PartSeen:
    """A part as the team sees it."""
    return PartSeen(part, words_of(part) if part.answered else {})


def part_of_review(review: CaseReview) -> PartSeen | None:
    """The latest part of a review that the reader may see, as the team sees it; None where it was never released."""
    found = latest_part(review)
    return None if found is None else part_of(found)


def practitioners_part_of(actor: Actor, inspection: UUID, part: UUID) -> TeamsPart:
    """One part, for the team that may see its review. Raises PractitionersPart.DoesNotExist."""
    rows = PractitionersPart.objects.select_related("inspection", "practitioner")
    found = rows.get(inspection_id=inspection, pk=part)
    review = reviews_visible_to(actor).filter(pk=found.review_id).first()
    if review is None:
        raise PractitionersPart.DoesNotExist
    found.review = review
    return TeamsPart(found, review)


@dataclass(frozen=True, slots=True)
class TeamsPart:
    """A part as a door of the team asks about it: it is theirs as its review is."""

    part: PractitionersPart
    review: CaseReview

    @property
    def inspection(self) -> Inspection:
        """Its inspection."""
        return self.review.inspection

    def target(self, *, changing: bool = False) -> Target:
        """The review, as the policy asks about it."""
        return self.review.target(changing=changing)


@dataclass(frozen=True, slots=True)
class Correction:
    """One question of a part that a practitioner corrected, for the team."""

    part: PractitionersPart
    review: CaseReview
    question: str
    word: Word

    @property
    def inspection(self) -> Inspection:
        """Its inspection."""
        return self.review.inspection

    def target(self, *, changing: bool = False) -> Target:
        """The review, as the policy asks about it."""
        return self.review.target(changing=changing)


def correction(actor: Actor, inspection: UUID, part: UUID, question: str) -> Correction:
    """One correction that was sent. Raises PractitionersPart.DoesNotExist where the actor may see none."""
    found = practitioners_part_of(actor, inspection, part)
    word = words_of(found.part).get(question) if found.part.answered else None
    if word is None or not word.corrects:
        raise PractitionersPart.DoesNotExist
    return Correction(found.part, found.review, question, word)


def answered_parts(actor: Actor) -> list[PractitionersPart]:
    """Parts that were sent and whose corrections the actor, as the reviewer, is to weigh."""
    return _mine(actor, Q(status=Status.SENT))


def overdue_parts(actor: Actor, today: date | None = None) -> list[PractitionersPart]:
    """Parts of the actor's own reviews whose due day is over without an answer."""
    return _mine(actor, Q(status=Status.RELEASED, due__lt=today or timezone.localdate()))


def _mine(actor: Actor, which: Q) -> list[PractitionersPart]:
    if not actor.signed_in or actor.programme:
        return []
    mine = reviews_visible_to(actor).filter(reviewer_id=_id(actor), status=lifecycle.CaseReview.DRAFT)
    rows = PractitionersPart.objects.filter(which, review__in=mine.order_by().values("pk"))
    rows = rows.select_related("inspection", "review__case__draw", "practitioner").order_by("due")
    return list(rows)


def may_show_to_practitioner(actor: Actor, review: CaseReview) -> bool:
    """Whether a page should offer to let a practitioner see the review."""
    asked = review.target(changing=True)
    able = policy.decide(actor, Permission.PRACTITIONER_RELEASE, asked, timezone.now()).allowed
    return able and review.draft and not review.second and not why_not_signed_off(review)


def may_require_parts(actor: Actor, thing: Inspection | CaseReview) -> bool:
    """Whether a page should offer to require practitioners' parts, or to let a case off."""
    return policy.decide(actor, Permission.CASE_ALLOCATE, thing.target(), timezone.now()).allowed


def may_take_back(actor: Actor, review: CaseReview) -> bool:
    """Whether a page should offer to take the review back from its practitioner."""
    return policy.decide(actor, Permission.PRACTITIONER_RELEASE, review.target(), timezone.now()).allowed


def choices_of_practitioners(inspection: Inspection) -> list[Person]:
    """Who may be shown a review, by name."""
    return practitioners(inspection)


def _id(actor: Actor) -> UUID | None:
    return UUID(actor.id) if actor.signed_in and not actor.programme else None
