"""Agreement between readers as a page and a file tell it: figures in words, with a caution where they rest on few."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldthread.apps.cases import queries
from goldthread.apps.cases.actions import ClashedAnswer
from goldthread.apps.drafting import known
from goldthread.domain.agreement import FEW, RESAMPLES, Coefficient, Figure
from goldthread.kernel.charts.agreement import AgreedRow, agreement_chart
from goldthread.kernel.charts.base import Chart
from goldthread.web.exports import Cell, Table
from goldthread.web.presenters.review_sheet import Option, answer_words
from goldthread.web.presenters.words import status

FEWEST_FOR_A_FIGURE = 10
"""Below this many pairs of answers only counts are shown: a coefficient of so few says nothing."""

SHOWN = (Coefficient.AC1, Coefficient.KAPPA, Coefficient.AC2_QUADRATIC, Coefficient.KAPPA_QUADRATIC)
"""The coefficients of the page; the file has them all."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in words, its likely range, and why there is none."""

    value: str
    span: str
    why: str = ""


def told(figure: Figure, *, steps: bool = False, per_cent: bool = False, of: int | None = None) -> Told:
    """A figure for a cell of a table. `of` is how many pairs it rests on, where few of them say nothing."""
    if figure.value is None or (of is not None and of < FEWEST_FOR_A_FIGURE):
        return Told("–", "", figure.why or f"Fewer than {FEWEST_FOR_A_FIGURE} pairs of answers.")

    def word(value: float) -> str:
        if per_cent:
            return f"{100 * value:.0f}%"
        return f"{value:+.2f}".replace("-", "−") if steps else f"{value:.2f}".replace("-", "−")

    span = f"{word(figure.interval.low)} to {word(figure.interval.high)}" if figure.interval else ""
    return Told(word(figure.value), span, figure.why)


@dataclass(frozen=True, slots=True)
class Line:
    """One question, or all of a scale, in the table of agreement."""

    title: str
    files: int
    agreed: int
    pairs: int
    off_scale: int
    per_cent: Told
    figures: list[Told]
    few: bool


