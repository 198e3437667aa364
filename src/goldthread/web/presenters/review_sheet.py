"""A case review as its page shows it: sections, what is answered, what is not asked, what is missing, what clashed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from goldthread.apps.cases import queries
from goldthread.apps.cases.actions import ClashedAnswer, Typed
from goldthread.apps.cases.queries.reviews import NOTES
from goldthread.apps.drafting import known
from goldthread.domain.framework import Framework
from goldthread.domain.instrument import (
    NOT_APPLICABLE,
    NOT_ASKED,
    Instrument,
    NotAsked,
    Problem,
    Question,
    Section,
    check_answers,
    not_asked,
)
from goldthread.domain.instrument import Answer as Given
from goldthread.domain.instrument import Seen as Place
from goldthread.domain.instrument_words import FACTS, RECORDS
from goldthread.domain.scales import GRADES, SCALES, words_of
from goldthread.web.presenters.words import status

ANSWER_WORDS = {NOT_APPLICABLE: "Not applicable", NOT_ASKED: "Not asked"}

WHY = {
    "grades": ("Why this grade", "What you saw on the file. Needed for every grade."),
    "flag": ("What the concern is", "The lead inspector sees it as soon as it is saved."),
    "practice-flag": (
        "What the concern is",
        "This is practice, so nobody is told. Write it as you would of a real child.",
    ),
    "action": ("Comment", ""),
    "zero-to-ten": ("Why this number", "Why not lower, and what would make it one higher. Needed for every number."),
}
"""For some scales, the label of the box beside the answer, and its hint where every answer needs a reason."""

EVERY = "Needed for every answer."

MORE_WORDS = {
    "kind": "Kind of record", "place": "Document, page", "day": "Its day", "action": "What is to be done",
    "owner": "By whom",
}  # fmt: skip
"""What may stand beside a reason, in words."""


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button, or one choice of a list."""

    value: str
    label: str
    chosen: bool
    id: str


