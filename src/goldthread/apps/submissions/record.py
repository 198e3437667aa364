"""The measures of the record in a submission: by area, what could not be asked and why, and the rows behind each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from goldthread.apps.submissions import amounts, holdings
from goldthread.apps.submissions.children import Place
from goldthread.apps.submissions.measuring import ROWS
from goldthread.apps.submissions.models import MeasureValue, Submission
from goldthread.apps.submissions.queries import Breakdown, MeasureRead, measure_of, measures_of

if TYPE_CHECKING:
    import polars as pl

STATES: dict[str, str] = {
    "yes": "In the numerator",
    "no": "Not in the numerator",
    "not_known": "Not known",
    "not_due": "Not due yet",
}
"""What a row counts as, in words, in the order in which the rows are shown."""

AMOUNT_STATES: dict[str, str] = {"yes": "Counted", "not_known": "Gave no number"}
"""The same of an amount, which has no numerator within a denominator."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Why some measures could not be asked of what was handed in: the reason, and each measure's code and title."""

    why: str
    measures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """Work with a limit: how much was done in time, done late, is open and overdue, is not due yet, is not known."""

    name: str
    title: str
    limit: int
    in_time: int
    late: int
    overdue: int
    not_due: int
    not_known: int


@dataclass(frozen=True, slots=True)
class RowBehind:
    """One row behind a measure or an amount: whose it is, where it stands, what it counts as, and its number if any.

    `before` says that it stands in the return of the year before, whose rows are not kept.
    """

    child: str | None
    place: Place
    before: bool
    state: str
    number: float | None = None

    @property
    def where(self) -> str:
        """The table and the row in words."""
        return f"The year before: {self.place.says}" if self.before else self.place.says

    @property
    def counts_as(self) -> str:
        """What it counts as, in words."""
        return STATES.get(self.state, self.state)


class Rows:
    """Rows that were asked for, made one by one only as they are looked at; what a paginator needs."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame.select("child", "table", "row", "before", "state", "number")

    def __len__(self) -> int:
        return self._frame.height

    @overload
    def __getitem__(self, place: slice) -> list[RowBehind]: ...
    @overload
    def __getitem__(self, place: int) -> RowBehind: ...
    def __getitem__(self, place: slice | int) -> list[RowBehind] | RowBehind:
        if isinstance(place, slice):
            start, stop, _ = place.indices(len(self))
            return [_row(one) for one in self._frame.slice(start, max(0, stop - start)).iter_rows()]
        return _row(self._frame.row(place))

    def __iter__(self) -> Iterator[RowBehind]:
        return (_row(one) for one in self._frame.iter_rows())


def _row(held: tuple[Any, ...]) -> RowBehind:
    child, table, row, before, state, number = held
    return RowBehind(child, Place(table, row), before, state, number)


def measures(submission: Submission) -> list[MeasureRead]:
    """Every measure of the record that could be asked, in the order of the catalogue."""
    return measures_of(submission, of_record=True)


def measure(submission: Submission, code: str) -> tuple[MeasureRead, list[Breakdown]]:
    """One of them with its groups. Raises MeasureValue.DoesNotExist."""
    return measure_of(submission, code, of_record=True)


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure or an amount whose rows are looked at: its finding, what its rows count as, in what they are told."""

    code: str
    title: str
    finding: str
    of: str
    states: Mapping[str, str]
    unit: str = ""


def counted(submission: Submission, code: str) -> Counted:
    """A measure of the lists or of the record, or an amount. Raises MeasureValue.DoesNotExist."""
    told = next((one for one in amounts.amounts(submission) if one.code == code), None)
    if told is not None:
        unit = "" if told.detail["how"] == "rate" else str(told.detail["unit"])
        return Counted(code, told.title, told.finding, "amount", AMOUNT_STATES, unit)
    value = MeasureValue.objects.get(submission=submission, code=code, breakdown="")
    found = measure_of(submission, code, of_record=value.of_record)[0]
    return Counted(code, found.title, found.finding, "record" if value.of_record else "lists", STATES)


def kept(submission: Submission) -> bool:
    """Whether the record was asked when the submission was read; earlier versions did not ask it."""
    return "not_measured" in submission.counts


def not_asked(submission: Submission) -> list[NotAsked]:
    """What could not be asked, by the reason."""
    by_reason: dict[str, list[tuple[str, str]]] = {}
    for one in submission.counts.get("not_measured", []):
        by_reason.setdefault(one["why"], []).append((one["code"], one["title"]))
    return [NotAsked(why, tuple(of_reason)) for why, of_reason in by_reason.items()]


def paces(submission: Submission) -> list[Pace]:
    """Work with a limit, each in its states."""
    return [Pace(**one) for one in submission.counts.get("timeliness", [])]


def behind(submission: Submission, code: str, state: str = "") -> Rows:
    """The rows behind a measure or an amount: those that count as something, or all of them.

    Those that give a number stand from the least to the most, so that the middle is in the middle.
    Raises MeasureValue.DoesNotExist where there is no such measure or amount, or its rows were not kept.
    """
    import polars as pl

    counted(submission, code)
    held = _rows(submission, code)
    if held is None:
        raise MeasureValue.DoesNotExist
    if state:
        held = held.filter(pl.col("state") == state)
    order = pl.col("state").replace_strict({name: at for at, name in enumerate(STATES)}, default=9)
    return Rows(held.sort(order, "number", "before", "table", "row"))


def states_of(submission: Submission, code: str, words: Mapping[str, str] = STATES) -> list[tuple[str, str, int]]:
    """What the rows of a measure or an amount count as: code, words, how many."""
    held = _rows(submission, code)
    if held is None:
        return []
    numbers = dict(held.group_by("state").len().iter_rows())
    return [(name, says, numbers[name]) for name, says in words.items() if numbers.get(name)]


def _rows(submission: Submission, code: str) -> pl.DataFrame | None:
    """The rows kept of one measure or amount; None where none were. Those kept by earlier versions have no number."""
    import polars as pl

    names = holdings.frame_names(submission, "issues", submission.issues_key) if submission.issues_key else ()
    if ROWS not in names:
        return None
    held = holdings.fetch_frame(submission, "issues", submission.issues_key, ROWS).filter(pl.col("code") == code)
    return held if "number" in held.columns else held.with_columns(pl.lit(None, dtype=pl.Float64).alias("number"))
