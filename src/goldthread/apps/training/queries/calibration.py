"""How reviewers stand against the model answers and against each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from uuid import UUID

from django.db.models import QuerySet

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.reading_twice import scale_of
from goldthread.apps.drafting import known
from goldthread.apps.inspections.models import Inspection, Kind
from goldthread.apps.training.models import PracticeAnswer, PracticeReview, Training
from goldthread.apps.training.queries.practice import (
    SIGNED,
    open_cases,
    reviewers,
    sees_everybodys,
    trainings_visible_to,
)
from goldthread.domain import agreement
from goldthread.domain.agreement import Agreement, Coefficient, Direction, Figure, Pair, Reading, ReadTwice, Scale
from goldthread.domain.calibration import Compared, Standing, from_model, most_apart, parting, standing
from goldthread.domain.instrument import Question
from goldthread.domain.intervals import wilson
from goldthread.domain.practice_case import PracticeCase
from goldthread.domain.practice_cases import load

MODEL = "model"
"""What stands for the model answers where a reviewer's id stands for a reviewer."""

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """One attempt that counts, with what was answered in it."""

    review: PracticeReview
    answers: Answers


@dataclass(frozen=True, slots=True)
class AgainstModel:
    """One reviewer beside the model on one scale."""

    person: Person
    agreement: Agreement
    direction: Direction


@dataclass(frozen=True, slots=True)
class Beside:
    """Two reviewers on one scale. `other` is None where it is everybody else together, without names."""

    one: Person
    other: Person | None
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class OnScale:
    """Every question of one kind and scale: all against the model, each against it, each two beside each other."""

    kind: str
    scale: Scale
    whole: Agreement
    reviewers: tuple[AgainstModel, ...]
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """One question of one case: who answered what, the model's answer, and how far the team parts."""

    case: PracticeCase
    question: Question
    answers: tuple[tuple[Person, str], ...]
    model: str
    among: float | None
    from_model: float | None


@dataclass(frozen=True, slots=True)
class Stands:
    """How one reviewer stands, and when the last attempt that counts was signed off. `share` is of answers like the
    model's over all scales, its range by drawing whole cases anew."""

    person: Person
    standing: Standing
    share: Figure
    at: datetime | None
    seen_before: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """All of it, of everybody or of one reviewer. `hidden` counts cases that the reader has still to review."""

    training: Training
    everybody: bool
    cases: int
    hidden: int
    stands: tuple[Stands, ...]
    scales: tuple[OnScale, ...]
    talk: tuple[Parted, ...]

    @property
    def few(self) -> bool:
        """Whether all figures rest on so few cases that they are told with a caution; practice cases always are."""
        return self.cases < agreement.FEW


def counting(training: Training) -> list[PracticeReview]:
    """The attempts that count: of each reviewer and case the first that is signed off, if the model answers had not
    been seen; or the latest, where the training says that this will do."""
    rows = training.reviews.filter(status=SIGNED).select_related("reviewer").order_by("attempt")
    held: dict[tuple[UUID, str], PracticeReview] = {}
    for one in rows:
        if training.first_sight and one.seen_before:
            continue
        held[one.reviewer_id, one.case] = one
    return sorted(held.values(), key=lambda one: (one.reviewer.name, one.case))


def calibration(training: Training, actor: Actor) -> Calibration:
    """How reviewers stand, as far as the actor may see: of cases that they have still to review, nothing."""
    opened = open_cases(training, actor)
    everybody = sees_everybodys(actor, training.inspection)
    held = _with_answers([one for one in counting(training) if one.case in opened])
    shown = {one.review.reviewer_id: one.review.reviewer for one in held}
    if not everybody:
        shown = {pk: person for pk, person in shown.items() if str(pk) == actor.id}
    return Calibration(
        training, everybody, len({one.review.case for one in held}), len(training.cases) - len(opened),
        tuple(_stands(training, person, held) for person in shown.values()),
        tuple(_scales(held, shown, everybody)), tuple(_talk(held)) if everybody else (),
    )  # fmt: skip


