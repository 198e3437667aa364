"""Work with a time limit, each piece of it in one of four states, beside one another.

What is finished can look timely while a backlog grows: so done in time and done late never stand without what is open
and overdue, and what is open and not yet due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.measure import Test
from goldthread.kernel.views.tables import VIEW_TABLES


class Pace(StrEnum):
    """How one piece of work stands on the as-at date."""

    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"
    NOT_DUE = "not_due"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One kind of work with a limit: what begins it, what ends it, within how many working days, by which setting.

    `never_due` says of which rows nothing was to be done. `beside` are the measures of the same work.
    """

    name: str
    title: str
    table: str
    start: str
    done: str
    limit: str
    beside: tuple[str, ...]
    never_due: Test | None = None
    also_asks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in self.asks:
            VIEW_TABLES[self.table].column(name)

    @property
    def asks(self) -> tuple[str, ...]:
        """The columns of the view that it reads."""
        return (self.start, self.done, *self.also_asks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paces:
    """How much of one kind of work is in each state, of what was done in the 12 months or is open."""

    name: str
    title: str
    limit: int
    in_time: int
    late: int
    overdue: int
    not_due: int
    not_known: int


WORK: tuple[Work, ...] = (
    Work(
        name="assessments",
        title="Assessments, from their start",
        table="all_assessments",
        start="started_on",
        done="authorised_on",
        limit="assessment_days",
        beside=("AS-01", "AS-03"),
    ),
    Work(
        name="assessments_from_referral",
        title="Assessments, from the referral",
        table="all_assessments",
        start="referred_on",
        done="authorised_on",
        limit="assessment_days",
        beside=("AS-02",),
    ),
    Work(
        name="conferences",
        title="Initial conferences, from the strategy discussion",
        table="all_enquiries",
        start="strategy_on",
        done="conference_on",
        limit="conference_days",
        beside=("CP-02", "CP-03"),
        never_due=lambda _: pl.col("went_no_further") == "Y",
        also_asks=("went_no_further",),
    ),
)
"""Every kind of work with a limit that the record can tell from start to end."""


def pace(work: Work, context: Context) -> pl.Expr:
    """The state of each row; null where it was done longer ago, begins later, or was never due."""
    start, done = pl.col(work.start), pl.col(work.done)
    limit = context.setting(work.limit)
    finished = (done <= context.day).fill_null(False)
    long_ago = (done <= context.before(12)).fill_null(False)
    ahead = (start > context.day).fill_null(False) & ~finished
    never = pl.lit(False) if work.never_due is None else work.never_due(context).fill_null(False) & ~finished
    crossed = (finished & (done < start)).fill_null(False)
    within = (
        pl.when(finished).then(context.working_days(start, done)).otherwise(context.working_days(start, context.day))
        <= limit
    )
    state = (
        pl.when(start.is_null() | crossed)
        .then(pl.lit(Pace.NOT_KNOWN.value))
        .when(finished)
        .then(pl.when(within).then(pl.lit(Pace.IN_TIME.value)).otherwise(pl.lit(Pace.LATE.value)))
        .otherwise(pl.when(within).then(pl.lit(Pace.NOT_DUE.value)).otherwise(pl.lit(Pace.OVERDUE.value)))
    )
    return pl.when(~(long_ago | ahead | never)).then(state)


def paces(work: Sequence[Work], frames: dict[str, pl.DataFrame], context: Context) -> tuple[Paces, ...]:
    """How much of each kind of work is in each state; none of work whose every row lacks a start."""
    told = []
    for each in work:
        states = frames[each.table].select(pace(each, context).alias("state"))["state"].drop_nulls()
        counts = dict(states.value_counts().iter_rows())
        if set(counts) == {Pace.NOT_KNOWN.value}:
            continue
        told.append(
            Paces(
                name=each.name,
                title=each.title,
                limit=context.setting(each.limit),
                in_time=counts.get(Pace.IN_TIME.value, 0),
                late=counts.get(Pace.LATE.value, 0),
                overdue=counts.get(Pace.OVERDUE.value, 0),
                not_due=counts.get(Pace.NOT_DUE.value, 0),
                not_known=counts.get(Pace.NOT_KNOWN.value, 0),
            )
        )
    return tuple(told)
