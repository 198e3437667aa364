"""What the reviewed files say together, question by question, and how precise each “x of y files” is."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import asked
from goldthread.apps.cases.models import Answer, Case, CaseReview, Draw, Settlement
from goldthread.apps.cases.queries.draws import draws_visible_to
from goldthread.apps.cases.queries.reviews import reviews_visible_to
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import lifecycle, sampling
from goldthread.domain.instrument import NOT_APPLICABLE, NOT_ASKED, Instrument, Question

FEWEST_FOR_PER_CENT = 10
"""Below this many files a share is shown as counts only."""


class OfFiles(ABC):
    """A part of some files, and of the frame behind them, in per cent as pages tell it."""

    __slots__ = ()
    of: int
    estimate: sampling.Estimate | None

    @property
    @abstractmethod
    def part(self) -> int:
        """How many of the files it is."""

    @property
    def per_cent(self) -> int | None:
        """The share of the files, or None where there are too few to speak of one."""
        return round(self.part * 100 / self.of) if self.of >= FEWEST_FOR_PER_CENT else None

    @property
    def weighted(self) -> int | None:
        """The share of the frame, in per cent, where weights make it another than that of the files."""
        if self.estimate is None or self.per_cent is None:
            return None
        told = round(self.estimate.share * 100)
        return None if told == self.per_cent else told

    @property
    def low(self) -> int | None:
        """The lower end of the 95% interval, in per cent."""
        return None if self.estimate is None else round(self.estimate.interval.low * 100)

    @property
    def high(self) -> int | None:
        """The upper end of the 95% interval, in per cent."""
        return None if self.estimate is None else round(self.estimate.interval.high * 100)


@dataclass(frozen=True, slots=True)
class AnswerCount(OfFiles):
    """One answer to one question: in how many of the files to which the question applied, and what that says of the
    frame by the way the draw was made; None where files were picked by hand or nobody was asked."""

    value: str
    count: int
    of: int
    estimate: sampling.Estimate | None

    @property
    def part(self) -> int:
        """How many of the files gave it."""
        return self.count


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """One question over the signed-off reviews: `of` files to which it applied, and each answer among them."""

    question: Question
    of: int
    not_applicable: int
    answers: tuple[AnswerCount, ...]
    not_asked: int = 0

    @property
    def middle(self) -> float | None:
        """The middle answer of a scale of numbers: half of the files lie at or below it. None on any other scale."""
        if not self.of or not all(one.value.isdigit() for one in self.answers):
            return None
        return float(median([int(one.value) for one in self.answers for _ in range(one.count)]))


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """The questions of one section that anybody can count."""

    title: str
    questions: tuple[QuestionSummary, ...]


@dataclass(frozen=True, slots=True)
class AnswersSummary:
    """What one draw's reviews on one instrument say together; `missing` are the strata of which no file is reviewed.

    `instruments` are those on which files of the draw were reviewed: each is added up by itself, for two instruments
    ask different things. `elsewhere` files of the draw were given another instrument, and are in none of these counts.
    """

    draw: Draw
    files: int
    drawn: int
    questions: tuple[QuestionSummary, ...]
    missing: tuple[str, ...] = ()
    instrument: str = ""
    instruments: tuple[tuple[str, str], ...] = ()
    sections: tuple[SectionSummary, ...] = ()
    elsewhere: int = 0

    @property
    def by_chance(self) -> bool:
        """Whether the files speak of the frame: files picked by hand speak for themselves alone."""
        return sampling.Design(self.draw.design).by_chance

    @property
    def complete(self) -> bool:
        """Whether every drawn file is reviewed; until then the order in which people work may tilt the shares."""
        return self.files >= self.drawn


def answers_summary(
    inspection: Inspection, actor: Actor, draw: Draw | None = None, instrument: str = ""
) -> AnswersSummary | None:
    """The answers of the signed-off reviews of one draw, the latest live sample unless named; None where there is none.

    Those on the instrument that is named, else on the draw's own. A case that is read twice counts once, by the first
    reader's answers and, where the two differed, by what was settled. Draws are never added together: each speaks of
    its own frame, by the estimator of its own design.
    """
    draw = draw or _latest(inspection, actor)
    if draw is None:
        return None
    signed = signed_files(actor, draw, instrument)
    chosen, first, given = signed.instrument, signed.first, signed.given
    held, files = asked.held(chosen), list(first.values())
    in_play = draw.cases.filter(reserve=False).exclude(status=lifecycle.Case.SET_ASIDE)
    looked = {stratum for _, stratum, _ in files}
    missing = tuple(one["name"] for one in draw.strata if one["drawn"] and one["name"] not in looked)
    questions = (
        tuple(_question(q, given.get(q.id, {}), draw, files) for q in (*held.questions, *held.overall) if q.answers)
        if held
        else ()
    )
    drawn = _on(in_play, draw, chosen)
    return AnswersSummary(
        draw, len(first), drawn, questions,
        missing if sampling.Design(draw.design).divides else (), chosen,
        tuple((slug, asked.title_of(slug)) for slug in signed.used), _sections(held, questions),
        in_play.count() - drawn,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signed:
    """The signed-off reviews of one draw on one instrument: of each case its review, its stratum and for how many
    siblings it stands; by question what stands in each review. `used` are the instruments of the draw's reviews."""

    instrument: str
    used: tuple[str, ...]
    first: Mapping[UUID, tuple[UUID, str, int]]
    given: Mapping[str, Mapping[UUID, str]]


