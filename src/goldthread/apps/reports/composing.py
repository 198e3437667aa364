"""Composing a report: which sentences the framework's outline asks for, from agreed findings and judgements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goldthread.apps.reports.sentences import ended, split
from goldthread.domain.framework import Framework, Section

PRIORITY = "Priority action: "
LISTED = {
    "strengths": ("strength",),
    "good_practice": ("good-practice",),
    "improve": ("priority", "improve"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence to be written, with what it rests on."""

    text: str
    paragraph: int
    finding_id: UUID | None = None
    judgement_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreed finding, as far as composing needs it."""

    id: UUID
    kind: str
    area: str
    statement: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An agreed judgement, as far as composing needs it."""

    id: UUID
    area: str
    grade: str
    reason: str


def lines(
    section: Section,
    framework: Framework,
    findings: Iterable[Agreed],
    judgements: Mapping[str, Judged],
    about: Iterable[str],
) -> list[Line]:
    """The sentences of one section. Each comes from a finding, a judgement or the set-up; none is invented."""
    findings = list(findings)
    if section.kind == "summary":
        return _summary(framework, judgements)
    if section.kind in LISTED:
        wanted = LISTED[section.kind]
        chosen = [one for kind in wanted for one in findings if one.kind == kind]
        return [Line(_told(one), number, finding_id=one.id) for number, one in enumerate(chosen, 1)]
    if section.kind == "area":
        return _area(section.area or "", findings, judgements)
    if section.kind == "about":
        return [Line(text, 1) for text in about]
    return []


def _told(one: Agreed) -> str:
    """What a finding says. A priority action is told apart in words, which every form of the report keeps."""
    return f"{PRIORITY}{ended(one.statement)}" if one.kind == "priority" else ended(one.statement)


def _summary(framework: Framework, judgements: Mapping[str, Judged]) -> list[Line]:
    found = []
    for number, slug in enumerate(["overall", *(area.slug for area in framework.areas)], 1):
        judged = judgements.get(slug)
        if judged is None:
            continue
        name = "Overall effectiveness" if slug == "overall" else framework.area(slug).title
        grade = framework.grade(judged.grade).title.lower()
        found.append(Line(f"{name}: {grade}.", number, judgement_id=judged.id))
        found += [Line(text, number, judgement_id=judged.id) for text in split(judged.reason)]
    return found


def _area(area: str, findings: list[Agreed], judgements: Mapping[str, Judged]) -> list[Line]:
    found = []
    number = 0
    if area in judgements:
        number += 1
        found += [Line(text, number, judgement_id=judgements[area].id) for text in split(judgements[area].reason)]
    order = ("strength", "good-practice", "improve", "priority")
    for one in sorted((f for f in findings if f.area == area), key=lambda f: order.index(f.kind)):
        number += 1
        texts = [_told(one), *split(one.explanation)]
        found += [Line(text, number, finding_id=one.id) for text in texts]
    return found


SOURCES = {
    "case-review": ("case review", "case reviews"),
    "data": ("measure", "measures"),
    "document": ("document", "documents"),
    "conversation": ("conversation", "conversations"),
    "observation": ("observation", "observations"),
    "survey": ("survey result", "survey results"),
}
"""The kinds of evidence as a report names them, one and several, in the order in which it does."""


def sources_in_words(counts: Mapping[str, int], floor: int = 5) -> str:
    """How many of which kinds of source stand behind a report: every kind is named, and below `floor` none is counted.

    Empty where there are none.
    """
    kinds = [kind for kind in SOURCES if counts.get(kind)]
    told = [f"{counts[kind]} {SOURCES[kind][1]}" for kind in kinds if counts[kind] >= floor]
    few = [SOURCES[kind][1] for kind in kinds if counts[kind] < floor]
    if not few:
        return _listed(told)
    if len(few) == 1:
        return _listed([*told, f"fewer than {floor} {few[0]}"])
    rest = f"{_listed(few)}, fewer than {floor} of each kind"
    return f"{_listed(told)}; and on {rest}" if told else rest


def _listed(said: list[str]) -> str:
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def as_agreed(row: Any) -> Agreed:
    """An agreed finding's row as composing reads it."""
    return Agreed(row.pk, row.kind, row.area, row.statement, row.explanation)


def as_judged(row: Any) -> Judged:
    """An agreed judgement's row as composing reads it."""
    return Judged(row.pk, row.area, row.grade, row.reason)
