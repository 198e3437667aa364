"""How far second reading has come, how two readers agree, who grades more kindly, and how that changes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.models import Person
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import asked
from goldthread.apps.cases.models import Answer, CaseReview, OwnAudit, SecondReading, Settlement
from goldthread.apps.cases.queries.second_readings import second_readings_of
from goldthread.apps.cases.reading_twice import scale_of, settled_values
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import agreement, lifecycle
from goldthread.domain.agreement import Agreement, Direction, Drift, Reading, ReadTwice, Scale, Step
from goldthread.domain.instrument import ANSWERS, Question
from goldthread.domain.scales import words_of

KINDS: Mapping[str, str] = {"practice": "Practice", "record": "The record"}
"""What the questions of a kind are called together; a kind that is not named here is called by its own name."""


@dataclass(frozen=True, slots=True)
class OfQuestion:
    """One question: how far its two readers agree."""

    question: Question
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class OfScale:
    """All questions that are answered on one scale: how far readers agree, and each reviewer beside the others."""

    kind: str
    scale: Scale
    agreement: Agreement
    questions: tuple[OfQuestion, ...]
    reviewers: tuple["OfReviewer", ...]

    @property
    def title(self) -> str:
        """What these questions are called together: by their kind, and by their scale where it is not the grades."""
        kind = KINDS.get(self.kind, self.kind.replace("-", " ").capitalize())
        best, worst = words_of(self.scale.answers[0]), words_of(self.scale.answers[-1])
        return kind if self.scale.answers == ANSWERS.get(self.kind) else f"{kind}, from “{best}” to “{worst}”"


@dataclass(frozen=True, slots=True)
class OfReviewer:
    """One reviewer beside whoever read the same files."""

    person: Person
    direction: Direction
    drift: Drift


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the differences: for how many the first reader's answer stands, the second's, or neither."""

    differences: int
    settled: int
    first: int
    second: int

    @property
    def neither(self) -> int:
        """How many were settled on an answer that neither had given."""
        return self.settled - self.first - self.second


@dataclass(frozen=True, slots=True)
class OwnAudits:
    """The council's own audits beside the inspectors' grades: kinder is over-optimistic."""

    question: Question
    direction: Direction


@dataclass(frozen=True, slots=True)
class Moderation:
    """All of it, of everybody's second readings or, for a reviewer, of those they took part in."""

    everybody: bool
    readings: tuple[SecondReading, ...]
    scales: tuple[OfScale, ...]
    settled: Settled
    own_audits: tuple[OwnAudits, ...]

    @property
    def by_status(self) -> Mapping[str, int]:
        """How many second readings have come how far."""
        counted = Counter(one.status for one in self.readings)
        return {status.value: counted.get(status.value, 0) for status in lifecycle.SecondReading}

    @property
    def read_twice(self) -> int:
        """How many files have both readings in."""
        return sum(one.compared or one.settled for one in self.readings)

    @property
    def given(self) -> int:
        """How many files are, or were, to be read twice; without those called off."""
        return sum(one.status != lifecycle.SecondReading.CALLED_OFF for one in self.readings)

    @property
    def waiting(self) -> list[SecondReading]:
        """Second readings in which somebody has something to do, differences to settle first."""
        return sorted((one for one in self.readings if one.waits or one.compared), key=lambda one: one.waits)

    @property
    def few(self) -> bool:
        """Whether all figures rest on so few files that they are told with a caution."""
        return self.read_twice < agreement.FEW


def sees_everybodys(actor: Actor, inspection: Inspection) -> bool:
    """Whether the actor sees every reviewer's figures, and not only their own."""
    return policy.decide(actor, Permission.MODERATION_READ, inspection.target(), timezone.now()).allowed


def moderation(inspection: Inspection, actor: Actor) -> Moderation:
    """Agreement and direction over the second readings whose both readings are in. A reviewer is told their own."""
    readings = second_readings_of(inspection, actor)
    everybody = sees_everybodys(actor, inspection)
    done = [one for one in readings if (one.compared or one.settled) and one.first and one.second]
    twice = _twice(done)
    people = {one.pk: one for pair in done for one in _readers(pair)}
    shown = people if everybody else {pk: one for pk, one in people.items() if str(pk) == actor.id}
    return Moderation(
        everybody, tuple(readings), tuple(_scales(twice, shown)), _settled(done, twice),
        tuple(_own_audits(inspection)) if everybody else (),
    )  # fmt: skip


def _readers(pair: SecondReading) -> list[Person]:
    return [review.reviewer for review in (pair.first, pair.second) if review is not None]