def _with_answers(reviews: Sequence[PracticeReview]) -> list[Counted]:
    told: dict[UUID, dict[str, str]] = {one.pk: {} for one in reviews}
    rows = PracticeAnswer.objects.filter(review__in=reviews).values_list("review_id", "question", "value")
    for review, question, value in rows:
        told[review][question] = value
    return [Counted(one, told[one.pk]) for one in reviews]


def questions_of(case: PracticeCase) -> list[Question]:
    """The questions of a case that have a model answer, the urgent concern left out: it is no rating."""
    instrument = known.instrument(case.instrument)
    return [one for one in (*instrument.questions, *instrument.overall) if one.id in case.answers]


def compared(review: PracticeReview, answers: Answers) -> list[Compared]:
    """One attempt beside the model, question by question, the urgent concern marked as what it is."""
    case = load(review.case)
    urgent = known.instrument(case.instrument).urgent.id
    return [
        Compared(case.slug, id, answers.get(id, ""), model.value, flag=id == urgent)
        for id, model in case.answers.items()
    ]


def _stands(training: Training, person: Person, held: Sequence[Counted]) -> Stands:
    own = [one for one in held if one.review.reviewer_id == person.pk]
    days = [one.review.signed_off_at for one in own if one.review.signed_off_at]
    each = [one for attempt in own for one in compared(attempt.review, attempt.answers)]
    return Stands(
        person, standing(each, training.level), _share(each), max(days, default=None),
        sum(one.review.seen_before for one in own),
    )  # fmt: skip


_SAME = Scale(("same", "other"), ordered=False)


def _share(each: Iterable[Compared]) -> Figure:
    """The share of answers as the model. Drawn anew, a handful of cases that happen to be alike would give a range
    narrower than chance in the single answers does: it is never told so.
    """
    rated = [one for one in each if not one.flag]
    same = [one.own == one.model for one in rated]
    pairs = (Pair(one.case, "same", "same" if like else "other") for one, like in zip(rated, same, strict=True))
    figure = agreement.agreement(pairs, _SAME).figures[Coefficient.PERCENT]
    if figure.interval is None or not rated:
        return figure
    alone = wilson(sum(same), len(same))
    low, high = min(figure.interval[0], alone.low), max(figure.interval[1], alone.high)
    return replace(figure, interval=type(figure.interval)(low, high))


