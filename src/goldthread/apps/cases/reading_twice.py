"""What a second reading rests on: who may read blind, which files can be read twice, and what stands after settling."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.queries import actor_by_id
from goldthread.apps.access.roles import ROLES
from goldthread.apps.cases.asked import require_held
from goldthread.apps.cases.interests import Interests
from goldthread.apps.cases.models import Answer, Case, CaseReview, Draw, SecondReading
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.inspections.queries import current_members
from goldthread.domain import lifecycle
from goldthread.domain.instrument import Question
from goldthread.domain.timetable import Interest

REVIEWERS = tuple(slug for slug, role in ROLES.items() if Permission.CASE_REVIEW_WRITE in role.may)


def blind_readers(inspection: Inspection) -> list[Person]:
    """Reviewers without a conflict of interest with the authority who do not read everybody's drafts: the lead does,
    and so reads no file a second time."""
    shut_out = inspection.conflicts.filter(waived_at=None, interest=Interest.AUTHORITY)
    conflicted = set(shut_out.values_list("person_id", flat=True))
    held = {one.person_id: one.person for one in current_members(inspection, roles=REVIEWERS)}
    return [one for pk, one in held.items() if pk not in conflicted and reads_blind(inspection, one)]


def reads_blind(inspection: Inspection, person: Person) -> bool:
    """Whether the person sees nobody's review but their own while it is being written."""
    actor, target = actor_by_id(person.pk, second_factor=True), inspection.target()
    return not policy.decide(actor, Permission.CASE_REVIEW_READ_DRAFT, target, timezone.now()).allowed


def able(cases: Iterable[Case], people: Sequence[Person]) -> dict[int, list[str]]:
    """For each case by its number, the ids of those who could read it a second time: not the first reader, nor anybody
    who has ever begun to review it or was shown its review, nor anybody with a conflict of interest in it."""
    held, apart = list(cases), Interests()
    reviews = CaseReview.objects.filter(case__in=held)
    begun = set(reviews.values_list("case_id", "reviewer_id"))
    begun |= set(reviews.values_list("case_id", "hand_overs__frm_id"))
    begun |= set(reviews.values_list("case_id", "practitioners_parts__practitioner_id"))
    return {
        case.number: [
            str(p.pk)
            for p in people
            if p.pk != case.allocated_to_id and (case.pk, p.pk) not in begun and apart.between(case, p) is None
        ]
        for case in held
    }


@dataclass(frozen=True, slots=True)
class Pickable:
    """The files of a draw as a second reading sees them: all in play, and those that others may have read already."""

    in_play: list[Case]
    signed_before: list[Case]

    @property
    def open(self) -> list[Case]:
        """Files that can be picked, or were."""
        before = {case.pk for case in self.signed_before}
        return [case for case in self.in_play if case.pk not in before]


def pickable(draw: Draw) -> Pickable:
    """Which files of a draw can be read twice: not one whose review was signed off before anybody else was kept from
    reading it, and not one whose second reading was called off."""
    rows = draw.cases.filter(reserve=False).exclude(status=lifecycle.Case.SET_ASIDE)
    rows = rows.exclude(second_reading__status=lifecycle.SecondReading.CALLED_OFF)
    signed = (lifecycle.CaseReview.SIGNED_OFF, lifecycle.CaseReview.SUPERSEDED)
    held = list(rows.select_related("inspection", "draw", "allocated_to", "second_reading").order_by("number"))
    read = set(CaseReview.objects.filter(case__in=held, status__in=signed).values_list("case_id", flat=True))
    return Pickable(held, [case for case in held if case.pk in read and case.read_again is None])


@dataclass(frozen=True, slots=True)
class Compared:
    """One question as both readers answered it."""

    question: Question
    first: Answer | None
    second: Answer | None

    @property
    def values(self) -> tuple[str, str]:
        """Both answers; empty where there is none."""
        return (self.first.value if self.first else "", self.second.value if self.second else "")

    @property
    def differs(self) -> bool:
        """Whether the two answered otherwise."""
        first, second = self.values
        return first != second


def compared(reading: SecondReading) -> list[Compared]:
    """Both readings question by question, in the order of the page; nothing until both are in."""
    if reading.first is None or reading.second is None:
        return []
    instrument = require_held(reading.first.instrument)
    one, other = ({a.question: a for a in review.answers.all()} for review in (reading.first, reading.second))
    asked = (*instrument.questions, *instrument.overall)
    return [Compared(question, one.get(question.id), other.get(question.id)) for question in asked]


def settled_values(reading: SecondReading) -> dict[str, str]:
    """What was settled, by question; only of questions that differ."""
    differing = {one.question.id for one in compared(reading) if one.differs}
    return {one.question: one.value for one in reading.settlements.all() if one.question in differing and one.value}


def scale_of(question: Question) -> tuple[str, ...]:
    """The answers of a question, the kindest first, without “not applicable”; none where it is answered in words."""
    return question.answered_on.kindest_first


def standing(readings: Iterable[SecondReading]) -> Mapping[str, Mapping[str, str]]:
    """For each case by its id, the answers that stand in place of the first reader's once differences are settled."""
    return {str(one.case_id): settled_values(one) for one in readings if one.settled}
