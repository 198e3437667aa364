"""Results of a survey: shares of those who answered a question, at ten or more, with how sure they are.

They are shown once a survey is closed. While it is open somebody could look before and after one answer, and the
difference would be that answer.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from goldthread.apps.surveys.models import Status, Survey
from goldthread.domain.disclosure.counts import answer_shown
from goldthread.domain.disclosure.profiles import CONFIDENTIAL, SURVEY
from goldthread.domain.disclosure.suppression import suppress
from goldthread.domain.disclosure.tables import CrossTable, Dimension, Key
from goldthread.domain.intervals import wilson
from goldthread.domain.surveys import FEWEST, Question

NO_GROUP = "–"
"""Stands where nobody of a group answered."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many gave one answer, in whole percent, and between which percentages it may lie by chance (95%, Wilson).

    `low` and `high` are None where the share is put in words.
    """

    text: str
    shown: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """What was answered to one question. `of` is how many answered it; nothing is shown below ten."""

    question: Question
    of: int
    shares: tuple[Share, ...]
    first: date | None
    last: date | None

    @property
    def shown(self) -> bool:
        """Whether anything of it may be shown."""
        return self.of >= FEWEST


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One question by the groups of another: a share for each group, or `c` where it is withheld."""

    question: Question
    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def shown(self) -> bool:
        """Whether any of its figures may be shown."""
        return any(cell not in (CONFIDENTIAL, NO_GROUP) for _, cells in self.rows for cell in cells)


@dataclass(frozen=True, slots=True)
class Counted:
    """Every answer of a survey, counted in one reading."""

    total: int
    answered: Mapping[str, int]
    chosen: Mapping[tuple[str, str], int]
    crossed: Mapping[tuple[str, str, str], int]
    days: Mapping[tuple[str, date], int]


def counted(survey: Survey) -> Counted:
    """Count every answer: one query, however many there are."""
    by = next((one.id for one in survey.asked.questions if one.breakdown), "")
    answered: Counter[str] = Counter()
    chosen: Counter[tuple[str, str]] = Counter()
    crossed: Counter[tuple[str, str, str]] = Counter()
    days: Counter[tuple[str, date]] = Counter()
    total = 0
    for held, way, day in survey.answers.order_by().values_list("chosen", "way", "day").iterator(chunk_size=2000):
        total += 1
        days[way, day] += 1
        group = str(held.get(by, ""))
        for question, given in held.items():
            answered[question] += 1
            for one in given if isinstance(given, list) else [given]:
                chosen[question, one] += 1
                if group and question != by and not isinstance(given, list):
                    crossed[question, one, group] += 1
    return Counted(total, answered, chosen, crossed, days)


def results(survey: Survey, count: Counted) -> list[Result]:
    """The result of every question with answers to choose from; none while the survey is open."""
    if survey.status != Status.CLOSED:
        return []
    held = [day for _, day in count.days]
    first, last = (min(held), max(held)) if held else (None, None)
    return [
        _result(one, count, first, last) for one in survey.asked.questions if one.kind != "words"
    ]  # fmt: skip


def _result(question: Question, count: Counted, first: date | None, last: date | None) -> Result:
    of = count.answered.get(question.id, 0)
    if of < FEWEST:
        return Result(question, of, (), first, last)
    shares = []
    for option, text in question.options.items():
        yes = count.chosen.get((question.id, option), 0)
        shown, bounds = answer_shown(yes, of), wilson(yes, of)
        figure = shown.endswith("%")
        shares.append(
            Share(
                text, shown, round(100 * bounds.low) if figure else None, round(100 * bounds.high) if figure else None
            )
        )
    return Result(question, of, tuple(shares), first, last)


def result_of(survey: Survey, question: str) -> Result:
    """The result of one question of a closed survey. Raises Survey.DoesNotExist where it has no such question."""
    found = [one for one in results(survey, counted(survey)) if one.question.id == question]
    if not found:
        raise Survey.DoesNotExist
    return found[0]


def summary_of(result: Result) -> str:
    """A result in a sentence, as the shelf keeps it."""
    told = []
    for one in result.shares:
        range_ = f" (by chance {one.low}% to {one.high}%)" if one.low is not None else ""
        told.append(f"{one.text}: {one.shown}{range_}")
    most = " Several could be chosen." if result.question.kind == "several" else ""
    return f"{result.of} answered. {'; '.join(told)}.{most}"


def breakdowns(survey: Survey, count: Counted) -> list[Breakdown]:
    """Each question with one answer by the groups of the survey's own breakdown, protected; none while it is open."""
    by = next((one for one in survey.asked.questions if one.breakdown), None)
    if by is None or survey.status != Status.CLOSED:
        return []
    whole = [one for one in survey.asked.questions if one.kind in ("one", "scale") and one is not by]
    return [made for one in whole if (made := _breakdown(one, by, count)) is not None]


def _breakdown(question: Question, by: Question, count: Counted) -> Breakdown | None:
    """The table of one question; None where too few answered both."""
    counts: dict[Key, int] = {
        (a, g): count.crossed.get((question.id, a, g), 0) for a in question.options for g in by.options
    }
    if sum(counts.values()) < FEWEST:
        return None
    table = CrossTable((Dimension("answer", tuple(question.options)), Dimension("group", tuple(by.options))), counts)
    safe = suppress(table, SURVEY)
    rows = tuple(
        (text, tuple(_cell(safe.cells.get((a, g)), safe.cells.get((None, g))) for g in by.options))
        for a, text in question.options.items()
    )
    return Breakdown(question, tuple(by.options.values()), rows)


def _cell(part: int | str | None, whole: int | str | None) -> str:
    """A share of a group, where both its count and the group's may be shown."""
    if not isinstance(part, int) or not isinstance(whole, int):
        return CONFIDENTIAL
    return answer_shown(part, whole) if whole else NO_GROUP