def line(title: str, told_of: Any) -> Line:
    """One row of the table of agreement."""
    figures = told_of.figures
    return Line(
        title, told_of.files, told_of.agreed, told_of.pairs, told_of.off_scale,
        told(figures[Coefficient.PERCENT], per_cent=True, of=told_of.pairs),
        [told(figures[which], of=told_of.pairs) for which in SHOWN], told_of.few,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReviewerLine:
    """One reviewer beside whoever read the same files."""

    name: str
    files: int
    grades: int
    kinder: int
    harsher: int
    steps: Told
    leans: str
    change: Told
    turns: str
    weeks: list[tuple[Any, int, Told]]
    few: bool


def reviewer_line(one: Any) -> ReviewerLine:
    """One row of the table of reviewers, with its weeks."""
    direction, drift = one.direction, one.drift
    weeks = [(week.begins, week.files, told(week.steps, steps=True)) for week in drift.stretches]
    return ReviewerLine(
        one.person.name, direction.files, direction.grades, direction.kinder, direction.harsher,
        told(direction.steps, steps=True, of=direction.grades), direction.leans, told(drift.change, steps=True),
        drift.turns, weeks, direction.files < FEW,
    )  # fmt: skip


def scales(moderation: Any) -> list[dict[str, Any]]:
    """For each scale its rows: all questions together, then each; and its reviewers."""
    return [
        {
            "title": one.title,
            "slug": one.kind,
            "whole": line(f"All questions on {one.title.lower()}", one.agreement),
            "questions": [line(part.question.text, part.agreement) for part in one.questions],
            "reviewers": [reviewer_line(who) for who in one.reviewers],
        }
        for one in moderation.scales
    ]


def chart(moderation: Any) -> Chart | None:
    """How often two readers gave the same answer, question by question; None where nobody read twice."""
    rows = [
        AgreedRow(
            part.question.text, part.agreement.agreed, part.agreement.pairs,
            part.agreement.figures[Coefficient.PERCENT].interval, part.agreement.few,
        )
        for one in moderation.scales for part in one.questions
    ]  # fmt: skip
    return agreement_chart(rows) if any(row.of for row in rows) else None


def table(inspection: Any, moderation: Any, *, by: str, at: datetime) -> Table:
    """Every figure as a file: agreement, then the reviewers beside the others."""
    columns = ("About", "Which", "Figure", "Value", "Low", "High", "Files", "Answers", "Told of it")
    rows: list[tuple[Cell, ...]] = []
    for one in moderation.scales:
        agreed = [(f"{one.title}: all questions", one.agreement)]
        agreed += [(part.question.text, part.agreement) for part in one.questions]
        for title, held in agreed:
            rows += [
                ("Agreement", title, which.value, *_cells(figure), held.files, held.pairs, figure.why)
                for which, figure in held.figures.items()
            ]
        for who in one.reviewers:
            direction, name = who.direction, f"{one.title}: {who.person.name}"
            for word, figure in (
                ("share kinder", direction.kinder_share), ("share harsher", direction.harsher_share),
                ("steps kinder on average", direction.steps), ("later files less earlier, in steps", who.drift.change),
            ):  # fmt: skip
                rows.append(
                    ("Reviewer", name, word, *_cells(figure), direction.files, direction.grades, figure.why)
                )  # fmt: skip
            rows += [
                ("Reviewer", name, f"steps kinder, week from {week.begins:%d/%m/%Y}", *_cells(week.steps), week.files,
                 week.grades, week.steps.why)
                for week in who.drift.stretches
            ]  # fmt: skip
    return Table("Agreement", columns, rows, _about(inspection, moderation, by, at))


def _cells(figure: Figure) -> tuple[Cell, Cell, Cell]:
    ends = figure.interval or (None, None)
    return tuple(None if one is None else round(one, 4) for one in (figure.value, *ends))  # type: ignore[return-value]


def _about(inspection: Any, moderation: Any, by: str, at: datetime) -> tuple[tuple[str, str], ...]:
    return (
        ("Inspection", inspection.title),
        ("Synthetic data", "Yes: no real child is in it" if inspection.synthetic else "No"),
        ("Whose", "Every reviewer's second readings" if moderation.everybody else f"Second readings of {by} only"),
        ("Files read twice", f"{moderation.read_twice} of {moderation.given} that are to be"),
        ("Caution", f"Below {FEW} files read twice these figures say little."),
        ("Ranges", f"95%; files drawn anew {RESAMPLES:,} times from themselves with a fixed seed; score interval where "
                   "a file gives one answer"),
        ("Exported by", by),
        ("Exported at", at.strftime("%d/%m/%Y %H:%M")),
    )  # fmt: skip


@dataclass(slots=True)
class Side:
    """One reader's answer to a question."""

    answer: str
    why: str


@dataclass(slots=True)
class Settling:
    """One question of the page on which differences are settled."""

    id: str
    text: str
    first: Side
    second: Side
    differs: bool
    options: list[Option]
    why: str
    version: int
    stands: str
    saved_by: str
    saved_at: datetime | None
    clash: ClashedAnswer | None = None
    theirs: str = ""


def settling(reading: Any, *, clashes: Iterable[ClashedAnswer] = ()) -> list[Settling]:
    """Every question with both answers, those that differ first, and what was settled or just typed."""
    words = answer_words(known.framework(reading.inspection.framework))
    clashed = {one.question: one for one in clashes}
    return [_settling(one, words, clashed.get(one.compared.question.id)) for one in queries.differences(reading)]


def _settling(one: Any, words: dict[str, str], clash: ClashedAnswer | None) -> Settling:
    question, settled = one.compared.question, one.settled

    def word(value: str) -> str:
        return words.get(value, status(value)) if value else "Not answered"

    def side(answer: Any) -> Side:
        return Side(word(answer.value if answer else ""), answer.why if answer else "")

    value = clash.yours.value if clash else settled.value if settled else ""
    return Settling(
        question.id, question.text, side(one.compared.first), side(one.compared.second), one.compared.differs,
        [
            Option(answer, word(answer), answer == value, f"q-{question.id}" + (f"-{place}" if place else ""))
            for place, answer in enumerate(question.answers)
        ],
        clash.yours.why if clash else settled.why if settled else "",
        clash.theirs.version if clash else settled.version if settled else 0,
        word(settled.value) if settled and settled.value else "",
        settled.saved_by.name if settled and settled.saved_by else "", settled.saved_at if settled else None, clash,
        word(clash.theirs.value) if clash else "",
    )  # fmt: skip


def own_audit_rows(case: Any, actor: Any) -> list[dict[str, Any]]:
    """The council's own grades beside the inspectors', for each closing question of a case."""
    words = answer_words(known.framework(case.inspection.framework))
    held = {one.question: one for one in queries.own_audits(case, actor)}
    rows = []
    instrument = queries.held(queries.instrument_of(case))
    for question in instrument.overall if instrument else ():
        one = held.get(question.id)
        stands = queries.standing_grade(one) if one else ""
        rows.append({
            "question": question, "audit": one, "grade": words.get(one.grade, status(one.grade)) if one else "",
            "stands": words.get(stands, status(stands)) if stands else "",
        })  # fmt: skip
    return rows
