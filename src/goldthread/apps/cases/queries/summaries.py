"""What the reviewed files say together, question by question, and how precise each “x of y files” is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases.models import Answer, Draw
from goldthread.apps.cases.queries.draws import draws_visible_to
from goldthread.apps.cases.queries.reviews import reviews_visible_to
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import instruments, lifecycle
from goldthread.domain.instrument import NOT_APPLICABLE, Question
from goldthread.domain.intervals import Interval, wilson_finite

FEWEST_FOR_PER_CENT = 10
"""Below this many files a share is shown as counts only."""


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """One answer to one question: in how many of the files to which the question applied."""

    value: str
    count: int
    of: int
    interval: Interval | None

    @property
    def per_cent(self) -> int | None:
        """The share, or None where there are too few files to speak of one."""
        return round(self.count * 100 / self.of) if self.of >= FEWEST_FOR_PER_CENT else None

    @property
    def low(self) -> int | None:
        """The lower end of the 95% interval, in per cent."""
        return None if self.interval is None else round(self.interval.low * 100)

    @property
    def high(self) -> int | None:
        """The upper end of the 95% interval, in per cent."""
        return None if self.interval is None else round(self.interval.high * 100)


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """One question over the signed-off reviews: `of` files to which it applied, and each answer among them."""

    question: Question
    of: int
    not_applicable: int
    answers: tuple[AnswerCount, ...]


@dataclass(frozen=True, slots=True)
class AnswersSummary:
    """What one draw's reviews say together. The interval takes the files as drawn at random from the whole frame."""

    draw: Draw
    files: int
    drawn: int
    questions: tuple[QuestionSummary, ...]

    @property
    def complete(self) -> bool:
        """Whether every drawn file is reviewed; until then the order in which people work may tilt the shares."""
        return self.files >= self.drawn


def answers_summary(inspection: Inspection, actor: Actor, draw: Draw | None = None) -> AnswersSummary | None:
    """The answers of the signed-off reviews of one draw, the latest live one unless named; None where there is none.

    A case with two signed-off reviews counts once, by the first. Draws are never added together: each speaks of its
    own frame. A frame's share to which a question applies is not known, so the whole frame is taken, which errs wide.
    """
    if draw is None:
        live = draws_visible_to(actor).filter(inspection=inspection, status=lifecycle.Draw.DRAWN)
        draw = live.order_by("-number").first()
    if draw is None:
        return None
    signed = reviews_visible_to(actor).filter(case__draw=draw, status=lifecycle.CaseReview.SIGNED_OFF)
    first: dict[UUID, UUID] = {}
    for pk, case in signed.order_by("signed_off_at").values_list("pk", "case_id"):
        first.setdefault(case, pk)
    given: dict[str, Counter[str]] = {}
    for question, value in Answer.objects.filter(review_id__in=list(first.values())).values_list("question", "value"):
        given.setdefault(question, Counter())[value] += 1
    instrument = instruments.load(draw.instrument)
    asked = (*instrument.questions, *instrument.overall)
    in_play = draw.cases.filter(reserve=False).exclude(status=lifecycle.Case.SET_ASIDE).count()
    return AnswersSummary(
        draw, len(first), in_play, tuple(_question(q, given.get(q.id, Counter()), draw) for q in asked)
    )


def _question(question: Question, given: Counter[str], draw: Draw) -> QuestionSummary:
    applies: Sequence[str] = [value for value in question.answers if value != NOT_APPLICABLE]
    of = sum(given[value] for value in applies)
    counts = tuple(
        AnswerCount(value, given[value], of, wilson_finite(given[value], of, draw.frame_size) if of else None)
        for value in applies
    )
    return QuestionSummary(question, of, given[NOT_APPLICABLE], counts)
