"""Reading trainings and attempts at practice cases: who sees which, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.inspections.queries import OwnPart, current_members, wall
from goldthread.apps.training.answering import answers_of, given_of, instrument_of
from goldthread.apps.training.models import REVIEWERS, PracticeReview, StoodAside, Training
from goldthread.domain import lifecycle
from goldthread.domain.instrument import Problem, check_answers
from goldthread.domain.practice_case import PracticeCase

SIGNED = lifecycle.PracticeReview.SIGNED_OFF


def trainings_visible_to(actor: Actor) -> QuerySet[Training]:
    """Trainings that an actor may know of, the latest first; whoever reviews in an inspection sees all of its own."""
    rows = Training.objects.select_related("inspection")
    own = ("created_by", "inspection__memberships__person")
    return rows.filter(wall(actor, Permission.TRAINING_READ, own=own)).distinct().order_by("-number")


def training(actor: Actor, inspection: UUID, training: UUID) -> Training:
    """One training. Raises Training.DoesNotExist where the actor may not know of it."""
    return trainings_visible_to(actor).get(inspection_id=inspection, pk=training)


def trainings(actor: Actor, inspection: Inspection) -> list[Training]:
    """Those of an inspection, the latest first."""
    return list(trainings_visible_to(actor).filter(inspection=inspection))


def reviews_visible_to(actor: Actor) -> QuerySet[PracticeReview]:
    """Attempts that an actor may read: a draft is its reviewer's alone; one that is signed off is open to the lead and
    the quality-assurance manager, but to nobody who has still to review the same case."""
    rows = PracticeReview.objects.select_related("inspection", "training__inspection", "reviewer")
    seen = rows.filter(wall(actor, Permission.TRAINING_READ, own=("reviewer",)))
    if actor.programme or not actor.signed_in:
        return seen
    me = UUID(actor.id)
    reviews_here = Membership.objects.filter(
        inspection=OuterRef("inspection"), person_id=me, role__in=REVIEWERS
    )  # fmt: skip
    done = PracticeReview.objects.filter(
        training=OuterRef("training"), case=OuterRef("case"), reviewer_id=me, status=SIGNED
    )
    aside = StoodAside.objects.filter(training=OuterRef("training"), person_id=me)
    open_to_me = ~Q(Exists(reviews_here)) | Q(Exists(done)) | Q(Exists(aside))
    return seen.filter(Q(reviewer_id=me) | (Q(status=SIGNED) & open_to_me))


def review(actor: Actor, inspection: UUID, attempt: UUID) -> PracticeReview:
    """One attempt. Raises PracticeReview.DoesNotExist where the actor may not see it."""
    return reviews_visible_to(actor).get(inspection_id=inspection, pk=attempt)


def open_cases(training: Training, actor: Actor) -> list[str]:
    """The cases of which the actor may see everybody's answers: all for whoever reviews none, else those they have
    signed off themselves."""
    if actor.programme:
        return list(training.cases)
    mine = Membership.objects.filter(inspection=training.inspection_id, person_id=actor.id, role__in=REVIEWERS)
    if not mine.exists() or stands_aside(training, actor):
        return list(training.cases)
    done = training.reviews.filter(reviewer_id=UUID(actor.id), status=SIGNED).values_list("case", flat=True)
    return [case for case in training.cases if case in set(done)]


def stands_aside(training: Training, actor: Actor) -> bool:
    """Whether the actor stood aside here."""
    return not actor.programme and training.aside.filter(person_id=actor.id).exists()


def reviewers(inspection: Inspection) -> list[Person]:
    """Who reviews practice cases here now, by name."""
    held = {one.person_id: one.person for one in current_members(inspection, roles=REVIEWERS)}
    return sorted(held.values(), key=lambda one: one.name)


def problems(review: PracticeReview) -> list[Problem]:
    """What stands between an attempt and signing it off, in the order of the page."""
    return check_answers(instrument_of(review), given_of(answers_of(review)), review.practice_case.group)


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """A practice case as one reviewer sees it: their attempts, the first first."""

    case: PracticeCase
    attempts: tuple[PracticeReview, ...]

    @property
    def latest(self) -> PracticeReview | None:
        """The latest attempt."""
        return self.attempts[-1] if self.attempts else None


def own_cases(training: Training, actor: Actor) -> list[CaseSeen]:
    """Every case of a training with the actor's own attempts."""
    rows = [] if actor.programme else list(training.reviews.filter(reviewer_id=UUID(actor.id)).order_by("attempt"))
    return [
        CaseSeen(case, tuple(one for one in rows if one.case == case.slug)) for case in training.practice_cases()
    ]  # fmt: skip


def signed_by_others(training: Training, case: str, actor: Actor) -> list[PracticeReview]:
    """Signed-off attempts of others at a case, as far as the actor may see them."""
    rows = reviews_visible_to(actor).filter(training=training, case=case, status=SIGNED)
    return [one for one in rows.order_by("reviewer__name", "attempt") if str(one.reviewer_id) != actor.id]


def progress(training: Training) -> Sequence[tuple[Person, int, bool]]:
    """How many cases each reviewer has signed off, and whether they stood aside. It tells no answer."""
    done: Mapping[UUID, set[str]] = {}
    for person, case in training.reviews.filter(status=SIGNED).values_list("reviewer_id", "case"):
        done.setdefault(person, set()).add(case)  # type: ignore[attr-defined]
    aside = set(training.aside.values_list("person_id", flat=True))
    return [(one, len(done.get(one.pk, ())), one.pk in aside) for one in reviewers(training.inspection)]


def may(actor: Actor, permission: Permission, thing: Training | PracticeReview) -> bool:
    """Whether a page should offer an act on a training or an attempt."""
    return policy.decide(actor, permission, thing.target(changing=True), timezone.now()).allowed


def may_open(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should offer to open a training for the team."""
    return policy.decide(actor, Permission.TRAINING_OPEN, inspection.target(), timezone.now()).allowed


def may_read(actor: Actor, inspection: Inspection) -> bool:
    """Whether a page should lead to the training of the team."""
    return policy.decide(actor, Permission.TRAINING_READ, OwnPart(inspection, actor).target(), timezone.now()).allowed


def sees_everybodys(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor sees every reviewer's figures, and not only their own."""
    return policy.decide(actor, Permission.TRAINING_READ, inspection.target(), timezone.now()).allowed


def to_review(actor: Actor) -> list[tuple[Training, int]]:
    """Open trainings in which the actor has practice cases left, and how many."""
    if not actor.signed_in or actor.programme:
        return []
    rows = trainings_visible_to(actor).filter(status=lifecycle.Training.OPEN).order_by("inspection__title")
    found = []
    for one in rows:
        if not may(actor, Permission.PRACTICE_WRITE, one) or stands_aside(one, actor):
            continue
        left = sum(not any(r.signed_off for r in held.attempts) for held in own_cases(one, actor))
        if left:
            found.append((one, left))
    return found
