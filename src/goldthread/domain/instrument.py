"""What an instrument of case review is: its questions, what may be answered, and whether a review is complete.

Practice and record are rated apart: good work can be badly written down, and a tidy file can hide poor work.
Questions about practice are graded, and a grade always needs a reason; questions about the record are answered
yes, partly or no. Any question may be not applicable, and then says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass

NOT_APPLICABLE = "not-applicable"
"""The answer that a question does not fit this child. It always needs to say why."""

URGENT = "urgent-concern"
"""The id of the question whether a child may be unsafe now. It is no rating, and stands apart."""

ANSWERS = {
    "practice": ("outstanding", "good", "requires-improvement", "inadequate"),
    "record": ("yes", "partly", "no"),
    "flag": ("no", "yes"),
}
"""What may be answered to each kind of question, apart from not applicable."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its words, the help beside it, its kind, and the areas of the frameworks it tells about."""

    id: str
    text: str
    help: str
    kind: str
    theme: str
    areas: tuple[str, ...] = ()
    may_not_apply: bool = True

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer that is allowed, not applicable last."""
        return ANSWERS[self.kind] + ((NOT_APPLICABLE,) if self.may_not_apply else ())

    def needs_reason(self, value: str) -> bool:
        """Whether this answer must say why: every grade, every “not applicable”, every urgent concern."""
        return value == NOT_APPLICABLE or self.kind == "practice" or (self.kind == "flag" and value == "yes")


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of an instrument. `overall` are the closing grades, for practice and for the record."""

    slug: str
    title: str
    says: str
    source: str
    questions: tuple[Question, ...]
    overall: tuple[Question, ...]
    urgent: Question

    @property
    def all_questions(self) -> tuple[Question, ...]:
        """Everything that a complete review answers, in the order of the page."""
        return (*self.questions, *self.overall, self.urgent)

    def question(self, id: str) -> Question:
        """A question by its id, closing grades and urgent concern among them. Raises KeyError for an unknown id."""
        for question in self.all_questions:
            if question.id == id:
                return question
        raise KeyError(f"this instrument has no question called “{id}”")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question, and why."""

    value: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a review is not complete: the question, and one plain sentence."""

    question_id: str
    says: str


def check_answers(instrument: Instrument, answers: Mapping[str, Answer]) -> list[Problem]:
    """What stands between these answers and signing off, in the order of the page; nothing when complete."""
    problems = []
    for question in instrument.all_questions:
        answer = answers.get(question.id, Answer(""))
        if says := _problem(question, answer):
            problems.append(Problem(question.id, says))
    known = {question.id for question in instrument.all_questions}
    problems += [Problem(id, "This question is not part of the instrument.") for id in answers if id not in known]
    return problems


def _problem(question: Question, answer: Answer) -> str | None:
    if not answer.value.strip():
        return "Answer this question." if question.kind != "practice" else "Give a grade."
    if answer.value not in question.answers:
        allowed = ", ".join(value.replace("-", " ") for value in question.answers)
        return f"“{answer.value}” is not an answer to this question; choose one of {allowed}."
    if question.needs_reason(answer.value) and not answer.why.strip():
        if answer.value == NOT_APPLICABLE:
            return "Say why this does not apply to this child."
        return "Say what the concern is." if question.kind == "flag" else "Give the reason for this grade."
    return None