def _twice(done: Sequence[SecondReading]) -> list[tuple[Question, ReadTwice]]:
    """Each question of each pair, as both answered it."""
    answers: dict[UUID, dict[str, str]] = {}
    reviews = [review for pair in done for review in (pair.first, pair.second) if review is not None]
    rows = Answer.objects.filter(review__in=reviews).values_list("review_id", "question", "value")
    for review, name, value in rows:
        answers.setdefault(review, {})[name] = value
    found = []
    for pair in done:
        if pair.first is None or pair.second is None:
            continue
        instrument = asked.held(pair.first.instrument)
        if instrument is None:
            continue
        for question in (*instrument.questions, *instrument.overall):
            one, other = (_reading(review, question, answers) for review in (pair.first, pair.second))
            found.append((question, ReadTwice(one.case, question.id, one, other)))
    return found


def _reading(review: CaseReview, question: Question, answers: Mapping[UUID, Mapping[str, str]]) -> Reading:
    grade = answers.get(review.pk, {}).get(question.id, "")
    day = timezone.localdate(review.signed_off_at) if review.signed_off_at else None
    return Reading(str(review.case_id), str(review.reviewer_id), question.id, grade, day)


def _scales(twice: Sequence[tuple[Question, ReadTwice]], shown: Mapping[UUID, Person]) -> Iterable[OfScale]:
    parted: dict[tuple[str, tuple[str, ...]], list[tuple[Question, ReadTwice]]] = {}
    for question, pair in twice:
        parted.setdefault((question.kind, scale_of(question)), []).append((question, pair))
    known = list(KINDS)
    for (kind, answers), held in sorted(
        parted.items(), key=lambda one: known.index(one[0][0]) if one[0][0] in known else len(known)
    ):
        if len(answers) < 2:
            continue
        scale = Scale(answers)
        standing = {question.id: question for question, _ in held}
        questions = tuple(
            OfQuestion(question, agreement.agreement_of((p for _, p in held if p.question == name), scale))
            for name, question in standing.items()
        )
        pairs = [pair for _, pair in held]
        told = {one.reviewer: one for one in agreement.reviewers_of(pairs, scale)}
        reviewers = [
            OfReviewer(person, told[str(pk)].direction, told[str(pk)].drift)
            for pk, person in shown.items() if str(pk) in told
        ]  # fmt: skip
        yield OfScale(
            kind, scale, agreement.agreement_of(pairs, scale), questions,
            tuple(sorted(reviewers, key=lambda one: one.person.name)),
        )  # fmt: skip


def _settled(done: Sequence[SecondReading], twice: Iterable[tuple[Question, ReadTwice]]) -> Settled:
    differing = {
        (pair.case, pair.question): (pair.first.grade, pair.second.grade)
        for _, pair in twice
        if pair.first.grade != pair.second.grade
    }
    closed = [one.pk for one in done if one.settled]
    rows = Settlement.objects.filter(reading__in=closed).values_list("reading__case_id", "question", "value")
    held = [(differing[str(case), name], value) for case, name, value in rows if (str(case), name) in differing]
    return Settled(
        len(differing), len(held), sum(value == both[0] for both, value in held),
        sum(value == both[1] for both, value in held),
    )  # fmt: skip


def _own_audits(inspection: Inspection) -> Iterable[OwnAudits]:
    """The council's own grades beside what stands of the inspectors', for each closing question."""
    parted: dict[str, list[Step]] = {}
    known: dict[str, Question] = {}
    rows = OwnAudit.objects.filter(inspection=inspection).select_related("case__draw", "case__second_reading")
    for audit in rows.order_by("case__number"):
        instrument = asked.held(asked.instrument_of(audit.case))
        if instrument is None:
            continue
        question = instrument.question(audit.question)
        stands = standing_grade(audit)
        scale = Scale(scale_of(question))
        if stands and scale.holds(audit.grade, stands):
            known[question.id] = question
            step = Step(str(audit.case_id), scale.kinder_by(audit.grade, stands))
            parted.setdefault(question.id, []).append(step)
    for name, steps in parted.items():
        yield OwnAudits(known[name], agreement.direction(steps))


def standing_grade(audit: OwnAudit) -> str:
    """The inspector's grade beside one of the council's: as settled, or as the first reader signed it; empty while none
    is signed off, or while a second reading is still waited for."""
    case = audit.case
    pair = case.read_again
    if pair is not None and pair.waits:
        return ""
    if pair is not None and pair.settled and (settled := settled_values(pair).get(audit.question)):
        return settled
    signed = CaseReview.objects.filter(
        case=case, reviewer=case.allocated_to_id, status=lifecycle.CaseReview.SIGNED_OFF
    ).first()
    found = signed.answers.filter(question=audit.question).first() if signed is not None else None
    return found.value if found is not None else ""
