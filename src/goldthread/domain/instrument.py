"""What an instrument of case review is: its questions, what may be answered, and whether a review is complete.

Practice and record are rated apart: good work can be badly written down, and a tidy file can hide poor work.
A grade always needs a reason. Any question may be not applicable, and then says why; a question that the instrument
itself leaves out, for the child or for an earlier answer, is *not asked*, and stands in nobody's way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from goldthread.domain.instrument_words import KIND_SCALES
from goldthread.domain.scales import GRADES, SCALES, Scale, words_of

NOT_APPLICABLE = "not-applicable"
"""The answer that a question does not fit this child. It always needs to say why."""

NOT_ASKED = "not-asked"
"""What stands for an answer, once a review is signed off, where the instrument did not ask. Nobody can choose it."""

NOTES = ("strengths", "to-improve")
"""The ids of the notes that close every review, whichever its instrument."""

URGENT = "urgent-concern"
"""The id of the question whether a child may be unsafe now. It is no rating, and stands apart."""

OVERALL_PRACTICE, OVERALL_RECORD = "overall-practice", "overall-record"
"""The closing grades, which every instrument has: practice is rated apart from the record."""

ANSWERS = {"practice": GRADES, "record": SCALES["yes-partly-no"].values, "flag": SCALES["flag"].values}
"""What may be answered to each kind of question where it names no scale, apart from not applicable."""

_DAY = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")

EVIDENCE = ("none", "may", "must")
"""Whether a question asks where its answer was seen: not at all, where the reviewer likes, or always."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A question is asked only if an earlier one was answered with one of these."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand together. `children` are those whom it fits, all where empty; one section is the closing."""

    slug: str
    title: str
    says: str = ""
    closing: bool = False
    children: tuple[str, ...] = ()
    ask_if: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its words, the help beside it, its kind, and the areas of the frameworks it tells about.

    `guidance` says at more length what good looks like. `scale` is the kind's own where empty, and `reason_for` the
    scale's own where None. `facts` are named facts of the child's record that stand beside it. `required` is asked of
    words alone: every other question must be answered.
    """

    id: str
    text: str
    help: str
    kind: str
    theme: str
    areas: tuple[str, ...] = ()
    may_not_apply: bool = True
    section: str = ""
    scale: str = ""
    guidance: str = ""
    reason_for: tuple[str, ...] | None = None
    evidence: str = "none"
    facts: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    ask_if: tuple[Condition, ...] = ()
    required: bool = True

    @property
    def answered_on(self) -> Scale:
        """The scale on which it is answered."""
        return SCALES[self.scale or KIND_SCALES[self.kind]]

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer that is allowed, not applicable last; none where it is answered in words."""
        values = self.answered_on.values
        return values + ((NOT_APPLICABLE,) if self.may_not_apply and values else ())

    @property
    def in_words(self) -> bool:
        """Whether it is answered in words alone."""
        return not self.answered_on.values

    def needs_reason(self, value: str) -> bool:
        """Whether this answer must say why."""
        told = self.answered_on.reason_for if self.reason_for is None else self.reason_for
        return value == NOT_APPLICABLE or value in told

    def needs_action(self, value: str) -> bool:
        """Whether this answer must say what is to be done, and by whom."""
        return value in self.answered_on.action_for


@dataclass(frozen=True, slots=True)
class ListCheck:
    """A check of a whole list that answers for every child what this instrument asks of a few, where data tell."""

    code: str
    says: str
    cannot: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of an instrument. `overall` are the closing grades, for practice and for the record.

    The slug ends in the version, and a draw and a review keep it: what was answered is read on what was asked.
    `children` are those whom it fits, all where empty.
    """

    slug: str
    title: str
    says: str
    source: str
    questions: tuple[Question, ...]
    overall: tuple[Question, ...]
    urgent: Question
    version: int = 1
    sections: tuple[Section, ...] = ()
    children: tuple[str, ...] = ()
    checks: tuple[ListCheck, ...] = ()

    @property
    def series(self) -> str:
        """What all versions of it are called."""
        return self.slug.rpartition("-")[0]

    @property
    def all_questions(self) -> tuple[Question, ...]:
        """Everything that a complete review answers, the closing grades and the urgent concern last."""
        return (*self.questions, *self.overall, self.urgent)

    @property
    def closing(self) -> Section:
        """The section that asks what difference the work made, and holds the closing grades."""
        return next(section for section in self.sections if section.closing)

    def question(self, id: str) -> Question:
        """A question by its id, closing grades and urgent concern among them. Raises KeyError for an unknown id."""
        for question in self.all_questions:
            if question.id == id:
                return question
        raise KeyError(f"this instrument has no question called “{id}”")

    def section(self, slug: str) -> Section:
        """A section by its slug. Raises KeyError for an unknown slug."""
        for section in self.sections:
            if section.slug == slug:
                return section
        raise KeyError(f"this instrument has no section called “{slug}”")

    def on_page(self) -> tuple[tuple[Section, tuple[Question, ...]], ...]:
        """The sections in their order, each with its questions; closing grades stand with the closing section."""
        return tuple(
            (one, (*(q for q in self.questions if q.section == one.slug), *(self.overall if one.closing else ())))
            for one in self.sections
        )

    def conditions(self, question: Question) -> tuple[Condition, ...]:
        """What must have been answered before the question is asked: its section's conditions and its own."""
        of_section = self.section(question.section).ask_if if question.section else ()
        return (*of_section, *question.ask_if)


