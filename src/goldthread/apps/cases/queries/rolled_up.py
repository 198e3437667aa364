"""Signed-off reviews rolled up: from a question to its section, to the areas and to the whole file; by team and part
of the frame; and which themes what falls short is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from goldthread.apps.access.policy import Actor
from goldthread.apps.cases import asked, shelving
from goldthread.apps.cases.models import CaseReview, Draw
from goldthread.apps.cases.queries.searching import teams_of
from goldthread.apps.cases.queries.summaries import OfFiles, latest_draw, signed_files, strata_of
from goldthread.apps.cases.tagging import tags_of_reviews
from goldthread.apps.drafting import known
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import sampling
from goldthread.domain.disclosure import DFE_LA, CrossTable, Dimension, suppress
from goldthread.domain.instrument import OVERALL_PRACTICE, OVERALL_RECORD, Instrument, Question
from goldthread.domain.scales import GRADES
from goldthread.domain.standard import Line, counts, file_reaches, reaches
from goldthread.kernel.charts import Graded
from goldthread.kernel.charts.themes import ThemeRow

PRACTICE = "case:overall-practice"
CLOSING: Mapping[str, str] = {OVERALL_PRACTICE: "Practice", OVERALL_RECORD: "The record"}
"""The closing grades as a picture names them, which has no room for the whole question."""
BY: Mapping[str, str] = {"team": "Team", "stratum": "Part of the frame"}
REACHES, BELOW = "reaches the standard", "falls below it"


@dataclass(frozen=True, slots=True)
class Rolled(OfFiles):
    """How many of the files to which something applied reach the standard, and what that says of the frame."""

    key: str
    title: str
    yes: int
    of: int
    estimate: sampling.Estimate | None

    @property
    def part(self) -> int:
        """How many of the files reach the standard."""
        return self.yes


@dataclass(frozen=True, slots=True)
class Group:
    """One team or part of the frame; `rolled` is None where its counts are withheld."""

    name: str
    rolled: Rolled | None


@dataclass(frozen=True, slots=True)
class Groups:
    """The same figure by group, made safe as one table. `why` says why there is none."""

    by: str
    groups: tuple[Group, ...]
    withheld: int
    why: str = ""

    @property
    def all_withheld(self) -> bool:
        """Whether no group may be told."""
        return bool(self.groups) and self.withheld == len(self.groups)


@dataclass(frozen=True, slots=True)
class RollUp:
    """One draw's signed-off reviews on one instrument, rolled up by one line."""

    draw: Draw
    instrument: Instrument
    instruments: tuple[tuple[str, str], ...]
    line: Line
    files: int
    sections: tuple[tuple[Rolled, tuple[Rolled, ...]], ...]
    areas: tuple[Rolled, ...]
    closing: tuple[Rolled, ...]
    of: Rolled
    choices: tuple[tuple[str, str], ...]
    groups: Groups
    themes: tuple[ThemeRow, ...]
    grades: tuple[Graded, ...]

    @property
    def by_chance(self) -> bool:
        """Whether the files speak of the frame."""
        return sampling.Design(self.draw.design).by_chance


@dataclass(frozen=True, slots=True)
class _File:
    """One signed-off file: its review, its part of the frame, for how many siblings it stands, and its answers."""

    case: UUID
    review: UUID
    stratum: str
    siblings: int
    values: Mapping[str, str]


Says = Callable[[_File], bool | None]
"""Whether a file reaches the standard on something; None where that did not apply to it."""