@dataclass(frozen=True, slots=True)
class Besides:
    """One box beside the reason: where it was seen, what is to be done, by whom."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...] = ()


@dataclass(slots=True)
class Item:
    """One question on the page. `version` is that of the stored answer, 0 where there is none.

    `left` says why it is not asked; `hangs_on` names, for the script, what must be answered before it is.
    """

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
    scale: str = ""
    reasons: str = ""
    guidance: str = ""
    more: tuple[Besides, ...] = ()
    more_says: str = ""
    facts: tuple[Any, ...] = ()
    left: NotAsked | None = None
    hangs_on: str = ""
    only_if: tuple[str, ...] = ()
    answer: str = ""
    problem: str = ""
    clash: ClashedAnswer | None = None
    theirs: str = ""
    beside: Any = None
    tags: tuple[str, ...] = ()

    @property
    def why_label(self) -> str:
        """The label of the box beside the answer."""
        return WHY.get(self.scale, ("What you saw", ""))[0] if self.options else self.text

    @property
    def why_hint(self) -> str:
        """What to write in it."""
        if not self.options:
            return self.help
        own = WHY.get(self.scale, ("", ""))[1] if self.reasons == EVERY or self.kind == "flag" else ""
        return own or self.reasons

    @property
    def done(self) -> bool:
        """Whether it is answered."""
        return bool(self.value) if self.options else bool(self.why.strip())

    @property
    def told(self) -> list[Besides]:
        """What is said beside the reason, as it is read."""
        return [one for one in self.more if one.value]


@dataclass(slots=True)
class Group:
    """Questions that stand together under one heading. `outside` says that none of them fits the child."""

    slug: str
    title: str
    says: str
    items: list[Item] = field(default_factory=list)

    @property
    def outside(self) -> bool:
        """Whether no question of it fits this child, whatever is answered."""
        return bool(self.items) and all(one.left is not None and one.left.child for one in self.items)


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
        """The first question that is asked and has no answer."""
        return next((one for one in self.items if one.kind != "note" and not one.done and not one.left), None)


def answer_words(framework: Framework) -> dict[str, str]:
    """Every answer in words: grades as the framework calls them, or by their own names where it has none such."""
    scales = {value: words for scale in SCALES.values() for value, words in scale.answers}
    own = {slug: status(slug) for slug in GRADES}
    return {**scales, **ANSWER_WORDS, **own, **{grade.slug: grade.title for grade in framework.grades}}


@dataclass(frozen=True, slots=True)
class _Told:
    """What every item is made from."""

    instrument: Instrument
    stored: Mapping[str, Any]
    typed: Mapping[str, Typed]
    words: Mapping[str, str]
    missing: Mapping[str, Problem]
    clashed: Mapping[str, ClashedAnswer]
    left: Mapping[str, NotAsked]
    facts: Mapping[str, Any]


def sheet(
    review: Any, *, typed: Mapping[str, Typed] | None = None, clashes: Iterable[ClashedAnswer] = (),
    facts: Mapping[str, Any] | None = None, beside: Mapping[str, Any] | None = None,
    tags: Mapping[str, tuple[str, ...]] | None = None,
) -> Sheet:  # fmt: skip
    """The page of a review as it is stored, or with what was just typed over it. Says what is missing everywhere.

    `beside` is what a practitioner said of each question, `tags` what stands on each reason.

    Raises Refused where the instrument is not known any more.
    """
    made = sheet_of(
        queries.require_held(review.instrument), known.framework(review.inspection.framework),
        queries.answers_of(review), queries.child_group(review.case), review.saved_at,
        typed=typed or {}, clashes=clashes, facts=facts or {},
    )  # fmt: skip
    for item in made.items:
        item.beside, item.tags = (beside or {}).get(item.question), (tags or {}).get(item.question, ())
    return made


def sheet_of(
    instrument: Instrument, framework: Framework, stored: Mapping[str, Any], child: str, saved_at: datetime | None, *,
    typed: Mapping[str, Typed], clashes: Iterable[ClashedAnswer], facts: Mapping[str, Any],
) -> Sheet:  # fmt: skip
    """The page of anything that is answered on an instrument. `stored` has value, why, more and version of each answer;
    `child` is which of the children that instruments know it is about.
    """
    given = {name: _given(one, typed.get(name)) for name, one in stored.items() if name not in NOTES}
    left = not_asked(instrument, {id: one.value for id, one in given.items()}, child)
    told = _Told(
        instrument, stored, typed, answer_words(framework),
        {one.question_id: one for one in check_answers(instrument, given, child)},
        {one.question: one for one in clashes}, left, facts,
    )  # fmt: skip
    groups = _groups(told)
    counting = {question.id for question in instrument.all_questions} - set(left)
    counted = [one for group in groups for one in group.items if one.question in counting]
    return Sheet(
        instrument, groups, sum(one.done for one in counted), len(counted), saved_at,
        [(grade.title, grade.meaning) for grade in framework.grades if grade.slug in GRADES],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _FromTheLists:
    """Where a fact of the child's record will stand, once there is a child."""

    says: str
    value: str = "…"
    source: str = "its list"


def preview(instrument: Instrument) -> list[Group]:
    """An instrument as a reviewer sees it, before anybody has answered anything, and of no child."""
    facts = {name: _FromTheLists(says) for name, says in FACTS.items()}
    return _groups(_Told(instrument, {}, {}, ANSWER_WORDS, {}, {}, {}, facts))


def _given(stored: Any, typed: Typed | None) -> Given:
    if typed is None:
        return queries.as_given(stored)
    seen = Place(*(typed.more.get(name, "") for name in ("kind", "place", "day")))
    return Given(typed.value, typed.why, seen, typed.more.get("action", ""), typed.more.get("owner", ""))


