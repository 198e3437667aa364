"""What the full report says, point by point, and what is wrong with how an edition tells it.

A point is a finding or a judgement with every sentence of the version that rests on it. Nothing here asks the
database: the versions' rows come in, values go out.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from goldthread.apps.reports.composing import PRIORITY
from goldthread.apps.reports.sentences import split
from goldthread.domain.easy import FORMS, PARTS, Form, Part
from goldthread.domain.easy.figures import not_said
from goldthread.domain.easy.words import prompts
from goldthread.domain.easy.words_of_amount import amounts_not_said, grades_not_said
from goldthread.domain.framework import Framework
from goldthread.domain.recognition import doubts

ABOUT = "about"
"""The key of what an edition says about the report itself, which rests on no finding."""


_STOPS = re.compile(r"(?<=[.!?؟۔])\s+")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that the full report says. `told` is how it is called, `says` its sentences, `numbers` every text from
    which a figure of it may be taken, `grade` the title of its grade where it is a judgement."""

    key: str
    part: Part
    told: str
    says: str
    numbers: str
    finding_id: UUID | None = None
    judgement_id: UUID | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What an edition says of one point, or why it leaves it out."""

    key: str
    text: str = ""
    symbol: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an edition, or what its checker has to look at. It quotes nothing but figures and grades."""

    key: str
    says: str
    blocks: bool


def first_words(point: Point) -> Written:
    """What the full report says of a point, cut to its first sentence: to be written plainer, never to be left so."""
    if point.key == ABOUT:
        return Written(point.key, point.says)
    if point.grade:
        return Written(point.key, f"{point.told}: {point.grade.lower()}.")
    return Written(point.key, next(iter(split(point.says.removeprefix(PRIORITY))), point.says))


def left_as_begun(written: Sequence[Written], points: Sequence[Point]) -> list[Problem]:
    """For the checker: how many points still say the full report's own first sentence, in words for its readers' eyes.

    A grade is said in the same words by everybody, and so is what the report is about: these two do not count.
    """
    held = {one.key: one.text.strip() for one in written}
    told = [one for one in points if one.key != ABOUT and not one.grade and held.get(one.key)]
    same = sum(held[one.key] == first_words(one).text.strip() for one in told)
    if not same:
        return []
    says = (
        "No point was put into plainer words: each still says the full report's own sentence."
        if same == len(told)
        else f"{same} of {len(told)} points still say{'s' * (same == 1)} the full report's own sentence."
    )
    return [Problem(ABOUT, says, blocks=False)]


def problems(
    written: Sequence[Written], points: Sequence[Point], framework: Framework, form: Form, language: str, version: int
) -> list[Problem]:
    """Everything that is wrong with what an edition says, against the full report's points, in their order."""
    known, held = {one.key: one for one in points}, {one.key: one for one in written}
    found = []
    for point in points:
        one = held.get(point.key, Written(point.key))
        found += _missing(point, one) if not one.text else _told(point, one, framework, form, language)
        if one.because:
            found += recognised(point.key, one.because)
    strangers = [one for one in written if one.key not in known]
    found += [
        Problem(one.key, f"It tells of something that version {version} of the full report does not say.", blocks=True)
        for one in strangers
    ]
    return found


def plainer(written: Iterable[Written], form: Form, language: str) -> dict[str, list[str]]:
    """What could be plainer, by point; nothing is said of another language than English."""
    if language != "en":
        return {}
    found = {one.key: prompts(one.text, FORMS[form]) for one in written if one.text}
    return {key: told for key, told in found.items() if told}


def _missing(point: Point, one: Written) -> list[Problem]:
    if point.key == ABOUT:
        return [Problem(point.key, "It does not say what this report is about.", blocks=True)]
    if one.because:
        return [Problem(point.key, f"It leaves this out: {point.told}.", blocks=False)]
    says = f"It neither says this nor gives a reason for leaving it out: {point.told}."
    return [Problem(point.key, says, blocks=True)]


def _told(point: Point, one: Written, framework: Framework, form: Form, language: str) -> list[Problem]:
    found = [
        Problem(point.key, f"It says “{figure}”, which the full report does not say there: {point.told}.", blocks=True)
        for figure in not_said(one.text, point.numbers)
    ]
    if point.grade:
        found += _graded(point, one.text, framework, language)
    elif language == "en":
        found += _in_words(point, one.text)
    if FORMS[form].pictures and not one.symbol:
        found.append(Problem(point.key, f"It has no symbol: {point.told}.", blocks=True))
    return found + recognised(point.key, one.text, (framework.title,))


def _in_words(point: Point, text: str) -> list[Problem]:
    """Grades and words of amount that the full report does not say there: the first keep it back, the others are for
    its checker, since "most" may be what "in four of five" says in plainer words."""
    grades = [
        Problem(point.key, f"It says “{one}”, a grade that the full report does not give there: {point.told}.", True)
        for one in grades_not_said(text, point.says)
    ]
    amounts = [
        Problem(point.key, f"It says “{one}”; compare that with what the full report says there: {point.told}.", False)
        for one in amounts_not_said(text, point.says)
    ]
    return grades + amounts


def _graded(point: Point, text: str, framework: Framework, language: str) -> list[Problem]:
    if language != "en":
        says = f"Compare by hand that it says the grade “{point.grade}”: {point.told}."
        return [Problem(point.key, says, blocks=False)]
    words, grade = text.casefold(), point.grade.casefold()
    if grade not in words:
        return [Problem(point.key, f"It does not say the grade “{point.grade}”: {point.told}.", blocks=True)]
    rest = words.replace(grade, " ")
    titles = [one.title for one in framework.grades if one.title != point.grade]
    # "Requires improvement to be good" holds "good": what holds the right grade is looked for in the whole.
    others = [one for one in titles if one.casefold() in (words if grade in one.casefold() else rest)]
    return [
        Problem(point.key, f"It says “{other}” where the full report says “{point.grade}”: {point.told}.", blocks=True)
        for other in others
    ]


def recognised(key: str, text: str, named: tuple[str, ...] = ()) -> list[Problem]:
    """What in a text of an edition might let somebody be recognised, as in the full report. `named` are titles that may
    stand in quotation marks, since nobody said them."""
    # The days of the inspection are its own, and compared with the full report's.
    held = [one for one in doubts(text, named) if key != ABOUT or one.name != "date"]
    return [Problem(key, f"A sentence {one.says}.", blocks=one.blocks) for one in held]


def sentences(text: str, language: str) -> tuple[str, ...]:
    """The sentences of what an edition says; a new line begins a new one. Of other languages than English only the
    signs that end a sentence are known, not how the next one begins."""
    lines = [one.strip() for one in text.splitlines() if one.strip()]
    if language == "en":
        return tuple(found for one in lines for found in split(one))
    return tuple(found for one in lines for found in _STOPS.split(one) if found)


def headings(language: str, given: Mapping[str, str]) -> dict[Part, str]:
    """The headings of the parts: in English the house's, else those that were given, else the house's."""
    return {part: PARTS[part] if language == "en" else given.get(part) or PARTS[part] for part in PARTS}
