"""The measures of the record in a submission: by area, what could not be asked and why, and the rows behind each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from goldthread.apps.submissions import holdings
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
    """One row behind a measure: whose it is, where it stands, and what it counts as.

    `before` says that it stands in the return of the year before, whose rows are not kept.
    """

    child: str | None
    place: Place
    before: bool
    state: str

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
        self._frame = frame.select("child", "table", "row", "before", "state")

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
    child, table, number, before, state = held
    return RowBehind(child, Place(table, number), before, state)


def measures(submission: Submission) -> list[MeasureRead]:
    """Every measure of the record that could be asked, in the order of the catalogue."""
    return measures_of(submission, of_record=True)


def measure(submission: Submission, code: str) -> tuple[MeasureRead, list[Breakdown]]:
    """One of them with its groups. Raises MeasureValue.DoesNotExist."""
    return measure_of(submission, code, of_record=True)


def any_measure(submission: Submission, code: str) -> tuple[MeasureRead, bool]:
    """One measure, of the lists or of the record, and whether it is of the record. Raises MeasureValue.DoesNotExist."""
    value = MeasureValue.objects.get(submission=submission, code=code, breakdown="")
    return measure_of(submission, code, of_record=value.of_record)[0], value.of_record


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
    """The rows behind a measure, of the record or of a list: those that count as something, or all of them.

    Raises MeasureValue.DoesNotExist where there is no such measure, or its rows were not kept.
    """
    import polars as pl

    names = holdings.frame_names(submission, "issues", submission.issues_key) if submission.issues_key else ()
    if ROWS not in names or not MeasureValue.objects.filter(submission=submission, code=code, breakdown="").exists():
        raise MeasureValue.DoesNotExist
    held = holdings.fetch_frame(submission, "issues", submission.issues_key, ROWS).filter(pl.col("code") == code)
    if state:
        held = held.filter(pl.col("state") == state)
    order = pl.col("state").replace_strict({name: at for at, name in enumerate(STATES)}, default=9)
    return Rows(held.sort(order, "before", "table", "row"))


def states_of(submission: Submission, code: str) -> list[tuple[str, str, int]]:
    """What the rows of a measure count as: code, words, how many."""
    import polars as pl

    names = holdings.frame_names(submission, "issues", submission.issues_key) if submission.issues_key else ()
    if ROWS not in names:
        return []
    held = holdings.fetch_frame(submission, "issues", submission.issues_key, ROWS).filter(pl.col("code") == code)
    counted = dict(held.group_by("state").len().iter_rows())
    return [(name, words, counted[name]) for name, words in STATES.items() if counted.get(name)]