@dataclass(frozen=True, slots=True)
class Seen:
    """Where an answer was seen: the kind of record, the document and page, and its day, each as far as told."""

    kind: str = ""
    place: str = ""
    day: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind and (self.place.strip() or self.day.strip()))

    @property
    def sound(self) -> bool:
        """Whether its day, where one is told, is a day of the calendar."""
        told = _DAY.fullmatch(self.day.strip())
        if told is None:
            return not self.day.strip()
        year, month, day = (told[3], told[2], told[1]) if told[3] else (told[4], told[5], told[6])
        try:
            date(int(year), int(month), int(day))
        except ValueError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question, and why; where it was seen; what is to be done, and by whom."""

    value: str
    why: str = ""
    seen: Seen = field(default_factory=Seen)
    action: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a review is not complete: the question, and one plain sentence."""

    question_id: str
    says: str


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Why a question is not asked: the earlier answer that leaves it out, or that it does not fit the child.

    `waits` is true where the earlier question is not answered yet, so that it may still be asked; `child` where it does
    not fit the child, whatever is answered.
    """

    says: str
    waits: bool = False
    child: bool = False


def not_asked(instrument: Instrument, values: Mapping[str, str], child: str = "") -> dict[str, NotAsked]:
    """The questions that are not asked, each with why, given the answers so far and what is known of the child.

    `child` is one of `instrument_words.CHILDREN`; where it is not known, no question is left out for it.
    """
    left: dict[str, NotAsked] = {}
    for section, questions in instrument.on_page():
        for question in questions:
            if why := _left_out(instrument, section, question, values, child, left):
                left[question.id] = why
    return left


def _left_out(
    instrument: Instrument, section: Section, question: Question, values: Mapping[str, str], child: str,
    left: Mapping[str, NotAsked],
) -> NotAsked | None:  # fmt: skip
    if child and any(fits and child not in fits for fits in (section.children, question.children)):
        return NotAsked("It does not fit this child's services.", child=True)
    for condition in instrument.conditions(question):
        asked = instrument.question(condition.question)
        if earlier := left.get(condition.question):
            return NotAsked(f"“{asked.text}” is not asked.", earlier.waits)
        value = values.get(condition.question, "")
        if value not in condition.answers:
            answered = value in asked.answers
            words = f"was answered: {words_of(value)}" if answered else "is not answered yet"
            return NotAsked(f"“{asked.text}” {words}.", not answered)
    return None


def check_answers(instrument: Instrument, answers: Mapping[str, Answer], child: str = "") -> list[Problem]:
    """What stands between these answers and signing off; nothing when complete. What is not asked is no problem."""
    left = not_asked(instrument, {id: answer.value for id, answer in answers.items()}, child)
    problems = []
    for question in instrument.all_questions:
        answer = answers.get(question.id, Answer(""))
        if question.id not in left and (says := _problem(question, answer)):
            problems.append(Problem(question.id, says))
    known = {question.id for question in instrument.all_questions}
    problems += [Problem(id, "This question is not part of the instrument.") for id in answers if id not in known]
    return problems


def _problem(question: Question, answer: Answer) -> str | None:
    if question.in_words:
        return "Write something, or say why there is nothing." if question.required and not answer.why.strip() else None
    if not answer.value.strip() or answer.value == NOT_ASKED:
        return "Give a grade." if question.answered_on.slug == "grades" else "Answer this question."
    if answer.value not in question.answers:
        allowed = ", ".join(value.replace("-", " ") for value in question.answers)
        return f"“{answer.value}” is not an answer to this question; choose one of {allowed}."
    return _unreasoned(question, answer) or _unfounded(question, answer)


def _unreasoned(question: Question, answer: Answer) -> str | None:
    """What the answer fails to say about itself."""
    if not question.needs_reason(answer.value) or answer.why.strip():
        return None
    if answer.value == NOT_APPLICABLE:
        return "Say why this does not apply to this child."
    if question.kind == "flag":
        return "Say what the concern is."
    graded = question.answered_on.slug == "grades"
    return "Give the reason for this grade." if graded else "Give the reason for this answer."


def _unfounded(question: Question, answer: Answer) -> str | None:
    """What the answer fails to point to: the action that it calls for, or where it was seen."""
    if not answer.seen.sound:
        return f"“{answer.seen.day.strip()}” is no day; write it like 30/9/2026, or leave it empty."
    if question.needs_action(answer.value) and not (answer.action.strip() and answer.owner.strip()):
        return "Say what is to be done, and who does it."
    if question.evidence == "must" and answer.value != NOT_APPLICABLE and not answer.seen:
        return "Say where you saw it: the kind of record, and its page or day."
    return None