def signed_files(actor: Actor, draw: Draw, instrument: str = "") -> Signed:
    """What the actor may read of the signed-off reviews of a draw, on an instrument that is named, else on its own.

    A case that is read twice counts once, by the first reader's answers and, where two differed, by what was settled.
    """
    signed = reviews_visible_to(actor).filter(case__draw=draw, status=lifecycle.CaseReview.SIGNED_OFF)
    signed = signed.exclude(case__second_reading__reader=F("reviewer"))
    used = sorted({*signed.values_list("instrument", flat=True), draw.instrument})
    chosen = instrument if instrument in used else draw.instrument
    first = _first_of_each(signed.filter(instrument=chosen))
    given = _given([pk for pk, _, _ in first.values()])
    _settle(given, {case: pk for case, (pk, _, _) in first.items()})
    return Signed(chosen, tuple(used), first, given)


def latest_draw(inspection: Inspection, actor: Actor) -> Draw | None:
    """The latest live sample that the actor may see and of which a file is read, before one of which none is and any
    that was picked by hand; None where there is none."""
    return _latest(inspection, actor)


def _first_of_each(signed: QuerySet[CaseReview]) -> dict[UUID, tuple[UUID, str, int]]:
    """Of each case the review that was signed off first, with its stratum and how many siblings it stands for."""
    first: dict[UUID, tuple[UUID, str, int]] = {}
    told = signed.order_by("signed_off_at").values_list("pk", "case_id", "case__stratum", "case__siblings")
    for pk, case, stratum, siblings in told:
        first.setdefault(case, (pk, stratum, siblings))
    return first


def _latest(inspection: Inspection, actor: Actor) -> Draw | None:
    """The latest live draw of which a file is read; where none is, the latest. Files picked by hand speak for
    themselves alone, so they never stand before a sample."""
    live = draws_visible_to(actor).filter(inspection=inspection, status=lifecycle.Draw.DRAWN)
    by_chance = live.exclude(design=sampling.Design.HAND_PICKED.value)
    signed = CaseReview.objects.filter(case__draw=OuterRef("pk"), status=lifecycle.CaseReview.SIGNED_OFF)
    for rows in (by_chance.filter(Exists(signed)), by_chance, live):
        if (found := rows.order_by("-number").first()) is not None:
            return found
    return None


def _on(cases: QuerySet[Case], draw: Draw, instrument: str) -> int:
    """How many of the cases are, or will be, reviewed on an instrument: reviews tell, then the case, then the draw."""
    begun = Q(reviews__instrument=instrument)
    fresh = Q(reviews__isnull=True) & Q(instrument=instrument)
    if instrument == draw.instrument:
        fresh |= Q(reviews__isnull=True) & Q(instrument="")
    return cases.filter(begun | fresh).distinct().count()


def _given(reviews: Sequence[UUID]) -> dict[str, dict[UUID, str]]:
    """By question, what each of the reviews answered."""
    given: dict[str, dict[UUID, str]] = {}
    rows = Answer.objects.filter(review_id__in=reviews)
    for question, review, value in rows.values_list("question", "review_id", "value"):
        given.setdefault(question, {})[review] = value
    return given


def _sections(held: Instrument | None, questions: Sequence[QuestionSummary]) -> tuple[SectionSummary, ...]:
    """The same questions, section by section in the order of the page."""
    told = {one.question.id: one for one in questions}
    found = [
        SectionSummary(section.title, tuple(told[q.id] for q in asked_here if q.id in told))
        for section, asked_here in (held.on_page() if held else ())
    ]
    return tuple(one for one in found if one.questions)


def _settle(given: dict[str, dict[UUID, str]], reviews: Mapping[UUID, UUID]) -> None:
    """Put what was settled in place of the first reader's answers."""
    settled = Settlement.objects.filter(
        reading__case__in=reviews, reading__status=lifecycle.SecondReading.SETTLED
    ).exclude(value="")
    for question, case, value in settled.values_list("question", "reading__case_id", "value"):
        given.setdefault(question, {})[reviews[case]] = value


def strata_of(draw: Draw) -> list[sampling.StratumCount]:
    """The strata of a draw, as an estimate reads them."""
    return [sampling.StratumCount(**one) for one in draw.strata]


def _question(
    question: Question, given: Mapping[UUID, str], draw: Draw, files: Sequence[tuple[UUID, str, int]]
) -> QuestionSummary:  # fmt: skip
    applies: Sequence[str] = [value for value in question.answers if value != NOT_APPLICABLE]
    counted = Counter(given.values())
    of = sum(counted[value] for value in applies)
    design, strata = sampling.Design(draw.design), strata_of(draw)

    def told(value: str) -> sampling.Estimate | None:
        seen = (
            sampling.Seen(stratum, given.get(review) == value, given.get(review) in applies, siblings)
            for review, stratum, siblings in files
        )
        return sampling.estimate(design, strata, seen)

    counts = tuple(AnswerCount(value, counted[value], of, told(value)) for value in applies)
    return QuestionSummary(question, of, counted[NOT_APPLICABLE], counts, counted[NOT_ASKED])