def _reading(one: Counted, question: Question) -> Reading:
    return Reading(one.review.case, str(one.review.reviewer_id), question.id, one.answers.get(question.id, ""))


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of answers on one scale: each reviewer with the model, and each two reviewers."""

    model: dict[UUID, list[ReadTwice]]
    two: dict[tuple[UUID, UUID], list[ReadTwice]]


def _scales(held: Sequence[Counted], shown: Mapping[UUID, Person], everybody: bool) -> Iterable[OnScale]:
    for (kind, answers), pairs in _parted(held).items():
        scale = Scale(answers)
        mine = {pk: twice for pk, twice in pairs.model.items() if pk in shown}
        if not mine:
            continue
        yield OnScale(
            kind, scale, agreement.agreement_of((one for twice in mine.values() for one in twice), scale),
            tuple(
                AgainstModel(
                    shown[pk], agreement.agreement_of(twice, scale),
                    agreement.direction(agreement.steps_of(twice, scale, str(pk))),
                )
                for pk, twice in mine.items()
            ),
            tuple(_beside(pairs, shown, scale, everybody)),
        )  # fmt: skip


def _parted(held: Sequence[Counted]) -> dict[tuple[str, tuple[str, ...]], _Pairs]:
    by_case: dict[str, list[Counted]] = {}
    for one in held:
        by_case.setdefault(one.review.case, []).append(one)
    found: dict[tuple[str, tuple[str, ...]], _Pairs] = {}
    for slug, attempts in sorted(by_case.items()):
        case = load(slug)
        for question in questions_of(case):
            pairs = found.setdefault((question.kind, scale_of(question)), _Pairs({}, {}))
            model = Reading(slug, MODEL, question.id, case.answers[question.id].value)
            for one in attempts:
                twice = ReadTwice(slug, question.id, _reading(one, question), model)
                pairs.model.setdefault(one.review.reviewer_id, []).append(twice)
            for one, other in combinations(attempts, 2):
                twice = ReadTwice(slug, question.id, _reading(one, question), _reading(other, question))
                pairs.two.setdefault((one.review.reviewer_id, other.review.reviewer_id), []).append(twice)
    return found


def _beside(pairs: _Pairs, shown: Mapping[UUID, Person], scale: Scale, everybody: bool) -> Iterable[Beside]:
    if everybody:
        for (one, other), twice in pairs.two.items():
            yield Beside(shown[one], shown[other], agreement.agreement_of(twice, scale))
        return
    for pk, person in shown.items():
        # Turned so that the reviewer always stands first: the table of counts would else mix both ways round.
        own = [
            two if pk == one else ReadTwice(two.case, two.question, two.second, two.first)
            for (one, other), held in pairs.two.items() if pk in (one, other) for two in held
        ]  # fmt: skip
        if own:
            yield Beside(person, None, agreement.agreement_of(own, scale))


def _talk(held: Sequence[Counted]) -> Iterable[Parted]:
    told: dict[str, Parted] = {}
    for slug in sorted({one.review.case for one in held}):
        case, attempts = load(slug), [one for one in held if one.review.case == slug]
        urgent = known.instrument(case.instrument).urgent
        for question in (*questions_of(case), urgent):
            scale, model = Scale(scale_of(question)), case.answers[question.id].value
            values = [one.answers.get(question.id, "") for one in attempts]
            told[f"{slug} {question.id}"] = Parted(
                case, question, tuple((one.review.reviewer, one.answers.get(question.id, "")) for one in attempts),
                model, parting(values, scale), from_model(values, model, scale),
            )  # fmt: skip
    return [told[key] for key in most_apart({key: (one.among, one.from_model) for key, one in told.items()})]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Whether one reviewer of an inspection is calibrated, and by which training that is told; None: by none yet.

    `aside`: they stand aside in the latest training here.
    """

    person: Person
    stands: Stands | None
    training: Training | None
    aside: bool = False

    @property
    def calibrated(self) -> bool:
        """Whether they are."""
        return self.stands is not None and self.stands.standing.calibrated


def calibrated(inspection: Inspection, actor: Actor) -> list[Calibrated]:
    """For each reviewer of an inspection whether they are calibrated: everybody for whoever sees everybody's figures,
    else the actor alone. Trainings of this inspection count, and training inspections that the actor may see."""
    people = reviewers(inspection)
    if not sees_everybodys(actor, inspection):
        people = [one for one in people if str(one.pk) == actor.id]
    held = [(one, _by_reviewer(one)) for one in _that_count(inspection, actor)]
    latest = Training.objects.filter(inspection=inspection).first()
    aside = set(latest.aside.values_list("person_id", flat=True)) if latest else set()
    return [_best(person, held, aside=person.pk in aside) for person in people]


def _that_count(inspection: Inspection, actor: Actor) -> QuerySet[Training]:
    rows = trainings_visible_to(actor)
    return (rows.filter(inspection=inspection) | rows.filter(inspection__kind=Kind.TRAINING)).order_by("-created_at")


def _by_reviewer(training: Training) -> dict[UUID, Stands]:
    held = _with_answers(counting(training))
    people = {one.review.reviewer_id: one.review.reviewer for one in held}
    return {pk: _stands(training, person, held) for pk, person in people.items()}


def _best(person: Person, held: Sequence[tuple[Training, Mapping[UUID, Stands]]], *, aside: bool) -> Calibrated:
    """The latest training in which they are calibrated; else the latest in which they took part; else none."""
    took = [(training, told[person.pk]) for training, told in held if person.pk in told]
    passed = [one for one in took if one[1].standing.calibrated]
    if not took:
        return Calibrated(person, None, None, aside)
    training, stands = (passed or took)[0]
    return Calibrated(person, stands, training, aside)
