"""Two submissions of one inspection held against each other, for whoever may see both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, overload
from uuid import UUID

from django.utils import timezone

from goldthread.apps.access import policy
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import queries
from goldthread.apps.submissions.models import Submission
from goldthread.domain import lifecycle

if TYPE_CHECKING:
    import polars as pl

    from goldthread.kernel.differences import Differences


@dataclass(frozen=True)
class Pair:
    """Two submissions that were read, the earlier day first. `asked` is the one from whose page somebody came."""

    asked: Submission
    other: Submission

    @property
    def inspection(self) -> Inspection:
        """The inspection of both."""
        return self.asked.inspection

    @cached_property
    def in_order(self) -> tuple[Submission, Submission]:
        """The earlier and the later one, by the day that they describe, then by when they came."""
        then, now = sorted((self.asked, self.other), key=lambda one: (str(one.as_at or ""), one.created_at))
        return then, now

    @property
    def then(self) -> Submission:
        """The earlier one."""
        return self.in_order[0]

    @property
    def now(self) -> Submission:
        """The later one."""
        return self.in_order[1]

    def target(self) -> Target:
        """What the door asks about; that the other may be seen too was asked when it was found."""
        return self.asked.target()

    @cached_property
    def tables(self) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame]]:
        """The tables of the earlier and of the later one."""
        return queries.tables_of(self.then), queries.tables_of(self.now)

    @cached_property
    def found(self) -> Differences:
        """What changed."""
        from goldthread.kernel.differences import differences

        return differences(*self.tables)

    @cached_property
    def apart(self) -> str:
        """Why the rules do not compare the two: hardly a child is in both. Empty where they do."""
        from goldthread.kernel.context import Earlier
        from goldthread.kernel.in_common import apart
        from goldthread.kernel.settings import DEFAULTS

        then, now = ({name: frame.lazy() for name, frame in tables.items()} for tables in self.tables)
        return "" if self.then.as_at is None else apart(now, Earlier(self.then.as_at, then), DEFAULTS)


def others(actor: Actor, submission: Submission) -> list[Submission]:
    """What this submission can be held against: other Annex A lists that the actor may see, the latest day first."""
    if not submission.of_lists:
        return []
    rows = queries.visible_to(actor).filter(inspection=submission.inspection, form=submission.form)
    rows = rows.filter(status=lifecycle.Submission.READ)
    return list(rows.exclude(pk=submission.pk).order_by("-as_at", "-created_at"))


def get(actor: Actor, inspection: UUID, submission: UUID, other: UUID) -> Pair:
    """Two submissions of an inspection, for what may be told without rows. Raises Submission.DoesNotExist."""
    pair = Pair(queries.get(actor, inspection, submission), queries.get(actor, inspection, other))
    held = (pair.asked, pair.other)
    if submission == other or not all(one.readable and one.of_lists for one in held):
        raise Submission.DoesNotExist
    return pair


def get_rows(actor: Actor, inspection: UUID, submission: UUID, other: UUID) -> Pair:
    """The same, for whoever may read the rows of both. Raises Refused where it is one of them only."""
    pair = get(actor, inspection, submission, other)
    policy.require(actor, Permission.LISTS_READ, pair.other.target(), timezone.now())
    return pair


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is new or gone, or one cell that says something else. `person` is a pseudonym."""

    kind: str
    list: int
    person: str
    row_then: int | None
    row_now: int | None
    field: str | None
    then: str | None
    now: str | None

    @property
    def kind_words(self) -> str:
        """What became of it, in words."""
        from goldthread.kernel.differences import SAYS, Change

        return SAYS[Change(self.kind)]


class Details:
    """Differences that were asked for, made one by one only as they are looked at; what a paginator needs."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __len__(self) -> int:
        return self._frame.height

    @overload
    def __getitem__(self, place: slice) -> list[Difference]: ...
    @overload
    def __getitem__(self, place: int) -> Difference: ...
    def __getitem__(self, place: slice | int) -> list[Difference] | Difference:
        if isinstance(place, slice):
            start, stop, _ = place.indices(len(self))
            return [Difference(**row) for row in self._frame.slice(start, max(0, stop - start)).iter_rows(named=True)]
        return Difference(**self._frame.row(place, named=True))

    def __iter__(self) -> Iterator[Difference]:
        return (Difference(**row) for row in self._frame.iter_rows(named=True))


def details(pair: Pair, *, list: int | None = None, kind: str = "", field: str = "", words: str = "") -> Details:
    """The differences row by row: of one list, kind or heading, or of a pseudonym."""
    import polars as pl

    frame = pair.found.detail
    if list is not None:
        frame = frame.filter(pl.col("list") == list)
    for column, wanted in (("kind", kind), ("field", field)):
        if wanted:
            frame = frame.filter(pl.col(column) == wanted)
    for word in words.lower().split():
        frame = frame.filter(pl.col("person").str.to_lowercase().str.contains(word, literal=True))
    return Details(frame)


def kinds() -> dict[str, str]:
    """What may become of a row, by code, in words."""
    from goldthread.kernel.differences import SAYS

    return {kind.value: says for kind, says in SAYS.items()}