def roll_up(
    inspection: Inspection, actor: Actor, draw: Draw | None = None, *, instrument: str = "", line: Line | None = None,
    of: str = PRACTICE, by: str = "team",
) -> RollUp | None:  # fmt: skip
    """The signed-off reviews of a draw rolled up; None where nothing was drawn or the instrument is not known any more.

    `of` chooses which figure is told by team or by part of the frame. Groups are made safe by the profile for what
    leaves the house, since the page is printed and exported; the figures over all files are true.
    """
    draw = draw or latest_draw(inspection, actor)
    signed = signed_files(actor, draw, instrument) if draw else None
    held = asked.held(signed.instrument) if signed else None
    if draw is None or signed is None or held is None:
        return None
    line = line or Line()
    files = [
        _File(case, pk, stratum, siblings, {q: values[pk] for q, values in signed.given.items() if pk in values})
        for case, (pk, stratum, siblings) in signed.first.items()
    ]
    says = _says(inspection, held, files, line)
    told = {key: _rolled(key, title, one, draw, files) for key, (title, one) in says.items()}
    chosen = of if of in told else PRACTICE
    sections = tuple(
        (told[f"section:{section.slug}"], tuple(told[f"question:{q.id}"] for q in questions if counts(q)))
        for section, questions in held.on_page()
        if f"section:{section.slug}" in told
    )
    return RollUp(
        draw, held, tuple((slug, asked.title_of(slug)) for slug in signed.used), line, len(files), sections,
        tuple(one for key, one in told.items() if key.startswith("area:") and one.of),
        tuple(one for key, one in told.items() if key.startswith("case:")),
        told[chosen],
        tuple((key, title) for key, (title, _) in says.items() if not key.startswith("question:")),
        _groups(by if by in BY else "team", draw, files, says[chosen][1], told[chosen]),
        _themes(held, draw, files, line),
        _grades(inspection, held, draw, files),
    )  # fmt: skip


def _says(inspection: Inspection, held: Instrument, files: Sequence[_File], line: Line) -> dict[str, tuple[str, Says]]:
    """Everything that can be told of a file, by its key, with words: the whole file first, then areas and sections."""
    found: dict[str, tuple[str, Says]] = {}
    for question in held.overall:
        found[f"case:{question.id}"] = (question.text, partial(_question, question, line))
    found["case:all"] = ("All questions together", partial(_together, held.questions, line))
    framework, speaks = known.framework(inspection.framework), _areas_of(inspection, held, files)
    for area in framework.areas:
        wanted = [q for q in held.questions if _speaks_to(q, area.services, area.themes)]
        found[f"area:{area.slug}"] = (area.title, partial(_area, area.slug, wanted, speaks, line))
    for section, questions in held.on_page():
        if any(counts(q) for q in questions):
            found[f"section:{section.slug}"] = (section.title, partial(_together, questions, line))
            found |= {f"question:{q.id}": (q.text, partial(_question, q, line)) for q in questions if counts(q)}
    return found


def _question(question: Question, line: Line, file: _File) -> bool | None:
    return reaches(question, file.values.get(question.id, ""), line)


def _together(questions: Sequence[Question], line: Line, file: _File) -> bool | None:
    return file_reaches(questions, file.values, line)


def _area(
    slug: str, questions: Sequence[Question], speaks: Mapping[UUID, frozenset[str]], line: Line, file: _File
) -> bool | None:
    return file_reaches(questions, file.values, line) if slug in speaks[file.review] else None


def _speaks_to(question: Question, services: Sequence[str], themes: Sequence[str]) -> bool:
    """Whether a question tells about an area: by the areas that it names, or by its theme."""
    return any(shelving.QUESTIONED.get(one) in services for one in question.areas) or question.theme in themes


def _areas_of(inspection: Inspection, held: Instrument, files: Sequence[_File]) -> dict[UUID, frozenset[str]]:
    """For each review the areas that it speaks to, as its evidence item says."""
    framework = known.framework(inspection.framework)
    rows = CaseReview.objects.select_related("case").in_bulk([one.review for one in files])
    return {one.review: frozenset(shelving.areas(framework, held, rows[one.review], one.values)) for one in files}


def _rolled(key: str, title: str, says: Says, draw: Draw, files: Sequence[_File]) -> Rolled:
    told = [says(one) for one in files]
    return Rolled(
        key, title, sum(one is True for one in told), sum(one is not None for one in told),
        _estimate(draw, files, told),
    )  # fmt: skip


def _estimate(draw: Draw, files: Sequence[_File], told: Sequence[bool | None]) -> sampling.Estimate | None:
    seen = (
        sampling.Seen(file.stratum, one is True, one is not None, file.siblings)
        for file, one in zip(files, told, strict=True)
    )
    return sampling.estimate(sampling.Design(draw.design), strata_of(draw), seen)


