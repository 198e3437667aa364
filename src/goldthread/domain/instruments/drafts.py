"""An instrument while it is being written: what does not go together yet, and how its parts are changed.

Each part of a draft is sound by itself; whether a question can ever be asked, or the review closes as it must, may be
wrong for a while, and is told as a list. Every change gives a new instrument and leaves the old one as it was.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from goldthread.domain.instrument import (
    OVERALL_PRACTICE,
    OVERALL_RECORD,
    URGENT,
    Instrument,
    Question,
    Section,
)
from goldthread.domain.instruments import InstrumentError, checking, reading
from goldthread.domain.toml_sheet import Sheet, SheetError

Part = TypeVar("Part", Question, Section)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that stands between a draft and its use, in plain words; at which question or section, if at one."""

    says: str
    line: int = 0
    question: str = ""
    section: str = ""


def read_draft(text: str, file: str, more_areas: tuple[str, ...] = ()) -> tuple[Instrument, tuple[Wrong, ...]]:
    """The instrument of a draft, and what does not go together in it yet.

    Raises InstrumentError, with the line, for text that is not TOML and for a table that cannot be used.
    """
    try:
        held = reading.parsed(Sheet.of_text(file, text), more_areas)
    except SheetError as error:
        raise InstrumentError(str(error)) from error
    found = held.found
    return found, tuple(
        _wrong(found, one) for one in checking.problems(found, held.sheet, held.sections, held.questions)
    )


def _wrong(found: Instrument, error: SheetError) -> Wrong:
    match error.place:
        case ("questions", int(at), *_):
            return Wrong(error.plain, error.line, question=found.questions[at].id)
        case ("sections", int(at), *_):
            return Wrong(error.plain, error.line, section=found.sections[at].slug)
        case _:
            return Wrong(error.plain, error.line)


def blank(slug: str, title: str, version: int) -> Instrument:
    """The least that is an instrument: a closing section with its question and grades, and the urgent concern."""
    impact = Question(
        "difference-made", "What difference has the work made to the child?",
        "What is better, what is not, and how you know.", "practice", "impact", may_not_apply=False, section="closing",
    )  # fmt: skip
    graded = {OVERALL_PRACTICE: "practice", OVERALL_RECORD: "record"}
    return Instrument(
        slug=slug, title=title, says="What it is for: say it here.", source="Our own.", version=version,
        questions=(impact,), sections=(Section("closing", "What difference it made", closing=True),),
        overall=tuple(
            Question(id, f"Taking it all together, how good is the {of}?", "Say why in a few words.", "practice",
                     "overall", may_not_apply=False, section="closing")
            for id, of in graded.items()
        ),
        urgent=Question(
            URGENT, "Do you have an urgent concern about this child?",
            "A child who may be unsafe now. Tell whoever leads the review at once; do not wait for this form.",
            "flag", "safety", may_not_apply=False,
        ),
    )  # fmt: skip


def named_after(words: str, taken: Iterable[str], longest: int = reading.LONGEST_ID) -> str:
    """A short name made from words, that is not taken yet: what nobody has to think of."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")
    plain = re.sub(r"^[0-9-]+", "", plain) or "part"
    cut = plain[: longest - 4].rsplit("-", 1)[0] if len(plain) > longest - 4 else plain
    base, held, number = cut.strip("-"), set(taken), 1
    name = base
    while name in held:
        number += 1
        name = f"{base}-{number}"
    return name


def taken_ids(of: Instrument) -> set[str]:
    """The ids that a new question cannot have."""
    return {question.id for question in of.all_questions} | {"not-applicable", "strengths", "to-improve"}


def put_question(of: Instrument, question: Question, instead_of: str = "") -> Instrument:
    """A question added at the end of its section, or put in the place of another, if that stands in the same one."""
    ordered = [one for one in _in_order(of) if one.id != instead_of]
    before = next((one for one in of.questions if one.id == instead_of), None)
    if before is not None and before.section == question.section:
        at = [one.id for one in _in_order(of)].index(instead_of)
        return replace(of, questions=(*ordered[:at], question, *ordered[at:]))
    return replace(of, questions=tuple(_in_order(replace(of, questions=(*ordered, question)))))


def drop_question(of: Instrument, id: str) -> Instrument:
    """The instrument without a question. What hung on it still says so, and is told as wrong."""
    return replace(of, questions=tuple(one for one in of.questions if one.id != id))


def move_question(of: Instrument, id: str, *, up: bool) -> Instrument:
    """A question moved past its neighbour; the first of a section, moved up, becomes the last of the one before."""
    ordered = _in_order(of)
    at = next(n for n, one in enumerate(ordered) if one.id == id)
    mine = ordered[at]
    beside = at - 1 if up else at + 1
    if 0 <= beside < len(ordered) and ordered[beside].section == mine.section:
        ordered[at], ordered[beside] = ordered[beside], mine
        return replace(of, questions=tuple(ordered))
    slugs = [section.slug for section in of.sections]
    next_one = slugs.index(mine.section) + (-1 if up else 1)
    if not 0 <= next_one < len(slugs):
        return of
    moved, others = replace(mine, section=slugs[next_one]), [*ordered[:at], *ordered[at + 1 :]]
    return replace(of, questions=tuple(_in_order(replace(of, questions=(*others, moved) if up else (moved, *others)))))


def put_section(of: Instrument, section: Section, instead_of: str = "") -> Instrument:
    """A section put in the place of another, or added above the closing one. Questions go with its slug."""
    if instead_of:
        return replace(of, sections=tuple(section if one.slug == instead_of else one for one in of.sections))
    last = of.sections[-1:] if of.sections and of.sections[-1].closing and not section.closing else ()
    return replace(of, sections=(*of.sections[: len(of.sections) - len(last)], section, *last))


def drop_section(of: Instrument, slug: str) -> Instrument:
    """The instrument without a section, which has no questions any more."""
    return replace(of, sections=tuple(one for one in of.sections if one.slug != slug))


def move_section(of: Instrument, slug: str, *, up: bool) -> Instrument:
    """A section moved past its neighbour, with its questions."""
    parts = list(of.sections)
    at = next(n for n, one in enumerate(parts) if one.slug == slug)
    beside = at - 1 if up else at + 1
    if not 0 <= beside < len(parts):
        return of
    parts[at], parts[beside] = parts[beside], parts[at]
    moved = replace(of, sections=tuple(parts))
    return replace(moved, questions=tuple(_in_order(moved)))


def hanging_on(of: Instrument, id: str) -> list[Question | Section]:
    """The questions and sections that are asked only after certain answers to a question."""
    parts: list[Question | Section] = [*of.sections, *of.questions]
    return [one for one in parts if any(condition.question == id for condition in one.ask_if)]


def without_dangling(of: Instrument) -> Instrument:
    """The instrument without conditions on questions that are not there, so that it can be shown."""
    known = {question.id for question in of.questions}

    def kept(part: Part) -> Part:
        return replace(part, ask_if=tuple(one for one in part.ask_if if one.question in known))

    return replace(of, sections=tuple(map(kept, of.sections)), questions=tuple(map(kept, of.questions)))


def earlier(of: Instrument, id: str, section: str) -> list[Question]:
    """The questions on whose answers one may hang: those above it that are not answered in words."""
    above: list[Question] = []
    for part, questions in of.on_page():
        for one in questions:
            if one.id == id:
                return above
            if one in of.questions and one.answers:
                above.append(one)
        if not id and part.slug == section:
            return above
    return above


def _in_order(of: Instrument) -> list[Question]:
    return [one for _, questions in of.on_page() for one in questions if one in of.questions]
