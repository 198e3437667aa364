"""An instrument as its page shows it: each question with what may be answered, and what an answer must say."""

from dataclasses import dataclass

from goldthread.domain.instrument import Instrument, Question
from goldthread.domain.instrument_words import CHILDREN, FACTS, KINDS, THEMES
from goldthread.domain.scales import words_of


@dataclass(frozen=True, slots=True)
class Shown:
    """One question on the page of its instrument, everything in words. `told` are its particulars, a line each."""

    number: str
    question: Question
    kind: str
    answers: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One section, and its questions. `only` says for whom it is, and after which answers."""

    slug: str
    title: str
    says: str
    only: tuple[str, ...]
    questions: tuple[Shown, ...]


def parts(held: Instrument) -> list[Part]:
    """The instrument section by section, numbered as its review is."""
    number, found = 0, []
    for section, questions in held.on_page():
        shown = []
        for question in questions:
            counted = question in held.questions
            number += counted
            shown.append(_shown(held, question, str(number) if counted else ""))
        only = [_children(section.children)] if section.children else []
        only += [_only_if(held, one.question, one.answers) for one in section.ask_if]
        found.append(Part(section.slug, section.title, section.says, tuple(only), tuple(shown)))
    return found


def children(held: Instrument) -> str:
    """For whom the instrument is, in words."""
    return _children(held.children) if held.children else "Every child."


def counts(held: Instrument) -> str:
    """How long it is, in words."""
    sections = len(held.sections)
    return f"{len(held.questions)} questions in {sections} section{'' if sections == 1 else 's'}"


def _shown(held: Instrument, question: Question, number: str) -> Shown:
    told = [_only_if(held, one.question, one.answers) for one in question.ask_if]
    if question.children:
        told.insert(0, _children(question.children))
    needed = [words_of(value) for value in question.answered_on.values if question.needs_reason(value)]
    if needed:
        every = len(needed) == len(question.answered_on.values)
        told.append("Every answer says why." if every else f"Says why: {', '.join(needed)}.")
    if question.answered_on.action_for:
        told.append("Where the answer is no: what is to be done, and by whom.")
    if question.evidence != "none":
        told.append("Where it was seen: " + ("asked of every answer." if question.evidence == "must" else "asked for."))
    if question.facts:
        told.append(f"From the lists: {', '.join(FACTS[name].lower() for name in question.facts)}.")
    if question.in_words and not question.required:
        told.append("May be left empty.")
    if question.theme in THEMES:
        told.append(f"Theme: {THEMES[question.theme].lower()}.")
    kind = KINDS.get(question.kind, "").partition(":")[0]
    return Shown(number, question, kind, _answers(question), tuple(told))


def _answers(question: Question) -> str:
    if question.in_words:
        return "In words"
    values = question.answers
    if len(values) > 10:
        return f"{words_of(values[0])} to {words_of(question.answered_on.values[-1])}" + (
            " · Not applicable" if question.may_not_apply else ""
        )
    return " · ".join(words_of(value) for value in values)


def _children(slugs: tuple[str, ...]) -> str:
    words = [CHILDREN[slug][0] for slug in slugs]
    return f"For {', '.join(words[:-1])} and {words[-1]}." if len(words) > 1 else f"For {words[0]}."


def _only_if(held: Instrument, question: str, answers: tuple[str, ...]) -> str:
    said = " or ".join(words_of(answer).lower() for answer in answers)
    return f"Only if “{held.question(question).text}” is answered {said}."