def _groups(told: _Told) -> list[Group]:
    number, groups = 0, []
    for section, questions in told.instrument.on_page():
        group = Group(section.slug, section.title, section.says)
        for question in questions:
            counted = question in told.instrument.questions
            number += counted
            group.items.append(_item(question, str(number) if counted else "", told, section))
        groups.append(group)
    notes = [Question(name, text, help, "note", "", may_not_apply=False) for name, (text, help) in NOTES.items()]
    says = "They stay with the review; the shelf holds the answers only."
    groups.append(Group("notes", "Notes", says, [_item(question, "", told) for question in notes]))
    groups.append(Group("urgent", "Is the child safe now?", "", [_item(told.instrument.urgent, "", told)]))
    return groups


def _item(question: Question, number: str, told: _Told, section: Section | None = None) -> Item:
    stored, typed = told.stored.get(question.id), told.typed.get(question.id)
    value = typed.value if typed else stored.value if stored else ""
    more: Mapping[str, Any] = typed.more if typed else stored.more if stored else {}
    clash = told.clashed.get(question.id)
    conditions = told.instrument.conditions(question) if section else ()
    return Item(
        question=question.id, number=number, text=question.text, help=question.help, kind=question.kind,
        options=[
            Option(one, told.words.get(one, words_of(one)), one == value,
                   f"q-{question.id}" + (f"-{place}" if place else ""))
            for place, one in enumerate(question.answers)
        ],
        value=value, why=typed.why if typed else stored.why if stored else "",
        version=stored.version if stored else 0, saved_at=stored.saved_at if stored else None,
        scale=question.answered_on.slug, reasons=_reasons(question, told.words), guidance=question.guidance,
        more=_besides(question, more), more_says=_besides_says(question),
        facts=tuple(told.facts[one] for one in question.facts if one in told.facts),
        left=told.left.get(question.id),
        hangs_on=" ".join(f"{one.question}={'|'.join(one.answers)}" for one in conditions),
        only_if=tuple(
            f"“{told.instrument.question(one.question).text}” is answered "
            + _or(told.words.get(answer, words_of(answer)) for answer in one.answers)
            for one in conditions
        ),
        answer=told.words.get(value, words_of(value)) if value else "",
        problem=told.missing[question.id].says if question.id in told.missing else "",
        clash=clash, theirs=told.words.get(clash.theirs.value, "") if clash else "",
    )  # fmt: skip


def _or(words: Iterable[str]) -> str:
    told = [one[:1].lower() + one[1:] for one in words]
    return f"{', '.join(told[:-1])} or {told[-1]}" if len(told) > 1 else told[0]


def _reasons(question: Question, words: Mapping[str, str]) -> str:
    """Which answers must say why, in a short sentence."""
    needed = [words.get(one, words_of(one)) for one in question.answered_on.values if question.needs_reason(one)]
    if needed and len(needed) == len(question.answered_on.values):
        return EVERY
    if needed:
        return f"Needed for “{_or(needed)}”" + (" and where it does not apply." if question.may_not_apply else ".")
    return "Needed where it does not apply; welcome otherwise." if question.may_not_apply else "Welcome, not needed."


def _besides_says(question: Question) -> str:
    """What stands beside the reason, and when it is needed."""
    seen = {
        "must": "Where you saw it: needed, by its page or its day.", "may": "Where you saw it: welcome, not needed.",
    }  # fmt: skip
    told = [seen[question.evidence]] if question.evidence in seen else []
    if question.answered_on.action_for:
        told.append("What is to be done and by whom: needed where the answer is no.")
    return " ".join(told)


def _besides(question: Question, more: Mapping[str, Any]) -> tuple[Besides, ...]:
    found = []
    for name in queries.fields_of(question):
        value = str(more.get(name, ""))
        options: tuple[Option, ...] = ()
        if name == "kind":
            options = tuple(Option(slug, says, slug == value, "") for slug, says in RECORDS.items())
        found.append(Besides(name, MORE_WORDS[name], value, options))
    return tuple(found)
