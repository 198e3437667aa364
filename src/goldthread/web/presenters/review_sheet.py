"""A case review as its page shows it: questions in groups, what is answered, what is missing, and what clashed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from goldthread.apps.cases import queries
from goldthread.apps.cases.actions import ClashedAnswer, Typed
from goldthread.apps.cases.queries.reviews import NOTES
from goldthread.domain import frameworks, instruments
from goldthread.domain.instrument import NOT_APPLICABLE, Instrument, Problem, Question, check_answers
from goldthread.domain.instrument import Answer as Given
from goldthread.web.presenters.words import status

ANSWER_WORDS = {"yes": "Yes", "partly": "Partly", "no": "No", NOT_APPLICABLE: "Not applicable"}

WHY = {
    "practice": ("Why this grade", "What you saw on the file. Needed for every grade."),
    "record": ("What you saw", "Needed where it does not apply; welcome otherwise."),
    "flag": ("What the concern is", "The lead inspector sees it as soon as it is saved."),
    "note": ("", ""),
}
"""For each kind of question, the label of the box beside it, and its hint."""


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button."""

    value: str
    label: str
    chosen: bool
    id: str


@dataclass(slots=True)
class Item:
    """One question on the page. `version` is that of the stored answer, 0 where there is none."""

    question: str
    number: str
    text: str
    help: str
    kind: str
    options: list[Option]
    value: str
    why: str
    version: int
    saved_at: datetime | None
    answer: str = ""
    problem: str = ""
    clash: ClashedAnswer | None = None
    theirs: str = ""

    @property
    def why_label(self) -> str:
        """The label of the box beside the answer."""
        return WHY[self.kind][0] or self.text

    @property
    def why_hint(self) -> str:
        """What to write in it."""
        return WHY[self.kind][1] or self.help

    @property
    def done(self) -> bool:
        """Whether it is answered."""
        return bool(self.value)


@dataclass(slots=True)
class Group:
    """Questions that stand together under one heading."""

    slug: str
    title: str
    says: str
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """The whole page: its groups, and how far it has come."""

    instrument: Instrument
    groups: list[Group]
    answered: int
    asked: int
    saved_at: datetime | None
    grades: list[tuple[str, str]]

    @property
    def items(self) -> list[Item]:
        """Every question, in the order of the page."""
        return [item for group in self.groups for item in group.items]

    @property
    def missing(self) -> list[Item]:
        """Questions that stand between the review and signing it off."""
        return [item for item in self.items if item.problem]

    @property
    def clashes(self) -> list[Item]:
        """Questions that were answered elsewhere meanwhile."""
        return [item for item in self.items if item.clash]

    @property
    def next_open(self) -> Item | None:
        """The first question without an answer."""
        return next((item for item in self.items if item.kind != "note" and not item.done), None)


def sheet(review: Any, *, typed: Mapping[str, Typed] | None = None, clashes: Iterable[ClashedAnswer] = ()) -> Sheet:
    """The page of a review as it is stored, or with what was just typed over it. Says what is missing everywhere."""
    instrument = instruments.load(review.instrument)
    framework = frameworks.load(review.inspection.framework)
    stored = queries.answers_of(review)
    clashed = {one.question: one for one in clashes}
    given = {name: Given(one.value, one.why) for name, one in stored.items() if name not in NOTES}
    missing = {one.question_id: one for one in check_answers(instrument, given)}
    grades = {grade.slug: grade.title for grade in framework.grades}
    words = {**ANSWER_WORDS, **grades}

    def item(question: Question, number: str = "") -> Item:
        return _item(question, number, stored.get(question.id), (typed or {}).get(question.id), words, missing, clashed)

    groups = _groups(instrument, item)
    counted = [one for group in groups[:2] for one in group.items]
    return Sheet(
        instrument, groups, sum(one.done for one in counted), len(counted), review.saved_at,
        [(grade.title, grade.meaning) for grade in framework.grades],
    )  # fmt: skip


def _groups(instrument: Instrument, item: Callable[..., Item]) -> list[Group]:
    practice = [question for question in instrument.questions if question.kind == "practice"]
    record = [question for question in instrument.questions if question.kind == "record"]
    notes = [Question(name, text, help, "note", "", may_not_apply=False) for name, (text, help) in NOTES.items()]
    graded = [item(question, str(number)) for number, question in enumerate(practice, 1)]
    kept = [item(question, str(number)) for number, question in enumerate(record, len(practice) + 1)]
    closing = [item(question) for question in instrument.overall]
    return [
        Group("practice", "Practice", "What was done for the child.", graded),
        Group("record", "The record", "How it is written down.", kept),
        Group("overall", "Taken together", "Practice and record are graded apart.", closing),
        Group("notes", "Notes", "They stay with the review; the shelf holds the answers only.", list(map(item, notes))),
        Group("urgent", "Is the child safe now?", "", [item(instrument.urgent)]),
    ]


def _item(
    question: Question, number: str, stored: Any, typed: Typed | None, words: Mapping[str, str],
    missing: Mapping[str, Problem], clashed: Mapping[str, ClashedAnswer],
) -> Item:  # fmt: skip
    value = typed.value if typed else stored.value if stored else ""
    clash = clashed.get(question.id)
    values = () if question.kind == "note" else question.answers
    return Item(
        question=question.id, number=number, text=question.text, help=question.help, kind=question.kind,
        options=[
            Option(one, words.get(one, status(one)), one == value, f"q-{question.id}" + (f"-{place}" if place else ""))
            for place, one in enumerate(values)
        ],
        value=value, why=typed.why if typed else stored.why if stored else "",
        version=stored.version if stored else 0, saved_at=stored.saved_at if stored else None,
        answer=words.get(value, status(value)) if value else "",
        problem=missing[question.id].says if question.id in missing else "",
        clash=clash, theirs=words.get(clash.theirs.value, "") if clash else "",
    )  # fmt: skip