def _groups(by: str, draw: Draw, files: Sequence[_File], says: Says, whole: Rolled) -> Groups:
    try:
        teams = teams_of(draw) if by == "team" else {one.case: one.stratum for one in files}
        names = {one.case: teams[one.case] for one in files}
    except KeyError:
        return Groups(by, (), 0, "The lists from which this sample was drawn cannot be read any more.")
    told = {one.case: says(one) for one in files}
    known = sorted({names[case] for case, one in told.items() if one is not None})
    if not known:
        return Groups(by, (), 0)
    counted = Counter((names[case], REACHES if one else BELOW) for case, one in told.items() if one is not None)
    inside: dict[tuple[str | None, ...], int] = dict(counted.items())
    table = CrossTable((Dimension(by, tuple(known)), Dimension("standard", (REACHES, BELOW))), inside)
    safe = suppress(table, DFE_LA)
    if not safe.safe:
        why = "The groups are too small to be told apart without somebody being recognised."
        return Groups(by, (), len(known), why)
    groups = []
    for name in known:
        cells = [safe.cells[name, REACHES], safe.cells[name, BELOW]]
        shown = all(isinstance(one, int) for one in cells)
        here = [told[one.case] if names[one.case] == name else None for one in files]
        yes, of = counted[name, REACHES], counted[name, REACHES] + counted[name, BELOW]
        rolled = Rolled(whole.key, name, yes, of, _estimate(draw, files, here)) if shown else None
        groups.append(Group(name, rolled))
    return Groups(by, tuple(groups), sum(one.rolled is None for one in groups))


def _grades(inspection: Inspection, held: Instrument, draw: Draw, files: Sequence[_File]) -> tuple[Graded, ...]:
    """The closing grades of all files, then that of practice area by area, of the files that each area judges."""
    graded = [one for one in held.overall if one.answered_on.slug == "grades"]
    told = [_graded(CLOSING.get(one.id, one.text), one, draw, files, files) for one in graded]
    if practice := next((one for one in graded if f"case:{one.id}" == PRACTICE), None):
        speaks = _areas_of(inspection, held, files)
        for area in known.framework(inspection.framework).areas:
            here = [file for file in files if area.slug in speaks[file.review]]
            told.append(_graded(area.title, practice, draw, files, here))
    return tuple(one for one in told if one.reviewed)


def _graded(title: str, question: Question, draw: Draw, files: Sequence[_File], here: Sequence[_File]) -> Graded:
    given = Counter(value for file in here if (value := file.values.get(question.id, "")) in GRADES)
    reviews = {file.review for file in here}
    says = [_question(question, Line(), file) if file.review in reviews else None for file in files]
    likely = _estimate(draw, files, says)
    low, high = (likely.interval.low, likely.interval.high) if likely else (None, None)
    return Graded(title, {grade.replace("-", " "): given[grade] for grade in GRADES if given[grade]}, low, high)


def _themes(held: Instrument, draw: Draw, files: Sequence[_File], line: Line) -> tuple[ThemeRow, ...]:
    """What the answers below the standard are about: the theme of each question, and the tags of each reason."""
    tags = tags_of_reviews([one.review for one in files])
    answers: Counter[tuple[str, str]] = Counter()
    touched: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for file in files:
        for question in held.questions:
            if reaches(question, file.values.get(question.id, ""), line) is not False:
                continue
            about = [(shelving.words(question.theme).capitalize(), "Question")] if question.theme else []
            about += [(tag, "Tag") for tag in tags.get((file.review, question.id), ())]
            for one in about:
                answers[one] += 1
                touched[one].add(file.case)
    rows = []
    for (theme, source), count in sorted(answers.items(), key=lambda pair: (-pair[1], pair[0])):
        hit = touched[theme, source]
        told = _estimate(draw, files, [file.case in hit for file in files])
        low, high = (100 * told.interval.low, 100 * told.interval.high) if told else (None, None)
        rows.append(ThemeRow(theme, source, count, len(hit), len(files), low, high))
    return tuple(rows)
